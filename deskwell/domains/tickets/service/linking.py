from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid, NotFound
from deskwell.core.events import publish
from deskwell.core.ids import new_id

from ..events import TicketsLinked, TicketsUnlinked
from ..models import LinkKind, Ticket, TicketLink

MOST_LINKS = 100


async def link(
    session: AsyncSession, actor: Actor, ticket: Ticket, other: Ticket, kind: LinkKind
) -> TicketLink:
    """Say how two tickets belong together; saying it again, or from the other side, changes nothing.

    Raises:
        Invalid: the same ticket, a child would become its own ancestor, or one of them has enough links.

    """
    if ticket.id == other.id:
        raise Invalid("A ticket cannot be linked with itself.", code="same_ticket")
    known = await _find(session, ticket.id, other.id, kind)
    if known:
        return known
    if kind is LinkKind.PARENT_OF and await _is_ancestor(session, other.id, ticket.id):
        raise Invalid("That ticket is a parent of this one already.", code="link_circle")
    for one in (ticket, other):
        if await _count(session, one.id) >= MOST_LINKS:
            raise Invalid(f"#{one.number} has {MOST_LINKS} links already.", code="too_many_links")
    made = TicketLink(
        id=new_id(), ticket_id=ticket.id, other_id=other.id, kind=kind, created_by_id=actor.user_id
    )
    session.add(made)
    await session.flush()
    await publish(
        session, TicketsLinked(actor=actor, ticket_id=ticket.id, other_id=other.id, link=kind.value)
    )
    return made


async def _find(session: AsyncSession, one: UUID, other: UUID, kind: LinkKind) -> TicketLink | None:
    same_way = (TicketLink.ticket_id == one) & (TicketLink.other_id == other)
    back = (TicketLink.ticket_id == other) & (TicketLink.other_id == one)
    where = or_(same_way, back) if kind is LinkKind.RELATED else same_way
    return (
        await session.scalars(select(TicketLink).where(where, TicketLink.kind == kind).limit(1))
    ).one_or_none()


async def _count(session: AsyncSession, ticket_id: UUID) -> int:
    of_it = or_(TicketLink.ticket_id == ticket_id, TicketLink.other_id == ticket_id)
    return await session.scalar(select(func.count()).select_from(TicketLink).where(of_it)) or 0


async def _is_ancestor(session: AsyncSession, ancestor: UUID, ticket: UUID) -> bool:
    """Whether the chain of parents of `ticket` holds `ancestor`."""
    seen, level = {ticket}, [ticket]
    while level:
        query = select(TicketLink.ticket_id).where(
            TicketLink.kind == LinkKind.PARENT_OF, TicketLink.other_id.in_(level)
        )
        level = [parent for parent in await session.scalars(query) if parent not in seen]
        if ancestor in level:
            return True
        seen.update(level)
    return False


async def unlink(session: AsyncSession, actor: Actor, ticket: Ticket, link_id: UUID) -> None:
    """Take a link away, from either side."""
    found = await session.get(TicketLink, link_id)
    if found is None or ticket.id not in {found.ticket_id, found.other_id}:
        raise NotFound("There is no such link.")
    await session.delete(found)
    await session.flush()
    await publish(
        session,
        TicketsUnlinked(
            actor=actor, ticket_id=found.ticket_id, other_id=found.other_id, link=found.kind.value
        ),
    )
