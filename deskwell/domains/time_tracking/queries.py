from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.db import one, rows

from . import logic

_FIELDS = """e.id, e.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject, e.user_id,
    u.name AS user_name, u.email AS user_email, e.duration_minutes, e.entry_type, e.billable,
    e.description, e.worked_at, e.created_at, e.updated_at"""
_FROM = "FROM time_entries e JOIN tickets t ON t.id = e.ticket_id JOIN users u ON u.id = e.user_id"
_WHERE = """WHERE (%(first)s::timestamptz IS NULL OR e.worked_at >= %(first)s)
    AND (%(last)s::timestamptz IS NULL OR e.worked_at < %(last)s)
    AND (%(agent_id)s::uuid IS NULL OR e.user_id = %(agent_id)s)
    AND (%(customer_id)s::uuid IS NULL OR t.customer_id = %(customer_id)s)
    AND (%(ticket_id)s::uuid IS NULL OR e.ticket_id = %(ticket_id)s)
    AND (%(context)s::text IS NULL OR t.context = %(context)s)
    AND (%(entry_type)s::text IS NULL OR e.entry_type = %(entry_type)s)
    AND (%(billable)s::boolean IS NULL OR e.billable = %(billable)s)"""

_GROUPS = {
    "agent": ("u.id::text", "coalesce(nullif(u.name, ''), u.email)", ""),
    "customer": (
        "c.id::text",
        "coalesce(nullif(c.name, ''), c.email)",
        "JOIN users c ON c.id = t.customer_id",
    ),
    "context": ("t.context", "t.context", ""),
    "ticket": ("t.id::text", "'#' || t.number || ' ' || t.subject", ""),
    "kind": ("e.entry_type", "e.entry_type", ""),
    "day": (
        "(e.worked_at AT TIME ZONE %(tz)s)::date::text",
        "(e.worked_at AT TIME ZONE %(tz)s)::date::text",
        "",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which entries: from `first` up to, not including, `last`, in the days of `tz`."""

    first: datetime | None = None
    last: datetime | None = None
    tz: str = "UTC"
    agent_id: UUID | None = None
    customer_id: UUID | None = None
    ticket_id: UUID | None = None
    context: str | None = None
    entry_type: str | None = None
    billable: bool | None = None

    def params(self) -> dict[str, Any]:
        return self.__dict__


async def entries_of(session: AsyncSession, ticket_id: UUID) -> list[dict[str, Any]]:
    """A ticket's entries, newest first."""
    return await rows(
        session,
        f"SELECT {_FIELDS} {_FROM} WHERE e.ticket_id = %(ticket_id)s ORDER BY e.worked_at DESC, e.id DESC",
        ticket_id=ticket_id,
    )


async def find_entry(session: AsyncSession, entry_id: UUID) -> dict[str, Any] | None:
    return await one(session, f"SELECT {_FIELDS} {_FROM} WHERE e.id = %(entry_id)s", entry_id=entry_id)


async def select_entries(
    session: AsyncSession, selection: Selection, *, limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """Entries of a selection, newest first."""
    return await rows(
        session,
        f"SELECT {_FIELDS} {_FROM} {_WHERE} ORDER BY e.worked_at DESC, e.id DESC "
        "LIMIT %(limit)s OFFSET %(offset)s",
        limit=limit,
        offset=offset,
        **selection.params(),
    )


async def sum_entries(session: AsyncSession, selection: Selection) -> tuple[dict[str, Any], int]:
    """Totals of a selection, and how many entries they are made of."""
    lines = await rows(
        session,
        f"""SELECT e.entry_type, e.billable, sum(e.duration_minutes) AS minutes, count(*) AS entries
            {_FROM} {_WHERE} GROUP BY e.entry_type, e.billable""",
        **selection.params(),
    )
    return logic.totals(lines), sum(line["entries"] for line in lines)


async def group_entries(
    session: AsyncSession, selection: Selection, by: str, *, limit: int = 500
) -> list[dict[str, Any]]:
    """Totals for each agent, customer, context, ticket, day or kind; the largest first, days in order."""
    key, label, join = _GROUPS[by]
    lines = await rows(
        session,
        f"""SELECT {key} AS key, {label} AS label, e.entry_type, e.billable,
                sum(e.duration_minutes) AS minutes, count(*) AS entries
            {_FROM} {join} {_WHERE} GROUP BY 1, 2, e.entry_type, e.billable""",
        **selection.params(),
    )
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        groups.setdefault(line["key"], []).append(line)
    found = [_group(key, members) for key, members in groups.items()]
    found.sort(key=lambda group: group["key"] if by == "day" else (-group["total_minutes"], group["label"]))
    return found[:limit]


def _group(key: str, members: Sequence[dict[str, Any]]) -> dict[str, Any]:
    entries = sum(member["entries"] for member in members)
    return {"key": key, "label": members[0]["label"], "entries": entries, **logic.totals(members)}


async def find_timer(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> dict[str, Any] | None:
    """An agent's timer, with what it shows now."""
    found = await one(
        session,
        f"""SELECT r.*, t.number AS ticket_number, t.subject AS ticket_subject
            FROM timers r JOIN tickets t ON t.id = r.ticket_id
            WHERE r.user_id = %(user_id)s {"FOR UPDATE OF r" if lock else ""}""",
        user_id=user_id,
    )
    if found:
        now = clock.now()
        found["now"] = now
        found["is_running"] = found["started_at"] is not None
        found["elapsed_seconds"] = logic.elapsed_seconds(found["started_at"], found["seconds"], now)
    return found
