"""The activity log: who changed what, from what to what, when and through what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import rows

from ..access import visibility_sql

_LINE = """SELECT e.id, e.at, e.kind, e.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject,
        e.actor_kind, e.actor_id, u.name AS actor_name, u.email AS actor_email, e.through,
        e.data || coalesce(d.data, '{}'::jsonb) AS data
    FROM events e JOIN tickets t ON t.id = e.ticket_id
    LEFT JOIN event_details d ON d.event_id = e.id LEFT JOIN users u ON u.id = e.actor_id"""
IDS = ("before", "after", "merged_id", "new_id", "other_id")


@dataclass(frozen=True)
class Wanted:
    """What part of the log is asked for."""

    ticket_id: UUID | None = None
    kinds: tuple[str, ...] = ()
    actor_id: UUID | None = None
    through: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None
    limit: int = 100


async def list_activity(session: AsyncSession, actor: Actor, wanted: Wanted) -> list[dict[str, Any]]:
    """Return lines of the log about tickets this actor may see, newest first, with names for ids."""
    condition, params = visibility_sql(actor)
    where = [condition]
    for text, value in (
        ("e.ticket_id = %(ticket_id)s", wanted.ticket_id),
        ("e.kind = ANY(%(kinds)s::text[])", list(wanted.kinds)),
        ("e.actor_id = %(actor_id)s", wanted.actor_id),
        ("e.through = %(through)s", wanted.through),
        ("e.at >= %(since)s", wanted.since),
        ("e.at < %(until)s", wanted.until),
        ("e.id < %(before_id)s", wanted.before_id),
    ):
        if value:
            where.append(text)
            params[text.split("%(")[1].split(")")[0]] = value
    found = await rows(
        session, f"{_LINE} WHERE {' AND '.join(where)} ORDER BY e.id DESC LIMIT {int(wanted.limit)}", **params
    )
    await _name_ids(session, found)
    return [_line(row) for row in found]


async def _name_ids(session: AsyncSession, found: list[dict[str, Any]]) -> None:
    """Put names beside ids of people, teams and tickets."""
    wanted: set[UUID] = set()
    for row in found:
        for key in IDS:
            if (value := _uuid(row["data"].get(key))) is not None:
                wanted.add(value)
            elif isinstance(row["data"].get(key), list):
                wanted.update(filter(None, map(_uuid, row["data"][key])))
    if not wanted:
        return
    names = {
        str(row["id"]): row["name"]
        for row in await rows(
            session,
            """SELECT id, name FROM users WHERE id = ANY(%(ids)s) UNION ALL SELECT id, name FROM teams WHERE id = ANY(%(ids)s)
               UNION ALL SELECT id, name FROM tags WHERE id = ANY(%(ids)s)
               UNION ALL SELECT id, '#' || number FROM tickets WHERE id = ANY(%(ids)s)""",
            ids=list(wanted),
        )
    }
    for row in found:
        for key in IDS:
            value = row["data"].get(key)
            if isinstance(value, list):
                row["data"][key] = [names.get(str(item), item) for item in value]
            elif str(value) in names:
                row["data"][key] = names[str(value)]


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _line(row: dict[str, Any]) -> dict[str, Any]:
    data = row.pop("data")
    known = {"field", "before", "after"}
    return row | {
        "field": data.get("field"),
        "old": data.get("before"),
        "new": data.get("after"),
        "details": {key: value for key, value in data.items() if key not in known},
    }
