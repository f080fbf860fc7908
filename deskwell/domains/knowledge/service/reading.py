"""What readers leave behind: views, searches, a word on whether it helped, tickets they did not have to send."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.db import execute
from deskwell.core.ids import new_id

from ..logic.places import center_of
from ..logic.search import words


async def count_view(session: AsyncSession, article_id: UUID, at: datetime) -> None:
    await execute(
        session,
        """INSERT INTO article_views AS v (article_id, day, count) VALUES (%(id)s, %(day)s, 1)
           ON CONFLICT (article_id, day) DO UPDATE SET count = v.count + 1""",
        id=article_id,
        day=at.date(),
    )


async def say_helpful(
    session: AsyncSession, article_id: UUID, *, person: str, is_helpful: bool, comment: str, version: int
) -> None:
    """Take a reader's word; a second one of the same person replaces the first, and keeps its comment if it has none."""
    await execute(
        session,
        """INSERT INTO article_feedback AS f (id, article_id, person, is_helpful, comment, version, updated_at)
           VALUES (%(id)s, %(article)s, %(person)s, %(helpful)s, %(comment)s, %(version)s, %(now)s)
           ON CONFLICT (article_id, person) DO UPDATE SET is_helpful = excluded.is_helpful, version = excluded.version,
               comment = CASE WHEN excluded.comment <> '' THEN excluded.comment
                              WHEN excluded.is_helpful THEN '' ELSE f.comment END,
               updated_at = excluded.updated_at""",
        id=new_id(),
        article=article_id,
        person=person,
        helpful=is_helpful,
        comment=comment,
        version=version,
        now=now(),
    )


async def record_search(session: AsyncSession, query: str, *, center: str | None, results: int) -> None:
    """Remember what was searched for; words are kept, who searched is not."""
    shown = " ".join(query.split())[:200]
    await execute(
        session,
        """INSERT INTO article_searches (id, center, query, query_key, results, created_at)
           VALUES (%(id)s, %(center)s, %(query)s, %(key)s, %(results)s, %(now)s)""",
        id=new_id(),
        center=center or "",
        query=shown,
        key=" ".join(words(shown)) or shown.lower(),
        results=results,
        now=now(),
    )


async def record_deflection(
    session: AsyncSession,
    query: str,
    *,
    context: str | None,
    shown: list[UUID],
    opened: list[UUID],
    was_sent: bool,
) -> None:
    """Remember what the form for a new ticket showed, and how it ended."""
    await execute(
        session,
        """INSERT INTO article_deflections (id, center, query, shown, opened, was_sent, created_at)
           VALUES (%(id)s, %(center)s, %(query)s, %(shown)s, %(opened)s, %(sent)s, %(now)s)""",
        id=new_id(),
        center=center_of(context) if context else "",
        query=" ".join(query.split())[:200],
        shown=shown,
        opened=opened,
        sent=was_sent,
        now=now(),
    )
