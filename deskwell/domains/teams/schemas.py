from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Assignment = Literal["team_only", "round_robin", "load"]


class MemberWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    user_id: UUID
    is_lead: bool = False
    takes_tickets: bool = Field(default=True, description="False while away: no ticket is given in turn.")
    capacity: int | None = Field(default=None, ge=1, le=1000)


class TeamWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    description: str = Field(default="", max_length=500)
    color: Annotated[str, StringConstraints(pattern=r"^#?[0-9a-zA-Z-]{1,31}$")] | None = None
    is_restricted: bool = Field(
        default=False, description="Its tickets are seen by its own people and admins only."
    )
    assignment: Assignment = Field(
        default="team_only", description="Who gets a ticket that comes to the team without an assignee."
    )
    members: list[MemberWrite] | None = Field(
        default=None, max_length=500, description="All people of the team, in turn; leave out to keep them."
    )


class MemberRead(BaseModel):
    user_id: UUID
    name: str
    email: str
    is_active: bool
    is_lead: bool
    takes_tickets: bool
    capacity: int | None


class TeamRead(BaseModel):
    id: UUID
    name: str
    description: str
    color: str | None
    is_restricted: bool
    assignment: Assignment
    created_at: datetime
    members: list[MemberRead]


class TeamSaved(BaseModel):
    success: bool = True
    team: TeamRead


class Teams(BaseModel):
    teams: list[TeamRead]


class Done(BaseModel):
    success: bool = True
    message: str


class Availability(BaseModel):
    model_config = ConfigDict(extra="forbid")

    takes_tickets: bool
