from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.domains.tickets import events as tickets

from . import service


async def on_tickets_merged(session: AsyncSession, event: tickets.TicketsMerged) -> None:
    await service.move_entries(session, merged=event.merged_id, survivor=event.ticket_id)


async def on_tickets_unmerged(session: AsyncSession, event: tickets.TicketsUnmerged) -> None:
    await service.return_entries(session, merged=event.merged_id, survivor=event.ticket_id)
