"""What the settings screen shows besides the settings: use, knowledge, calibration, articles to mend."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows


async def knowledge_state(session: AsyncSession, key: str, model_id: str) -> dict[str, Any]:
    """How many articles of a context are searchable, how many have vectors, in which languages."""
    found = await rows(
        session,
        """SELECT i.language, count(*) AS n, count(*) FILTER (WHERE e.version = i.version) AS embedded
           FROM article_index i JOIN articles a ON a.id = i.article_id
           LEFT JOIN article_embeddings e ON e.article_id = i.article_id AND e.model_id = %(model)s
           WHERE a.status = 'published' AND (%(key)s = '' OR a.context_key = %(key)s OR a.context IS NULL)
           GROUP BY i.language""",
        key=key,
        model=model_id,
    )
    return {
        "articles": sum(row["n"] for row in found),
        "articles_embedded": sum(row["embedded"] for row in found),
        "languages": {row["language"]: row["n"] for row in found},
    }


async def learnt(session: AsyncSession, key: str) -> dict[str, Any] | None:
    """The newest own numbers of a context, else of all."""
    return await one(
        session,
        """SELECT * FROM ai_confidence_models WHERE context_key = ANY(%(keys)s)
           ORDER BY context_key = '', id DESC LIMIT 1""",
        keys=[key, ""],
    )


async def articles_to_mend(session: AsyncSession, limit: int = 50) -> list[dict[str, Any]]:
    """Articles whose answers were rated low, did not settle the matter, or that try to instruct a model."""
    return await rows(
        session,
        """SELECT a.id AS article_id, a.title, coalesce(u.ratings, 0) AS ratings, coalesce(u.average, 0) AS average,
                  coalesce(u.reopened, 0) AS reopened, i.suspicious
           FROM article_index i JOIN articles a ON a.id = i.article_id
           LEFT JOIN (
               SELECT (c->>'article_id')::uuid AS article_id, count(m.rating) AS ratings, round(avg(m.rating), 2)::float AS average,
                      count(*) FILTER (WHERE o.source = 'reopened') AS reopened
               FROM ai_runs r CROSS JOIN LATERAL jsonb_array_elements(r.citations) AS c
               JOIN messages m ON m.id = r.message_id LEFT JOIN ai_outcomes o ON o.run_id = r.id
               WHERE r.created_at > clock_timestamp() - interval '90 days' GROUP BY 1
           ) u ON u.article_id = a.id
           WHERE a.status = 'published' AND (u.average < 3.5 OR u.reopened > 0 OR i.suspicious <> '{}')
           ORDER BY u.average NULLS LAST, u.reopened DESC LIMIT %(limit)s""",
        limit=limit,
    )
