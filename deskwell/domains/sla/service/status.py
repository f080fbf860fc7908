"""How a ticket stands to its service level, and why."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from .. import queries
from ..logic import Clock, Metric, Pause, Step, StepKind
from .clocks import clocks_of, ticket_state

MINUTE = timedelta(minutes=1)
NO_SLA = "No service level is defined for this ticket."


async def status_of(session: AsyncSession, ticket_id: UUID) -> dict[str, Any]:
    """Expected and actual times of both targets, and how far over."""
    row = await queries.get_clock_row(session, ticket_id)
    if row is None or row["version_id"] is None:
        return {"sla_defined": False, "message": NO_SLA}
    policy = await queries.get_policy(session, row["version_id"])
    now = row["now"]
    clocks = clocks_of(policy, row["facts"], now)
    return {
        "sla_defined": True,
        "sla": _summary(row),
        "response_time": _target(clocks[Metric.RESPONSE], now),
        "resolution_time": _target(clocks[Metric.RESOLUTION], now),
        "state": ticket_state(clocks.values(), now),
        "as_of": now,
    }


async def explain(session: AsyncSession, ticket_id: UUID) -> dict[str, Any]:
    """Every step of the ticket's clocks, with its cause."""
    row = await queries.get_clock_row(session, ticket_id)
    if row is None or row["version_id"] is None:
        return {"sla": None, "calendar": None, "timezone": None, "clocks": []}
    policy = await queries.get_policy(session, row["version_id"])
    clocks = clocks_of(policy, row["facts"], row["now"])
    return {
        "sla": _summary(row),
        "calendar": policy.calendar.name or "Business hours" if policy.calendar else None,
        "timezone": policy.calendar.timezone if policy.calendar else None,
        "clocks": [_explanation(clock, row["now"]) for clock in clocks.values()],
    }


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    data = row["version"]
    return {
        "id": row["sla_id"],
        "name": data["name"],
        "priority": data["priority"],
        "response_time_minutes": data["response"],
        "resolution_time_minutes": data["resolution"],
    }


def _target(clock: Clock, now: datetime) -> dict[str, Any]:
    reading = clock.read(now)
    violation = None
    if reading.late_minutes is not None:
        violation = {
            "expected_time": reading.expected_at,
            "actual_time": clock.met_at,
            "violation_minutes": reading.late_minutes,
        }
    return {
        "expected": reading.expected_at,
        "actual": clock.met_at,
        "violation": violation,
        "state": reading.state,
        "target_minutes": clock.target // MINUTE,
        "used_minutes": reading.used // MINUTE,
        "remaining_minutes": max(reading.left, timedelta(0)) // MINUTE,
        "is_running": clock.running_since is not None and not clock.is_over,
        "paused_because": _pause(clock) if not clock.is_over and clock.running_since is None else None,
        "warn_at": clock.warn_at if not clock.is_over else None,
    }


def _pause(clock: Clock) -> str:
    causes = [step.cause for step in clock.steps if step.kind is StepKind.PAUSED]
    return causes[-1] if causes else Pause.WAITING


def _explanation(clock: Clock, now: datetime) -> dict[str, Any]:
    return {
        "metric": clock.metric,
        "state": clock.read(now).state,
        "steps": [_step(step) for step in clock.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "at": step.at,
        "kind": step.kind,
        "cause": step.cause,
        "note": step.note,
        "used_minutes": step.used // MINUTE,
    }
