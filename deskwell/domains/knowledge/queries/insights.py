"""What readers look for, what they miss, and which articles need a hand."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import one, rows
from deskwell.domains.tickets.access import visibility_sql

from .articles import ROW, with_url

STALE_DAYS = 180


async def insights(session: AsyncSession, *, days: int) -> dict[str, Any]:
    """Figures of the last days: searches with and without result, views, feedback, deflection."""
    since = now() - timedelta(days=days)
    totals = await one(session, _TOTALS, since=since, day=since.date())
    assert totals is not None
    return {
        "days": days,
        **totals,
        "top": await rows(session, _TOP.format(condition=""), since=since),
        "empty": await rows(session, _TOP.format(condition="AND results = 0"), since=since),
        "by_day": await _by_day(session, since.date(), days),
    }


_TOTALS = """
SELECT (SELECT count(*) FROM article_searches WHERE created_at >= %(since)s)::int AS searches,
       (SELECT count(*) FROM article_searches WHERE created_at >= %(since)s AND results = 0)::int AS without_result,
       (SELECT coalesce(sum(count), 0) FROM article_views WHERE day >= %(day)s)::int AS views,
       (SELECT count(*) FROM article_feedback WHERE updated_at >= %(since)s AND is_helpful)::int AS helpful,
       (SELECT count(*) FROM article_feedback WHERE updated_at >= %(since)s AND NOT is_helpful)::int AS unhelpful,
       d.shown::int AS suggestions_shown, d.opened::int AS suggestions_opened, d.deflected::int AS deflected
FROM (SELECT count(*) FILTER (WHERE cardinality(shown) > 0) AS shown,
             count(*) FILTER (WHERE cardinality(opened) > 0) AS opened,
             count(*) FILTER (WHERE cardinality(opened) > 0 AND NOT was_sent) AS deflected
      FROM article_deflections WHERE created_at >= %(since)s) d
"""

_TOP = """
SELECT (array_agg(query ORDER BY created_at DESC))[1] AS query, count(*)::int AS searches, max(created_at) AS last_at
FROM article_searches WHERE created_at >= %(since)s {condition}
GROUP BY query_key ORDER BY count(*) DESC, max(created_at) DESC LIMIT 25
"""


async def _by_day(session: AsyncSession, first: date, days: int) -> list[dict[str, Any]]:
    found = await rows(
        session,
        """SELECT (created_at AT TIME ZONE 'UTC')::date AS day, count(*)::int AS searches,
                  (count(*) FILTER (WHERE results = 0))::int AS without_result
           FROM article_searches WHERE created_at >= %(first)s GROUP BY 1""",
        first=first,
    )
    known = {row["day"]: row for row in found}
    every = [first + timedelta(days=i) for i in range(days + 1)]
    return [
        {
            "day": day.isoformat(),
            "searches": known[day]["searches"] if day in known else 0,
            "without_result": known[day]["without_result"] if day in known else 0,
        }
        for day in every
    ]


async def to_mend(session: AsyncSession, *, limit: int = 30) -> list[dict[str, Any]]:
    """Published articles that readers found unhelpful, whose AI answers were rated low, or that went stale."""
    found = await rows(session, _TO_MEND, stale=now() - timedelta(days=STALE_DAYS), limit=limit)
    mended = []
    for row in found:
        comments = await rows(session, _COMMENTS, id=row["id"])
        mended.append({**with_url(row), "comments": comments, "reasons": _reasons(row, len(comments))})
    return mended


_TO_MEND = f"""
SELECT listed.*, low.low::int AS ai_rated_low, (listed.updated_at < %(stale)s AND listed.views >= 5) AS is_stale
FROM ({ROW} WHERE a.status = 'published') AS listed
CROSS JOIN LATERAL (
    SELECT count(*) AS low FROM messages m
    WHERE m.author = 'ai' AND m.rating <= 2
      AND m.citations @> jsonb_build_array(jsonb_build_object('article_id', listed.id::text))
) AS low
WHERE listed.unhelpful > 0 AND listed.unhelpful * 3 >= listed.helpful OR low.low > 0
   OR (listed.updated_at < %(stale)s AND listed.views >= 5)
ORDER BY listed.unhelpful * 2 + low.low * 3 - listed.helpful * 0.2 DESC, listed.views DESC LIMIT %(limit)s
"""

_COMMENTS = """
SELECT is_helpful, comment, version, updated_at FROM article_feedback
WHERE article_id = %(id)s AND comment <> '' AND NOT is_helpful ORDER BY updated_at DESC LIMIT 5
"""


def _reasons(row: dict[str, Any], comments: int) -> list[dict[str, str]]:
    reasons = []
    if row["unhelpful"]:
        said = row["helpful"] + row["unhelpful"]
        text = f"{row['unhelpful']} of {said} readers did not find it helpful."
        reasons.append({"code": "unhelpful", "text": text})
    if comments:
        text = (
            "A reader said what is missing." if comments == 1 else f"{comments} readers said what is missing."
        )
        reasons.append({"code": "comments", "text": text})
    if row["ai_rated_low"]:
        count = row["ai_rated_low"]
        text = f"{count} AI {'answer' if count == 1 else 'answers'} based on it got two stars or fewer."
        reasons.append({"code": "ai_rated_low", "text": text})
    if row["is_stale"]:
        reasons.append({"code": "stale", "text": f"Still read, but not changed for {STALE_DAYS} days."})
    return reasons


async def gaps(session: AsyncSession, actor: Actor, *, days: int, limit: int = 50) -> list[dict[str, Any]]:
    """Questions nobody's article answers: searches without result, and tickets the AI had to hand over."""
    since = now() - timedelta(days=days)
    searched = await rows(
        session,
        """SELECT (array_agg(query ORDER BY created_at DESC))[1] AS question, count(*)::int AS times,
                  max(created_at) AS last_at, NULLIF(min(center), '') AS context
           FROM article_searches s WHERE created_at >= %(since)s AND results = 0
           GROUP BY query_key ORDER BY count(*) DESC, max(created_at) DESC LIMIT %(limit)s""",
        since=since,
        limit=limit,
    )
    condition, values = visibility_sql(actor)
    asked = await rows(
        session,
        f"""SELECT t.subject AS question, 1 AS times, max(u.created_at) AS last_at, t.id AS ticket_id,
                  t.number AS ticket_number, t.context
           FROM turns u JOIN tickets t ON t.id = u.ticket_id
           WHERE u.state = 'handed_over' AND u.reason IN ('no_article', 'not_sure') AND u.created_at >= %(since)s AND t.trashed_at IS NULL
             AND {condition} AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.from_ticket_id = t.id)
           GROUP BY t.id ORDER BY max(u.created_at) DESC LIMIT %(limit)s""",
        since=since,
        limit=limit,
        **values,
    )
    return [{"source": "search", **row} for row in searched] + [{"source": "ticket", **row} for row in asked]
