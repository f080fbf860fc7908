"""What the public pages show: help centers, topics, related articles, feeds."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows
from deskwell.domains.contexts import queries as contexts

from ..logic.places import GENERAL, article_url, category_url, center_of

_SHOWN = "a.status = 'published' AND (a.visibility = 'public' OR %(is_staff)s)"
_LISTED = "a.id, a.title, a.slug, a.center, a.excerpt, a.visibility, a.is_pinned, a.is_featured, a.updated_at, a.published_at"


async def list_centers(session: AsyncSession, *, is_staff: bool = False) -> list[dict[str, Any]]:
    """The help centers that have something to read, with their brand."""
    found = await rows(
        session,
        f"""SELECT a.center, min(a.context) AS context, count(*)::int AS articles, max(a.updated_at) AS updated_at
            FROM articles a WHERE {_SHOWN} GROUP BY a.center ORDER BY a.center = 'general', a.center""",
        is_staff=is_staff,
    )
    brands = await _brands(session)
    return [
        {
            **_brand(brands, row["center"], row["context"]),
            "articles": row["articles"],
            "updated_at": row["updated_at"],
        }
        for row in found
    ]


async def find_center(session: AsyncSession, center: str, *, is_staff: bool = False) -> dict[str, Any] | None:
    """A help center and its brand; None when there is neither an article nor a configured context."""
    brands = await _brands(session)
    if center in brands:
        return _brand(brands, center, None)
    found = await one(
        session,
        f"SELECT a.context FROM articles a WHERE a.center = %(center)s AND {_SHOWN} LIMIT 1",
        center=center,
        is_staff=is_staff,
    )
    return _brand(brands, center, found["context"]) if found else None


async def _brands(session: AsyncSession) -> dict[str, dict[str, Any]]:
    return {
        center_of(context.name): {
            "name": context.name,
            "tagline": context.tagline or context.description,
            "colour": context.color,
            "logo_url": contexts.logo_url(context),
        }
        for context in await contexts.list_contexts(session)
        if context.is_active
    }


def _brand(brands: dict[str, dict[str, Any]], center: str, context: str | None) -> dict[str, Any]:
    known = brands.get(center, {})
    name = known.get("name") or context or ("Help" if center == GENERAL else center)
    return {
        "slug": center,
        "name": name,
        "context": None if center == GENERAL else known.get("name") or context,
        "tagline": known.get("tagline", ""),
        "colour": known.get("colour"),
        "logo_url": known.get("logo_url"),
        "url": f"/help/{center}",
    }


async def list_topics(session: AsyncSession, center: str, *, is_staff: bool = False) -> list[dict[str, Any]]:
    """Topics of a help center with the articles a reader sees in them and below them."""
    found = await rows(
        session,
        f"""WITH RECURSIVE tree AS (
                SELECT c.id AS root, c.id FROM article_categories c WHERE c.center = %(center)s
                UNION
                SELECT t.root, c.id FROM article_categories c JOIN tree t ON c.parent_id = t.id
            )
            SELECT c.id, c.name, c.slug, c.parent_id, c.description, c.icon,
                   (SELECT count(*) FROM articles a JOIN tree t ON t.id = a.category_id
                    WHERE t.root = c.id AND {_SHOWN})::int AS articles
            FROM article_categories c WHERE c.center = %(center)s ORDER BY c.position, lower(c.name)""",
        center=center,
        is_staff=is_staff,
    )
    return [{**row, "url": category_url(center, row["slug"])} for row in found if row["articles"]]


async def list_shown(
    session: AsyncSession,
    center: str,
    *,
    is_staff: bool = False,
    only: str = "",
    limit: int = 200,
    **values: Any,
) -> list[dict[str, Any]]:
    """Articles of a help center for its pages, pinned ones first. `only` is one of the conditions below."""
    found = await rows(
        session,
        f"""SELECT {_LISTED} FROM articles a WHERE a.center = %(center)s AND {_SHOWN} {_ONLY[only]}
            ORDER BY a.is_pinned DESC, a.is_featured DESC, lower(a.title) LIMIT %(limit)s""",
        center=center,
        is_staff=is_staff,
        limit=limit,
        **values,
    )
    return [_listed(row) for row in found]


_ONLY = {
    "": "",
    "featured": "AND a.is_featured",
    "loose": "AND a.category_id IS NULL",
    "topic": "AND a.category_id = %(category_id)s",
}


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "url": article_url(row["center"], row["slug"]),
        "is_internal": row["visibility"] == "internal",
    }


async def related(session: AsyncSession, article: dict[str, Any], *, is_staff: bool) -> list[dict[str, Any]]:
    """Articles of the same help center that share words, tags or the topic."""
    found = await rows(
        session,
        f"""WITH me AS (
                SELECT coalesce(NULLIF(replace(plainto_tsquery('knowledge_english', %(words)s)::text, '&', '|'), ''),
                                'nothing')::tsquery AS asked
            )
            SELECT {_LISTED},
                   ts_rank('{{0.05, 0.5, 0.3, 1.0}}', a.search, me.asked) + (a.category_id IS NOT DISTINCT FROM %(category)s)::int * 0.25
                   + 0.3 * cardinality(ARRAY(SELECT unnest(a.tags) INTERSECT SELECT unnest(%(tags)s::text[]))) AS score
            FROM articles a, me
            WHERE a.center IN (%(center)s, 'general') AND a.id <> %(id)s AND {_SHOWN}
              AND (a.search @@ me.asked OR a.category_id = %(category)s OR a.tags && %(tags)s::text[])
            ORDER BY score DESC, a.id LIMIT 4""",
        words=" ".join([article["title"], *article["tags"], *article["keywords"]]),
        category=article["category_id"],
        tags=article["tags"],
        center=article["center"],
        id=article["id"],
        is_staff=is_staff,
    )
    return [_listed(row) for row in found]


async def published(
    session: AsyncSession, *, center: str | None = None, limit: int = 50_000
) -> list[dict[str, Any]]:
    """Public articles, last changed first, for sitemap and feed."""
    found = await rows(
        session,
        f"""SELECT {_LISTED} FROM articles a
            WHERE {_SHOWN} AND (%(center)s::text IS NULL OR a.center = %(center)s)
            ORDER BY a.updated_at DESC, a.id DESC LIMIT %(limit)s""",
        is_staff=False,
        center=center,
        limit=limit,
    )
    return [_listed(row) for row in found]


async def all_topics(session: AsyncSession) -> list[dict[str, Any]]:
    """Topics of all help centers with something public in them, for the sitemap."""
    found = await rows(
        session,
        f"""SELECT DISTINCT c.center, c.slug FROM article_categories c JOIN articles a ON a.category_id = c.id
            WHERE {_SHOWN} ORDER BY 1, 2""",
        is_staff=False,
    )
    return [{"url": category_url(row["center"], row["slug"])} for row in found]


async def image_sizes(session: AsyncSession, ids: list[UUID]) -> dict[str, tuple[int, int]]:
    """Width and height by address of the pictures of an article."""
    if not ids:
        return {}
    found = await rows(
        session, "SELECT id, name, width, height FROM article_images WHERE id = ANY(%(ids)s)", ids=ids
    )
    return {image_url(row["id"], row["name"]): (row["width"], row["height"]) for row in found}


def image_url(image_id: UUID, name: str) -> str:
    return f"/help/images/{image_id}/{name}"
