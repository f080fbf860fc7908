from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, SmallInteger, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, DOUBLE_PRECISION, JSONB, REAL
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class Provider(StrEnum):
    """Who writes the answers: the knowledge base itself, or a model behind an OpenAI-compatible endpoint."""

    EMBEDDED = "embedded"
    OPENAI = "openai"


class AiSettings(Record, Base):
    """What an owner set for one context; the row with the empty key holds the defaults of all. Null: not set."""

    __tablename__ = "ai_settings"

    context_key: Mapped[str] = mapped_column(Text, unique=True, server_default="")
    context: Mapped[str | None] = mapped_column(Text)
    is_enabled: Mapped[bool | None]
    provider: Mapped[Provider | None] = mapped_column(text_enum(Provider))
    base_url: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(Text)
    api_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    embedding_base_url: Mapped[str | None] = mapped_column(Text)
    embedding_model: Mapped[str | None] = mapped_column(Text)
    embedding_api_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    tone: Mapped[str | None] = mapped_column(Text)
    target_precision: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    threshold: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    """The owner's own; null lets the target precision decide."""
    per_window: Mapped[int | None]
    window_seconds: Mapped[int | None]
    per_customer_day: Mapped[int | None]
    per_day: Mapped[int | None]
    daily_budget: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    input_price: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    output_price: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    """Of a million tokens, in the owner's currency."""
    extra_words: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    """Words the profanity filter takes out besides its own."""
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Run(Record, Base):
    """One attempt of the AI to act, with what it saw and decided, kept for inspection."""

    __tablename__ = "ai_runs"

    kind: Mapped[str] = mapped_column(Text)
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    message_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("messages.id", ondelete="SET NULL"), index=True
    )
    """The message it wrote, if any."""
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """The agent who asked the co-pilot."""
    context_key: Mapped[str] = mapped_column(Text, server_default="")
    provider: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text, server_default="")
    prompt_version: Mapped[str] = mapped_column(Text, server_default="")
    language: Mapped[str] = mapped_column(Text, server_default="")
    query: Mapped[str] = mapped_column(Text, server_default="")
    action: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    threshold: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    features: Mapped[list[float] | None] = mapped_column(ARRAY(DOUBLE_PRECISION))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    signals: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What words and meaning said of the best articles, so that their shares can be weighed anew."""
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    """What happened, in order: searched, asked a model, failed a gate, fell back, was dropped."""
    draft: Mapped[str | None] = mapped_column(Text)
    input_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    output_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    cost: Mapped[float] = mapped_column(DOUBLE_PRECISION, server_default=text("0"))
    milliseconds: Mapped[int] = mapped_column(server_default=text("0"))
    was_useful: Mapped[bool | None]
    """Of a co-pilot's proposal: taken or dismissed."""

    __table_args__ = (
        Index("ai_runs_ticket_idx", "ticket_id", text("id DESC")),
        Index("ai_runs_recent_idx", text("created_at DESC")),
        Index(
            "ai_runs_customer_idx",
            "customer_id",
            text("created_at DESC"),
            postgresql_where=text("kind = 'answer'"),
        ),
    )


class ArticleIndex(Base):
    """A searchable article: its length in terms, and whether its vectors are up to date."""

    __tablename__ = "article_index"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    length: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    """Counts the changes of its text; vectors of an older one are replaced when the new ones are ready."""
    suspicious: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """Lines that try to instruct a model; kept from prompts, shown to the author."""
    rules: Mapped[int] = mapped_column(server_default=text("1"))
    """By which rules its text was cut into terms; older ones are indexed anew."""


class ArticleTerm(Base):
    """How often a term stands in an article: the postings of BM25."""

    __tablename__ = "article_terms"

    term: Mapped[str] = mapped_column(Text, primary_key=True)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    count: Mapped[int] = mapped_column(SmallInteger)


class ArticleVector(Base):
    """The meaning of a title, a passage with its title, or a sentence. Vectors of two models may live side by side."""

    __tablename__ = "article_vectors"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    model_id: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    passage: Mapped[int | None]
    """The position of the passage in its article."""
    text: Mapped[str | None] = mapped_column(Text)
    """The sentence, word for word."""
    vector: Mapped[Any] = mapped_column(HALFVEC())


class Embedding(Base):
    """Which version of an article has its vectors by which model."""

    __tablename__ = "article_embeddings"

    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    model_id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    strange: Mapped[float | None] = mapped_column(REAL)
    """The share of its words that the shipped model knows only in pieces."""


class KnowledgeBackground(Base):
    """How near questions come in a context that none of its articles answers: the confidence counts against it."""

    __tablename__ = "ai_backgrounds"

    context_key: Mapped[str] = mapped_column(Text, primary_key=True)
    """Empty: all contexts together."""
    model_id: Mapped[str] = mapped_column(Text, primary_key=True)
    articles: Mapped[int]
    versions: Mapped[int] = mapped_column(BigInteger)
    """Sum of the versions of the articles it was measured on: whether any of them has changed."""
    cosine: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    spread: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    nearest: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    lead: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    measured_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class TicketVector(Base):
    """The meaning of a ticket's subject and first message, to find similar ones."""

    __tablename__ = "ticket_vectors"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    model_id: Mapped[str] = mapped_column(Text, primary_key=True)
    vector: Mapped[Any] = mapped_column(HALFVEC())


class Outcome(Record, Base):
    """What became of a search: whether the first article was the one that solved it."""

    __tablename__ = "ai_outcomes"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("ai_runs.id", ondelete="CASCADE"), unique=True)
    context_key: Mapped[str] = mapped_column(Text, index=True)
    features: Mapped[list[float]] = mapped_column(ARRAY(DOUBLE_PRECISION))
    confidence: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    """The article that solved it, where one did."""
    is_right: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    """How we know: rated, linked, closed, reopened, judged."""


class ConfidenceModel(Record, Base):
    """Thirteen numbers of a context's own, and what they reach; the newest one of a context counts."""

    __tablename__ = "ai_confidence_models"

    context_key: Mapped[str] = mapped_column(Text, index=True)
    weights: Mapped[list[float]] = mapped_column(ARRAY(DOUBLE_PRECISION))
    intercept: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    word_share: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    """Null: too few solved questions to say; the articles' own words decide."""
    outcomes: Mapped[int]
    calibration_error: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    threshold: Mapped[float] = mapped_column(DOUBLE_PRECISION)
    target_precision: Mapped[float] = mapped_column(DOUBLE_PRECISION)


class Question(Record, Base):
    """A question a web request waits for; deleted when its answer was read, or swept."""

    __tablename__ = "ai_questions"

    kind: Mapped[str] = mapped_column(Text)
    request: Mapped[dict[str, Any]] = mapped_column(JSONB)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[str | None] = mapped_column(Text)
