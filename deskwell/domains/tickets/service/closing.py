from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish

from ..events import FieldChanged, TicketClosed, TicketReopened, TicketSnoozed
from ..logic import state_after_reopening
from ..models import Status, Ticket, TurnState
from .editing import touch
from .turns import settle_pending_turns


async def close(session: AsyncSession, actor: Actor, ticket: Ticket) -> None:
    """Settle a locked ticket. Closing a closed one changes nothing."""
    if ticket.status is Status.CLOSED:
        return
    ticket.status, ticket.resolved_at, ticket.snoozed_until = Status.CLOSED, now(), None
    touch(ticket)
    await settle_pending_turns(session, actor, ticket, TurnState.PERSON, reason="closed")
    await session.flush()
    await publish(session, TicketClosed(actor=actor, ticket_id=ticket.id))


async def reopen(session: AsyncSession, actor: Actor, ticket: Ticket, *, reason: str) -> None:
    """Take a locked ticket up again."""
    if ticket.status is not Status.CLOSED:
        return
    ticket.status = state_after_reopening(ticket.assignee_id, ticket.escalated_at)
    ticket.resolved_at, ticket.reopened_at = None, now()
    touch(ticket)
    await session.flush()
    await publish(session, TicketReopened(actor=actor, ticket_id=ticket.id, reason=reason))


async def snooze(session: AsyncSession, actor: Actor, ticket: Ticket, until: datetime) -> None:
    """Put a locked ticket aside until a moment, or until the customer writes."""
    if ticket.status is Status.CLOSED:
        raise Invalid("A closed ticket cannot be snoozed.", code="ticket_closed")
    if until <= now():
        raise Invalid.field("until", "Please choose a time in the future.", code="not_in_future")
    ticket.snoozed_until = until
    touch(ticket)
    await session.flush()
    await publish(session, TicketSnoozed(actor=actor, ticket_id=ticket.id, until=until.isoformat()))


async def wake(session: AsyncSession, actor: Actor, ticket: Ticket, *, reason: str) -> None:
    """End the snooze of a locked ticket."""
    if ticket.snoozed_until is None:
        return
    ticket.snoozed_until = None
    touch(ticket)
    await session.flush()
    await publish(session, TicketSnoozed(actor=actor, ticket_id=ticket.id, until=None, reason=reason))


async def restore(session: AsyncSession, actor: Actor, ticket: Ticket, *, reason: str) -> None:
    """Bring a locked ticket back from the trash."""
    if ticket.trashed_at is None:
        return
    ticket.trashed_at = None
    touch(ticket)
    await session.flush()
    await publish(
        session, FieldChanged(actor=actor, ticket_id=ticket.id, field="trash", before=True, after=reason)
    )
