from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.jobs import enqueue
from deskwell.domains.knowledge.events import ArticleArchived, ArticleChanged, ArticlePublished
from deskwell.domains.tickets.events import MessageAdded, MessageRated, TicketReopened
from deskwell.domains.tickets.models import Message, Turn, TurnState
from deskwell.domains.tickets.service import lock_ticket

from .events import AnswerTicket, EmbedArticles
from .queries import articles_linked
from .service.answering import hand_over_unhappy
from .service.indexing import forget_article, index_words
from .service.learning import note_outcome, note_solution

GOOD, BAD = 4, 2
TEXTS = frozenset({"title", "body", "keywords"})


async def on_message_added(session: AsyncSession, event: MessageAdded) -> None:
    """A customer's message that waits for an answer rings for the AI."""
    if event.turn_id is None:
        return
    turn = await session.get(Turn, event.turn_id)
    if turn and turn.state is TurnState.WAITING:
        await enqueue(session, AnswerTicket(event.ticket_id))


async def on_agent_answered(session: AsyncSession, event: MessageAdded) -> None:
    """The one article that an agent's reply (typed, canned or by macro) links to is what solved the question."""
    if event.author != "agent" or event.is_internal:
        return
    body = await session.scalar(select(Message.body).where(Message.id == event.message_id))
    linked = await articles_linked(session, body or "")
    if len(linked) == 1:
        await note_solution(session, event.ticket_id, linked[0])


async def on_article_published(session: AsyncSession, event: ArticlePublished) -> None:
    await index_words(session, event.article_id)
    await enqueue(session, EmbedArticles())


async def on_article_changed(session: AsyncSession, event: ArticleChanged) -> None:
    if TEXTS & set(event.fields):
        await index_words(session, event.article_id)
        await enqueue(session, EmbedArticles())


async def on_article_archived(session: AsyncSession, event: ArticleArchived) -> None:
    await forget_article(session, event.article_id)


async def on_message_rated(session: AsyncSession, event: MessageRated) -> None:
    """Stars tell the confidence what was right; middling ones tell nothing."""
    run_id = await session.scalar(select(Message.run_id).where(Message.id == event.message_id))
    if run_id and (event.after >= GOOD or event.after <= BAD):
        await note_outcome(session, run_id, is_right=event.after >= GOOD, source="rated")
    if event.after <= BAD:
        await hand_over_unhappy(session, await lock_ticket(session, event.ticket_id))


async def on_ticket_reopened(session: AsyncSession, event: TicketReopened) -> None:
    """What the AI last said did not settle the matter."""
    query = (
        select(Message.run_id)
        .where(
            Message.ticket_id == event.ticket_id,
            Message.author == "ai",
            Message.is_internal.is_(False),
            Message.rating.is_(None),
        )
        .order_by(Message.position.desc())
        .limit(1)
    )
    run_id = await session.scalar(query)
    if run_id:
        await note_outcome(session, run_id, is_right=False, source="reopened")
