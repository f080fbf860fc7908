from typing import Any

from deskwell.core.context import Context
from deskwell.core.jobs import enqueue
from deskwell.core.logs import get_logger

from .. import queries
from ..events import EmbedArticles, EmbedTickets
from ..logic.similar import ticket_texts, ticket_vector
from ..service.embedding import embed, model_id
from ..service.indexing import (
    index_words,
    pieces_of,
    store_ticket_vector,
    store_vectors,
    tickets_without_vector,
    unindexed,
    without_vectors,
)

log = get_logger(__name__)
ARTICLES = 40
"""How many articles one job embeds before it makes room for others."""
TICKETS = 20
TEXTS = 8
"""How many texts go into the model at once: a customer's question waits for no more than that."""


async def embed_articles(context: Context, _request: EmbedArticles) -> None:
    """Embed what is missing or out of date, a batch at a time; the old vectors serve until the new ones are there."""
    async with context.transaction() as session:
        for article_id in await unindexed(session):
            await index_words(session, article_id)
        rules = await queries.get_rules(session, context.settings, None)
        name = model_id(context, rules.embedding)
        waiting = await without_vectors(session, name, ARTICLES)
    for article in waiting:
        if not await _embed(context, rules, name, article):
            return
    if len(waiting) == ARTICLES:
        async with context.transaction() as session:
            await enqueue(session, EmbedArticles())
    elif waiting:
        log.info("articles_embedded", count=len(waiting))


async def _embed(context: Context, rules: queries.Rules, name: str, article: dict[str, Any]) -> bool:
    async with context.transaction() as session:
        pieces = await pieces_of(session, article["article_id"], article["title"], article["body"])
    vectors: list[Any] = []
    for first in range(0, len(pieces), TEXTS):
        found = await embed(context, rules.embedding, [p["input"] for p in pieces[first : first + TEXTS]])
        if found is None:
            return False
        vectors.extend(found)
    async with context.transaction() as session:
        await store_vectors(session, article["article_id"], article["version"], name, pieces, vectors)
    return True


async def embed_tickets(context: Context, _request: EmbedTickets) -> None:
    """Embed the newest tickets that have no vector yet, a few at a time."""
    async with context.transaction() as session:
        rules = await queries.get_rules(session, context.settings, None)
        name = model_id(context, rules.embedding)
        waiting = await tickets_without_vector(session, name, TICKETS)
    for ticket in waiting:
        found = await embed(context, rules.embedding, ticket_texts(ticket["subject"], ticket["body"]))
        if found is None:
            return
        async with context.transaction() as session:
            await store_ticket_vector(session, ticket["id"], name, ticket_vector(found))
    if len(waiting) == TICKETS:
        async with context.transaction() as session:
            await enqueue(session, EmbedTickets())
