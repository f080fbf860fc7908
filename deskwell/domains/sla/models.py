from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class SlaCalendar(Record, Base):
    """A named business calendar: opening periods of the week, time zone, public holidays and own ones."""

    __tablename__ = "sla_calendars"

    name: Mapped[str] = mapped_column(Text, unique=True)
    timezone: Mapped[str] = mapped_column(Text)
    periods: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    country: Mapped[str | None] = mapped_column(Text)
    subdivision: Mapped[str | None] = mapped_column(Text)
    holidays: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    """Its hours are the business time of the reports."""
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        Index("sla_calendars_default_idx", "is_default", unique=True, postgresql_where=text("is_default")),
    )


class Sla(Record, Base):
    """A service level: until when tickets of a priority are answered and settled. The first that matches wins."""

    __tablename__ = "slas"

    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[str] = mapped_column(Text)
    context: Mapped[str | None] = mapped_column(Text)
    context_key: Mapped[str | None] = mapped_column(Text)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    response_time_minutes: Mapped[int]
    resolution_time_minutes: Mapped[int]
    business_hours_only: Mapped[bool] = mapped_column(server_default=text("false"))
    calendar_id: Mapped[UUID | None] = mapped_column(ForeignKey("sla_calendars.id"), index=True)
    business_hours_start: Mapped[str | None] = mapped_column(Text)
    business_hours_end: Mapped[str | None] = mapped_column(Text)
    business_days: Mapped[list[int] | None] = mapped_column(ARRAY(SmallInteger))
    timezone: Mapped[str | None] = mapped_column(Text)
    holidays: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    pauses_while_waiting: Mapped[bool] = mapped_column(server_default=text("true"))
    pauses_while_snoozed: Mapped[bool] = mapped_column(server_default=text("true"))
    ai_answer_counts: Mapped[bool] = mapped_column(server_default=text("false"))
    warn_percent: Mapped[int] = mapped_column(SmallInteger, server_default=text("75"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        CheckConstraint("response_time_minutes > 0 AND resolution_time_minutes > 0", name="targets"),
        CheckConstraint("warn_percent BETWEEN 1 AND 99", name="warning"),
        Index("slas_match_idx", "priority", "position", postgresql_where=text("is_active")),
    )


class SlaVersion(Record, Base):
    """What an SLA demanded at a time, with its calendar. Never changed, so closed tickets stay explained."""

    __tablename__ = "sla_versions"

    sla_id: Mapped[UUID] = mapped_column(index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)


class SlaContextVersion(Base):
    """Which version of a service level counts in a context that has hours of its own."""

    __tablename__ = "sla_context_versions"

    sla_id: Mapped[UUID] = mapped_column(ForeignKey("slas.id", ondelete="CASCADE"), primary_key=True)
    context_key: Mapped[str] = mapped_column(Text, primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("sla_versions.id"))


class SlaClock(Base):
    """The facts of one ticket that its clocks are computed from, and when to look again."""

    __tablename__ = "sla_clocks"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("sla_versions.id"))
    facts: Mapped[list[Any]] = mapped_column(JSONB)
    response_met_at: Mapped[datetime | None]
    resolution_met_at: Mapped[datetime | None]
    response_warned_at: Mapped[datetime | None]
    resolution_warned_at: Mapped[datetime | None]
    next_check_at: Mapped[datetime | None]

    __table_args__ = (
        Index("sla_clocks_check_idx", "next_check_at", postgresql_where=text("next_check_at IS NOT NULL")),
    )


class SlaViolation(Record, Base):
    """A target that was missed: when it fell due, when it was met after all, and how late."""

    __tablename__ = "sla_violations"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    sla_id: Mapped[UUID]
    metric: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(server_default=text("0"))
    """Minutes late on the SLA's own clock; final once `ended_at` is set."""

    __table_args__ = (
        UniqueConstraint("ticket_id", "metric", "due_at"),
        Index("sla_violations_due_at_idx", "due_at"),
    )
