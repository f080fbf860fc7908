from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class ContextWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    description: Annotated[str, Field(max_length=1000)] = ""
    color: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-fA-F]{6}|[a-z]{3,12})$")] = "#6366f1"
    tone: Annotated[str, Field(max_length=1000)] = "friendly"
    contacts: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] = []
    ai_enabled: bool = True
    is_active: bool = True
    settings: dict[str, Any] = {}


class ContextRead(ContextWrite):
    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID


class Contexts(BaseModel):
    contexts: list[ContextRead]


class ContextName(BaseModel):
    """What a customer may know of a context."""

    name: str
    description: str
    color: str


class ContextNames(BaseModel):
    contexts: list[ContextName]
