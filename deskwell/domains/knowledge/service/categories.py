"""Topics: a tree that stays a tree."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute, one, rows
from deskwell.core.errors import Conflict, Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id

from .. import queries
from ..events import TopicChanged
from ..logic.places import center_of
from ..logic.slugs import slugify, unique
from ..models import ArticleCategory

MAX_DEPTH = 5


async def add_category(session: AsyncSession, actor: Actor, **values: Any) -> ArticleCategory:
    """Add a topic at the end of its level."""
    center = center_of(values.get("context"))
    await _lock(session, center)
    last = await one(
        session,
        """SELECT coalesce(max(position), -1) + 1 AS next FROM article_categories
           WHERE center = %(center)s AND parent_id IS NOT DISTINCT FROM %(parent)s""",
        center=center,
        parent=values.get("parent_id"),
    )
    category = ArticleCategory(id=new_id(), center=center, position=last["next"] if last else 0, **values)
    category.context = (values.get("context") or "").strip() or None
    category.slug = await _free_slug(session, center, category.name, but=None)
    session.add(category)
    await session.flush()
    await _check_tree(session, center)
    await publish(session, TopicChanged(actor=actor, category_id=category.id, change="added"))
    return category


async def change_category(
    session: AsyncSession, actor: Actor, category: ArticleCategory, **values: Any
) -> ArticleCategory:
    """Rename or move a topic. One that holds articles cannot move to another context."""
    center = center_of(values.get("context"))
    if center != category.center:
        raise Conflict(
            "A topic stays in its context. Make a new one there and move the articles.", code="topic_moves"
        )
    await _lock(session, center)
    if values["name"] != category.name:
        category.slug = await _free_slug(session, center, values["name"], but=category.id)
    for key in ("name", "description", "icon", "parent_id"):
        setattr(category, key, values[key])
    await session.flush()
    await _check_tree(session, center)
    await publish(session, TopicChanged(actor=actor, category_id=category.id, change="changed"))
    return category


async def arrange_categories(session: AsyncSession, actor: Actor, places: list[dict[str, Any]]) -> None:
    """Put topics to their new places in the tree, all at once."""
    categories = [await queries.get_category(session, place["id"]) for place in places]
    for center in sorted({category.center for category in categories}):
        await _lock(session, center)
    for category, place in zip(categories, places, strict=True):
        category.parent_id, category.position = place["parent_id"], place["position"]
    await session.flush()
    for center in sorted({category.center for category in categories}):
        await _check_tree(session, center)
    for category in categories:
        await publish(session, TopicChanged(actor=actor, category_id=category.id, change="moved"))


async def delete_category(session: AsyncSession, actor: Actor, category: ArticleCategory) -> None:
    """Delete a topic; its articles and the topics below it move one level up."""
    for table in ("articles", "article_categories"):
        column = "category_id" if table == "articles" else "parent_id"
        await execute(
            session,
            f"UPDATE {table} SET {column} = %(parent)s WHERE {column} = %(id)s",
            parent=category.parent_id,
            id=category.id,
        )
    await publish(session, TopicChanged(actor=actor, category_id=category.id, change="deleted"))
    await session.delete(category)
    await session.flush()


async def _lock(session: AsyncSession, center: str) -> None:
    await execute(session, "SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", k=f"topics:{center}")


async def _free_slug(session: AsyncSession, center: str, name: str, *, but: UUID | None) -> str:
    slug = slugify(name, fallback="topic")
    taken = await rows(
        session,
        """SELECT slug FROM article_categories
           WHERE center = %(center)s AND starts_with(slug, %(slug)s) AND id IS DISTINCT FROM %(but)s""",
        center=center,
        slug=slug,
        but=but,
    )
    return unique(slug, {row["slug"] for row in taken})


async def _check_tree(session: AsyncSession, center: str) -> None:
    found = await rows(
        session, "SELECT id, parent_id, name FROM article_categories WHERE center = %(center)s", center=center
    )
    parents = {row["id"]: row["parent_id"] for row in found}
    for row in found:
        depth, at = 1, row["parent_id"]
        while at is not None:
            if at not in parents:
                raise Invalid.field("parent_id", "The topic above must belong to the same context.")
            depth, at = depth + 1, parents[at]
            if depth > MAX_DEPTH:
                raise Invalid.field(
                    "parent_id", f"A topic cannot lie within itself, nor more than {MAX_DEPTH} levels deep."
                )
