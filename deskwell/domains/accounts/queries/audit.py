"""Reads of the append-only log: what was administered, and who signed in or was refused."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows
from deskwell.core.pages import Page

_LOG = """
SELECT e.id, e.at, e.kind, e.actor_kind, e.actor_id, a.name AS actor_name, a.email AS actor_email, e.through,
       e.ticket_id, e.data, d.data AS details, s.name AS subject_name
FROM events e
LEFT JOIN event_details d ON d.event_id = e.id
LEFT JOIN users a ON a.id = e.actor_id
LEFT JOIN users s ON e.data ? 'user_id' AND s.id::text = e.data->>'user_id'
"""


async def list_events(
    session: AsyncSession,
    page: Page,
    *,
    kind: str | None = None,
    actor_id: UUID | None = None,
    date_from: datetime | None = None,
    date_to: datetime | None = None,
    with_tickets: bool = False,
) -> tuple[list[dict[str, Any]], int]:
    """One page of the log, newest first. `kind` is a whole kind or its first part: `user`, `rule.changed`."""
    where = ["true"] if with_tickets else ["e.ticket_id IS NULL"]
    if kind:
        where.append("(e.kind = %(kind)s OR e.kind LIKE %(kind_start)s)")
    if actor_id:
        where.append("e.actor_id = %(actor)s")
    if date_from:
        where.append("e.at >= %(date_from)s")
    if date_to:
        where.append("e.at < %(date_to)s")
    condition = " AND ".join(where)
    params = {
        "kind": kind,
        "kind_start": f"{kind}.%" if kind else None,
        "actor": actor_id,
        "date_from": date_from,
        "date_to": date_to,
    }
    found = await rows(
        session,
        f"{_LOG} WHERE {condition} ORDER BY e.id DESC LIMIT %(limit)s OFFSET %(offset)s",
        **params,
        limit=page.page_size,
        offset=page.offset,
    )
    counted = await one(
        session,
        f"SELECT count(*) AS n FROM (SELECT 1 FROM events e WHERE {condition} LIMIT 10001) AS few",
        **params,
    )
    return found, counted["n"] if counted else 0


async def list_kinds(session: AsyncSession) -> list[str]:
    """The kinds of events that concern no ticket, for the filter."""
    found = await rows(session, "SELECT DISTINCT kind FROM events WHERE ticket_id IS NULL ORDER BY kind")
    return [row["kind"] for row in found]
