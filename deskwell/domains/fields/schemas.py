"""The shapes of tags, categories and custom fields on the wire."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class FieldType(StrEnum):
    """The ten kinds of custom field."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    SELECT = "select"
    MULTISELECT = "multiselect"
    CHECKBOX = "checkbox"
    URL = "url"
    EMAIL = "email"


class FieldOption(BaseModel):
    """One choice of a select or multiselect."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    label: Name


class FieldRule(BaseModel):
    """When a conditional field is asked for: another field of the same ticket has, or lacks, a value."""

    model_config = ConfigDict(extra="forbid")

    key: Key
    operator: Literal["is", "is_not", "is_any_of", "includes", "is_set", "is_not_set"]
    value: Any = None


class FieldLimits(BaseModel):
    """What a value must keep to. Each limit has a sense for some types only; others refuse it."""

    model_config = ConfigDict(extra="forbid")

    min_length: int | None = Field(default=None, ge=0, le=10_000)
    max_length: int | None = Field(default=None, ge=1, le=10_000)
    minimum: float | None = None
    maximum: float | None = None
    is_whole: bool = False
    earliest: str | None = Field(default=None, max_length=40)
    latest: str | None = Field(default=None, max_length=40)
    at_most: int | None = Field(default=None, ge=1, le=100, description="Choices of a multiselect.")


class FieldDefinition(BaseModel):
    """A custom field as it is validated."""

    id: UUID | None = None
    key: Key
    label: Name
    kind: FieldType
    options: list[FieldOption] = Field(default_factory=list, max_length=200)
    limits: FieldLimits = Field(default_factory=FieldLimits)
    required: Literal["never", "on_creation", "on_closing"] = "never"
    shown_when: FieldRule | None = None
    context_ids: list[UUID] = Field(default_factory=list, description="Empty: every context.")
    customer_access: Literal["hidden", "read", "write"] = "hidden"
