"""The vocabulary of the search: every word of every article, with the forms a slip would give."""

import json

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute, rows

from ..logic.search import deletions, vocabulary

_LEARN = """
INSERT INTO search_words (word, lexeme, deletions)
SELECT w.word, coalesce((tsvector_to_array(to_tsvector('knowledge_english', w.word)))[1], w.word), w.deletions
FROM jsonb_to_recordset(%(words)s::jsonb) AS w(word text, deletions text[])
ON CONFLICT (word) DO NOTHING
"""


async def learn_words(session: AsyncSession, *texts: str) -> None:
    """Add the words of an article that are new; how common they are is counted later by a job."""
    found = vocabulary(texts)
    known = {
        row["word"]
        for row in await rows(
            session, "SELECT word FROM search_words WHERE word = ANY(%(words)s)", words=found
        )
    }
    new = [{"word": word, "deletions": deletions(word)} for word in found if word not in known]
    if new:
        await execute(session, _LEARN, words=json.dumps(new))


async def refresh_search_words(session: AsyncSession) -> None:
    """Count in how many articles each word stands; forget words that no article has any more."""
    await execute(
        session,
        """UPDATE search_words s SET articles = coalesce(n.ndoc, 0)
           FROM search_words w LEFT JOIN
                ts_stat($$SELECT search FROM articles WHERE status = 'published'$$) n ON n.word = w.lexeme
           WHERE s.word = w.word AND s.articles <> coalesce(n.ndoc, 0)""",
    )
    await execute(session, "DELETE FROM search_words WHERE articles = 0")
