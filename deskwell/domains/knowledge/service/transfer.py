"""Articles in from a folder of Markdown, and out again without losing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from deskwell.core.actor import Actor
from deskwell.core.db import execute, rows
from deskwell.core.errors import Problem

from ..logic import archive, front_matter
from ..logic.places import center_of
from ..logic.slugs import slugify
from ..models import Article, ArticleCategory, ArticleImage, ArticleStatus, Visibility
from ..queries.reading import image_url
from .categories import add_category
from .images import add_image
from .writing import change_article, write_article


@dataclass
class Report:
    """What an import did; `problems` names files that were left out, and why."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


async def import_files(
    session: AsyncSession, actor: Actor, files: Mapping[str, bytes], *, context: str | None = None
) -> Report:
    """Import Markdown files by their paths. Repeating an import changes nothing; a changed file changes its article."""
    report = Report()
    known = {path: content for name, content in files.items() if (path := archive.normal_path(name))}
    importer = _Importer(session, actor, known, context)
    await importer.read_topics()
    for path in sorted(known):
        if path.lower().endswith((".md", ".markdown")) and not path.lower().endswith("readme.md"):
            try:
                async with session.begin_nested():
                    outcome = await importer.article(path)
            except (Problem, front_matter.FrontMatterError, UnicodeDecodeError, ValueError) as error:
                report.problems.append(f"{path}: {getattr(error, 'detail', None) or _said(error)}")
                continue
            setattr(report, outcome, getattr(report, outcome) + 1)
    return report


def _said(error: Exception) -> str:
    return "It is not UTF-8 text." if isinstance(error, UnicodeDecodeError) else str(error)


class _Importer:
    def __init__(
        self, session: AsyncSession, actor: Actor, files: Mapping[str, bytes], context: str | None
    ) -> None:
        self.session, self.actor, self.files, self.context = session, actor, files, context
        self.topics: dict[tuple[str, tuple[str, ...]], UUID] = {}
        self.described: dict[tuple[str, ...], dict[str, Any]] = {}

    async def read_topics(self) -> None:
        """Descriptions and order of topics, from `topics.yaml`; empty topics come back, too."""
        raw = self.files.get(archive.TOPICS_FILE)
        for entry in (front_matter.load_yaml(raw) or []) if raw else []:
            if isinstance(entry, dict) and entry.get("path"):
                path = tuple(str(part) for part in entry["path"])
                self.described[path] = entry
                context = entry.get("context") or self.context
                await self.topic(context, list(path))

    async def topic(self, context: str | None, names: list[str]) -> UUID | None:
        parent: UUID | None = None
        center = center_of(context)
        for depth in range(1, len(names) + 1):
            path = tuple(names[:depth])
            if (center, path) not in self.topics:
                self.topics[center, path] = await self._find_or_add_topic(context, parent, path)
            parent = self.topics[center, path]
        return parent

    async def _find_or_add_topic(
        self, context: str | None, parent: UUID | None, path: tuple[str, ...]
    ) -> UUID:
        query = select(ArticleCategory.id).where(
            ArticleCategory.center == center_of(context),
            ArticleCategory.parent_id.is_not_distinct_from(parent),
            ArticleCategory.name == path[-1],
        )
        known = (await self.session.scalars(query.limit(1))).one_or_none()
        if known:
            return known
        facts = self.described.get(path, {})
        category = await add_category(
            self.session,
            self.actor,
            name=path[-1],
            context=context,
            parent_id=parent,
            description=str(facts.get("description") or ""),
            icon=str(facts.get("icon") or ""),
        )
        if isinstance(facts.get("position"), int):
            category.position = facts["position"]
        return category.id

    async def article(self, path: str) -> str:
        data, raw = front_matter.split(self.files[path].decode("utf-8"))
        title, body = front_matter.title_and_body(data, raw, file_name=PurePosixPath(path).name)
        context = (
            str(data["context"]) if data.get("context") else (None if "context" in data else self.context)
        )
        body = await self._with_pictures(body, path)
        values: dict[str, Any] = {
            "title": title,
            "body": body,
            "context": context,
            "summary": str(data.get("summary") or ""),
            "status": ArticleStatus(str(data.get("status") or "published")),
            "visibility": Visibility(str(data.get("visibility") or "public")),
            "tags": archive.words_of(data.get("tags")),
            "keywords": archive.words_of(data.get("keywords")),
            "is_featured": bool(data.get("featured")),
            "is_pinned": bool(data.get("pinned")),
            "category_id": await self.topic(context, archive.topic_names(data, path)),
        }
        slug = slugify(str(data.get("slug") or PurePosixPath(path).stem))
        known = await self._find(data, center_of(context), slug)
        if known is None:
            article = await write_article(self.session, self.actor, slug=slug, **values)
            await self._backdate(article, data)
            return "created"
        if all(getattr(known, key) == value for key, value in values.items()) and known.slug == slug:
            return "unchanged"
        await change_article(self.session, self.actor, known, slug=slug, note="Imported", **values)
        return "changed"

    async def _find(self, data: dict[str, Any], center: str, slug: str) -> Article | None:
        if data.get("id"):
            try:
                known = await self.session.get(Article, UUID(str(data["id"])))
            except ValueError:
                known = None
            if known:
                return known
        query = select(Article).where(Article.center == center, Article.slug == slug)
        return (await self.session.scalars(query)).one_or_none()

    async def _with_pictures(self, body: str, path: str) -> str:
        addresses: dict[str, str] = {}
        for address, inside in archive.local_images(body, path).items():
            if inside in self.files:
                image = await add_image(self.session, self.actor, name=inside, content=self.files[inside])
                addresses[address] = image_url(image.id, image.name)
        return archive.with_addresses(body, addresses)

    async def _backdate(self, article: Article, data: dict[str, Any]) -> None:
        for key in ("created_at", "updated_at", "published_at"):
            if moment := archive.moment_of(data.get(key)):
                setattr(article, key, moment)
        await self.session.flush()
        for slug in archive.words_of(data.get("redirects")):
            await execute(
                self.session,
                """INSERT INTO article_redirects (center, slug, article_id) VALUES (%(center)s, %(slug)s, %(id)s)
                   ON CONFLICT DO NOTHING""",
                center=article.center,
                slug=slug,
                id=article.id,
            )


async def export_files(session: AsyncSession) -> dict[str, bytes]:
    """All articles as Markdown with front matter, their pictures and the tree of topics, by path."""
    topics = {row["id"]: row for row in await rows(session, _TOPICS)}
    files: dict[str, bytes] = {}
    wanted: dict[str, None] = {}
    for article in await session.scalars(select(Article).order_by(Article.center, Article.slug)):
        path = _path(article, topics, files)
        images = archive.own_images(article.body)
        wanted.update(dict.fromkeys(images))
        body = archive.with_relative_images(article.body, path, images)
        files[path] = front_matter.join(await _facts(session, article, topics), body).encode()
    for image in await _images(session, list(wanted)):
        files[archive.image_path(str(image.id), image.name)] = image.content
    if topics:
        listed = [_topic_facts(row, topics) for row in topics.values()]
        files[archive.TOPICS_FILE] = yaml.safe_dump(listed, sort_keys=False, allow_unicode=True).encode()
    return files


_TOPICS = """
SELECT id, name, slug, context, center, parent_id, description, icon, position
FROM article_categories ORDER BY center, position, name
"""


def _trail(topic_id: UUID | None, topics: dict[UUID, dict[str, Any]]) -> list[dict[str, Any]]:
    trail: list[dict[str, Any]] = []
    while topic_id in topics:
        trail.insert(0, topics[topic_id])
        topic_id = topics[topic_id]["parent_id"]
    return trail


def _path(article: Article, topics: dict[UUID, dict[str, Any]], taken: Mapping[str, bytes]) -> str:
    folders = [topic["slug"] for topic in _trail(article.category_id, topics)]
    path = "/".join([article.center, *folders, f"{article.slug}.md"])
    return path if path not in taken else path.removesuffix(".md") + f"-{article.id}.md"


def _topic_facts(row: dict[str, Any], topics: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    facts = {
        "path": [topic["name"] for topic in _trail(row["id"], topics)],
        "context": row["context"],
        "description": row["description"],
        "icon": row["icon"],
        "position": row["position"],
    }
    return {key: value for key, value in facts.items() if value not in (None, "")}


async def _facts(
    session: AsyncSession, article: Article, topics: dict[UUID, dict[str, Any]]
) -> dict[str, Any]:
    redirects = await rows(
        session, "SELECT slug FROM article_redirects WHERE article_id = %(id)s AND center = %(center)s ORDER BY slug",
        id=article.id, center=article.center,
    )  # fmt: skip
    return {
        "title": article.title,
        "id": str(article.id),
        "slug": article.slug,
        "context": article.context or "",
        "category": [topic["name"] for topic in _trail(article.category_id, topics)] or None,
        "summary": article.summary or None,
        "status": article.status.value,
        "visibility": article.visibility.value,
        "tags": article.tags or None,
        "keywords": article.keywords or None,
        "featured": article.is_featured or None,
        "pinned": article.is_pinned or None,
        "redirects": [row["slug"] for row in redirects] or None,
        "created_at": article.created_at.isoformat(),
        "updated_at": article.updated_at.isoformat(),
        "published_at": article.published_at.isoformat() if article.published_at else None,
    }


async def _images(session: AsyncSession, ids: list[str]) -> list[ArticleImage]:
    if not ids:
        return []
    query = select(ArticleImage).where(ArticleImage.id.in_([UUID(found) for found in ids]))
    return list(await session.scalars(query.options(undefer(ArticleImage.content))))
