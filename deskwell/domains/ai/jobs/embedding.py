from collections.abc import Sequence
from typing import Any

from deskwell.core.context import Context
from deskwell.core.jobs import enqueue
from deskwell.core.llm import Embedder
from deskwell.core.logs import get_logger

from .. import queries
from ..events import EmbedArticles, EmbedTickets
from ..logic.similar import ticket_texts, ticket_vector
from ..logic.words import content_words
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
from ..service.measuring import GROWTH, measure_backgrounds

log = get_logger(__name__)
ARTICLES = 64
"""How many articles one job embeds before it makes room for others."""
GROUP = 16
"""How many are embedded and kept together: enough that texts of like length meet, little to lose when a worker dies."""
TICKETS = 20
TEXTS = 64
"""How many texts an endpoint is sent at once."""


async def embed_articles(context: Context, _request: EmbedArticles) -> None:
    """Embed what is missing or out of date, a batch at a time; the old vectors serve until the new ones are there."""
    async with context.transaction() as session:
        for article_id in await unindexed(session):
            await index_words(session, article_id)
        rules = await queries.get_rules(session, context.settings, None)
        name = model_id(context, rules.embedding)
        waiting = await without_vectors(session, name, ARTICLES)
    for first in range(0, len(waiting), GROUP):
        if not await _embed(context, rules, name, waiting[first : first + GROUP]):
            return
    if len(waiting) == ARTICLES:
        async with context.transaction() as session:
            await enqueue(session, EmbedArticles())
    elif waiting:
        log.info("articles_embedded", count=len(waiting))
        await measure_backgrounds(context, name, growth=GROWTH)


async def _embed(
    context: Context, rules: queries.Rules, name: str, articles: Sequence[dict[str, Any]]
) -> bool:
    """Embed these articles together; False when the model cannot be had."""
    async with context.transaction() as session:
        pieces = await pieces_of(session, articles)
    vectors = await _vectors(context, rules, [p["input"] for group in pieces for p in group])
    if vectors is None:
        return False
    place = 0
    async with context.transaction() as session:
        for article, group in zip(articles, pieces, strict=True):
            own = vectors[place : place + len(group)]
            place += len(group)
            strange = None if rules.embedding else _strangeness(context, article)
            await store_vectors(session, article, name, group, own, strange=strange)
    return True


async def _vectors(context: Context, rules: queries.Rules, texts: list[str]) -> list[Any] | None:
    size = TEXTS if rules.embedding else max(len(texts), 1)
    vectors: list[Any] = []
    for first in range(0, len(texts), size):
        found = await embed(context, rules.embedding, texts[first : first + size])
        if found is None:
            return None
        vectors.extend(found)
    return vectors


def _strangeness(context: Context, article: dict[str, Any]) -> float:
    """The share of the article's words that the shipped model has no word for."""
    words = content_words(f"{article['title']}\n{article['body']}", article["language"])
    return context.gateway(Embedder).strange_share(words)


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
