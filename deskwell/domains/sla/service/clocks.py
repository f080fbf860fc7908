"""Keeping a ticket's clocks: facts come in, due times and violations come out."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor
from deskwell.core.db import execute
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.domains.tickets.models import Ticket

from .. import logic, queries
from ..events import SlaAssigned, SlaViolated, SlaWarned
from ..logic import Clock, Fact, Kind, Metric, Policy, State
from ..models import SlaClock

_WORST = (State.BREACHED, State.AT_RISK, State.RUNNING, State.PAUSED, State.MET, State.STOPPED)


async def begin(session: AsyncSession, ticket: Ticket) -> None:
    """Give a ticket that is being opened its clock: a record beside it, and the columns that lists sort by."""
    found = await queries.match(
        session, priority=ticket.priority, context_key=ticket.context_key, team_id=ticket.team_id
    )
    if found is None:
        return
    facts = [Fact(ticket.created_at, Kind.OPENED)]
    policy = await queries.get_policy(session, found["version_id"])
    clocks = logic.run(policy, facts, until=ticket.created_at)
    for name, value in _shown(clocks, ticket.created_at).items():
        setattr(ticket, name, value)
    ticket.sla_id = found["id"]
    session.add(
        SlaClock(
            ticket_id=ticket.id,
            version_id=found["version_id"],
            facts=logic.pack_facts(facts),
            next_check_at=logic.next_check(clocks.values()),
            **_kept(clocks),
        )
    )


async def follow(session: AsyncSession, ticket_id: UUID, kind: Kind, *, note: str = "") -> None:
    """Let a ticket's clocks take in that something happened to it just now."""
    row = await queries.get_clock_row(session, ticket_id)
    if row is None:
        return
    fact = Fact(_moment(row, kind), kind, note)
    if not row["has_clock"] and not await _begin(session, row, fact):
        return
    if row["facts"] is not None and kind is not Kind.OPENED:
        row["facts"] += logic.pack_facts([fact])
    await settle(session, row)


async def rematch(session: AsyncSession, actor: Actor, ticket_id: UUID) -> None:
    """Find the service level that holds now, and count by it from the start of the ticket."""
    row = await queries.get_clock_row(session, ticket_id)
    if row and row["status"] != "closed":
        await apply_match(session, actor, row)


async def apply_match(session: AsyncSession, actor: Actor, row: dict[str, Any]) -> None:
    """As `rematch`, for a ticket that was read and locked already."""
    found = await _match(session, row)
    version_id = found["version_id"] if found else None
    if row["has_clock"] and row["version_id"] == version_id:
        return
    if not row["has_clock"]:
        if version_id is None:
            return
        row["facts"] = logic.pack_facts(await queries.read_facts_of(session, row))
    row["version_id"], row["sla_id_before"] = version_id, row["sla_id"]
    row["sla_id"] = found["id"] if found else None
    if row["sla_id"] != row["sla_id_before"]:
        note = found["name"] if found else ""
        row["facts"] += logic.pack_facts([Fact(row["now"], Kind.SLA_CHANGED, note)])
        await publish(
            session,
            SlaAssigned(actor=actor, ticket_id=row["id"], before=row["sla_id_before"], after=row["sla_id"]),
        )
    await settle(session, row)


async def rebuild(session: AsyncSession, ticket_id: UUID) -> None:
    """Read a ticket's facts anew from its thread and log: after a merge, a split, or their undoing."""
    row = await queries.get_clock_row(session, ticket_id)
    if row is None:
        return
    found = await _match(session, row) if row["version_id"] is None else None
    if found:
        row["version_id"], row["sla_id"] = found["version_id"], found["id"]
    if row["version_id"] is None:
        return
    row["facts"] = logic.pack_facts(await queries.read_facts_of(session, row))
    await settle(session, row)


async def settle(session: AsyncSession, row: dict[str, Any]) -> None:
    """Compute the clocks of a ticket and write what follows: due times, state, warnings, violations."""
    if row["version_id"] is None:
        await _write(session, row, {}, next_check=None)
        return
    policy = await queries.get_policy(session, row["version_id"])
    clocks = logic.run(policy, logic.unpack_facts(row["facts"]), until=row["now"])
    has_missed = any(clock.breached_at or clock.earlier_misses for clock in clocks.values())
    if has_missed or row["sla_state"] == State.BREACHED:
        await _record_violations(session, row, clocks)
    await _announce_warnings(session, row, clocks)
    await _write(session, row, clocks, next_check=logic.next_check(clocks.values()))


async def _begin(session: AsyncSession, row: dict[str, Any], fact: Fact) -> bool:
    """Give a ticket its first clock, if a service level matches."""
    found = await _match(session, row)
    if found is None:
        return False
    row["version_id"], row["sla_id"] = found["version_id"], found["id"]
    facts = [fact] if fact.kind is Kind.OPENED else await queries.read_facts_of(session, row)
    row["facts"] = logic.pack_facts(facts)
    return True


async def _match(session: AsyncSession, row: dict[str, Any]) -> dict[str, Any] | None:
    return await queries.match(
        session, priority=row["priority"], context_key=row["context_key"], team_id=row["team_id"]
    )


def _moment(row: dict[str, Any], kind: Kind) -> datetime:
    """The moment the ticket itself gives for a fact, so that figures and clocks agree to the microsecond."""
    now: datetime = row["now"]
    given: dict[Kind, datetime | None] = {
        Kind.OPENED: row["created_at"],
        Kind.CLOSED: row["resolved_at"],
        Kind.REOPENED: row["reopened_at"],
        Kind.TRASHED: row["trashed_at"],
    }
    if kind is Kind.AGENT_ANSWERED and not _has(row, Kind.AGENT_ANSWERED):
        return row["first_response_at"] or now
    return given.get(kind) or now


def _has(row: dict[str, Any], kind: Kind) -> bool:
    return any(fact[1] == kind for fact in row["facts"] or ())


async def _record_violations(session: AsyncSession, row: dict[str, Any], clocks: dict[Metric, Clock]) -> None:
    """Make the recorded violations those of the clocks; one that no longer holds after a change is withdrawn."""
    recorded = await queries.find_violations(session, row["id"])
    for metric, clock in clocks.items():
        for miss in clock.misses(row["now"]):
            before = recorded.pop((metric.value, miss.due_at), None)
            if before is None:
                await publish(
                    session,
                    SlaViolated(
                        actor=SYSTEM,
                        ticket_id=row["id"],
                        sla_id=row["sla_id"],
                        metric=metric.value,
                        due_at=miss.due_at.isoformat(),
                    ),
                )
            await execute(
                session,
                """INSERT INTO sla_violations (id, ticket_id, sla_id, metric, due_at, ended_at, minutes)
                   VALUES (%(id)s, %(ticket_id)s, %(sla_id)s, %(metric)s, %(due_at)s, %(ended_at)s, %(minutes)s)
                   ON CONFLICT (ticket_id, metric, due_at)
                   DO UPDATE SET ended_at = excluded.ended_at, minutes = excluded.minutes""",
                id=new_id(),
                ticket_id=row["id"],
                sla_id=row["sla_id"],
                metric=metric.value,
                due_at=miss.due_at,
                ended_at=miss.ended_at,
                minutes=miss.late_minutes,
            )
    if recorded:
        await execute(
            session,
            "DELETE FROM sla_violations WHERE id = ANY(%(ids)s)",
            ids=[line["id"] for line in recorded.values()],
        )


async def _announce_warnings(session: AsyncSession, row: dict[str, Any], clocks: dict[Metric, Clock]) -> None:
    for metric, clock in clocks.items():
        is_new = clock.warned_at and row[f"{metric}_warned_at"] is None
        if is_new and not clock.breached_at and not clock.is_over:
            due = clock.due_at
            await publish(
                session,
                SlaWarned(
                    actor=SYSTEM,
                    ticket_id=row["id"],
                    sla_id=row["sla_id"],
                    metric=metric.value,
                    due_at=due.isoformat() if due else None,
                ),
            )


async def _write(
    session: AsyncSession, row: dict[str, Any], clocks: dict[Metric, Clock], *, next_check: datetime | None
) -> None:
    """One statement for the clock and the columns that lists sort by."""
    await execute(
        session,
        """WITH kept AS (
             INSERT INTO sla_clocks (ticket_id, version_id, facts, response_met_at, resolution_met_at,
                 response_warned_at, resolution_warned_at, next_check_at)
             VALUES (%(ticket_id)s, %(version_id)s, %(facts)s::jsonb, %(response_met_at)s, %(resolution_met_at)s,
                 %(response_warned_at)s, %(resolution_warned_at)s, %(next_check_at)s)
             ON CONFLICT (ticket_id) DO UPDATE SET version_id = excluded.version_id, facts = excluded.facts,
                 response_met_at = excluded.response_met_at, resolution_met_at = excluded.resolution_met_at,
                 response_warned_at = excluded.response_warned_at,
                 resolution_warned_at = excluded.resolution_warned_at, next_check_at = excluded.next_check_at
           )
           UPDATE tickets SET sla_id = %(sla_id)s, sla_state = %(sla_state)s, next_due_at = %(next_due_at)s,
               first_response_due_at = %(first_response_due_at)s, resolution_due_at = %(resolution_due_at)s
           WHERE id = %(ticket_id)s""",
        ticket_id=row["id"],
        version_id=row["version_id"],
        facts=json.dumps(row["facts"]),
        sla_id=row["sla_id"] if row["version_id"] else None,
        next_check_at=next_check,
        **_shown(clocks, row["now"]),
        **_kept(clocks),
    )


def _shown(clocks: dict[Metric, Clock], now: datetime) -> dict[str, Any]:
    """The columns of a ticket that tell of its clocks."""
    due = {
        metric: clocks[metric].due_at if metric in clocks and not clocks[metric].is_over else None
        for metric in Metric
    }
    return {
        "sla_state": ticket_state(clocks.values(), now),
        "next_due_at": min((moment for moment in due.values() if moment), default=None),
        "first_response_due_at": due[Metric.RESPONSE],
        "resolution_due_at": due[Metric.RESOLUTION],
    }


def _kept(clocks: dict[Metric, Clock]) -> dict[str, datetime | None]:
    """What is kept of the clocks beside their facts."""
    return {
        f"{metric}_{name}": _of(clocks, metric, name) for metric in Metric for name in ("met_at", "warned_at")
    }


def _of(clocks: dict[Metric, Clock], metric: Metric, name: str) -> datetime | None:
    moment: datetime | None = getattr(clocks[metric], name) if metric in clocks else None
    return moment


def ticket_state(clocks: Iterable[Clock], now: datetime) -> State | None:
    """How a ticket stands: as its worst clock does."""
    states = {clock.read(now).state for clock in clocks}
    return next((state for state in _WORST if state in states), None)


def clocks_of(policy: Policy, facts: list[Any], now: datetime) -> dict[Metric, Clock]:
    """The clocks of stored facts as they stand at a moment."""
    return logic.run(policy, logic.unpack_facts(facts), until=now)
