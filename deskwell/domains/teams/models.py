from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Team(Record, Base):
    """A group of agents. Tickets of a restricted team are seen by its own people and admins only."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    color: Mapped[str | None] = mapped_column(Text)
    is_restricted: Mapped[bool] = mapped_column(server_default=text("false"))
    assignment: Mapped[str] = mapped_column(Text, server_default="team_only")
    last_assigned_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    __table_args__ = (Index("teams_lower_name_key", func.lower(name), unique=True),)


class TeamMember(Base):
    """One person in one team."""

    __tablename__ = "team_members"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_lead: Mapped[bool] = mapped_column(server_default=text("false"))
    takes_tickets: Mapped[bool] = mapped_column(server_default=text("true"))
    capacity: Mapped[int | None]
    """Open tickets this person takes at most; none means no limit."""
    joined_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
