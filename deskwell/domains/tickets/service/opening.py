from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import execute
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.redaction import mask_cards
from deskwell.core.text import one_line
from deskwell.domains.contexts.logic import MAX_CONTEXT, context_key

from ..events import TicketOpened
from ..logic import normalise
from ..models import Author, Message, Party, Priority, Source, Status, Ticket, Turn
from .writing import checked_body, reply_as_customer, write_message

MAX_SUBJECT = 300


@dataclass(frozen=True)
class Opened:
    """What came of a message: the ticket it went to, and how it got there."""

    ticket: Ticket
    message: Message
    turn: Turn | None
    is_new: bool
    matched_by: str | None = None


async def open_or_continue(
    session: AsyncSession,
    actor: Actor,
    customer_id: UUID,
    *,
    context: str,
    subject: str,
    text: str,
    priority: Priority = Priority.MEDIUM,
    source: Source = Source.WEB,
    body_html: str | None = None,
    **values: Any,
) -> Opened:
    """Continue the customer's ticket on this matter that is not closed, else open a new one."""
    context, subject, body = checked_context(context), checked_subject(subject), checked_body(text)
    await _one_at_a_time(session, customer_id)
    known = await find_ticket_to_continue(session, customer_id, context, subject)
    if known:
        message, turn = await reply_as_customer(
            session, actor, known, body, source=source, body_html=body_html, matched_by="subject", **values
        )
        return Opened(known, message, turn, is_new=False, matched_by="subject")
    return await open_ticket(
        session,
        actor,
        customer_id,
        context=context,
        subject=subject,
        text=body,
        priority=priority,
        source=source,
        body_html=body_html,
        **values,
    )


async def open_ticket(
    session: AsyncSession,
    actor: Actor,
    customer_id: UUID,
    *,
    context: str,
    subject: str,
    text: str,
    priority: Priority = Priority.MEDIUM,
    source: Source = Source.WEB,
    body_html: str | None = None,
    follows_id: UUID | None = None,
    **values: Any,
) -> Opened:
    """Open a new ticket with its first message."""
    context, subject, body = checked_context(context), checked_subject(subject), checked_body(text)
    moment = now()
    ticket = Ticket(
        id=new_id(),
        created_at=moment,
        updated_at=moment,
        last_message_at=moment,
        version=1,
        context=context,
        context_key=context_key(context),
        subject=subject,
        subject_key=normalise(subject),
        status=Status.OPEN,
        waiting_for=Party.AGENT,
        priority=priority,
        source=source,
        customer_id=customer_id,
        last_position=0,
        message_count=0,
        custom_fields={},
        follows_id=follows_id,
    )
    session.add(ticket)
    await session.flush()
    await publish(
        session,
        TicketOpened(
            actor=actor,
            ticket_id=ticket.id,
            customer_id=customer_id,
            source=source.value,
            priority=priority.value,
            context=context,
            follows_id=follows_id,
        ),
    )
    message, turn = await write_message(
        session,
        actor,
        ticket,
        Author.CUSTOMER,
        body,
        source=source,
        body_html=body_html,
        wants_answer=True,
        is_first=True,
        **values,
    )
    return Opened(ticket, message, turn, is_new=True)


async def find_ticket_to_continue(
    session: AsyncSession, customer_id: UUID, context: str, subject: str
) -> Ticket | None:
    """Find, and lock, the newest ticket of this customer on the same matter that is not closed."""
    query = (
        select(Ticket)
        .where(
            Ticket.customer_id == customer_id,
            Ticket.context_key == context_key(context),
            Ticket.subject_key == normalise(subject),
            Ticket.status != Status.CLOSED,
            Ticket.merged_into_id.is_(None),
        )
        .order_by(Ticket.id.desc())
        .limit(1)
        .with_for_update(of=Ticket, key_share=True)
    )
    return (await session.scalars(query)).one_or_none()


async def _one_at_a_time(session: AsyncSession, customer_id: UUID) -> None:
    """Two messages of one person at the same moment do not open two tickets."""
    await execute(
        session, "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", key=f"customer:{customer_id}"
    )


def checked_context(text: str) -> str:
    context = one_line(text)
    if not context or len(context) > MAX_CONTEXT:
        raise Invalid.field("context", "Please choose what this is about.", code="context_invalid")
    return context


def checked_subject(text: str) -> str:
    subject = mask_cards(one_line(text)[:MAX_SUBJECT])
    if not subject:
        raise Invalid.field("subject", "Please write a subject.", code="subject_empty")
    return subject
