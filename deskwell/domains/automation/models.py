from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Rule(Record, Base):
    """When something happens, if conditions hold, then actions follow. Looked at by position."""

    __tablename__ = "rules"

    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    triggers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    conditions: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    stops_others: Mapped[bool] = mapped_column(server_default=text("false"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    priority: Mapped[int] = mapped_column(server_default=text("0"))
    """Of a routing rule; it orders the view of `/admin/routing-rules`."""
    routing: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The rule as `/admin/routing-rules` shows it, when it was made there."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    last_ran_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("rules_active_idx", "position", postgresql_where=text("is_active AND deleted_at IS NULL")),
    )


class RuleRun(Record, Base):
    """One look of a rule at a ticket: the truth of each condition, and what was done."""

    __tablename__ = "rule_runs"

    rule_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id", ondelete="CASCADE"))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    trigger: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    """ran, not_matched, stopped (by the guard) or failed."""
    reason: Mapped[str | None] = mapped_column(Text)
    truth: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    actions: Mapped[int] = mapped_column(server_default=text("0"))
    depth: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index("rule_runs_rule_id_id_idx", "rule_id", "id"),
        Index("rule_runs_ticket_id_id_idx", "ticket_id", "id"),
        Index("rule_runs_created_at_idx", "created_at", postgresql_using="brin"),
    )


class RuleState(Base):
    """A time rule's memory: on these tickets its conditions held when it last looked, so it does not run again."""

    __tablename__ = "rule_states"

    rule_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
