from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.events import publish
from deskwell.domains.fields.models import Category, Tag

from ..events import FieldChanged, PriorityChanged
from ..models import Priority, Ticket, TicketTag


def touch(ticket: Ticket) -> None:
    """Count a change of fields: conflicting edits are told apart by this number."""
    ticket.version += 1
    ticket.updated_at = now()


async def set_priority(session: AsyncSession, actor: Actor, ticket: Ticket, priority: Priority) -> None:
    before, ticket.priority = ticket.priority, priority
    if before != priority:
        touch(ticket)
        await session.flush()
        await publish(
            session,
            PriorityChanged(actor=actor, ticket_id=ticket.id, before=before.value, after=priority.value),
        )


async def set_category(
    session: AsyncSession, actor: Actor, ticket: Ticket, category: Category | None
) -> None:
    """Say what a ticket is about, or that it is about nothing known."""
    before = await session.get(Category, ticket.category_id) if ticket.category_id else None
    if before is category:
        return
    ticket.category_id = category.id if category else None
    touch(ticket)
    await session.flush()
    names = (before.name if before else None), (category.name if category else None)
    await publish(
        session,
        FieldChanged(actor=actor, ticket_id=ticket.id, field="category", before=names[0], after=names[1]),
    )


async def set_tags(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    *,
    add: Iterable[UUID] = (),
    remove: Iterable[UUID] = (),
) -> list[Tag]:
    """Put tags on a locked ticket and take others off; return those that were new."""
    adding = list(await session.scalars(select(Tag).where(Tag.id.in_(list(add))))) if add else []
    added: list[Tag] = []
    for tag in adding:
        statement = insert(TicketTag).values(ticket_id=ticket.id, tag_id=tag.id).on_conflict_do_nothing()
        if (await session.execute(statement.returning(TicketTag.tag_id))).scalar():
            added.append(tag)
    gone = delete(TicketTag).where(TicketTag.ticket_id == ticket.id, TicketTag.tag_id.in_(list(remove)))
    removed = list(await session.scalars(gone.returning(TicketTag.tag_id))) if remove else []
    if added or removed:
        touch(ticket)
        await session.flush()
        await publish(
            session,
            FieldChanged(
                actor=actor,
                ticket_id=ticket.id,
                field="tags",
                before=[str(tag_id) for tag_id in removed],
                after=[tag.name for tag in added],
            ),
        )
    return added
