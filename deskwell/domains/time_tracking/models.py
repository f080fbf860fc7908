from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class EntryType(StrEnum):
    """What the time went into."""

    WORK = "work"
    WAITING = "waiting"
    RESEARCH = "research"
    COMMUNICATION = "communication"
    OTHER = "other"


class TimeEntry(Record, Base):
    """Minutes somebody spent on a ticket."""

    __tablename__ = "time_entries"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    origin_ticket_id: Mapped[UUID | None]
    """The ticket it was logged on, when that was merged into another."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    duration_minutes: Mapped[int]
    entry_type: Mapped[EntryType] = mapped_column(text_enum(EntryType), default=EntryType.WORK)
    billable: Mapped[bool] = mapped_column(server_default=text("true"))
    description: Mapped[str] = mapped_column(Text, server_default="")
    worked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (
        CheckConstraint("duration_minutes > 0", name="duration"),
        Index("time_entries_worked_at_idx", "worked_at"),
        Index("time_entries_user_id_worked_at_idx", "user_id", "worked_at"),
    )


class Timer(Base):
    """An agent's one running timer; `started_at` is null while it is paused."""

    __tablename__ = "timers"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(server_default=text("0"))
    entry_type: Mapped[EntryType] = mapped_column(text_enum(EntryType), default=EntryType.WORK)
    billable: Mapped[bool] = mapped_column(server_default=text("true"))
    description: Mapped[str] = mapped_column(Text, server_default="")
