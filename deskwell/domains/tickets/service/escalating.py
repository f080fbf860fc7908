from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import AI, Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.text import clean

from ..errors import AlreadyEscalated
from ..events import TicketEscalated
from ..models import Party, Status, Ticket, TurnState
from .editing import touch
from .turns import settle_pending_turns
from .writing import add_system_message

MAX_REASON = 2000


async def escalate(session: AsyncSession, actor: Actor, ticket: Ticket, reason: str | None) -> None:
    """The customer of a locked ticket asks for a person; it joins the queue "waiting for a human".

    Raises:
        AlreadyEscalated: a person has it, or was asked for.

    """
    if ticket.status is Status.CLOSED:
        raise Invalid("This ticket is closed. Please write a message to reopen it.", code="ticket_closed")
    if ticket.status is Status.HUMAN_ASSIGNED:
        raise AlreadyEscalated
    text = clean(reason or "").strip()[:MAX_REASON]
    await _to_people(session, actor, ticket, by="customer", reason_code="customer_asked", reason=text or None)
    line = f"The customer asked for a person: {text}" if text else "The customer asked for a person."
    await add_system_message(session, ticket, line, data={"event": "escalated"})
    await settle_pending_turns(session, actor, ticket, TurnState.PERSON)


async def hand_over(
    session: AsyncSession, ticket: Ticket, *, reason_code: str, reason: str | None = None, actor: Actor = AI
) -> None:
    """The AI, or staff or a rule, gives a locked ticket to people. What the customer is told is a message of its own."""
    if ticket.status is Status.OPEN:
        by = actor.kind.value
        await _to_people(session, actor, ticket, by=by, reason_code=reason_code, reason=reason)
        if actor is not AI:
            await settle_pending_turns(session, actor, ticket, TurnState.PERSON)


async def _to_people(
    session: AsyncSession, actor: Actor, ticket: Ticket, *, by: str, reason_code: str, reason: str | None
) -> None:
    ticket.status, ticket.waiting_for = Status.HUMAN_ASSIGNED, Party.AGENT
    ticket.escalated_at, ticket.escalation_reason = now(), reason
    touch(ticket)
    await session.flush()
    await publish(
        session,
        TicketEscalated(actor=actor, ticket_id=ticket.id, by=by, reason_code=reason_code, reason=reason),
    )
