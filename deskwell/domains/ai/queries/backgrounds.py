"""What the background of a knowledge base is measured on."""

from typing import Any

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows

from ..logic.background import Pieces

MAX_ARTICLES = 2000
GROUP = 200
"""Articles whose vectors are read at once."""
_SHOWN = """a.status = 'published' AND a.visibility = 'public'
    AND (%(key)s = '' OR a.context_key = %(key)s OR a.context IS NULL)"""


async def stale_backgrounds(
    session: AsyncSession, model_id: str, *, growth: float = 0.0
) -> list[dict[str, Any]]:
    """Contexts whose articles are others than when they were measured, or by more than this share more or fewer."""
    return await rows(
        session,
        """WITH embedded AS (
               SELECT a.context, coalesce(a.context_key, '') AS key, count(*) AS n, sum(e.version) AS v
               FROM articles a JOIN article_embeddings e ON e.article_id = a.id AND e.model_id = %(model)s
               WHERE a.status = 'published' AND a.visibility = 'public' GROUP BY 1, 2
           ), general AS (SELECT coalesce(sum(n), 0) AS n, coalesce(sum(v), 0) AS v FROM embedded WHERE context IS NULL
           ), held AS (
               SELECT e.key, e.n + g.n AS articles, e.v + g.v AS versions
               FROM (SELECT key, sum(n) AS n, sum(v) AS v FROM embedded WHERE context IS NOT NULL GROUP BY key) e CROSS JOIN general g
               UNION ALL SELECT '', coalesce(sum(n), 0), coalesce(sum(v), 0) FROM embedded
           )
           SELECT h.key, h.articles::int AS articles, h.versions::bigint AS versions FROM held h
           LEFT JOIN ai_backgrounds b ON b.context_key = h.key AND b.model_id = %(model)s
           WHERE h.articles >= 2 AND (b.context_key IS NULL
              OR ((b.articles, b.versions) IS DISTINCT FROM (h.articles::int, h.versions::bigint)
                  AND abs(h.articles - b.articles) >= %(growth)s * b.articles))""",
        model=model_id,
        growth=growth,
    )


async def article_places(session: AsyncSession, key: str, model_id: str) -> list[Any]:
    """The articles to measure on; of very many, some."""
    found = await rows(
        session,
        f"""SELECT a.id FROM articles a JOIN article_embeddings e ON e.article_id = a.id AND e.model_id = %(model)s
            WHERE {_SHOWN} ORDER BY md5(a.id::text) LIMIT {MAX_ARTICLES}""",
        key=key,
        model=model_id,
    )
    return [row["id"] for row in found]


async def read_pieces(session: AsyncSession, article_ids: list[Any], model_id: str) -> Pieces:
    """Their vectors, in half precision while they are read."""
    held: dict[str, tuple[list[Any], list[int]]] = {
        kind: ([], []) for kind in ("title", "passage", "sentence")
    }
    place = {article_id: index for index, article_id in enumerate(article_ids)}
    for first in range(0, len(article_ids), GROUP):
        found = await rows(
            session,
            """SELECT article_id, kind, halfvec_send(vector) AS vector FROM article_vectors
               WHERE article_id = ANY(%(ids)s) AND model_id = %(model)s ORDER BY article_id, position""",
            ids=article_ids[first : first + GROUP],
            model=model_id,
        )
        for row in found:
            vectors, of = held[row["kind"]]
            vectors.append(np.frombuffer(row["vector"], dtype=">f2", offset=4).astype(np.float16))
            of.append(place[row["article_id"]])
    order = np.argsort(held["title"][1])
    titles = _stacked(held["title"][0])[order]
    return Pieces(
        titles, _stacked(held["passage"][0]), np.array(held["passage"][1], dtype=np.int64),
        _stacked(held["sentence"][0]), np.array(held["sentence"][1], dtype=np.int64),
    )  # fmt: skip


def _stacked(vectors: list[Any]) -> Any:
    return np.array(vectors, dtype=np.float32) if vectors else np.zeros((0, 1), dtype=np.float32)
