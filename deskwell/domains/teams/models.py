from uuid import UUID

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Team(Record, Base):
    """A group of agents. The tickets of a restricted team are seen by its members and admins only."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(Text, unique=True)
    description: Mapped[str] = mapped_column(Text, server_default="")
    is_restricted: Mapped[bool] = mapped_column(server_default=text("false"))


class TeamMember(Base):
    """Who is in a team, and who leads it."""

    __tablename__ = "team_members"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_lead: Mapped[bool] = mapped_column(server_default=text("false"))
