from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskwell.core.pages import Pagination
from deskwell.core.text import Clean, OneLine

from .models import ArticleStatus, Visibility

Title = Annotated[OneLine, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Body = Annotated[Clean, Field(max_length=500_000)]
Summary = Annotated[OneLine, Field(max_length=500)]
Word = Annotated[OneLine, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Words = Annotated[list[Word], Field(max_length=50)]
ContextName = Annotated[OneLine, StringConstraints(strip_whitespace=True, max_length=120)]


class _Wire(BaseModel):
    """Calls of the fixed wire: unknown fields are ignored, null stands for the default."""

    model_config = ConfigDict(extra="ignore")


class ArticleCreate(_Wire):
    title: Title
    body: Body
    context: ContextName | None = None
    status: ArticleStatus | None = None
    visibility: Visibility | None = None
    category_id: UUID | None = None
    tags: Words | None = None
    keywords: Words | None = None
    summary: Summary | None = None
    slug: Annotated[OneLine, Field(max_length=120)] | None = None
    is_featured: bool | None = None
    is_pinned: bool | None = None
    from_ticket_id: UUID | None = None


class ArticleUpdate(_Wire):
    """Fields that are absent stay as they are; null empties those that may be empty."""

    title: Title | None = None
    body: Body | None = None
    context: ContextName | None = None
    status: ArticleStatus | None = None
    visibility: Visibility | None = None
    category_id: UUID | None = None
    tags: Words | None = None
    keywords: Words | None = None
    summary: Summary | None = None
    slug: Annotated[OneLine, Field(max_length=120)] | None = None
    is_featured: bool | None = None
    is_pinned: bool | None = None
    note: Annotated[OneLine, Field(max_length=200)] | None = None
    """What changed, for the list of versions."""
    expected_version: int | None = None


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[OneLine, Field(max_length=300)]
    body: Body
    summary: Summary = ""
    base_version: int
    """The version the writing started from."""


class ArticleRow(BaseModel):
    """An article as lists show it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    context: str | None
    status: ArticleStatus
    visibility: Visibility
    category_id: UUID | None
    category: str | None
    tags: list[str]
    slug: str
    url: str
    excerpt: str
    is_featured: bool
    is_pinned: bool
    version: int
    author: str | None
    has_draft: bool
    views: int
    helpful: int
    unhelpful: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


class ArticleRead(ArticleRow):
    body: str
    summary: str
    keywords: list[str]
    draft: dict[str, Any] | None
    draft_saved_at: datetime | None
    from_ticket_id: UUID | None


class ArticleAnswer(BaseModel):
    article: ArticleRead


class ArticleList(BaseModel):
    articles: list[ArticleRow]
    pagination: Pagination


class Done(BaseModel):
    success: bool = True
    message: str


class DraftSaved(BaseModel):
    saved_at: datetime


class VersionRow(BaseModel):
    number: int
    title: str
    note: str
    author: str | None
    created_at: datetime


class VersionRead(VersionRow):
    body: str
    summary: str


class Versions(BaseModel):
    versions: list[VersionRow]


class DiffPart(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: Literal["same", "added", "removed"]
    text: str


class DiffLine(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: Literal["same", "added", "removed", "changed"]
    before: int | None
    after: int | None
    parts: list[DiffPart]


class Diff(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    lines: list[DiffLine]
    added: int
    removed: int


class PreviewRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    body: Body


class HeadingRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    level: int
    text: str
    anchor: str


class Preview(BaseModel):
    html: str
    headings: list[HeadingRead]


class ImageRead(BaseModel):
    id: UUID
    name: str
    url: str
    width: int
    height: int
    markdown: str


class ImageAnswer(BaseModel):
    image: ImageRead


class FromTicket(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_id: UUID


class TextPart(BaseModel):
    text: str
    hit: bool


class FoundArticle(BaseModel):
    id: UUID
    title: str
    title_parts: list[TextPart]
    excerpt: str
    url: str
    visibility: Visibility


class Found(BaseModel):
    articles: list[FoundArticle]
    corrected: str | None = None


class TopicWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Title
    context: ContextName | None = None
    parent_id: UUID | None = None
    description: Summary = ""
    icon: Annotated[OneLine, Field(max_length=8)] = ""


class TopicRead(BaseModel):
    id: UUID
    name: str
    slug: str
    context: str | None
    parent_id: UUID | None
    description: str
    icon: str
    position: int
    url: str
    articles: int


class Topics(BaseModel):
    categories: list[TopicRead]


class TopicAnswer(BaseModel):
    success: bool = True
    category: TopicRead


class TopicPlace(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    parent_id: UUID | None
    position: Annotated[int, Field(ge=0, le=10_000)]


class TopicOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    places: Annotated[list[TopicPlace], Field(max_length=500)]


class DeflectionReport(BaseModel):
    """Sent once when somebody leaves the form for a new ticket, with or without sending it."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[Clean, Field(max_length=2000)]
    context: ContextName | None = None
    shown: Annotated[list[UUID], Field(max_length=50)]
    opened: Annotated[list[UUID], Field(max_length=50)]
    was_sent: bool


class FeedbackRead(BaseModel):
    is_helpful: bool
    comment: str
    version: int
    updated_at: datetime


class FeedbackList(BaseModel):
    feedback: list[FeedbackRead]


class SearchCount(BaseModel):
    query: str
    searches: int
    last_at: datetime


class DayCount(BaseModel):
    day: str
    searches: int
    without_result: int


class Insights(BaseModel):
    days: int
    searches: int
    without_result: int
    top: list[SearchCount]
    empty: list[SearchCount]
    by_day: list[DayCount]
    views: int
    helpful: int
    unhelpful: int
    suggestions_shown: int
    suggestions_opened: int
    deflected: int


class MendReason(BaseModel):
    code: Literal["unhelpful", "ai_rated_low", "stale", "comments"]
    text: str


class ToMend(ArticleRow):
    reasons: list[MendReason]
    comments: list[FeedbackRead]


class MendList(BaseModel):
    articles: list[ToMend]


class Gap(BaseModel):
    """A question nobody's article answers."""

    question: str
    source: Literal["search", "ticket"]
    times: int
    last_at: datetime
    ticket_id: UUID | None = None
    ticket_number: int | None = None
    context: str | None = None


class Gaps(BaseModel):
    gaps: list[Gap]


class ImportReport(BaseModel):
    created: int
    changed: int
    unchanged: int
    problems: list[str]


class SynonymGroupRead(BaseModel):
    """Words and phrases that mean the same; `id` is null for a group that comes with Deskwell."""

    id: UUID | None
    words: list[str]
    is_built_in: bool
    is_active: bool


class SynonymList(BaseModel):
    groups: list[SynonymGroupRead]


class SynonymWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str]


class SynonymSwitch(SynonymWrite):
    is_active: bool
