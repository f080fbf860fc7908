from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base


class Presence(Base):
    """Who looks at a ticket, or types in it, for the next half minute."""

    __tablename__ = "presence"
    __table_args__ = (Index("presence_ticket_idx", "ticket_id"), {"prefixes": ["UNLOGGED"]})

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Signal(Base):
    """A passing word for the stream that is no fact: progress of the AI, presence. Swept after a minute."""

    __tablename__ = "signals"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy reads it so

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
    kind: Mapped[str] = mapped_column(Text)
    ticket_id: Mapped[UUID] = mapped_column(index=True)
    data: Mapped[str] = mapped_column(Text, server_default="")
    staff_only: Mapped[bool]
