from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.configuration import Kept
from deskwell.core.db import one, rows

from . import logic
from .logic import Fact, Kind, Policy

_SLA = """SELECT s.*, t.name AS team, c.name AS calendar FROM slas s
    LEFT JOIN teams t ON t.id = s.team_id LEFT JOIN sla_calendars c ON c.id = s.calendar_id"""

_policies: dict[UUID, Policy] = {}  # versions never change, so there is nothing to re-validate
_POLICIES_KEPT = 500

_TICKET = """SELECT t.id, t.number, t.subject, t.priority, t.context_key, t.team_id, t.status, t.waiting_for,
        t.created_at, t.first_response_at, t.resolved_at, t.reopened_at, t.trashed_at, t.sla_id, t.sla_state,
        t.first_response_due_at, t.resolution_due_at, t.next_due_at, t.snoozed_until,
        clock_timestamp() + %(shift)s AS now,
        k.ticket_id IS NOT NULL AS has_clock, k.facts, k.version_id, k.response_met_at, k.resolution_met_at,
        k.response_warned_at, k.resolution_warned_at, k.next_check_at, v.data AS version
    FROM tickets t LEFT JOIN sla_clocks k ON k.ticket_id = t.id LEFT JOIN sla_versions v ON v.id = k.version_id"""


async def get_clock_row(session: AsyncSession, ticket_id: UUID) -> dict[str, Any] | None:
    """A ticket with its clock, and the moment by the database's clock."""
    return await one(
        session, f"{_TICKET} WHERE t.id = %(ticket_id)s", ticket_id=ticket_id, shift=clock.shift()
    )


async def lock_due_clocks(session: AsyncSession, *, limit: int) -> list[dict[str, Any]]:
    """Tickets whose clock warns or breaks now, locked; those in somebody's hands are left for the next look."""
    return await rows(
        session,
        f"""{_TICKET} WHERE k.next_check_at <= clock_timestamp() + %(shift)s AND k.ticket_id IS NOT NULL
            ORDER BY k.next_check_at LIMIT %(limit)s FOR UPDATE OF t SKIP LOCKED""",
        shift=clock.shift(),
        limit=limit,
    )


async def lock_open_tickets(
    session: AsyncSession, priorities: tuple[str, ...], *, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """A batch of open tickets in order of their ids, locked."""
    return await rows(
        session,
        f"""{_TICKET} WHERE t.status <> 'closed' AND t.priority = ANY(%(priorities)s)
              AND (%(after)s::uuid IS NULL OR t.id > %(after)s)
            ORDER BY t.id LIMIT %(limit)s FOR UPDATE OF t""",
        priorities=list(priorities),
        after=after,
        limit=limit,
        shift=clock.shift(),
    )


async def match(
    session: AsyncSession, *, priority: str, context_key: str, team_id: UUID | None
) -> dict[str, Any] | None:
    """The service level that holds for such a ticket: the first that matches."""
    for level in await _levels.get(session):
        fits_context = level["context_key"] is None or level["context_key"] == context_key
        fits_team = level["team_id"] is None or level["team_id"] == team_id
        if level["priority"] == priority and fits_context and fits_team:
            return {**level, "version_id": level["of_contexts"].get(context_key, level["version_id"])}
    return None


async def _read_levels(session: AsyncSession) -> list[dict[str, Any]]:
    """Active levels in their order, each with the versions it has of its own in some contexts."""
    levels = await rows(
        session,
        """SELECT id, name, version_id, priority, context_key, team_id FROM slas
           WHERE is_active ORDER BY position, id""",
    )
    own = await rows(session, "SELECT sla_id, context_key, version_id FROM sla_context_versions")
    for level in levels:
        mine = [row for row in own if row["sla_id"] == level["id"]]
        level["of_contexts"] = {row["context_key"]: row["version_id"] for row in mine}
    return levels


_levels = Kept("slas", read=_read_levels)


async def get_policy(session: AsyncSession, version_id: UUID) -> Policy:
    """The policy of a version; kept, because versions never change."""
    if version_id not in _policies:
        found = await one(session, "SELECT data FROM sla_versions WHERE id = %(id)s", id=version_id)
        assert found, "versions are never deleted"
        while len(_policies) >= _POLICIES_KEPT:
            _policies.pop(next(iter(_policies)))
        _policies[version_id] = logic.policy_from(found["data"])
    return _policies[version_id]


async def read_facts_of(session: AsyncSession, ticket: dict[str, Any]) -> list[Fact]:
    """A ticket's facts out of its messages and its log: for tickets without a clock, merged and split ones."""
    found = await rows(
        session,
        """SELECT at, what, n FROM (
             SELECT created_at AS at, 0 AS n, CASE
                 WHEN author = 'customer' THEN 'customer_wrote'
                 WHEN author = 'agent' THEN 'agent_answered'
                 WHEN data->>'action' = 'handed_over' THEN 'handed_over'
                 ELSE 'ai_answered' END AS what
             FROM messages WHERE ticket_id = %(id)s AND NOT is_internal
               AND (author IN ('customer', 'agent') OR (author = 'ai' AND success))
             UNION ALL
             SELECT at, 1 AS n, CASE kind
                 WHEN 'ticket.escalated' THEN 'handed_over'
                 WHEN 'ticket.closed' THEN 'closed'
                 WHEN 'ticket.reopened' THEN 'reopened'
                 WHEN 'ticket.trashed' THEN 'trashed'
                 WHEN 'ticket.restored' THEN 'restored'
                 ELSE CASE WHEN data->>'until' IS NULL THEN 'woken' ELSE 'snoozed' END END AS what
             FROM events WHERE ticket_id = %(id)s AND kind IN ('ticket.escalated', 'ticket.closed',
                 'ticket.reopened', 'ticket.trashed', 'ticket.restored', 'ticket.snoozed')
           ) facts ORDER BY at, n""",
        id=ticket["id"],
    )
    started = min([ticket["created_at"], *(line["at"] for line in found)])
    return [Fact(started, Kind.OPENED), *(Fact(line["at"], Kind(line["what"])) for line in found)]


async def list_slas(
    session: AsyncSession, *, priority: str | None = None, is_active: bool | None = None
) -> list[dict[str, Any]]:
    """Service levels in the order in which they are tried."""
    return await rows(
        session,
        f"""{_SLA} WHERE (%(priority)s::text IS NULL OR s.priority = %(priority)s)
              AND (%(is_active)s::boolean IS NULL OR s.is_active = %(is_active)s)
            ORDER BY s.position, s.id""",
        priority=priority,
        is_active=is_active,
    )


async def find_sla(session: AsyncSession, sla_id: UUID) -> dict[str, Any] | None:
    return await one(session, f"{_SLA} WHERE s.id = %(id)s", id=sla_id)


async def list_calendars(session: AsyncSession, calendar_id: UUID | None = None) -> list[dict[str, Any]]:
    """Calendars by name, each with the number of service levels and contexts that count by it."""
    return await rows(
        session,
        """SELECT c.*, (SELECT count(*) FROM slas s WHERE s.calendar_id = c.id) AS used_by,
             (SELECT count(*) FROM contexts b WHERE b.calendar_id = c.id) AS contexts
           FROM sla_calendars c WHERE %(id)s::uuid IS NULL OR c.id = %(id)s ORDER BY lower(c.name)""",
        id=calendar_id,
    )


async def find_default_calendar(session: AsyncSession) -> dict[str, Any] | None:
    """The calendar whose hours are the business time of the reports."""
    return await one(session, "SELECT * FROM sla_calendars WHERE is_default")


async def open_tickets_like(
    session: AsyncSession,
    *,
    priority: str,
    context_key: str | None,
    team_id: UUID | None,
    before_position: int | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Open tickets that a definition would match, newest first, with the one before it that would take each."""
    earlier = """SELECT s.name FROM slas s WHERE s.is_active AND s.priority = t.priority
        AND (s.context_key IS NULL OR s.context_key = t.context_key)
        AND (s.team_id IS NULL OR s.team_id = t.team_id)
        AND s.position < %(before)s ORDER BY s.position LIMIT 1"""
    return await rows(
        session,
        f"""SELECT t.id, t.number, t.subject, t.context_key, t.created_at, t.next_due_at, now.name AS sla_now, k.facts,
                ({earlier}) AS taken_by
            FROM tickets t LEFT JOIN sla_clocks k ON k.ticket_id = t.id LEFT JOIN slas now ON now.id = t.sla_id
            WHERE t.status <> 'closed' AND t.trashed_at IS NULL AND t.priority = %(priority)s
              AND (%(context_key)s::text IS NULL OR t.context_key = %(context_key)s)
              AND (%(team_id)s::uuid IS NULL OR t.team_id = %(team_id)s)
            ORDER BY t.id DESC LIMIT %(limit)s""",
        priority=priority,
        context_key=context_key,
        team_id=team_id,
        before=before_position if before_position is not None else 2**31 - 1,
        limit=limit,
    )


async def find_violations(
    session: AsyncSession, ticket_id: UUID
) -> dict[tuple[str, datetime], dict[str, Any]]:
    """What is recorded as missed on a ticket, by metric and due time."""
    found = await rows(session, "SELECT * FROM sla_violations WHERE ticket_id = %(id)s", id=ticket_id)
    return {(line["metric"], line["due_at"]): line for line in found}
