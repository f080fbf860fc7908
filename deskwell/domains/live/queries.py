from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one, rows
from deskwell.domains.tickets.access import visibility_sql

CUSTOMER_KINDS = (
    "ticket.opened",
    "ticket.assigned",
    "ticket.escalated",
    "ticket.closed",
    "ticket.reopened",
    "message.added",
    "message.rated",
    "turn.settled",
    "ticket.field_changed",
    "turn.progress",
)


async def get_horizon(session: AsyncSession) -> int:
    """Return the id of the newest fact: where a new follower starts."""
    row = await one(session, "SELECT coalesce(max(id), 0) AS id FROM events")
    return int(row["id"]) if row else 0


async def read_signals(session: AsyncSession, after: UUID) -> list[dict[str, Any]]:
    return await rows(
        session,
        "SELECT id, kind, ticket_id, data, staff_only FROM signals WHERE id > %(after)s ORDER BY id LIMIT 500",
        after=after,
    )


async def visible_ids(session: AsyncSession, actor: Actor, ticket_ids: set[UUID]) -> set[UUID]:
    """Return those of the tickets that the actor may see."""
    condition, params = visibility_sql(actor)
    found = await rows(
        session,
        f"SELECT t.id FROM tickets t WHERE t.id = ANY(%(ids)s) AND {condition}",
        ids=list(ticket_ids),
        **params,
    )
    return {row["id"] for row in found}
