from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskwell.domains.actions.schemas import Action, Change

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Visibility = Literal["personal", "team", "everyone"]


class _Shared(BaseModel):
    model_config = ConfigDict(extra="forbid")

    visibility: Visibility = "personal"
    team_id: UUID | None = Field(default=None, description="Whose, when the visibility is `team`.")


class MacroWrite(_Shared):
    name: Name
    description: str = Field(default="", max_length=500)
    actions: list[Action] = Field(min_length=1, max_length=20)
    is_active: bool = True


class MacroRead(BaseModel):
    id: UUID
    name: str
    description: str
    visibility: Visibility
    team_id: UUID | None
    owner_id: UUID | None
    actions: list[Action]
    is_active: bool
    uses: int
    last_used_at: datetime | None
    is_editable: bool
    is_runnable: bool
    """Whether the caller's role allows every one of its actions."""
    created_at: datetime


class MacroSaved(BaseModel):
    success: bool = True
    macro: MacroRead


class Macros(BaseModel):
    macros: list[MacroRead]


class MacroTickets(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_ids: list[UUID] = Field(min_length=1, max_length=200)


class MacroRun(BaseModel):
    success: bool = True
    message: str
    changes: list[Change]


class CannedWrite(_Shared):
    title: Name
    shortcut: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,40}$")] = Field(
        default="", description="What is typed after `/`."
    )
    folder: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class CannedRead(BaseModel):
    id: UUID
    title: str
    shortcut: str
    folder: str
    body: str
    visibility: Visibility
    team_id: UUID | None
    owner_id: UUID | None
    uses: int
    last_used_at: datetime | None
    is_editable: bool
    created_at: datetime


class CannedSaved(BaseModel):
    success: bool = True
    canned_response: CannedRead


class CannedResponses(BaseModel):
    canned_responses: list[CannedRead]
    folders: list[str]


class PreviewRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    body: str = Field(max_length=20_000)
    ticket_id: UUID | None = Field(default=None, description="Leave out to see sample values.")


class Rendered(BaseModel):
    """A text with its placeholders filled in."""

    text: str
    unresolved: list[str] = Field(
        description="Placeholders that have no value on this ticket; such a text is not sent."
    )


class UseRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_id: UUID


class Placeholder(BaseModel):
    name: str
    description: str
    sample: str


class Placeholders(BaseModel):
    placeholders: list[Placeholder]


class Done(BaseModel):
    success: bool = True
    message: str


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(min_length=1, max_length=500)
