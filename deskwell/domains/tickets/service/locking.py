from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import TicketNotFound
from ..models import Ticket


async def lock_ticket(session: AsyncSession, ticket_id: UUID) -> Ticket:
    """Return the ticket as it is now, held until the transaction ends. Two are locked in the order of their ids."""
    query = select(Ticket).where(Ticket.id == ticket_id).with_for_update(of=Ticket)
    ticket = (await session.scalars(query, execution_options={"populate_existing": True})).one_or_none()
    if ticket is None:
        raise TicketNotFound
    return ticket
