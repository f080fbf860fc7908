from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one, rows
from deskwell.domains.ai.logic.prompts import Said
from deskwell.domains.tickets.access import visibility_sql
from deskwell.domains.tickets.errors import TicketNotFound

WHO = {"customer": "customer", "ai": "ai", "agent": "agent"}
NEAR = 60
EXAMPLES = 1500


async def get_case(session: AsyncSession, actor: Actor, ticket_id: UUID) -> dict[str, Any]:
    """A ticket the agent may see, with its public thread."""
    condition, params = visibility_sql(actor)
    ticket = await one(
        session,
        f"""SELECT t.id, t.subject, t.context, t.language, t.customer_id, c.name AS customer FROM tickets t
            JOIN users c ON c.id = t.customer_id WHERE t.id = %(id)s AND {condition}""",
        id=ticket_id,
        **params,
    )
    if ticket is None:
        raise TicketNotFound
    return {**ticket, "thread": await read_thread(session, ticket_id)}


async def read_thread(session: AsyncSession, ticket_id: UUID) -> list[Said]:
    found = await rows(
        session,
        """SELECT author, body FROM messages WHERE ticket_id = %(id)s AND NOT is_internal AND author <> 'system'
           ORDER BY position DESC LIMIT 40""",
        id=ticket_id,
    )
    return [Said(WHO[row["author"]], row["body"]) for row in reversed(found)]


async def near_tickets(
    session: AsyncSession, vector: str, model_id: str, *, but: UUID
) -> list[dict[str, Any]]:
    """The nearest tickets in meaning, with their first message and the answer that settled them."""
    return await rows(
        session,
        """WITH asked AS MATERIALIZED (SELECT %(vector)s::halfvec AS q), near AS (
               SELECT v.ticket_id, -(v.vector <#> q) AS cosine FROM ticket_vectors v CROSS JOIN asked
               WHERE v.model_id = %(model)s AND v.ticket_id <> %(but)s ORDER BY v.vector <#> q LIMIT 2 * %(limit)s)
           SELECT t.id, t.number, t.subject, t.status, n.cosine,
                  t.team_id, t.assignee_id, first.body AS body, coalesce(last.body, '') AS solution
           FROM near n JOIN tickets t ON t.id = n.ticket_id
           JOIN LATERAL (SELECT body FROM messages m WHERE m.ticket_id = t.id AND NOT is_internal ORDER BY position LIMIT 1) first ON true
           LEFT JOIN LATERAL (SELECT body FROM messages m WHERE m.ticket_id = t.id AND NOT is_internal AND author = 'agent'
                              ORDER BY position DESC LIMIT 1) last ON true
           WHERE t.trashed_at IS NULL AND t.merged_into_id IS NULL ORDER BY n.cosine DESC LIMIT %(limit)s""",
        vector=vector,
        model=model_id,
        but=but,
        limit=NEAR,
    )


async def sorted_tickets(session: AsyncSession, model_id: str) -> list[dict[str, Any]]:
    """Tickets that people put into a category, newest first: what a proposal is learnt from."""
    return await rows(
        session,
        """SELECT v.vector::text AS vector, c.id::text AS category FROM ticket_vectors v JOIN tickets t ON t.id = v.ticket_id
           JOIN categories c ON c.id = t.category_id WHERE v.model_id = %(model)s AND t.trashed_at IS NULL
           ORDER BY t.id DESC LIMIT %(limit)s""",
        model=model_id,
        limit=EXAMPLES,
    )


async def tags_of(session: AsyncSession, ticket_ids: list[UUID]) -> list[dict[str, Any]]:
    return await rows(
        session,
        "SELECT tt.ticket_id, g.id, g.name FROM ticket_tags tt JOIN tags g ON g.id = tt.tag_id WHERE tt.ticket_id = ANY(%(ids)s)",
        ids=ticket_ids,
    )


async def category_names(session: AsyncSession) -> dict[str, str]:
    return {str(row["id"]): row["name"] for row in await rows(session, "SELECT id, name FROM categories")}


async def may_see(session: AsyncSession, actor: Actor, ticket_ids: list[UUID]) -> set[UUID]:
    condition, params = visibility_sql(actor)
    found = await rows(
        session,
        f"SELECT t.id FROM tickets t WHERE t.id = ANY(%(ids)s) AND {condition}",
        ids=ticket_ids,
        **params,
    )
    return {row["id"] for row in found}
