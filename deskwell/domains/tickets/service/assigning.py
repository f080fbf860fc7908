from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid
from deskwell.core.events import publish

from ..events import FieldChanged, TeamAssigned, TicketAssigned
from ..models import Status, Ticket, TurnState
from .closing import reopen
from .editing import touch
from .turns import settle_pending_turns


async def assign(session: AsyncSession, actor: Actor, ticket: Ticket, assignee_id: UUID | None) -> None:
    """Give a locked ticket to a person, or back to the queue of people. The AI is silent from then on."""
    before, ticket.assignee_id = ticket.assignee_id, assignee_id
    if ticket.status is Status.CLOSED and assignee_id:
        await reopen(session, actor, ticket, reason="assigned")
    if ticket.status is Status.OPEN:
        ticket.status = Status.HUMAN_ASSIGNED
    if before != assignee_id:
        touch(ticket)
    await settle_pending_turns(session, actor, ticket, TurnState.PERSON)
    await session.flush()
    if before != assignee_id:
        await publish(
            session, TicketAssigned(actor=actor, ticket_id=ticket.id, before=before, after=assignee_id)
        )


async def assign_team(session: AsyncSession, actor: Actor, ticket: Ticket, team_id: UUID | None) -> None:
    """Put a locked ticket into a team's queue."""
    before, ticket.team_id = ticket.team_id, team_id
    if before != team_id:
        touch(ticket)
        await session.flush()
        await publish(session, TeamAssigned(actor=actor, ticket_id=ticket.id, before=before, after=team_id))


async def give_back_to_ai(session: AsyncSession, actor: Actor, ticket: Ticket) -> None:
    """Let the AI answer this ticket again: the one explicit way back from people."""
    if ticket.status is Status.CLOSED:
        raise Invalid("This ticket is closed. Please reopen it first.", code="ticket_closed")
    before, ticket.assignee_id = ticket.assignee_id, None
    ticket.status, ticket.escalated_at, ticket.escalation_reason = Status.OPEN, None, None
    touch(ticket)
    await session.flush()
    if before:
        await publish(session, TicketAssigned(actor=actor, ticket_id=ticket.id, before=before, after=None))
    await publish(
        session, FieldChanged(actor=actor, ticket_id=ticket.id, field="ai", before="silent", after="active")
    )
