"""Writing articles: saved, versioned, published, archived, found under an address that never breaks."""

import re
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import execute, rows
from deskwell.core.errors import Invalid, NotFound
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.contexts.logic import context_key
from deskwell.domains.tickets.access import visible_to
from deskwell.domains.tickets.models import Ticket

from .. import queries
from ..errors import ArticleMoved
from ..events import ArticleArchived, ArticleChanged, ArticlePublished
from ..logic.markdown import RENDERER_VERSION, excerpt, plain_text, render
from ..logic.passages import passages
from ..logic.places import article_base, center_of
from ..logic.slugs import slugify, unique
from ..models import Article, ArticleRedirect, ArticleStatus, ArticleVersion, Passage, Visibility
from ..queries.reading import image_sizes
from .words import learn_words

EMPTY: dict[str, Any] = {
    "status": ArticleStatus.PUBLISHED,
    "visibility": Visibility.PUBLIC,
    "summary": "",
    "is_featured": False,
    "is_pinned": False,
}
_TEXT = frozenset({"title", "body", "summary"})
_INDEXED = _TEXT | {"keywords", "tags", "context", "visibility", "category_id", "slug"}


async def write_article(session: AsyncSession, actor: Actor, **values: Any) -> Article:
    """Write a new article; published unless told otherwise."""
    given = {key: value for key, value in values.items() if value is not None}
    wanted_slug = given.pop("slug", None)
    article = Article(id=new_id(), author_id=actor.user_id, version=1, **{**EMPTY, **given})
    article.tags, article.keywords = _words(given.get("tags")), _words(given.get("keywords"))
    await _place(session, article, given.get("context"), wanted_slug or article.title)
    await _check_category(session, article)
    await _render(session, article)
    article.created_at = article.updated_at = now()
    session.add(article)
    session.add(_version(article, actor, note=""))
    await session.flush()
    if article.status is ArticleStatus.PUBLISHED:
        await _publish(session, actor, article)
    elif article.status is ArticleStatus.ARCHIVED:
        article.archived_at = now()
    return article


async def change_article(
    session: AsyncSession,
    actor: Actor,
    article: Article,
    *,
    expected_version: int | None = None,
    note: str | None = None,
    **values: Any,
) -> Article:
    """Save an article. What is not given stays; a new title or body makes a version, and saving ends the draft.

    Raises:
        ArticleMoved: it has been saved by somebody else since `expected_version`.

    """
    await queries.get_article(session, article.id, lock=True)
    await session.refresh(article)
    if expected_version is not None and expected_version != article.version:
        raise ArticleMoved(
            f"This article was saved by somebody else meanwhile (version {article.version}). Compare before you save."
        )
    before = {key: getattr(article, key) for key in values if hasattr(article, key)}
    was = article.status
    await _assign(session, article, values)
    changed = tuple(key for key, old in before.items() if getattr(article, key) != old)
    if set(changed) & _TEXT:
        article.version += 1
        session.add(_version(article, actor, note=note or ""))
    if set(changed) & {"title", "body", "summary", "context", "keywords", "tags"}:
        await _render(session, article)
    if changed:
        article.updated_at = now()
    if article.draft is not None:
        article.draft = article.draft_saved_at = None
    await session.flush()
    await _announce(session, actor, article, was, changed)
    return article


async def _assign(session: AsyncSession, article: Article, values: dict[str, Any]) -> None:
    slug = values.pop("slug", None)
    moves = "context" in values and (values["context"] or None) != article.context
    retitled = (values.get("title") or article.title) != article.title
    context = values.pop("context", article.context)
    for key, value in values.items():
        if key in {"tags", "keywords"}:
            setattr(article, key, _words(value))
        elif key == "category_id" or value is not None:
            setattr(article, key, value)
    never_published = article.published_at is None
    if moves or (slug and slugify(slug) != article.slug) or (retitled and never_published and not slug):
        wanted = slug or (article.title if never_published else article.slug)
        await _place(session, article, context, wanted)
    if moves or "category_id" in values:
        await _check_category(session, article)


async def _announce(
    session: AsyncSession, actor: Actor, article: Article, was: ArticleStatus, changed: tuple[str, ...]
) -> None:
    is_shown = article.status is ArticleStatus.PUBLISHED
    if is_shown and was is not ArticleStatus.PUBLISHED:
        article.archived_at = None
        await _publish(session, actor, article)
    elif is_shown and changed:
        if set(changed) & _INDEXED:
            await _cut(session, article)
        await publish(session, ArticleChanged(actor=actor, article_id=article.id, fields=changed))
    elif not is_shown and was is ArticleStatus.PUBLISHED:
        article.archived_at = now() if article.status is ArticleStatus.ARCHIVED else None
        await session.execute(delete(Passage).where(Passage.article_id == article.id))
        await publish(session, ArticleArchived(actor=actor, article_id=article.id))
    await session.flush()


async def _publish(session: AsyncSession, actor: Actor, article: Article) -> None:
    article.published_at = article.published_at or now()
    await _cut(session, article)
    await publish(session, ArticlePublished(actor=actor, article_id=article.id))


async def _cut(session: AsyncSession, article: Article) -> None:
    """Write the passages anew, and teach the search its words."""
    await session.flush()
    await session.execute(delete(Passage).where(Passage.article_id == article.id))
    session.add_all(
        Passage(
            id=new_id(),
            article_id=article.id,
            position=position,
            heading_path=list(piece.heading_path),
            anchor=piece.anchor,
            text=piece.text,
        )
        for position, piece in enumerate(passages(article.title, article.body))
    )
    await session.flush()
    await learn_words(session, article.title, article.body_text, article.heading_text, article.keyword_text)


async def delete_article(session: AsyncSession, actor: Actor, article: Article) -> None:
    """Delete an article for good, with versions, feedback and figures."""
    await publish(session, ArticleArchived(actor=actor, article_id=article.id, is_deleted=True))
    await session.flush()
    await session.delete(article)
    await session.flush()


async def save_draft(
    session: AsyncSession,
    actor: Actor,
    article: Article,
    *,
    title: str,
    body: str,
    summary: str,
    base_version: int,
) -> Article:
    """Keep what is being written; readers go on seeing what was saved."""
    article.draft = {
        "title": title,
        "body": body,
        "summary": summary,
        "base_version": base_version,
        "by": actor.name,
        "by_id": str(actor.user_id) if actor.user_id else None,
    }
    article.draft_saved_at = now()
    await session.flush()
    return article


async def discard_draft(session: AsyncSession, article: Article) -> None:
    article.draft = article.draft_saved_at = None
    await session.flush()


async def restore_version(session: AsyncSession, actor: Actor, article: Article, number: int) -> Article:
    """Make an old text the current one; what stood there stays as a version."""
    old = await queries.get_version(session, article.id, number)
    return await change_article(
        session,
        actor,
        article,
        title=old.title,
        body=old.body,
        summary=old.summary,
        note=f"Restored version {number}",
    )


async def draft_from_ticket(session: AsyncSession, actor: Actor, ticket_id: UUID) -> Article:
    """Begin an article with a ticket's question and what the team answered; nobody's name goes along."""
    ticket = await session.scalar(
        visible_to(actor).where(Ticket.id == ticket_id, Ticket.trashed_at.is_(None))
    )
    if ticket is None:
        raise NotFound("There is no such ticket.")
    messages = await rows(
        session,
        """SELECT author, body FROM messages WHERE ticket_id = %(id)s AND NOT is_internal
           AND author IN ('customer', 'agent') ORDER BY position LIMIT 50""",
        id=ticket_id,
    )
    question = next((m["body"] for m in messages if m["author"] == "customer"), "")
    answers = [_without_greeting(m["body"]) for m in messages if m["author"] == "agent"]
    quoted = "\n".join(f"> {line}" for line in question.strip().splitlines())
    body = f"{quoted}\n\n## Answer\n\n" + "\n\n".join(answer for answer in answers if answer)
    return await write_article(
        session,
        actor,
        title=ticket.subject[:300],
        body=body,
        context=ticket.context,
        status=ArticleStatus.DRAFT,
        from_ticket_id=ticket_id,
    )


_GREETING = re.compile(
    r"\A(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!\n]{0,40}[,.!]\s*", re.IGNORECASE
)


def _without_greeting(text: str) -> str:
    bare = _GREETING.sub("", text.strip())
    return bare[:1].upper() + bare[1:]


async def _place(session: AsyncSession, article: Article, context: str | None, wanted: str) -> None:
    """Settle help center and address; the old address leads to the new one once readers may know it."""
    known = await contexts.find_context(session, context) if context else None
    context = (known.name if known else (context or "").strip()) or None
    center, slug = center_of(context), slugify(wanted)
    await execute(
        session, "SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", k=f"article-slug:{center}:{slug}"
    )
    slug = unique(slug, await queries.taken_slugs(session, center, slug, but=article.id))
    old = (article.center, article.slug)
    article.context, article.context_key = context, context_key(context) if context else ""
    article.center, article.slug = center, slug
    if article.published_at is not None and old != (center, slug):
        await session.merge(ArticleRedirect(center=old[0], slug=old[1], article_id=article.id))
        await session.flush()
    await execute(
        session, "DELETE FROM article_redirects WHERE center = %(c)s AND slug = %(s)s", c=center, s=slug
    )


async def _check_category(session: AsyncSession, article: Article) -> None:
    if article.category_id is None:
        return
    category = await queries.get_category(session, article.category_id)
    if category.center != article.center:
        raise Invalid.field(
            "category_id", f"The topic “{category.name}” belongs to another context than the article."
        )


_IMAGE = re.compile(r"/help/images/([0-9a-f-]{36})/")


async def _render(session: AsyncSession, article: Article) -> None:
    ids = [UUID(found) for found in dict.fromkeys(_IMAGE.findall(article.body))][:200]
    result = render(
        article.body,
        link_base=article_base(article.center),
        image_sizes=await image_sizes(session, ids),
    )
    article.body_html, article.renderer = result.html, RENDERER_VERSION
    article.headings = [asdict(heading) for heading in result.headings]
    article.excerpt = article.summary or excerpt(article.body)
    article.body_text = plain_text(article.body)
    article.heading_text = " ".join([article.summary, *(heading.text for heading in result.headings)])
    article.keyword_text = " ".join([*article.keywords, *article.tags])


def _version(article: Article, actor: Actor, *, note: str) -> ArticleVersion:
    return ArticleVersion(
        id=new_id(),
        article_id=article.id,
        number=article.version,
        title=article.title,
        body=article.body,
        summary=article.summary,
        author_id=actor.user_id,
        note=note,
    )


def _words(given: list[str] | None) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in given or () if word.strip()))
