"""Counts of now: from sums and the changes appended since, never by counting tickets."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import Source, one, rows
from deskwell.domains.tickets.access import TICKETS_READ, visibility_sql

_ALL = """(SELECT team, total, open FROM ticket_counts
           UNION ALL SELECT team, total, open FROM ticket_count_deltas) AS counts"""
_OWN = "SELECT count(*) AS total, count(*) FILTER (WHERE t.status <> 'closed') AS open FROM tickets t WHERE "


async def count_tickets(source: Source, actor: Actor) -> tuple[int, int]:
    """All and open tickets outside the trash that the actor may see."""
    if not actor.is_staff or not actor.can(TICKETS_READ):
        condition, params = visibility_sql(actor)
        found = await one(source, f"{_OWN} {condition} AND t.trashed_at IS NULL", **params)
    elif actor.is_admin:
        found = await one(
            source, f"SELECT coalesce(sum(total), 0) AS total, coalesce(sum(open), 0) AS open FROM {_ALL}"
        )
    else:
        found = await one(source, _RESTRICTED, me=actor.user_id, my_teams=list(actor.team_ids))
    assert found
    return int(found["total"]), int(found["open"])


_RESTRICTED = f"""WITH hidden AS (SELECT id FROM teams WHERE is_restricted AND NOT id = ANY(%(my_teams)s))
    SELECT coalesce(sum(total), 0) AS total, coalesce(sum(open), 0) AS open FROM (
        SELECT total, open FROM {_ALL} WHERE team NOT IN (SELECT id FROM hidden)
        UNION ALL
        SELECT count(*), count(*) FILTER (WHERE status <> 'closed') FROM tickets
        WHERE assignee_id = %(me)s AND trashed_at IS NULL AND team_id IN (SELECT id FROM hidden)
    ) AS seen"""


async def recent_tickets(source: Source, actor: Actor, *, limit: int = 5) -> list[dict[str, Any]]:
    """The most recently active tickets, each with the average confidence of the AI's answers."""
    condition, params = visibility_sql(actor)
    return await rows(
        source,
        f"""SELECT t.id AS ticket_id, t.context, t.subject, t.status, t.message_count AS total_messages,
                (SELECT avg(m.confidence) FROM messages m WHERE m.ticket_id = t.id AND m.author = 'ai')
                    AS avg_confidence
            FROM tickets t WHERE {condition} AND t.trashed_at IS NULL ORDER BY t.updated_at DESC, t.id LIMIT %(limit)s""",
        limit=limit,
        **params,
    )


async def tickets_numbered(
    session: AsyncSession, actor: Actor, numbers: list[int]
) -> dict[int, dict[str, Any]]:
    """Tickets by number, those that the actor may see; the trash included, because the reports count it."""
    condition, params = visibility_sql(actor)
    found = await rows(
        session,
        f"""SELECT t.id AS ticket_id, t.number, t.subject, t.context, t.status, t.priority, t.created_at,
                u.email AS assigned_to
            FROM tickets t LEFT JOIN users u ON u.id = t.assignee_id
            WHERE t.number = ANY(%(numbers)s) AND {condition}""",
        numbers=numbers,
        **params,
    )
    return {row["number"]: row for row in found}


async def read_state(session: AsyncSession) -> dict[str, Any]:
    state = await one(session, "SELECT timezone, followed_at FROM report_state WHERE id = 1")
    assert state, "the migration wrote the row"
    return state
