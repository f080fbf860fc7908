"""What starts, stops, pauses and resumes a ticket's clocks."""

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import at_hand
from deskwell.domains.contexts.events import ContextChanged
from deskwell.domains.tickets import events as tickets
from deskwell.domains.tickets.models import Ticket

from . import service
from .logic import Kind
from .models import Sla

_ANSWERS = {"customer": Kind.CUSTOMER_WROTE, "agent": Kind.AGENT_ANSWERED, "ai": Kind.AI_ANSWERED}


async def on_ticket_opened(session: AsyncSession, event: tickets.TicketOpened) -> None:
    ticket = at_hand(session, Ticket, event.ticket_id)
    if ticket:
        await service.begin(session, ticket)
    else:
        await service.follow(session, event.ticket_id, Kind.OPENED)


async def on_message_added(session: AsyncSession, event: tickets.MessageAdded) -> None:
    kind = _ANSWERS.get(event.author)
    if event.is_internal or kind is None or (event.is_first and kind is Kind.CUSTOMER_WROTE):
        return
    if kind is Kind.AI_ANSWERED and event.action == "handed_over":
        kind = Kind.HANDED_OVER
    await service.follow(session, event.ticket_id, kind)


async def on_ticket_escalated(session: AsyncSession, event: tickets.TicketEscalated) -> None:
    await service.follow(session, event.ticket_id, Kind.HANDED_OVER)


async def on_ticket_closed(session: AsyncSession, event: tickets.TicketClosed) -> None:
    await service.follow(session, event.ticket_id, Kind.CLOSED)


async def on_ticket_reopened(session: AsyncSession, event: tickets.TicketReopened) -> None:
    await service.follow(session, event.ticket_id, Kind.REOPENED)


async def on_ticket_snoozed(session: AsyncSession, event: tickets.TicketSnoozed) -> None:
    await service.follow(session, event.ticket_id, Kind.SNOOZED if event.until else Kind.WOKEN)


async def on_priority_changed(session: AsyncSession, event: tickets.PriorityChanged) -> None:
    await service.rematch(session, event.actor, event.ticket_id)


async def on_team_assigned(session: AsyncSession, event: tickets.TeamAssigned) -> None:
    await service.rematch(session, event.actor, event.ticket_id)


async def on_field_changed(session: AsyncSession, event: tickets.FieldChanged) -> None:
    if event.field == "context":
        await service.rematch(session, event.actor, event.ticket_id)


async def on_tickets_merged(session: AsyncSession, event: tickets.TicketsMerged) -> None:
    """The survivor's clocks run over both conversations; those of the merged ticket stop."""
    await service.rebuild(session, event.ticket_id)
    await service.follow(session, event.merged_id, Kind.CLOSED)


async def on_tickets_unmerged(session: AsyncSession, event: tickets.TicketsUnmerged) -> None:
    await service.rebuild(session, event.ticket_id)
    await service.rebuild(session, event.merged_id)


async def on_ticket_split(session: AsyncSession, event: tickets.TicketSplit) -> None:
    await service.rebuild(session, event.ticket_id)
    await service.rebuild(session, event.new_id)


async def on_context_changed(session: AsyncSession, event: ContextChanged) -> None:
    """A context with other hours, or under another name: what counts by it is renewed, and its tickets follow."""
    if {"calendar_id", "name", "is_active"} & set(event.fields):
        await service.renew_versions(session, Sla.business_hours_only.is_(True))
