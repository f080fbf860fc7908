from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import execute
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id

from ..events import TicketOpened, TicketSplit
from ..logic.merging import Place
from ..logic.subjects import normalise
from ..models import Author, LinkKind, Message, Status, Ticket, TicketLink
from .editing import touch
from .merging import _place, recount
from .opening import checked_subject


async def split(
    session: AsyncSession, actor: Actor, ticket: Ticket, message_ids: Sequence[UUID], subject: str
) -> Ticket:
    """Move messages of a locked ticket into a new one of the same customer, linked to it.

    Raises:
        Invalid: none of them is the customer's, or nothing would be left.

    """
    thread = list(
        await session.scalars(
            select(Message).where(Message.ticket_id == ticket.id).order_by(Message.position)
        )
    )
    wanted = set(message_ids)
    moving = [message for message in thread if message.id in wanted]
    if len(moving) < len(wanted) or not moving:
        raise Invalid.field("message_ids", "Please choose messages of this ticket.", code="message_unknown")
    if not any(message.author is Author.CUSTOMER for message in moving):
        raise Invalid.field(
            "message_ids", "Please choose at least one message of the customer.", code="no_customer_message"
        )
    staying = [message for message in thread if message.id not in wanted]
    if not any(message.author is Author.CUSTOMER for message in staying):
        raise Invalid.field(
            "message_ids", "A ticket needs at least one message of the customer.", code="nothing_left"
        )
    new = _new_ticket(ticket, checked_subject(subject), moving[0])
    if actor.is_customer and ticket.status is Status.OPEN:
        new.status = Status.OPEN
    session.add(new)
    await session.flush()
    places = [Place(m.id, new.id, n) for n, m in enumerate(moving, 1)]
    places += [Place(m.id, ticket.id, n) for n, m in enumerate(staying, 1)]
    await _place(session, places)
    for table in ("attachments", "turns"):
        await execute(
            session,
            f"UPDATE {table} SET ticket_id = %(new)s WHERE message_id = ANY(%(ids)s)",
            new=new.id,
            ids=[message.id for message in moving],
        )
    session.add(
        TicketLink(
            ticket_id=new.id, other_id=ticket.id, kind=LinkKind.SPLIT_FROM, created_by_id=actor.user_id
        )
    )
    for message in thread:
        session.expunge(message)  # they were moved by SQL
    await recount(session, new)
    await recount(session, ticket)
    touch(ticket)
    await session.flush()
    await publish(
        session,
        TicketOpened(
            actor=actor,
            ticket_id=new.id,
            customer_id=new.customer_id,
            source=new.source.value,
            priority=new.priority.value,
            context=new.context,
        ),
    )
    await publish(
        session,
        TicketSplit(
            actor=actor,
            ticket_id=ticket.id,
            new_id=new.id,
            message_ids=tuple(place.id for place in places[: len(moving)]),
        ),
    )
    return new


async def split_off(session: AsyncSession, actor: Actor, ticket: Ticket, message_id: UUID) -> Ticket:
    """Give a customer's message that joined this ticket a ticket of its own, with the answers to it.

    Raises:
        Invalid: it did not join by itself.

    """
    thread = list(
        await session.scalars(
            select(Message).where(Message.ticket_id == ticket.id).order_by(Message.position)
        )
    )
    found = next((n for n, message in enumerate(thread) if message.id == message_id), None)
    if found is None or thread[found].author is not Author.CUSTOMER or "matched_by" not in thread[found].data:
        raise Invalid.field(
            "message_id", "Only a message that joined this ticket by itself can be split off."
        )
    moving = [thread[found]]
    for message in thread[found + 1 :]:
        if message.author is not Author.AI:
            break
        moving.append(message)
    subject = str(moving[0].data.get("subject") or ticket.subject)
    return await split(session, actor, ticket, [message.id for message in moving], subject)


def _new_ticket(ticket: Ticket, subject: str, first: Message) -> Ticket:
    moment = now()
    return Ticket(
        id=new_id(),
        created_at=first.created_at,
        updated_at=moment,
        last_message_at=first.created_at,
        version=1,
        context=ticket.context,
        context_key=ticket.context_key,
        subject=subject,
        subject_key=normalise(subject),
        status=Status.HUMAN_ASSIGNED,
        waiting_for=ticket.waiting_for,
        priority=ticket.priority,
        source=ticket.source,
        language=ticket.language,
        customer_id=ticket.customer_id,
        assignee_id=ticket.assignee_id,
        team_id=ticket.team_id,
        category_id=ticket.category_id,
        last_position=0,
        message_count=0,
        custom_fields=dict(ticket.custom_fields),
    )
