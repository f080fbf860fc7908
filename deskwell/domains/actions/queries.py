"""What actions need to know: how tickets stand, who is on the rosters, what ids are called."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import one, rows
from deskwell.domains.email.service.outcome import NO_SENDER
from deskwell.domains.teams.logic import Roster

from .logic import State, World
from .schemas import Action

_HAS_TEMPLATE = """coalesce((
    SELECT e.is_active FROM email_templates e LEFT JOIN contexts b ON b.id = e.context_id
    WHERE e.template_type = '{kind}' AND (e.context_id IS NULL OR b.key = t.context_key)
    ORDER BY e.context_id IS NULL, e.is_active DESC, e.id DESC LIMIT 1), false)"""
_STATES = f"""
SELECT t.id, t.status, t.priority, t.assignee_id, t.team_id, t.category_id, t.context, t.custom_fields, t.snoozed_until,
       t.escalated_at IS NOT NULL AS is_escalated, u.email AS customer_email,
       u.is_active AND u.email <> %(nobody)s AND NOT coalesce((u.preferences->>'no_mail')::boolean, false)
           AND EXISTS (SELECT 1 FROM email_accounts WHERE is_active) AS is_reached,
       {_HAS_TEMPLATE.format(kind="ticket_reply")} AS mails_replies,
       {_HAS_TEMPLATE.format(kind="ticket_closed")} AND t.merged_into_id IS NULL AS mails_closing,
       ARRAY(SELECT tag_id FROM ticket_tags g WHERE g.ticket_id = t.id) AS tags,
       ARRAY(SELECT user_id FROM ticket_watchers w WHERE w.ticket_id = t.id) AS watchers
FROM tickets t JOIN users u ON u.id = t.customer_id WHERE t.id = ANY(%(ids)s)
"""


async def states(session: AsyncSession, ticket_ids: Sequence[UUID]) -> dict[UUID, State]:
    """How these tickets stand, as far as actions can change them."""
    found = await rows(session, _STATES, ids=list(ticket_ids), nobody=NO_SENDER)
    return {
        row["id"]: State(
            status=row["status"],
            priority=row["priority"],
            assignee=row["assignee_id"],
            team=row["team_id"],
            category=row["category_id"],
            context=row["context"],
            tags=frozenset(row["tags"]),
            custom=row["custom_fields"],
            snoozed_until=row["snoozed_until"],
            watchers=frozenset(row["watchers"]),
            customer_email=row["customer_email"] if row["is_reached"] and row["mails_replies"] else "",
            closing_email=row["customer_email"] if row["is_reached"] and row["mails_closing"] else "",
            is_escalated=row["is_escalated"],
        )
        for row in found
    }


_NAMES = """
SELECT id, name FROM users WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, name FROM teams WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, name FROM tags WHERE id = ANY(%(ids)s)
UNION ALL SELECT id, name FROM categories WHERE id = ANY(%(ids)s)
"""

_ROSTERS = """
SELECT tm.id AS team_id, tm.assignment, tm.last_assigned_id, m.user_id, m.capacity,
       (SELECT count(*) FROM tickets t
        WHERE t.assignee_id = m.user_id AND t.status <> 'closed' AND t.trashed_at IS NULL) AS load
FROM teams tm JOIN team_members m ON m.team_id = tm.id JOIN users u ON u.id = m.user_id
WHERE tm.id = ANY(%(teams)s) AND m.takes_tickets AND u.is_active
ORDER BY tm.id, m.joined_at, m.user_id
"""


async def world(
    session: AsyncSession, actor: Actor, actions: Sequence[Action], known: Iterable[State] = ()
) -> World:
    """Everything the outcome of these actions on these tickets depends on, read once."""
    teams = [a.team_id for a in actions if a.type == "assign_team" and a.team_id]
    ids = {value for action in actions for value in _ids(action)} | {
        key for state in known for key in (state.assignee, state.team, state.category) if key
    }
    rosters = await rosters_of(session, teams) if teams else {}
    ids |= {member for roster in rosters.values() for member in roster.members}
    if actor.user_id:
        ids.add(actor.user_id)
    named = await rows(session, _NAMES, ids=list(ids)) if ids else []
    return World(
        now=now(), names={row["id"]: row["name"] for row in named}, rosters=rosters, me=actor.user_id
    )


def _ids(action: Action) -> Iterable[UUID]:
    for value in action.model_dump().values():
        if isinstance(value, UUID):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, UUID))


async def rosters_of(session: AsyncSession, team_ids: Sequence[UUID]) -> dict[UUID, Roster]:
    """Who of these teams takes tickets now, and how they are loaded."""
    people: dict[UUID, list[dict[str, Any]]] = {}
    for row in await rows(session, _ROSTERS, teams=list(team_ids)):
        people.setdefault(row["team_id"], []).append(row)
    return {
        team_id: Roster(
            members=[row["user_id"] for row in members],
            loads={row["user_id"]: row["load"] for row in members},
            capacities={row["user_id"]: row["capacity"] for row in members if row["capacity"]},
            last=members[0]["last_assigned_id"],
            default=members[0]["assignment"],
        )
        for team_id, members in people.items()
    }


_PLACEHOLDER_VALUES = """
SELECT t.id, t.number, t.subject, t.status, t.priority, t.context, c.name AS category, tm.name AS team,
       u.name AS customer_name, u.email AS customer_email, a.name AS agent_name, a.email AS agent_email
FROM tickets t JOIN users u ON u.id = t.customer_id
LEFT JOIN users a ON a.id = coalesce(%(me)s, t.assignee_id)
LEFT JOIN teams tm ON tm.id = t.team_id LEFT JOIN categories c ON c.id = t.category_id
WHERE t.id = %(ticket)s
"""


async def placeholder_values(
    session: AsyncSession, actor: Actor, ticket_id: UUID, base_url: str
) -> dict[str, str]:
    """What the placeholders stand for on this ticket; those without a value are left out."""
    row = await one(session, _PLACEHOLDER_VALUES, ticket=ticket_id, me=actor.user_id)
    if row is None:
        return {}
    values = {
        "ticket_id": str(row["id"]),
        "ticket_number": str(row["number"]),
        "ticket_subject": row["subject"],
        "ticket_status": row["status"].replace("_", " "),
        "ticket_priority": row["priority"],
        "ticket_url": f"{base_url}/portal/tickets/{row['id']}",
        "context": row["context"],
        "category": row["category"],
        "team_name": row["team"],
        "customer_name": row["customer_name"],
        "customer_first_name": (row["customer_name"] or "").split(" ")[0],
        "customer_email": row["customer_email"],
        "agent_name": row["agent_name"],
        "agent_email": row["agent_email"],
    }
    return {name: value for name, value in values.items() if value}


async def missing(session: AsyncSession, table: str, ids: Iterable[UUID]) -> set[UUID]:
    """Of these ids, those no row has. `table` is one of ours, never from outside."""
    wanted = set(ids)
    if not wanted:
        return set()
    condition = {"users": "role <> 'customer' AND is_active"}.get(table, "true")
    found = await rows(
        session, f"SELECT id FROM {table} WHERE id = ANY(%(ids)s) AND {condition}", ids=list(wanted)
    )
    return wanted - {row["id"] for row in found}


async def tag_usage(session: AsyncSession) -> dict[UUID, int]:
    """On how many tickets each tag is."""
    found = await rows(session, "SELECT tag_id, count(*) AS n FROM ticket_tags GROUP BY tag_id")
    return {row["tag_id"]: row["n"] for row in found}


async def category_usage(session: AsyncSession) -> dict[UUID, int]:
    """On how many tickets each category is."""
    found = await rows(
        session,
        "SELECT category_id, count(*) AS n FROM tickets WHERE category_id IS NOT NULL GROUP BY category_id",
    )
    return {row["category_id"]: row["n"] for row in found}


async def addresses(session: AsyncSession, user_ids: Sequence[UUID]) -> list[str]:
    """The addresses of these people, as far as they are active."""
    found = await rows(
        session, "SELECT email FROM users WHERE id = ANY(%(ids)s) AND is_active", ids=list(user_ids)
    )
    return [row["email"] for row in found]


async def workload(session: AsyncSession) -> dict[UUID, int]:
    """How many open tickets each person has."""
    found = await rows(
        session,
        """SELECT assignee_id, count(*) AS n FROM tickets
           WHERE assignee_id IS NOT NULL AND status <> 'closed' AND trashed_at IS NULL GROUP BY assignee_id""",
    )
    return {row["assignee_id"]: row["n"] for row in found}
