from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import TicketNotFound
from ..models import Ticket


async def lock_ticket(session: AsyncSession, ticket_id: UUID) -> Ticket:
    """Return the ticket as it is now, held until the transaction ends. Two are locked in the order of their ids.

    Not against references (NO KEY UPDATE): a second update of a row checks its foreign keys again, and a ticket that
    points to this one would then wait for us while we wait for it.
    """
    query = select(Ticket).where(Ticket.id == ticket_id).with_for_update(of=Ticket, key_share=True)
    ticket = (await session.scalars(query, execution_options={"populate_existing": True})).one_or_none()
    if ticket is None:
        raise TicketNotFound
    return ticket


async def lock_survivor(session: AsyncSession, ticket_id: UUID) -> Ticket:
    """Lock the ticket, or the one it has been merged into, and never both: that could wait in a circle."""
    while True:
        savepoint = await session.begin_nested()
        ticket = await lock_ticket(session, ticket_id)
        if ticket.merged_into_id is None:
            await savepoint.commit()
            return ticket
        ticket_id = ticket.merged_into_id
        await savepoint.rollback()  # lets the lock go
