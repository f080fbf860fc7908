"""The background of each knowledge base, measured on its own articles after they changed."""

import asyncio
from dataclasses import asdict

from deskwell.core.context import Context
from deskwell.core.db import execute

from ..logic.background import Background, measure_background
from ..queries.backgrounds import article_places, read_pieces, stale_backgrounds

GROWTH = 0.1
"""While articles come in, a base is measured anew whenever it has grown by a tenth; smaller changes wait for the sweep."""


async def measure_backgrounds(context: Context, model_id: str, *, growth: float = 0.0) -> int:
    """Measure the bases that need it; how many that were."""
    async with context.transaction() as session:
        stale = await stale_backgrounds(session, model_id, growth=growth)
    for row in stale:
        async with context.transaction() as session:
            pieces = await read_pieces(session, await article_places(session, row["key"], model_id), model_id)
        found = await asyncio.to_thread(measure_background, pieces)
        await _keep(context, row["key"], model_id, row["articles"], row["versions"], found)
    return len(stale)


async def _keep(
    context: Context, key: str, model_id: str, articles: int, versions: int, found: Background
) -> None:
    async with context.transaction() as session:
        await execute(
            session,
            """INSERT INTO ai_backgrounds (context_key, model_id, articles, versions, cosine, spread, nearest, lead)
               VALUES (%(key)s, %(model)s, %(articles)s, %(versions)s, %(cosine)s, %(spread)s, %(nearest)s, %(lead)s)
               ON CONFLICT (context_key, model_id) DO UPDATE SET articles = excluded.articles, versions = excluded.versions,
                   cosine = excluded.cosine, spread = excluded.spread, nearest = excluded.nearest, lead = excluded.lead,
                   measured_at = clock_timestamp()""",
            key=key,
            model=model_id,
            articles=articles,
            versions=versions,
            **asdict(found),
        )
