from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class HistoryLine(BaseModel):
    """An earlier message; `role` as chat clients name it, or `sender` as our threads do."""

    role: str | None = None
    sender: str | None = None
    content: str | None = Field(None, max_length=20_000)
    message: str | None = Field(None, max_length=20_000)

    def said(self) -> dict[str, str]:
        who = (self.role or self.sender or "customer").lower()
        names = {"user": "customer", "customer": "customer", "assistant": "ai", "ai": "ai"}
        return {"who": names.get(who, "agent"), "text": self.content or self.message or ""}


class Ask(BaseModel):
    question: Text
    context: str | None = Field(None, max_length=200)
    subject: str | None = Field(None, max_length=300)
    history: list[HistoryLine | str] | None = None

    @field_validator("question")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("Please write a question.")
        return value

    def request(self) -> dict[str, Any]:
        lines = [
            {"who": "customer", "text": h} if isinstance(h, str) else h.said() for h in self.history or []
        ]
        return {
            "question": self.question, "context": (self.context or "").strip() or None, "subject": self.subject,
            "history": [line for line in lines if line["text"].strip()][-40:],
        }  # fmt: skip


class Citation(BaseModel):
    article_id: UUID
    passage_id: UUID
    text: str
    title: str = ""


class Candidate(BaseModel):
    article_id: UUID
    title: str
    score: float
    words: float
    meaning: float


class Answer(BaseModel):
    """What the AI would say; `article_ids` are the cited articles, or, handed over, the nearest ones."""

    answer: str
    action: Literal["answered", "clarified", "handed_over"]
    confidence: float | None
    article_ids: list[UUID]
    citations: list[Citation]
    provider: str
    model: str
    reason: str | None
    threshold: float | None
    language: str
    query: str
    candidates: list[Candidate]
    features: list[float] | None
    draft: str | None
    steps: list[dict[str, Any]]
    input_tokens: int
    output_tokens: int
    cost: float
    milliseconds: int


class Redact(BaseModel):
    text: Annotated[str, Field(max_length=200_000)]
    context: str | None = Field(None, max_length=200)


class FindingRead(BaseModel):
    type: Literal["email", "phone", "card", "iban", "profanity"]
    start: int
    end: int


class RedactedText(BaseModel):
    text: str
    findings: list[FindingRead]


class RunRead(BaseModel):
    """One attempt of the AI to act, with what it saw and decided."""

    id: UUID
    created_at: datetime
    kind: str
    ticket_id: UUID | None
    ticket_number: int | None
    ticket_subject: str | None
    message_id: UUID | None
    asked_by: str | None
    context_key: str
    provider: str
    model: str
    prompt_version: str
    language: str
    query: str
    action: str
    reason: str | None
    confidence: float | None
    threshold: float | None
    features: dict[str, float] | None
    candidates: list[Candidate]
    citations: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    draft: str | None
    input_tokens: int
    output_tokens: int
    cost: float
    milliseconds: int
    was_useful: bool | None


class Runs(BaseModel):
    runs: list[RunRead]


class SettingsWrite(BaseModel):
    """What an owner sets for a context, or, without one, for all. Null goes back to the default."""

    model_config = ConfigDict(extra="forbid")

    is_enabled: bool | None = None
    provider: Literal["embedded", "openai"] | None = None
    base_url: str | None = Field(None, max_length=500)
    model: str | None = Field(None, max_length=200)
    api_key: str | None = Field(
        None, max_length=500, description="Written, never read back; an empty text removes it."
    )
    embedding_base_url: str | None = Field(None, max_length=500)
    embedding_model: str | None = Field(None, max_length=200)
    embedding_api_key: str | None = Field(None, max_length=500)
    tone: str | None = Field(None, max_length=300)
    target_precision: Annotated[float, Field(ge=0.5, le=0.999)] | None = None
    threshold: Share | None = None
    per_window: Annotated[int, Field(ge=0, le=1000)] | None = None
    window_seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None
    per_customer_day: Annotated[int, Field(ge=0, le=100_000)] | None = None
    per_day: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    daily_budget: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    input_price: Annotated[float, Field(ge=0, le=10_000)] | None = None
    output_price: Annotated[float, Field(ge=0, le=10_000)] | None = None
    extra_words: list[Annotated[str, Field(min_length=2, max_length=60)]] | None = Field(None, max_length=500)


class SettingsRead(BaseModel):
    """What is set, what is in force, and what was learnt."""

    context: str | None
    is_enabled: bool | None
    provider: str | None
    base_url: str | None
    model: str | None
    has_api_key: bool
    embedding_base_url: str | None
    embedding_model: str | None
    has_embedding_api_key: bool
    tone: str | None
    target_precision: float | None
    threshold: float | None
    per_window: int | None
    window_seconds: int | None
    per_customer_day: int | None
    per_day: int | None
    daily_budget: float | None
    input_price: float | None
    output_price: float | None
    extra_words: list[str] | None
    effective: "Effective"


class Effective(BaseModel):
    """What holds at this moment."""

    is_enabled: bool
    provider: str
    provider_source: Literal["screen", "environment", "none"]
    model: str
    base_url: str
    tone: str
    target_precision: float
    threshold: float
    per_window: int
    window_seconds: int
    per_customer_day: int
    per_day: int
    daily_budget: float
    spent_today: float
    answers_today: int
    input_price: float
    output_price: float
    extra_words: list[str]
    embedding_model: str
    articles: int
    articles_embedded: int
    languages: dict[str, int]
    meaning_languages: list[str]


class ProviderTest(BaseModel):
    """An endpoint to try before it is saved; an absent key means the stored one."""

    model_config = ConfigDict(extra="forbid")

    base_url: str | None = Field(None, max_length=500)
    model: str | None = Field(None, max_length=200)
    api_key: str | None = Field(None, max_length=500)
    embedding_model: str | None = Field(None, max_length=200)


class ProviderTested(BaseModel):
    success: bool
    message: str
    milliseconds: int
    model: str
    reply: str = ""


class BinRead(BaseModel):
    low: float
    high: float
    count: int
    promised: float
    true: float


class PointRead(BaseModel):
    threshold: float
    coverage: float
    precision: float


class Calibration(BaseModel):
    """How honest the confidence is here, and what each threshold would do."""

    outcomes: int
    needed: int
    is_own: bool
    calibration_error: float | None
    threshold: float
    target_precision: float
    bins: list[BinRead]
    curve: list[PointRead]
    fitted_at: datetime | None


class OutcomeWrite(BaseModel):
    """An agent's judgement of a run: was the first article the right one?"""

    model_config = ConfigDict(extra="forbid")

    is_right: bool
    article_id: UUID | None = None


class Done(BaseModel):
    success: bool = True
    message: str = ""


class ArticleToMend(BaseModel):
    article_id: UUID
    title: str
    ratings: int
    average: float
    reopened: int
    suspicious: list[str]


class ArticlesToMend(BaseModel):
    articles: list[ArticleToMend]
