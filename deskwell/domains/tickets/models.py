from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class Status(StrEnum):
    """Open until a human takes it, closed when it is settled."""

    OPEN = "open"
    HUMAN_ASSIGNED = "human_assigned"
    CLOSED = "closed"


class Party(StrEnum):
    """Whom a ticket waits for: whoever did not write the last public message."""

    CUSTOMER = "customer"
    AGENT = "agent"


class Priority(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


class Source(StrEnum):
    WEB = "web"
    EMAIL = "email"
    API = "api"
    CHAT = "chat"
    PHONE = "phone"
    SOCIAL = "social"


class Author(StrEnum):
    """Who wrote a message. On the wire an agent is called `admin`."""

    CUSTOMER = "customer"
    AI = "ai"
    AGENT = "agent"
    SYSTEM = "system"


class TurnState(StrEnum):
    """What became of a customer's message (design: turns)."""

    WAITING = "waiting"
    LIMITED = "limited"
    ANSWERED = "answered"
    CLARIFIED = "clarified"
    HANDED_OVER = "handed_over"
    PERSON = "person"
    FAILED = "failed"


PENDING_TURNS = (TurnState.WAITING, TurnState.LIMITED)


RANK = "CASE priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END"
"""Priorities as numbers, for lists that sort by them."""


class Ticket(Record, Base):
    """A customer's request. Lists sort by the columns kept here; each change of one is a fact in the log."""

    __tablename__ = "tickets"

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=1001), unique=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    context: Mapped[str] = mapped_column(Text)
    context_key: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    subject_key: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(text_enum(Status), default=Status.OPEN)
    waiting_for: Mapped[Party] = mapped_column(text_enum(Party), default=Party.AGENT)
    priority: Mapped[Priority] = mapped_column(text_enum(Priority), default=Priority.MEDIUM)
    source: Mapped[Source] = mapped_column(text_enum(Source), default=Source.WEB)
    language: Mapped[str | None] = mapped_column(Text)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"))
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id", ondelete="SET NULL"))
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    last_position: Mapped[int] = mapped_column(server_default=text("0"))
    message_count: Mapped[int] = mapped_column(server_default=text("0"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    last_message_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    last_customer_message_at: Mapped[datetime | None]
    last_response_at: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]
    first_ai_response_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    escalation_reason: Mapped[str | None] = mapped_column(Text)
    snoozed_until: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))

    sla_id: Mapped[UUID | None]
    first_response_due_at: Mapped[datetime | None]
    resolution_due_at: Mapped[datetime | None]
    next_due_at: Mapped[datetime | None]
    sla_state: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("tickets_customer_idx", "customer_id", text("id DESC")),
        Index(
            "tickets_assignee_idx",
            "assignee_id",
            text("updated_at DESC"),
            postgresql_where=text("trashed_at IS NULL"),
        ),
        Index(
            "tickets_status_idx",
            "status",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("trashed_at IS NULL"),
        ),
        Index(
            "tickets_recent_idx",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("trashed_at IS NULL"),
        ),
        Index(
            "tickets_team_idx",
            "team_id",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("team_id IS NOT NULL"),
        ),
        Index(
            "tickets_active_idx",
            "assignee_id",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("trashed_at IS NULL AND status IN ('open', 'human_assigned')"),
        ),
        Index(
            "tickets_queue_idx",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("trashed_at IS NULL AND status = 'human_assigned' AND assignee_id IS NULL"),
        ),
        Index(
            "tickets_active_sla_idx",
            "sla_state",
            postgresql_where=text("trashed_at IS NULL AND status IN ('open', 'human_assigned')"),
        ),
        Index(
            "tickets_active_rank_idx",
            text(f"({RANK})"),
            "id",
            postgresql_where=text("trashed_at IS NULL AND status IN ('open', 'human_assigned')"),
        ),
        Index(
            "tickets_active_due_idx",
            text("coalesce(next_due_at, 'infinity'::timestamptz)"),
            "id",
            postgresql_where=text("trashed_at IS NULL AND status IN ('open', 'human_assigned')"),
        ),
        Index(
            "tickets_context_idx",
            "context_key",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("trashed_at IS NULL"),
        ),
        Index(
            "tickets_category_idx",
            "category_id",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("category_id IS NOT NULL"),
        ),
        Index("tickets_created_idx", "created_at", postgresql_using="brin"),
        Index("tickets_due_idx", "next_due_at", postgresql_where=text("next_due_at IS NOT NULL")),
        Index("tickets_snoozed_idx", "snoozed_until", postgresql_where=text("snoozed_until IS NOT NULL")),
        Index("tickets_trashed_idx", "trashed_at", postgresql_where=text("trashed_at IS NOT NULL")),
        Index(
            "tickets_continue_idx",
            "customer_id",
            "context_key",
            "subject_key",
            postgresql_where=text("status <> 'closed'"),
        ),
    )


class Message(Record, Base):
    """One entry of a thread, in the order of `position`, which is counted under the ticket's lock."""

    __tablename__ = "messages"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    position: Mapped[int]
    author: Mapped[Author] = mapped_column(text_enum(Author))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str | None] = mapped_column(Text)
    is_internal: Mapped[bool] = mapped_column(server_default=text("false"))
    source: Mapped[Source | None] = mapped_column(text_enum(Source))
    confidence: Mapped[float | None]
    success: Mapped[bool] = mapped_column(server_default=text("true"))
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    citations: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    run_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (
        UniqueConstraint("ticket_id", "position"),
        Index("messages_ai_idx", "ticket_id", "created_at", postgresql_where=text("author = 'ai'")),
    )


class Turn(Record, Base):
    """A customer's message that wants an answer; `POST /ticket` waits for it, the AI or a person settles it."""

    __tablename__ = "turns"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    state: Mapped[TurnState] = mapped_column(text_enum(TurnState), default=TurnState.WAITING)
    reason: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime | None]
    reply_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("turns_pending_idx", "due_at", postgresql_where=text("state IN ('waiting', 'limited')")),
    )


class Rating(Record, Base):
    """Every rating ever given; the newest one of a person counts."""

    __tablename__ = "ratings"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    rating: Mapped[int] = mapped_column(SmallInteger)


class TicketTag(Base):
    """A tag on a ticket."""

    __tablename__ = "ticket_tags"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[UUID] = mapped_column(
        ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Attachment(Base):
    """A file of a ticket. Held back until a message takes it, or at once part of the ticket."""

    __tablename__ = "attachments"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("messages.id", ondelete="SET NULL"), index=True
    )
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    is_held: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class TicketWatcher(Base):
    """Somebody of the staff who wants to hear of a ticket."""

    __tablename__ = "ticket_watchers"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class TicketCc(Base):
    """An address that gets a copy of what is written in a ticket, and may write into it."""

    __tablename__ = "ticket_ccs"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class LinkKind(StrEnum):
    """How one ticket stands to another; read from the first to the second."""

    RELATED = "related"
    DUPLICATE_OF = "duplicate_of"
    PARENT_OF = "parent_of"
    SPLIT_FROM = "split_from"


class TicketLink(Record, Base):
    """Two tickets that belong together."""

    __tablename__ = "ticket_links"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LinkKind] = mapped_column(text_enum(LinkKind))
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    __table_args__ = (UniqueConstraint("ticket_id", "other_id", "kind"),)


class TicketMerge(Record, Base):
    """A merge, with what it takes to undo it."""

    __tablename__ = "ticket_merges"

    survivor_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    merged_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    merged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    undone_at: Mapped[datetime | None]


class DraftKind(StrEnum):
    """What a draft is to become."""

    REPLY = "reply"
    NOTE = "note"


class Draft(Base):
    """What somebody of the staff is writing; with a release time it sends itself then, unless taken back."""

    __tablename__ = "drafts"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[DraftKind] = mapped_column(text_enum(DraftKind), primary_key=True)
    body: Mapped[str] = mapped_column(Text, server_default="")
    body_html: Mapped[str | None] = mapped_column(Text)
    file_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default=text("'{}'"))
    closes: Mapped[bool] = mapped_column(server_default=text("false"))
    release_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        Index("drafts_user_idx", "user_id"),
        Index("drafts_release_idx", "release_at", postgresql_where=text("release_at IS NOT NULL")),
    )
