from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid, NotFound
from deskwell.core.events import publish

from ..events import MessageRated
from ..models import Author, Message, Rating, Ticket


async def rate(session: AsyncSession, actor: Actor, ticket: Ticket, message_id: UUID, rating: int) -> Message:
    """Rate an AI answer with 1 to 5 stars; rating again updates, what was given before is kept.

    Raises:
        Invalid: outside 1 to 5, or not an AI answer.

    """
    if not 1 <= rating <= 5:
        raise Invalid.field("rating", "Please rate with 1 to 5 stars.", code="rating_out_of_range")
    message = await session.get(Message, message_id)
    if message is None or message.ticket_id != ticket.id or message.is_internal:
        raise NotFound("There is no such message.")
    if message.author is not Author.AI:
        raise Invalid.field("message_id", "Only answers of the AI can be rated.", code="not_an_ai_message")
    assert actor.user_id is not None
    before, message.rating = message.rating, rating
    session.add(Rating(message_id=message.id, user_id=actor.user_id, rating=rating))
    await session.flush()
    await publish(
        session,
        MessageRated(actor=actor, ticket_id=ticket.id, message_id=message.id, before=before, after=rating),
    )
    return message
