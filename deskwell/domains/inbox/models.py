from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class TicketSearch(Base):
    """What a ticket is found by. Not there while it lies in the trash."""

    __tablename__ = "ticket_search"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    everything: Mapped[str] = mapped_column(TSVECTOR)
    """Subject (A), messages and file names (B), internal notes and their files (C): for staff."""
    public: Mapped[str | None] = mapped_column(TSVECTOR)
    """The same without notes, for the customer; null while there are none."""
    codes: Mapped[str | None] = mapped_column(Text)
    """Order numbers and addresses in public messages, for parts and slips of the finger."""

    __table_args__ = (
        Index("ticket_search_everything_idx", "everything", postgresql_using="gin"),
        Index(
            "ticket_search_codes_idx",
            "codes",
            postgresql_using="gin",
            postgresql_ops={"codes": "gin_trgm_ops"},
            postgresql_where=text("codes IS NOT NULL"),
        ),
    )


class Sharing(StrEnum):
    """Who sees a view."""

    PERSONAL = "personal"
    TEAM = "team"
    EVERYONE = "everyone"


class SavedView(Record, Base):
    """A list somebody wants back: its filters, its order, and who sees it."""

    __tablename__ = "saved_views"

    name: Mapped[str] = mapped_column(Text)
    icon: Mapped[str] = mapped_column(Text, server_default="")
    sharing: Mapped[Sharing] = mapped_column(text_enum(Sharing), default=Sharing.PERSONAL)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    filters: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
