from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

How = Literal["rewrite", "shorten", "friendlier", "formal", "fix", "expand", "translate"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DraftWish(Strict):
    """What the draft should say, in the agent's words."""

    wish: Annotated[str, Field(max_length=1000)] = ""


class Change(Strict):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    how: How
    language: Annotated[str, Field(max_length=40)] = "English"


class Changed(BaseModel):
    text: str
    run_id: UUID


class Source(BaseModel):
    article_id: UUID
    title: str
    text: str = ""


class Summary(BaseModel):
    summary: str
    provider: str


class ArticleSuggestion(BaseModel):
    article_id: UUID
    title: str
    confidence: float
    excerpt: str
    url: str
    is_internal: bool


class TicketSuggestion(BaseModel):
    ticket_id: UUID
    number: int
    subject: str
    status: str
    similarity: float
    solution: str


class Guess(BaseModel):
    """A proposal with its probability; `id` where it names a category or tag."""

    id: UUID | None = None
    value: str
    probability: float


class Proposals(BaseModel):
    category: Guess | None
    tags: list[Guess]
    priority: Guess
    sentiment: Guess
    language: Guess


class Suggestions(BaseModel):
    """All that may help with a ticket; nothing of it is set by itself."""

    articles: list[ArticleSuggestion]
    tickets: list[TicketSuggestion]
    proposals: Proposals
    has_model: bool


class Used(Strict):
    """Whether a proposal was taken or dismissed; a linked article teaches the confidence."""

    kind: Literal[
        "draft", "change", "summary", "article", "ticket", "category", "tag", "priority", "language"
    ]
    was_useful: bool
    article_id: UUID | None = None
    run_id: UUID | None = None


class Done(BaseModel):
    success: bool = True
    message: str = ""


Result = dict[str, Any]
