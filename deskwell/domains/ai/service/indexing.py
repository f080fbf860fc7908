"""Articles made searchable: words at once, in the writer's transaction; vectors by a job."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute, one, rows

from ..logic.languages import detect_language
from ..logic.prompts import suspicious_lines
from ..logic.sentences import compared
from ..logic.words import WORD_RULES, term_counts
from ..queries.searching import literal

MAX_SENTENCES = 80
MAX_COUNT = 32_000


async def index_words(session: AsyncSession, article_id: UUID) -> None:
    """Write the postings of a published article anew; its vectors are then out of date."""
    article = await one(
        session, "SELECT title, body_text, body, keyword_text FROM articles WHERE id = %(id)s", id=article_id
    )
    if article is None:
        return
    text = article["body_text"] or article["body"]
    language = detect_language(f"{article['title']}. {text[:2000]}")
    counts = term_counts(article["title"], f"{text}\n{article['keyword_text']}", language)
    await execute(session, "DELETE FROM article_terms WHERE article_id = %(id)s", id=article_id)
    await execute(
        session,
        """INSERT INTO article_terms (term, article_id, count)
           SELECT term, %(id)s, count FROM unnest(%(terms)s::text[], %(counts)s::smallint[]) AS t(term, count)""",
        id=article_id,
        terms=list(counts),
        counts=[min(count, MAX_COUNT) for count in counts.values()],
    )
    await execute(
        session,
        """INSERT INTO article_index (article_id, length, language, suspicious, rules)
           VALUES (%(id)s, %(length)s, %(language)s, %(lines)s, %(rules)s)
           ON CONFLICT (article_id) DO UPDATE SET length = excluded.length, language = excluded.language,
               suspicious = excluded.suspicious, rules = excluded.rules, version = article_index.version + 1""",
        id=article_id,
        length=sum(counts.values()),
        language=language,
        lines=suspicious_lines(article["body"])[:20],
        rules=WORD_RULES,
    )


async def forget_article(session: AsyncSession, article_id: UUID) -> None:
    for table in ("article_terms", "article_vectors", "article_embeddings", "article_index"):
        await execute(session, f"DELETE FROM {table} WHERE article_id = %(id)s", id=article_id)


async def unindexed(session: AsyncSession, limit: int = 100) -> list[UUID]:
    """Published articles that were never indexed, or by older rules about what a word is."""
    found = await rows(
        session,
        """SELECT a.id FROM articles a LEFT JOIN article_index i ON i.article_id = a.id
           WHERE a.status = 'published' AND i.rules IS DISTINCT FROM %(rules)s LIMIT %(limit)s""",
        rules=WORD_RULES,
        limit=limit,
    )
    return [row["id"] for row in found]


async def without_vectors(session: AsyncSession, model_id: str, limit: int) -> list[dict[str, Any]]:
    """Articles whose vectors by this model are missing or of an older text, newest change first."""
    return await rows(
        session,
        """SELECT i.article_id, i.version, i.language, a.title, a.body FROM article_index i JOIN articles a ON a.id = i.article_id
           LEFT JOIN article_embeddings e ON e.article_id = i.article_id AND e.model_id = %(model)s
           WHERE e.version IS DISTINCT FROM i.version ORDER BY a.updated_at LIMIT %(limit)s""",
        model=model_id,
        limit=limit,
    )


async def pieces_of(session: AsyncSession, articles: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """For each article the texts that get a vector: title, each passage under its title, each sentence."""
    passages = await rows(
        session,
        "SELECT article_id, position, text FROM passages WHERE article_id = ANY(%(ids)s) ORDER BY position",
        ids=[article["article_id"] for article in articles],
    )
    return [_pieces(a, [p for p in passages if p["article_id"] == a["article_id"]]) for a in articles]


def _pieces(article: dict[str, Any], passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    title = article["title"]
    pieces: list[dict[str, Any]] = [{"kind": "title", "input": title, "passage": None, "text": None}]
    pieces += [
        {"kind": "passage", "input": f"{title}\n{p['text']}", "passage": p["position"], "text": None}
        for p in passages
    ]
    pieces += [
        {"kind": "sentence", "input": sentence, "passage": None, "text": sentence}
        for sentence in compared(title, article["body"])[:MAX_SENTENCES]
    ]
    return pieces


async def store_vectors(
    session: AsyncSession,
    article: dict[str, Any],
    model_id: str,
    pieces: list[dict[str, Any]],
    vectors: Any,
    *,
    strange: float | None,
) -> None:
    """Replace the vectors of one model, unless the text has changed meanwhile."""
    article_id, version = article["article_id"], article["version"]
    now = await one(
        session, "SELECT version FROM article_index WHERE article_id = %(id)s FOR UPDATE", id=article_id
    )
    if now is None or now["version"] != version:
        return
    await execute(
        session,
        "DELETE FROM article_vectors WHERE article_id = %(id)s AND model_id = %(model)s",
        id=article_id,
        model=model_id,
    )
    await execute(
        session,
        """INSERT INTO article_vectors (article_id, model_id, position, kind, passage, text, vector)
           SELECT %(id)s, %(model)s, position, kind, passage, text, vector::halfvec
           FROM unnest(%(positions)s::int[], %(kinds)s::text[], %(passages)s::int[], %(texts)s::text[], %(vectors)s::text[])
               AS v(position, kind, passage, text, vector)""",
        id=article_id,
        model=model_id,
        positions=list(range(len(pieces))),
        kinds=[p["kind"] for p in pieces],
        passages=[p["passage"] for p in pieces],
        texts=[p["text"] for p in pieces],
        vectors=[literal(vector) for vector in vectors],
    )
    await execute(
        session,
        """INSERT INTO article_embeddings (article_id, model_id, version, strange)
           VALUES (%(id)s, %(model)s, %(version)s, %(strange)s)
           ON CONFLICT (article_id, model_id) DO UPDATE SET version = excluded.version, strange = excluded.strange""",
        id=article_id,
        model=model_id,
        version=version,
        strange=strange,
    )


async def tickets_without_vector(session: AsyncSession, model_id: str, limit: int) -> list[dict[str, Any]]:
    """The newest tickets without a vector by this model, with their first message."""
    return await rows(
        session,
        """SELECT t.id, t.subject, m.body FROM tickets t
           JOIN LATERAL (SELECT body FROM messages WHERE ticket_id = t.id AND NOT is_internal ORDER BY position LIMIT 1) m ON true
           WHERE t.trashed_at IS NULL AND t.merged_into_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM ticket_vectors v WHERE v.ticket_id = t.id AND v.model_id = %(model)s)
           ORDER BY t.id DESC LIMIT %(limit)s""",
        model=model_id,
        limit=limit,
    )


async def store_ticket_vector(session: AsyncSession, ticket_id: UUID, model_id: str, vector: Any) -> None:
    await execute(
        session,
        """INSERT INTO ticket_vectors (ticket_id, model_id, vector) SELECT %(id)s, %(model)s, %(vector)s::halfvec
           WHERE EXISTS (SELECT 1 FROM tickets WHERE id = %(id)s)
           ON CONFLICT (ticket_id, model_id) DO UPDATE SET vector = excluded.vector""",
        id=ticket_id,
        model=model_id,
        vector=literal(vector),
    )
