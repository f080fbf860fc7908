from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class ContextWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    description: Annotated[str, Field(max_length=1000)] = ""
    color: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6}|[a-z]{3,12})$")] = "#6366f1"
    """Of the portal and the help center: a hex value, or a name of the palette."""
    tagline: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    """One line under the name in the help center; the description stands in for an empty one."""
    tone: Annotated[str, Field(max_length=1000)] = "friendly"
    contacts: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] = []
    email_account_id: UUID | None = None
    """The account its mail leaves by; null for the desk's default."""
    calendar_id: UUID | None = None
    """The hours its service levels count by; null for those of each service level."""
    ai_enabled: bool = True
    is_active: bool = True


class ContextRead(ContextWrite):
    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    logo_url: str | None


class Contexts(BaseModel):
    contexts: list[ContextRead]


class LookRead(BaseModel):
    """The brand's colour made readable: as a fill, as the label on it, as text in the light and the dark theme."""

    model_config = ConfigDict(from_attributes=True)

    fill: str
    ink: str
    on_light: str
    on_dark: str


class ContextName(BaseModel):
    """What a customer may know of a context."""

    name: str
    description: str
    color: str
    logo_url: str | None
    look: LookRead


class ContextNames(BaseModel):
    contexts: list[ContextName]
