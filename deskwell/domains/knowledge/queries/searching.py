"""Search over published articles: forgiving, stemmed, ranked, within what the reader may see."""

import json
import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows

from ..logic import search as words
from ..logic.places import article_url
from ..logic.search import Known, Plan, Term
from ..logic.synonyms import Synonyms
from .synonyms import read_synonyms

CONFIG = "knowledge_english"
CANDIDATES = 800
WEIGHTS = "{0.22, 0.45, 0.6, 1.0}"
"""What a hit counts in body, headings, keywords and title."""
NEAR = 0.55
"""What a synonym counts against the word itself."""


@dataclass(frozen=True)
class Answer:
    hits: list[dict[str, Any]]
    corrected: str | None


async def search(
    session: AsyncSession,
    query: str,
    *,
    center: str | None = None,
    is_staff: bool = False,
    limit: int = 10,
    is_typing: bool = False,
    with_snippets: bool = False,
) -> Answer:
    """Find published articles; `center` limits to a help center and the general articles."""
    asked = words.meaningful(query)
    if not asked:
        return Answer([], None)
    synonyms = await read_synonyms(session)
    known, frequencies = await _known(session, asked, synonyms)
    plan = words.plan(query, known, is_typing=is_typing, synonyms=synonyms)
    statement, values = _statement(plan, frequencies, with_snippets=with_snippets)
    hits = await rows(session, statement, center=center, is_staff=is_staff, limit=limit, **values)
    for hit in hits:
        hit["url"] = article_url(hit["center"], hit["slug"])
    return Answer(hits, plan.corrected)


_FREQUENCIES = f"""
SELECT w AS word, coalesce(max(s.articles), 0)::int AS articles,
       w = %(typed)s AND EXISTS (  -- as a range, which the index serves; LIKE with a computed pattern is a scan
           SELECT 1 FROM search_words p WHERE p.word ~>=~ w AND p.word ~<~ (w || chr(1114111))) AS begins
FROM unnest(%(words)s::text[]) AS w
LEFT JOIN search_words s ON s.lexeme = coalesce((tsvector_to_array(to_tsvector('{CONFIG}', w)))[1], w)
GROUP BY w
"""

_CANDIDATES = """
SELECT q.word AS asked, s.word, s.articles
FROM jsonb_to_recordset(%(asked)s::jsonb) AS q(word text, deletions text[])
CROSS JOIN LATERAL (
    SELECT word, articles FROM search_words WHERE deletions && q.deletions
    UNION
    (SELECT word, articles FROM search_words WHERE length(q.word) > 7 AND word %% q.word LIMIT 20)
) s
"""


async def _known(
    session: AsyncSession, asked: list[str], synonyms: Synonyms
) -> tuple[dict[str, Known], dict[str, int]]:
    others = {part for word in asked for other in synonyms.get(word, ()) for part in other.split()[:1]}
    found = await rows(session, _FREQUENCIES, words=sorted({*asked, *others}), typed=asked[-1])
    facts = {row["word"]: row for row in found}
    unknown = [word for word in asked if not facts[word]["articles"] and words.allowed_slips(word)]
    near: dict[str, dict[str, int]] = {}
    if unknown:
        payload = [{"word": word, "deletions": words.deletions(word)} for word in unknown]
        for row in await rows(session, _CANDIDATES, asked=json.dumps(payload)):
            near.setdefault(row["asked"], {})[row["word"]] = row["articles"]
    known = {
        word: Known(facts[word]["articles"], facts[word]["begins"], near.get(word, {})) for word in asked
    }
    return known, {word: row["articles"] for word, row in facts.items()}


def _statement(plan: Plan, frequencies: dict[str, int], *, with_snippets: bool) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {}
    total = max([200, *(frequency * 2 for frequency in frequencies.values())])
    queries: list[str] = []
    ranks: list[str] = []
    scores: list[str] = []
    matched: list[str] = []
    weights = [_idf(term, total) for term in plan.terms]
    for i, term in enumerate(plan.terms):
        values[f"e{i}"], values[f"w{i}"] = term.exact, weights[i]
        queries.append(f"to_tsquery('{CONFIG}', %(e{i})s) AS e{i}")
        rank = f"ts_rank('{WEIGHTS}', a.search, q.e{i})"
        if term.near:
            values[f"n{i}"] = term.near
            queries.append(f"to_tsquery('{CONFIG}', %(n{i})s) AS n{i}")
            rank = f"greatest({rank}, {NEAR} * ts_rank('{WEIGHTS}', a.search, q.n{i}))"
        scores.append(f"%(w{i})s * sqrt(s.r{i})")
        matched.append(f"(s.r{i} > 0)::int * %(w{i})s")
        ranks.append(f"{rank} AS r{i}")
    values["any"] = _gathering(plan, frequencies)
    values["all"] = " | ".join(f"({term.exact})" for term in plan.terms)
    values["sum"] = sum(weights) or 1.0
    marks = f"StartSel={words.MARK_START}, StopSel={words.MARK_END}"
    values["title_marks"] = f"{marks}, HighlightAll=true"
    values["text_marks"] = f'{marks}, MaxFragments=2, MaxWords=24, MinWords=10, FragmentDelimiter=" … "'
    snippet = (
        f"ts_headline('{CONFIG}', best.body_text, q.gathered, %(text_marks)s)" if with_snippets else "NULL"
    )
    sql = f"""
WITH q AS (
    SELECT {", ".join(queries)}, to_tsquery('{CONFIG}', %(any)s) AS gathered, to_tsquery('{CONFIG}', %(all)s) AS anywhere
), ids AS (  -- the queries are written out here: taken from q the planner would not know them, and read every article
    (SELECT a.id FROM articles a
     WHERE a.search @@ to_tsquery('{CONFIG}', %(any)s) AND {VISIBLE} LIMIT {CANDIDATES})
    UNION
    (SELECT a.id FROM articles a
     WHERE to_tsvector('{CONFIG}'::regconfig, a.title) @@ to_tsquery('{CONFIG}', %(all)s) AND {VISIBLE} LIMIT 300)
), unpacked AS MATERIALIZED (  -- once: else each ts_rank below would unpack the stored vector again
    SELECT a.id, a.search || ''::tsvector AS search FROM ids JOIN articles a USING (id)
), ranked AS (
    SELECT a.id, {", ".join(ranks)} FROM unpacked a, q
), best AS (
    SELECT a.id, a.title, a.slug, a.center, a.context, a.visibility, a.excerpt, a.summary, a.category_id, a.body_text,
           a.is_featured, ({" + ".join(scores)}) * (0.25 + 0.75 * ({" + ".join(matched)}) / %(sum)s) AS score
    FROM ranked s JOIN articles a USING (id)
    ORDER BY score DESC, a.is_featured DESC, a.id LIMIT %(limit)s
)
SELECT best.id, best.title, best.slug, best.center, best.context, best.visibility, best.excerpt, best.score,
       c.name AS category, ts_headline('{CONFIG}', best.title, q.anywhere, %(title_marks)s) AS marked_title,
       {snippet} AS snippet
FROM best LEFT JOIN article_categories c ON c.id = best.category_id, q
WHERE best.score > 0 ORDER BY best.score DESC, best.is_featured DESC, best.id
"""
    return sql, values


VISIBLE = """a.status = 'published' AND (a.visibility = 'public' OR %(is_staff)s)
    AND (%(center)s::text IS NULL OR a.center IN (%(center)s, 'general'))"""


def _idf(term: Term, total: int) -> float:
    return (
        math.log(1 + (total - term.articles + 0.5) / (term.articles + 0.5)) if term.articles < total else 0.1
    )


def _gathering(plan: Plan, frequencies: dict[str, int]) -> str:
    """The query that gathers candidates: the rarest words first, until enough articles may hold one of them."""
    chosen: list[str] = []
    expected = 0
    for term in sorted(plan.terms, key=lambda term: term.articles or CANDIDATES // 4):
        if chosen and expected + term.articles > CANDIDATES:
            break
        chosen.append(f"({term.exact})")
        expected += term.articles
        near = sum(frequencies.get(word, 0) for word in (term.near or "").replace("(", "").split(" | "))
        if term.near and expected + near <= CANDIDATES:
            chosen.append(f"({term.near})")
            expected += near
    return " | ".join(chosen)
