from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor
from deskwell.core.clock import now
from deskwell.core.db import flush
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.redaction import mask_cards
from deskwell.core.text import clean

from ..errors import TicketMerged
from ..events import MessageAdded
from ..logic import may_reopen, turn_state_for
from ..models import Author, Message, Party, Source, Status, Ticket, Turn, TurnState
from .assigning import assign
from .closing import reopen, restore, wake
from .turns import settle_pending_turns

MAX_MESSAGE = 100_000


def checked_body(text: str) -> str:
    """Return the message's text as it is stored.

    Raises:
        Invalid: nothing in it, or too much.

    """
    body = clean(text).strip()
    if not body:
        raise Invalid.field("message", "Please write a message.", code="message_empty")
    if len(body) > MAX_MESSAGE:
        raise Invalid.field(
            "message", "A message may have at most 100,000 characters.", code="message_too_long"
        )
    return body


async def write_message(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    author: Author,
    body: str,
    *,
    is_internal: bool = False,
    source: Source | None = None,
    body_html: str | None = None,
    wants_answer: bool = False,
    matched_by: str | None = None,
    is_first: bool = False,
    **values: Any,
) -> tuple[Message, Turn | None]:
    """Append to the thread of a locked ticket and announce it; a customer's message gets its turn."""
    if author is Author.CUSTOMER:  # payment cards are not ours to keep
        body, body_html = mask_cards(body), mask_cards(body_html) if body_html else None
    moment = now()
    ticket.last_position += 1
    message = Message(
        id=new_id(),
        ticket_id=ticket.id,
        position=ticket.last_position,
        author=author,
        author_id=actor.user_id,
        body=body,
        body_html=body_html,
        is_internal=is_internal,
        source=source,
        created_at=moment,
        **values,
    )
    session.add(message)
    turn = _turn(session, ticket, message) if wants_answer else None
    _note_on_ticket(ticket, message)
    await flush(session)
    await publish(
        session,
        MessageAdded(
            actor=actor,
            ticket_id=ticket.id,
            message_id=message.id,
            author=author.value,
            position=message.position,
            is_internal=is_internal,
            source=source.value if source else None,
            turn_id=turn.id if turn else None,
            is_first=is_first,
            matched_by=matched_by,
            action=message.data.get("action") if message.data else None,
        ),
    )
    return message, turn


def _turn(session: AsyncSession, ticket: Ticket, message: Message) -> Turn:
    state = turn_state_for(ticket.status)
    settled_at = message.created_at if state is TurnState.PERSON else None
    turn = Turn(
        id=new_id(),
        ticket_id=ticket.id,
        message_id=message.id,
        state=state,
        settled_at=settled_at,
        created_at=message.created_at,  # by the message's clock: the database's may go another way
    )
    session.add(turn)
    return turn


def _note_on_ticket(ticket: Ticket, message: Message) -> None:
    """Keep the columns that lists sort by. Only a person's answer is a first response."""
    moment = message.created_at
    ticket.updated_at = moment
    if message.is_internal or message.author is Author.SYSTEM:
        return
    ticket.message_count += 1
    ticket.last_message_at = moment
    if message.author is Author.CUSTOMER:
        ticket.last_customer_message_at = moment
        ticket.waiting_for = Party.AGENT
        return
    ticket.waiting_for = (
        Party.CUSTOMER if ticket.escalated_at is None or message.author is Author.AGENT else Party.AGENT
    )
    ticket.last_response_at = moment
    if message.author is Author.AGENT:
        ticket.first_response_at = ticket.first_response_at or moment
    else:
        ticket.first_ai_response_at = ticket.first_ai_response_at or moment


async def reply_as_customer(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    text: str,
    *,
    source: Source = Source.WEB,
    body_html: str | None = None,
    matched_by: str | None = None,
    wants_answer: bool = True,
    **values: Any,
) -> tuple[Message, Turn | None]:
    """Add a customer's message to a locked ticket that takes it: it wakes, comes back from the trash, reopens.

    A ticket closed too long ago does not take it: ask `takes_replies` first, else open a follow-up.
    """
    body = checked_body(text)
    if ticket.trashed_at:
        await restore(session, actor, ticket, reason="customer_wrote")
    if ticket.status is Status.CLOSED:
        await reopen(session, actor, ticket, reason="customer_wrote")
    if ticket.snoozed_until:
        await wake(session, actor, ticket, reason="customer_wrote")
    message, turn = await write_message(
        session,
        actor,
        ticket,
        Author.CUSTOMER,
        body,
        source=source,
        body_html=body_html,
        wants_answer=wants_answer,
        matched_by=matched_by,
        **values,
    )
    return message, turn


def takes_replies(ticket: Ticket) -> bool:
    """Whether a customer's message still belongs into this ticket."""
    return ticket.status is not Status.CLOSED or may_reopen(ticket.resolved_at, now())


async def reply_as_staff(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    text: str,
    *,
    is_internal: bool = False,
    body_html: str | None = None,
    source: Source | None = None,
    **values: Any,
) -> Message:
    """Answer the customer, or leave a note. The first answer on an unassigned ticket takes it; the AI falls silent."""
    body = checked_body(text)
    if ticket.merged_into_id:
        raise TicketMerged
    if not is_internal:
        if ticket.assignee_id is None and ticket.status is not Status.CLOSED and actor.user_id:
            await assign(session, actor, ticket, actor.user_id)
        await settle_pending_turns(session, actor, ticket, TurnState.PERSON)
    message, _ = await write_message(
        session,
        actor,
        ticket,
        Author.AGENT,
        body,
        is_internal=is_internal,
        body_html=body_html,
        source=source,
        **values,
    )
    return message


async def add_system_message(session: AsyncSession, ticket: Ticket, text: str, **values: Any) -> Message:
    """Add an inline line that both sides see, such as the reason of an escalation."""
    message, _ = await write_message(session, SYSTEM, ticket, Author.SYSTEM, text, **values)
    return message
