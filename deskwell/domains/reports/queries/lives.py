"""Raw histories of tickets, out of everybody's tables: what the figures are counted from."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows
from deskwell.domains.sla import queries as sla
from deskwell.domains.sla.logic import Calendar, calendar_from, time_between

from ..logic.measures import Life

Lines = dict[UUID, list[dict[str, Any]]]

_TICKETS = """SELECT id, number, context, team_id, assignee_id, created_at, status, first_response_at, first_ai_response_at,
    resolved_at, ARRAY(SELECT tag_id FROM ticket_tags g WHERE g.ticket_id = t.id) AS tag_ids
    FROM tickets t WHERE id = ANY(%(ids)s)"""
_MESSAGES = """SELECT ticket_id, created_at AS at, author, author_id, data->>'action' AS action FROM messages
    WHERE ticket_id = ANY(%(ids)s) AND NOT is_internal AND author IN ('agent', 'ai') AND (success OR author = 'agent')
    ORDER BY ticket_id, position"""
_EVENTS = """SELECT ticket_id, at, kind, actor_kind FROM events
    WHERE ticket_id = ANY(%(ids)s) AND kind IN ('ticket.closed', 'ticket.reopened', 'ticket.escalated') ORDER BY id"""
_TURNS = """SELECT ticket_id, settled_at AS at, state FROM turns
    WHERE ticket_id = ANY(%(ids)s) AND settled_at IS NOT NULL AND state IN ('answered', 'clarified', 'handed_over')"""
_RATINGS = """SELECT m.ticket_id, m.rating, max(r.created_at) AS at FROM messages m JOIN ratings r ON r.message_id = m.id
    WHERE m.ticket_id = ANY(%(ids)s) AND m.author = 'ai' AND m.rating IS NOT NULL GROUP BY m.id"""
_CLOCKS = """SELECT ticket_id, response_met_at, resolution_met_at FROM sla_clocks
    WHERE ticket_id = ANY(%(ids)s) AND version_id IS NOT NULL"""
_VIOLATIONS = "SELECT ticket_id, metric, due_at, minutes FROM sla_violations WHERE ticket_id = ANY(%(ids)s)"
_TIME = """SELECT ticket_id, worked_at AS at, entry_type, duration_minutes, billable, user_id FROM time_entries
    WHERE ticket_id = ANY(%(ids)s)"""


async def read_lives(session: AsyncSession, ids: Sequence[UUID]) -> list[tuple[dict[str, Any], Life]]:
    """The tickets that still exist, each with everything that happened to it."""
    found = await rows(session, _TICKETS, ids=list(ids))
    parts = {
        name: await _grouped(session, sql, ids)
        for name, sql in {
            "messages": _MESSAGES,
            "events": _EVENTS,
            "turns": _TURNS,
            "ratings": _RATINGS,
            "clocks": _CLOCKS,
            "violations": _VIOLATIONS,
            "time": _TIME,
        }.items()
    }
    default = await sla.find_default_calendar(session)
    calendar = calendar_from(default) if default else None
    return [
        (ticket, _life(ticket, {name: part.get(ticket["id"], []) for name, part in parts.items()}, calendar))
        for ticket in found
    ]


async def _grouped(session: AsyncSession, sql: str, ids: Sequence[UUID]) -> Lines:
    found: Lines = defaultdict(list)
    for line in await rows(session, sql, ids=list(ids)):
        found[line["ticket_id"]].append(line)
    return found


def _life(ticket: dict[str, Any], parts: dict[str, list[dict[str, Any]]], calendar: Calendar | None) -> Life:
    messages, clock = parts["messages"], (parts["clocks"] or [{}])[0]
    answers = [message for message in messages if message["author"] == "agent"]
    created, first = ticket["created_at"], ticket["first_response_at"]
    replied = [moment for moment in (first, ticket["first_ai_response_at"]) if moment]
    closings = _closings(ticket, parts["events"])
    resolved = closings[-1][0] if closings and ticket["status"] == "closed" else None
    reopenings = tuple(line["at"] for line in parts["events"] if line["kind"] == "ticket.reopened")
    return Life(
        created_at=created,
        assignee=ticket["assignee_id"],
        closings=tuple(at for at, _ in closings),
        reopenings=reopenings,
        first_response_at=first,
        first_responder=answers[0]["author_id"] if answers else ticket["assignee_id"],
        first_response_business=_business(calendar, created, first),
        first_reply_at=min(replied, default=None),
        resolved_at=resolved,
        resolution_business=_business(calendar, created, resolved),
        response_met_at=clock.get("response_met_at"),
        resolution_met_at=clock.get("resolution_met_at"),
        violations=tuple((line["metric"], line["due_at"], line["minutes"]) for line in parts["violations"]),
        ratings=tuple((line["at"], line["rating"]) for line in parts["ratings"]),
        turns=tuple((line["at"], line["state"]) for line in parts["turns"]),
        ai_resolutions=tuple(_ai_resolutions(closings, reopenings, messages, parts["events"])),
        replies=tuple((message["at"], message["author_id"]) for message in answers),
        time=tuple(
            (line["at"], line["entry_type"], line["duration_minutes"], line["billable"], line["user_id"])
            for line in parts["time"]
        ),
    )


def _closings(ticket: dict[str, Any], events: list[dict[str, Any]]) -> list[tuple[datetime, bool]]:
    """When a ticket was closed, and whether by its customer. The ticket itself knows best of the last time."""
    found = [
        (line["at"], line["actor_kind"] == "customer") for line in events if line["kind"] == "ticket.closed"
    ]
    if ticket["status"] == "closed" and ticket["resolved_at"]:
        by_customer = found.pop()[1] if found else False
        found.append((ticket["resolved_at"], by_customer))
    return found


def _ai_resolutions(
    closings: list[tuple[datetime, bool]],
    reopenings: tuple[datetime, ...],
    messages: list[dict[str, Any]],
    events: list[dict[str, Any]],
) -> list[tuple[datetime, bool, datetime | None]]:
    """Closings after an answer of the AI, when no person had answered or been asked for."""
    answered = [m["at"] for m in messages if m["author"] == "ai" and m["action"] != "handed_over"]
    people = [m["at"] for m in messages if m["author"] == "agent"]
    people += [line["at"] for line in events if line["kind"] == "ticket.escalated"]
    found = []
    for closed_at, by_customer in closings:
        if any(at <= closed_at for at in answered) and not any(at <= closed_at for at in people):
            reopened = next((at for at in reopenings if at > closed_at), None)
            found.append((closed_at, by_customer, reopened))
    return found


def _business(calendar: Calendar | None, start: datetime, end: datetime | None) -> int | None:
    if calendar is None or end is None:
        return None
    return int(time_between(calendar, start, end).total_seconds())
