from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(Event):
    """An article became readable; its passages are written."""

    kind = "article.published"
    article_id: UUID


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(Event):
    """A published article changed; `fields` says in what. With title or body, its passages are new."""

    kind = "article.changed"
    article_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleArchived(Event):
    """An article is no longer readable: archived, taken back to draft, or deleted."""

    kind = "article.archived"
    article_id: UUID
    is_deleted: bool = False


@dataclass(frozen=True)
class RefreshSearchWords(JobRequest):
    """Count anew in how many articles each word stands."""

    retries: ClassVar[int] = 0

    @property
    def once(self) -> str | None:
        return "refresh_search_words"


@dataclass(frozen=True, kw_only=True)
class TopicChanged(Event):
    """A topic was added, changed, moved or deleted."""

    kind = "topic.changed"
    category_id: UUID
    change: str


@dataclass(frozen=True, kw_only=True)
class SynonymsChanged(Event):
    """Words that mean the same were added, changed, deleted, or switched on or off."""

    kind = "synonyms.changed"
    change: str
    words: tuple[str, ...]
