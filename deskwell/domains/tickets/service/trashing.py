"""The trash: closed tickets go there, come back, or are erased for good after 30 days."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import execute, rows
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.domains.files.service import remove_files

from ..events import FieldChanged, TicketErased
from ..models import Status, Ticket
from .closing import restore
from .editing import touch

TRASH_DAYS = timedelta(days=30)


async def trash(session: AsyncSession, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Move locked closed tickets to the trash, all or none.

    Raises:
        Invalid: one of them is not closed.

    """
    for ticket in tickets:
        if ticket.status is not Status.CLOSED:
            raise Invalid(
                f"Ticket #{ticket.number} is not closed. Only closed tickets can be deleted.",
                code="ticket_not_closed",
            )
    moving = [ticket for ticket in tickets if ticket.trashed_at is None]
    for ticket in moving:
        ticket.trashed_at = now()
        touch(ticket)
    await session.flush()
    for ticket in moving:
        await publish(
            session, FieldChanged(actor=actor, ticket_id=ticket.id, field="trash", before=False, after=True)
        )
    return len(moving)


async def bring_back(session: AsyncSession, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Take locked tickets out of the trash again."""
    lying = [ticket for ticket in tickets if ticket.trashed_at]
    for ticket in lying:
        await restore(session, actor, ticket, reason="restored")
    return len(lying)


async def erase(session: AsyncSession, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Erase locked tickets of the trash for good, with their messages and files.

    Raises:
        Invalid: one of them is not in the trash.

    """
    for ticket in tickets:
        if ticket.trashed_at is None:
            raise Invalid(f"Ticket #{ticket.number} is not in the trash.", code="not_in_trash")
    for ticket in tickets:
        await _erase_one(session, actor, ticket)
    return len(tickets)


async def _erase_one(session: AsyncSession, actor: Actor, ticket: Ticket) -> None:
    """Tickets that were merged into this one go with it: all they held is in it."""
    ids = [ticket.id, *await session.scalars(select(Ticket.id).where(Ticket.merged_into_id == ticket.id))]
    files = await rows(session, "SELECT file_id FROM attachments WHERE ticket_id = ANY(%(ids)s)", ids=ids)
    await remove_files(session, [row["file_id"] for row in files])
    await execute(session, "UPDATE tickets SET follows_id = NULL WHERE follows_id = ANY(%(ids)s)", ids=ids)
    await execute(
        session,
        """UPDATE event_details SET data = NULL
           WHERE event_id IN (SELECT id FROM events WHERE ticket_id = ANY(%(ids)s))""",
        ids=ids,
    )
    await publish(session, TicketErased(actor=actor, number=ticket.number))
    session.expunge(ticket)
    await execute(session, "UPDATE tickets SET merged_into_id = NULL WHERE id = ANY(%(ids)s)", ids=ids)
    await execute(session, "DELETE FROM tickets WHERE id = ANY(%(ids)s)", ids=ids)
