from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Computed,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class ArticleStatus(StrEnum):
    """Drafts are seen by staff only; archived articles keep their address for staff and answer readers with 404."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Visibility(StrEnum):
    """Who may read a published article: anybody, or staff."""

    PUBLIC = "public"
    INTERNAL = "internal"


class ArticleCategory(Record, Base):
    """A topic of a help center; topics form a tree."""

    __tablename__ = "article_categories"

    context: Mapped[str | None] = mapped_column(Text)
    center: Mapped[str] = mapped_column(Text)
    """The help center it belongs to: the context's name as an address, or `general`."""
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("article_categories.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    icon: Mapped[str] = mapped_column(Text, server_default="")
    position: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (UniqueConstraint("center", "slug"),)


_SEARCH = """
setweight(to_tsvector('knowledge_english'::regconfig, title), 'A') ||
setweight(to_tsvector('knowledge_english'::regconfig, keyword_text), 'B') ||
setweight(to_tsvector('knowledge_english'::regconfig, heading_text), 'C') ||
setweight(to_tsvector('knowledge_english'::regconfig, body_text), 'D')
"""


class Article(Record, Base):
    """A page of the knowledge base. `body` is Markdown; what readers see of it is rendered when it is saved."""

    __tablename__ = "articles"

    context: Mapped[str | None] = mapped_column(Text)
    """The brand it belongs to; None for all of them."""
    context_key: Mapped[str] = mapped_column(Text, server_default="")
    center: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, server_default="")
    status: Mapped[ArticleStatus] = mapped_column(text_enum(ArticleStatus))
    visibility: Mapped[Visibility] = mapped_column(text_enum(Visibility))
    category_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("article_categories.id", ondelete="SET NULL"), index=True
    )
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    keywords: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """Words readers may use for it that the text does not contain."""
    is_featured: Mapped[bool] = mapped_column(server_default=text("false"))
    is_pinned: Mapped[bool] = mapped_column(server_default=text("false"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    from_ticket_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tickets.id", ondelete="SET NULL"), index=True
    )

    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What was autosaved and is not yet saved; readers never see it."""
    draft_saved_at: Mapped[datetime | None]

    body_html: Mapped[str] = mapped_column(Text, server_default="")
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    renderer: Mapped[int] = mapped_column(server_default=text("0"))
    excerpt: Mapped[str] = mapped_column(Text, server_default="")
    body_text: Mapped[str] = mapped_column(Text, server_default="")
    heading_text: Mapped[str] = mapped_column(Text, server_default="")
    keyword_text: Mapped[str] = mapped_column(Text, server_default="")
    search: Mapped[str] = mapped_column(TSVECTOR, Computed(_SEARCH, persisted=True), deferred=True)

    __table_args__ = (
        UniqueConstraint("center", "slug"),
        Index("articles_search_idx", "search", postgresql_using="gin"),
        Index(
            "articles_title_idx",
            text("to_tsvector('knowledge_english'::regconfig, title)"),
            postgresql_using="gin",
        ),
        Index(
            "articles_title_trgm_idx",
            "title",
            postgresql_using="gin",
            postgresql_ops={"title": "gin_trgm_ops"},
        ),
        Index("articles_tags_idx", "tags", postgresql_using="gin"),
        Index("articles_shown_idx", "center", "category_id", postgresql_where=text("status = 'published'")),
        Index("articles_updated_idx", text("updated_at DESC")),
    )


class ArticleVersion(Record, Base):
    """A text an article once had; number 1 is the first."""

    __tablename__ = "article_versions"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, server_default="")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, server_default="")

    __table_args__ = (UniqueConstraint("article_id", "number"),)


class Passage(Record, Base):
    """The piece of a published article that is searched, quoted and cited."""

    __tablename__ = "passages"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    position: Mapped[int]
    heading_path: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    anchor: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("article_id", "position"),)


class ArticleRedirect(Base):
    """An address an article once had."""

    __tablename__ = "article_redirects"

    center: Mapped[str] = mapped_column(Text, primary_key=True)
    slug: Mapped[str] = mapped_column(Text, primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class ArticleImage(Record, Base):
    """A picture in an article. Kept in the database: few, small, and in the same transaction and backup as the text."""

    __tablename__ = "article_images"

    name: Mapped[str] = mapped_column(Text)
    mime_type: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    digest: Mapped[str] = mapped_column(Text, index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ArticleFeedback(Record, Base):
    """Helpful or not: one word of each person on each article, the last one counts."""

    __tablename__ = "article_feedback"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    person: Mapped[str] = mapped_column(Text)
    """A keyed digest: tells two people apart, and nothing about them."""
    is_helpful: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text, server_default="")
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (UniqueConstraint("article_id", "person"),)


class ArticleViews(Base):
    """How often an article was opened on a day (UTC)."""

    __tablename__ = "article_views"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(server_default=text("1"))


class ArticleSearch(Record, Base):
    """Words somebody searched for, and how many articles they found."""

    __tablename__ = "article_searches"

    center: Mapped[str] = mapped_column(Text, server_default="")
    query: Mapped[str] = mapped_column(Text)
    query_key: Mapped[str] = mapped_column(Text)
    results: Mapped[int]

    __table_args__ = (
        Index("article_searches_recent_idx", text("created_at DESC")),
        Index("article_searches_empty_idx", "query_key", postgresql_where=text("results = 0")),
    )


class ArticleDeflection(Record, Base):
    """Articles shown while somebody wrote a ticket; deflected when they read one and left without sending."""

    __tablename__ = "article_deflections"

    center: Mapped[str] = mapped_column(Text, server_default="")
    query: Mapped[str] = mapped_column(Text)
    shown: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    opened: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    was_sent: Mapped[bool]

    __table_args__ = (Index("article_deflections_recent_idx", text("created_at DESC")),)


class SearchWord(Base):
    """A word of the knowledge base, so that a slip of the finger finds what was meant."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(Text, primary_key=True)
    lexeme: Mapped[str] = mapped_column(Text, index=True)
    articles: Mapped[int] = mapped_column(server_default=text("1"))
    deletions: Mapped[list[str]] = mapped_column(ARRAY(Text))

    __table_args__ = (
        Index("search_words_deletions_idx", "deletions", postgresql_using="gin"),
        Index(
            "search_words_trgm_idx", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}
        ),
        Index("search_words_prefix_idx", "word", postgresql_ops={"word": "text_pattern_ops"}),
    )


class SynonymGroup(Record, Base):
    """Words and phrases that mean the same to the desk's customers; a built-in group stands here when it is left out."""

    __tablename__ = "synonym_groups"

    words: Mapped[list[str]] = mapped_column(ARRAY(Text))
    is_built_in: Mapped[bool] = mapped_column(server_default=text("false"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
