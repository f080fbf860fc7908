"""The search behind every answer: words and meaning over the articles this customer may read, by SQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows
from deskwell.core.llm import Vectors

from ..logic.composing import Passage
from ..logic.ranking import K1, B, Candidate, Question, idf

CANDIDATES = 20
_PAGE = re.compile(r"/help/(?P<center>[\w-]+)/articles/(?P<slug>[\w-]+)")
_SHORT = re.compile(r"/help/a/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class ArticleHit:
    """An article that may answer, as the search sees it."""

    article_id: UUID
    title: str
    language: str
    candidate: Candidate


_SHOWN = """
WITH shown AS MATERIALIZED (
    SELECT a.id, a.title, i.length, i.language FROM articles a JOIN article_index i ON i.article_id = a.id
    WHERE a.status = 'published' AND (a.visibility = 'public' OR %(internal)s)
      AND (%(key)s = '' OR a.context_key = %(key)s OR a.context IS NULL)
)"""

_WORDS = f"""{_SHOWN}, hits AS (
    SELECT t.term, t.article_id, t.count, s.length FROM article_terms t JOIN shown s ON s.id = t.article_id
    WHERE t.term = ANY(%(terms)s)
), stats AS (SELECT count(*) AS documents, coalesce(avg(length), 1) AS average FROM shown
), holding AS (SELECT term, count(*) AS n FROM hits GROUP BY term
), scored AS (
    SELECT h.article_id, sum(
        ln(1 + (s.documents - n.n + 0.5) / (n.n + 0.5)) * h.count * {K1 + 1}
        / (h.count + {K1} * ({1 - B} + {B} * h.length / greatest(s.average, 1e-9)))) AS words
    FROM hits h JOIN holding n USING (term) CROSS JOIN stats s GROUP BY h.article_id
    ORDER BY words DESC LIMIT {CANDIDATES}
)
SELECT (SELECT documents FROM stats) AS documents,
       (SELECT avg(e.strange) FROM article_embeddings e JOIN shown s ON s.id = e.article_id WHERE e.model_id = %(model)s) AS strange,
       (SELECT jsonb_object_agg(term, n) FROM holding) AS holding,
       (SELECT jsonb_object_agg(article_id, words) FROM scored) AS words
"""

# The inner product of unit vectors is their cosine. Read once: as a parameter it would be parsed for every row.
_MEANING = f"""{_SHOWN}, asked AS MATERIALIZED (SELECT %(vector)s::halfvec AS q
), cosines AS (
    SELECT v.article_id, max(-(v.vector <#> q)) FILTER (WHERE v.kind = 'title') AS title,
           max(-(v.vector <#> q)) FILTER (WHERE v.kind = 'passage') AS passage,
           max(-(v.vector <#> q)) FILTER (WHERE v.kind = 'sentence') AS sentence
    FROM article_vectors v JOIN shown s ON s.id = v.article_id CROSS JOIN asked WHERE v.model_id = %(model)s GROUP BY v.article_id
)
SELECT s.id AS article_id, s.title, s.language, coalesce(c.title, 0) AS title_cosine,
       coalesce(c.passage, 0) AS passage_cosine, coalesce(c.sentence, 0) AS sentence_cosine
FROM shown s LEFT JOIN cosines c ON c.article_id = s.id
ORDER BY s.id = ANY(%(also)s) DESC,
         0.5 * coalesce(c.passage, 0) + 0.5 * greatest(c.title, c.passage, c.sentence, 0) DESC, s.id
LIMIT {2 * CANDIDATES}
"""


async def find_articles(
    session: AsyncSession,
    terms: Sequence[str],
    vector: Vectors | None,
    *,
    model_id: str,
    context_key: str,
    internal: bool = False,
) -> tuple[Question, list[ArticleHit]]:
    """Candidates for a question among published articles of this context and the general ones.

    Customers are shown public articles only; `internal` adds those for staff. An empty context key means all contexts.
    """
    asked = list(dict.fromkeys(terms))
    scope = {"key": context_key, "internal": internal}
    found = (await rows(session, _WORDS, terms=asked, model=model_id, **scope))[0]
    words: dict[str, float] = found["words"] or {}
    holding: dict[str, int] = found["holding"] or {}
    question = Question(
        len(asked),
        sum(idf(found["documents"], holding.get(term, 0)) for term in asked) * (K1 + 1),
        float(found["strange"] or 0.0),
    )
    hits = await rows(
        session,
        _MEANING,
        vector=literal(vector) if vector is not None else None,
        model=model_id,
        also=[UUID(key) for key in words],
        **scope,
    )
    return question, [_hit(row, words) for row in hits]


def _hit(row: dict[str, Any], words: dict[str, float]) -> ArticleHit:
    candidate = Candidate(
        str(row["article_id"]),
        float(words.get(str(row["article_id"]), 0.0)),
        float(row["title_cosine"]),
        float(row["passage_cosine"]),
        float(row["sentence_cosine"]),
    )
    return ArticleHit(row["article_id"], row["title"], row["language"], candidate)


async def passages_of(
    session: AsyncSession, article_ids: Sequence[UUID], vector: Vectors | None, *, model_id: str
) -> list[Passage]:
    """The passages of these articles in reading order, with how near each is to the question."""
    found = await rows(
        session,
        """WITH asked AS MATERIALIZED (SELECT %(vector)s::halfvec AS q)
           SELECT p.id, p.article_id, a.title, p.text, max(-(v.vector <#> q)) AS score
           FROM passages p JOIN articles a ON a.id = p.article_id CROSS JOIN asked
           LEFT JOIN article_vectors v ON v.article_id = p.article_id AND v.model_id = %(model)s AND v.passage = p.position
           WHERE p.article_id = ANY(%(ids)s)
           GROUP BY p.id, a.title ORDER BY array_position(%(ids)s, p.article_id), p.position""",
        ids=list(article_ids),
        vector=literal(vector) if vector is not None else None,
        model=model_id,
    )
    return [
        Passage(str(r["id"]), str(r["article_id"]), r["title"], r["text"], float(r["score"] or 0))
        for r in found
    ]


async def sentence_scores(
    session: AsyncSession, article_id: UUID, vector: Vectors | None, *, model_id: str
) -> dict[str, float]:
    """How near each sentence of an article is to the question."""
    if vector is None:
        return {}
    found = await rows(
        session,
        """WITH asked AS MATERIALIZED (SELECT %(vector)s::halfvec AS q)
           SELECT text, -(vector <#> q) AS score FROM article_vectors CROSS JOIN asked
           WHERE article_id = %(id)s AND model_id = %(model)s AND kind = 'sentence'""",
        id=article_id,
        vector=literal(vector),
        model=model_id,
    )
    return {row["text"]: float(row["score"]) for row in found}


async def shown_titles(session: AsyncSession, article_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Title and place of articles, to link them."""
    found = await rows(
        session,
        "SELECT id, title, center, slug, visibility FROM articles WHERE id = ANY(%(ids)s)",
        ids=list(article_ids),
    )
    return {row["id"]: row for row in found}


async def articles_linked(session: AsyncSession, text: str) -> list[UUID]:
    """The articles whose pages a text links to."""
    slugs = {(m["center"], m["slug"]) for m in _PAGE.finditer(text)}
    ids = {UUID(m["id"]) for m in _SHORT.finditer(text)}
    if not slugs and not ids:
        return []
    found = await rows(
        session,
        """SELECT id FROM articles WHERE id = ANY(%(ids)s)
           OR (center, slug) IN (SELECT * FROM unnest(%(centers)s::text[], %(slugs)s::text[]))""",
        ids=list(ids),
        centers=[center for center, _ in slugs],
        slugs=[slug for _, slug in slugs],
    )
    return [row["id"] for row in found]


def literal(vector: Vectors) -> str:
    """A vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{value:.6f}" for value in vector.ravel().tolist()) + "]"
