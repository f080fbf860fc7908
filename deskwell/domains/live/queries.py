from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import rows
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


async def read_signals(session: AsyncSession) -> list[dict[str, Any]]:
    """Return the signals of the last ten seconds, oldest first; a follower knows which it has seen."""
    return await rows(
        session,
        """SELECT id, kind, ticket_id, data, staff_only FROM signals
           WHERE at > clock_timestamp() - interval '10 seconds' ORDER BY id LIMIT 2000""",
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
