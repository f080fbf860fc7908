"""Articles, categories and versions as staff see them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows
from deskwell.core.errors import NotFound
from deskwell.core.pages import COUNT_CAP, Page

from ..logic.places import article_url, category_url
from ..models import Article, ArticleCategory, ArticleVersion

_COLUMNS = """
a.id, a.title, a.context, a.status, a.visibility, a.category_id, c.name AS category, a.tags, a.slug, a.center,
a.excerpt, a.is_featured, a.is_pinned, a.version, u.name AS author, a.draft IS NOT NULL AS has_draft,
a.created_at, a.updated_at, a.published_at,
coalesce((SELECT sum(v.count) FROM article_views v WHERE v.article_id = a.id), 0)::int AS views,
coalesce(f.helpful, 0)::int AS helpful, coalesce(f.unhelpful, 0)::int AS unhelpful
"""
_FROM = """
FROM articles a
LEFT JOIN article_categories c ON c.id = a.category_id
LEFT JOIN users u ON u.id = a.author_id
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE is_helpful) AS helpful, count(*) FILTER (WHERE NOT is_helpful) AS unhelpful
    FROM article_feedback f WHERE f.article_id = a.id
) f ON true
"""
ROW = f"SELECT {_COLUMNS} {_FROM}"
_FULL = f"""SELECT {_COLUMNS}, a.body, a.summary, a.keywords, a.draft, a.draft_saved_at, a.from_ticket_id
{_FROM} WHERE a.id = %(id)s"""
SORTS = {
    "updated_at": "a.updated_at",
    "created_at": "a.created_at",
    "title": "lower(a.title)",
    "views": "views",
    "helpful": "helpful",
    "unhelpful": "unhelpful",
}


async def get_article(session: AsyncSession, article_id: UUID, *, lock: bool = False) -> Article:
    query = select(Article).where(Article.id == article_id)
    found = (await session.scalars(query.with_for_update() if lock else query)).one_or_none()
    if found is None:
        raise NotFound("There is no such article.")
    return found


async def read_article(session: AsyncSession, article_id: UUID) -> dict[str, Any]:
    """One article with everything the editor shows."""
    found = await one(session, _FULL, id=article_id)
    if found is None:
        raise NotFound("There is no such article.")
    return with_url(found)


def with_url(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "url": article_url(row["center"], row["slug"])}


async def list_articles(
    session: AsyncSession,
    page: Page,
    *,
    search: str = "",
    sort: str = "updated_at",
    order: str = "desc",
    **filters: Any,
) -> tuple[list[dict[str, Any]], int]:
    """A page of articles and how many match, counted up to the cap."""
    where, values = _conditions(search, filters)
    direction = "ASC" if order == "asc" else "DESC"
    found = await rows(
        session,
        f"{ROW} {where} ORDER BY {SORTS[sort]} {direction}, a.id DESC LIMIT %(limit)s OFFSET %(offset)s",
        limit=page.page_size,
        offset=page.offset,
        **values,
    )
    total = await one(
        session,
        f"SELECT count(*) AS n FROM (SELECT 1 FROM articles a {where} LIMIT {COUNT_CAP + 1}) AS found",
        **values,
    )
    return [with_url(row) for row in found], total["n"] if total else 0


def _conditions(search: str, filters: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    clauses: list[str] = []
    values: dict[str, Any] = {}
    for name in ("status", "visibility", "center", "category_id", "author_id"):
        if filters.get(name) is not None:
            clauses.append(f"a.{name} = %({name})s")
            values[name] = filters[name]
    if filters.get("tag"):
        clauses.append("a.tags @> ARRAY[%(tag)s]::text[]")
        values["tag"] = filters["tag"]
    if filters.get("is_uncategorised"):
        clauses.append("a.category_id IS NULL")
    if search.strip():
        clauses.append(
            "(a.search @@ websearch_to_tsquery('knowledge_english', %(search)s)"
            " OR a.title ILIKE '%%' || %(like)s || '%%')"
        )
        values["search"] = search
        values["like"] = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return ("WHERE " + " AND ".join(clauses)) if clauses else "", values


async def taken_slugs(session: AsyncSession, center: str, slug: str, *, but: UUID | None = None) -> set[str]:
    """Slugs of a help center that begin with this one; its own redirects do not count against an article."""
    found = await rows(
        session,
        """SELECT slug FROM articles WHERE center = %(center)s AND starts_with(slug, %(slug)s) AND id IS DISTINCT FROM %(but)s
           UNION SELECT slug FROM article_redirects
           WHERE center = %(center)s AND starts_with(slug, %(slug)s) AND article_id IS DISTINCT FROM %(but)s""",
        center=center,
        slug=slug,
        but=but,
    )
    return {row["slug"] for row in found}


async def find_article_at(session: AsyncSession, center: str, slug: str) -> dict[str, Any] | None:
    """The article at an address, in its own help center or the general one, for its page."""
    return await one(
        session,
        """SELECT a.id, a.title, a.body, a.summary, a.excerpt, a.context, a.center, a.slug, a.status, a.visibility,
                  a.category_id, a.tags, a.body_html, a.headings, a.renderer, a.body_text, a.version, a.updated_at,
                  a.published_at, a.created_at, u.name AS author_name, a.keywords
           FROM articles a LEFT JOIN users u ON u.id = a.author_id
           WHERE a.center IN (%(center)s, 'general') AND a.slug = %(slug)s
           ORDER BY a.center = 'general' LIMIT 1""",
        center=center,
        slug=slug,
    )


async def find_place(session: AsyncSession, article_id: UUID) -> dict[str, Any] | None:
    """Where an article is, and in what state."""
    return await one(session, "SELECT center, slug, status FROM articles WHERE id = %(id)s", id=article_id)


async def find_redirect(session: AsyncSession, center: str, slug: str) -> str | None:
    """Where the article now is that once was here."""
    found = await one(
        session,
        """SELECT a.center, a.slug FROM article_redirects r JOIN articles a ON a.id = r.article_id
           WHERE r.center = %(center)s AND r.slug = %(slug)s AND a.status = 'published'""",
        center=center,
        slug=slug,
    )
    return article_url(found["center"], found["slug"]) if found else None


async def list_versions(session: AsyncSession, article_id: UUID) -> list[dict[str, Any]]:
    return await rows(
        session,
        """SELECT v.number, v.title, v.note, u.name AS author, v.created_at FROM article_versions v
           LEFT JOIN users u ON u.id = v.author_id WHERE v.article_id = %(id)s ORDER BY v.number DESC""",
        id=article_id,
    )


async def get_version(session: AsyncSession, article_id: UUID, number: int) -> ArticleVersion:
    query = select(ArticleVersion).where(
        ArticleVersion.article_id == article_id, ArticleVersion.number == number
    )
    found = (await session.scalars(query)).one_or_none()
    if found is None:
        raise NotFound(f"This article has no version {number}.")
    return found


async def get_category(session: AsyncSession, category_id: UUID) -> ArticleCategory:
    found = await session.get(ArticleCategory, category_id)
    if found is None:
        raise NotFound("There is no such topic.")
    return found


async def list_categories(session: AsyncSession, *, center: str | None = None) -> list[dict[str, Any]]:
    """All topics with the number of published articles directly in them, in the order of the tree's levels."""
    found = await rows(
        session,
        """SELECT c.id, c.name, c.slug, c.context, c.center, c.parent_id, c.description, c.icon, c.position,
                  (SELECT count(*) FROM articles a WHERE a.category_id = c.id AND a.status = 'published')::int AS articles
           FROM article_categories c WHERE %(center)s::text IS NULL OR c.center = %(center)s
           ORDER BY c.center, c.position, lower(c.name)""",
        center=center,
    )
    return [{**row, "url": category_url(row["center"], row["slug"])} for row in found]


async def list_feedback(session: AsyncSession, article_id: UUID, *, limit: int = 50) -> list[dict[str, Any]]:
    """What readers said, comments first, newest first."""
    return await rows(
        session,
        """SELECT is_helpful, comment, version, updated_at FROM article_feedback WHERE article_id = %(id)s
           ORDER BY comment = '', updated_at DESC LIMIT %(limit)s""",
        id=article_id,
        limit=limit,
    )
