"""Counts that stay cheap at a million tickets: kept ones, or counted up to a cap."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one, rows
from deskwell.core.errors import Invalid
from deskwell.domains.tickets.access import visibility_sql

from ..schemas import Filters
from .listing import _kept_counts, listing

VIEW_CAP = 999

_KEPT = """SELECT coalesce(sum(count), 0)::bigint AS total_tickets,
    coalesce(sum(count) FILTER (WHERE status <> 'closed'), 0)::bigint AS open_tickets,
    coalesce(sum(count) FILTER (WHERE status = 'closed'), 0)::bigint AS closed_tickets FROM ticket_counts"""

_COUNTED = """SELECT count(*) AS total_tickets, count(*) FILTER (WHERE t.status <> 'closed') AS open_tickets,
    count(*) FILTER (WHERE t.status = 'closed') AS closed_tickets FROM tickets t WHERE t.trashed_at IS NULL AND """

_HIDDEN = """SELECT count(*) AS total_tickets, count(*) FILTER (WHERE t.status <> 'closed') AS open_tickets,
    count(*) FILTER (WHERE t.status = 'closed') AS closed_tickets FROM tickets t
    WHERE t.trashed_at IS NULL AND t.team_id IN (SELECT id FROM teams WHERE is_restricted)
      AND t.team_id <> ALL(%(my_teams)s::uuid[]) AND t.assignee_id IS DISTINCT FROM %(me)s"""

_SUMMARY = """SELECT t.id AS ticket_id, t.context, t.subject, t.status, t.message_count AS total_messages,
    (SELECT round(avg(m.confidence)::numeric, 3)::float FROM messages m
     WHERE m.ticket_id = t.id AND m.author = 'ai') AS avg_confidence
    FROM tickets t WHERE t.trashed_at IS NULL AND {} ORDER BY t.updated_at DESC, t.id DESC LIMIT 5"""


async def read_stats(session: AsyncSession, actor: Actor) -> dict[str, Any]:
    """Return the figures of the dashboard for what this person may see."""
    condition, params = visibility_sql(actor)
    figures = await _figures(session, condition, params)
    summary = await rows(session, _SUMMARY.format(condition), **params)
    return {**figures, "sample_summary": summary}


async def _figures(session: AsyncSession, condition: str, params: dict[str, Any]) -> dict[str, int]:
    if condition != "true" and "my_teams" not in params:  # own or assigned tickets: few, by an index
        counted = await one(session, _COUNTED + condition, **params)
        assert counted is not None
        return counted
    kept = await one(session, _KEPT)
    assert kept is not None
    if condition == "true":
        return kept
    hidden = await one(session, _HIDDEN, **params)
    assert hidden is not None
    return {name: max(0, kept[name] - hidden[name]) for name in kept}


async def count_views(session: AsyncSession, actor: Actor, views: dict[str, Filters]) -> dict[str, int]:
    """Count what each view shows, in one statement; a count above the cap is given as the cap plus one."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for number, (key, filters) in enumerate(views.items()):
        try:
            wanted = listing(actor, filters.model_copy(update={"search": None}))
        except Invalid:
            continue
        name = f"key{number}"
        params[name] = key
        if filters.search:  # a search is for reading, not for counting
            continue
        if (kept := _kept_counts(wanted)) is not None:
            counted = f"(SELECT coalesce(sum(count), 0)::bigint FROM ticket_counts WHERE {kept})"
        else:
            own = {old: f"v{number}_{old}" for old in wanted.clauses.params}
            where = wanted.where
            for old, new in own.items():
                where = where.replace(f"%({old})s", f"%({new})s")
                params[new] = wanted.clauses.params[old]
            counted = f"(SELECT count(*) FROM (SELECT FROM tickets t WHERE {where} LIMIT {VIEW_CAP + 1}) c)"
        parts.append(f"SELECT %({name})s::text AS key, {counted} AS n")
    if not parts:
        return {}
    found = await rows(session, " UNION ALL ".join(parts), **params)
    return {row["key"]: min(int(row["n"]), VIEW_CAP + 1) for row in found}
