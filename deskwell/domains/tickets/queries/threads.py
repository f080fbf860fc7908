from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import Database, Source, Statement, one, rows, together
from deskwell.core.errors import NotFound

from .. import schemas
from ..access import visibility_sql
from ..errors import TicketNotFound
from ..models import Message, Ticket

TICKET_COLUMNS = """t.id, t.number, t.version, t.context, t.subject, t.status, t.priority, t.source,
    t.customer_id AS user_id, a.email AS assigned_to, a.name AS assigned_name, t.sla_id, c.name AS category,
    t.created_at, t.updated_at, t.first_response_at, t.last_response_at, t.resolved_at, t.waiting_for,
    t.message_count, t.escalated_at, t.follows_id, t.merged_into_id"""

STAFF_TICKET_COLUMNS = f"""{TICKET_COLUMNS}, u.name AS customer_name, u.email AS customer_email, t.assignee_id,
    t.team_id, m.name AS team, t.category_id, t.custom_fields, t.language, t.snoozed_until, t.trashed_at,
    t.escalation_reason, t.last_message_at, t.last_customer_message_at, t.first_ai_response_at,
    t.first_response_due_at, t.resolution_due_at, t.next_due_at, t.sla_state,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'color', g.color) ORDER BY g.name)
              FROM ticket_tags tt JOIN tags g ON g.id = tt.tag_id WHERE tt.ticket_id = t.id), '[]') AS tags"""

TICKET_JOINS = """LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN categories c ON c.id = t.category_id"""
STAFF_TICKET_JOINS = (
    f"{TICKET_JOINS} JOIN users u ON u.id = t.customer_id LEFT JOIN teams m ON m.id = t.team_id"
)

_OPEN_FIELDS = """coalesce((SELECT jsonb_object_agg(f.key, t.custom_fields->f.key) FROM custom_fields f
        WHERE f.subject = 'ticket' AND f.customer_access <> 'hidden' AND f.archived_at IS NULL
          AND t.custom_fields ? f.key), '{}') AS custom_fields"""
_CUSTOMER_TICKET = f"SELECT {TICKET_COLUMNS}, {_OPEN_FIELDS} FROM tickets t {TICKET_JOINS}"
_STAFF_TICKET = f"SELECT {STAFF_TICKET_COLUMNS} FROM tickets t {STAFF_TICKET_JOINS}"

_MESSAGE = """m.id, m.ticket_id, m.position, CASE m.author WHEN 'agent' THEN 'admin' ELSE m.author END AS sender,
    m.body AS message, m.body_html, m.confidence, m.success, m.created_at, m.rating AS user_rating, m.source,
    m.citations, m.data->>'action' AS action, m.data->>'matched_by' AS matched_by, coalesce(p.name, CASE m.author WHEN 'ai' THEN 'AI assistant' END)
    AS author_name"""

_CUSTOMER_MESSAGES = f"""SELECT {_MESSAGE} FROM messages m LEFT JOIN users p ON p.id = m.author_id
    WHERE m.ticket_id = %(id)s AND NOT m.is_internal ORDER BY m.position"""

_STAFF_MESSAGES = f"""SELECT {_MESSAGE}, m.author_id, m.is_internal, m.run_id, m.data,
        CASE WHEN m.rating IS NULL THEN '[]'::jsonb ELSE (
            SELECT jsonb_agg(jsonb_build_object('rating', r.rating, 'created_at', r.created_at) ORDER BY r.id)
            FROM ratings r WHERE r.message_id = m.id) END AS ratings
    FROM messages m LEFT JOIN users p ON p.id = m.author_id
    WHERE m.ticket_id = %(id)s AND (%(notes)s OR NOT m.is_internal) ORDER BY m.position"""


async def find_ticket_row(
    source: Source, actor: Actor, ticket_id: UUID, *, with_trash: bool = False
) -> dict[str, Any] | None:
    """Return a ticket as the actor may see it on the wire, or None."""
    sql, params = _ticket_statement(actor, ticket_id, with_trash=with_trash)
    return await one(source, sql, **params)


def _ticket_statement(actor: Actor, ticket_id: UUID, *, with_trash: bool) -> Statement:
    condition, params = visibility_sql(actor)
    select = _STAFF_TICKET if actor.is_staff else _CUSTOMER_TICKET
    trash = "" if with_trash else "AND t.trashed_at IS NULL"
    return f"{select} WHERE t.id = %(id)s {trash} AND {condition}", {"id": ticket_id, **params}


async def get_ticket_row(
    source: Source, actor: Actor, ticket_id: UUID, *, with_trash: bool = False
) -> dict[str, Any]:
    row = await find_ticket_row(source, actor, ticket_id, with_trash=with_trash)
    if row is None:
        raise TicketNotFound
    return row


async def get_thread(
    source: Source, actor: Actor, ticket_id: UUID, *, with_notes: bool = False
) -> dict[str, Any]:
    """Return ticket and messages in order, in one round trip. Notes only to staff who ask for them."""
    messages: Statement = (
        (_STAFF_MESSAGES, {"id": ticket_id, "notes": with_notes})
        if actor.is_staff
        else (_CUSTOMER_MESSAGES, {"id": ticket_id})
    )
    found = await together(source, _ticket_statement(actor, ticket_id, with_trash=actor.is_staff), messages)
    if not found[0]:
        raise TicketNotFound
    return {"ticket": found[0][0], "messages": found[1]}


async def staff_ticket_read(session: AsyncSession, ticket: Ticket) -> schemas.StaffTicketRead:
    """Return a ticket that was just changed, as staff see it."""
    row = await one(session, f"{_STAFF_TICKET} WHERE t.id = %(id)s", id=ticket.id)
    return schemas.StaffTicketRead.model_validate(row)


_TURN = """SELECT n.state, n.reason, n.due_at, r.body AS reply, a.email AS assigned_to, n.ticket_id
    FROM turns n JOIN tickets t ON t.id = n.ticket_id LEFT JOIN messages r ON r.id = n.reply_id
    LEFT JOIN users a ON a.id = t.assignee_id WHERE n.id = %(id)s"""


async def look_up_turn(database: Database, turn_id: UUID) -> dict[str, Any] | None:
    """Return what became of a turn, outside any transaction."""
    return await database.look_up(_TURN, id=turn_id)


async def find_turn_of_message(session: AsyncSession, message_id: UUID) -> dict[str, Any] | None:
    return await one(session, "SELECT id, ticket_id FROM turns WHERE message_id = %(id)s", id=message_id)


async def count_ai_replies_since(session: AsyncSession, ticket_id: UUID, since: datetime) -> list[datetime]:
    """Return when the AI spoke in this ticket since a moment, oldest first."""
    found = await rows(
        session,
        """SELECT created_at FROM messages WHERE ticket_id = %(id)s AND author = 'ai' AND created_at > %(since)s
           ORDER BY created_at""",
        id=ticket_id,
        since=since,
    )
    return [row["created_at"] for row in found]


async def get_conversation(session: AsyncSession, ticket_id: UUID) -> list[Message]:
    """Return the public messages of a thread in order, for the AI to read."""
    query = (
        select(Message)
        .where(Message.ticket_id == ticket_id, Message.is_internal.is_(False))
        .order_by(Message.position)
    )
    return list(await session.scalars(query))


async def get_message(session: AsyncSession, message_id: UUID) -> Message:
    """A message by its id; without a statement when this transaction has just written it."""
    message = await session.get(Message, message_id)
    if message is None:
        raise NotFound("There is no such message.")
    return message
