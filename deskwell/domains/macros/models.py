from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Shared:
    """Mixin: whose it is. Personal things have an owner, a team's a team, everybody's neither."""

    visibility: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    uses: Mapped[int] = mapped_column(server_default=text("0"))
    last_used_at: Mapped[datetime | None]


class Macro(Shared, Record, Base):
    """Several actions on a ticket in one click."""

    __tablename__ = "macros"

    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    position: Mapped[int] = mapped_column(server_default=text("0"))


class CannedResponse(Shared, Record, Base):
    """A text that is often needed, found by its shortcut, its title or its words."""

    __tablename__ = "canned_responses"

    title: Mapped[str] = mapped_column(Text)
    shortcut: Mapped[str] = mapped_column(Text, server_default="")
    folder: Mapped[str] = mapped_column(Text, server_default="", index=True)
    body: Mapped[str] = mapped_column(Text)
