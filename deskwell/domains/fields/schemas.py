"""The shapes of tags, categories and custom fields on the wire."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskwell.core.text import Clean, OneLine

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
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

    model_config = ConfigDict(from_attributes=True)

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


Subject = Literal["ticket", "customer", "company"]


class TagWrite(BaseModel):
    """A tag or category as it comes over the wire; what is wrong with a value is said by the service, with 400."""

    name: OneLine
    color: str | None = None
    description: Clean | None = None


class LabelRead(BaseModel):
    """A tag or a category."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    color: str
    description: str
    created_at: datetime


class TagSaved(BaseModel):
    success: bool = True
    tag: LabelRead


class Tags(BaseModel):
    tags: list[LabelRead]


class CategorySaved(BaseModel):
    success: bool = True
    category: LabelRead


class Categories(BaseModel):
    categories: list[LabelRead]


class Done(BaseModel):
    success: bool = True
    message: str


class CustomFieldWrite(BaseModel):
    """A custom field as an owner defines it. The key and the type stay once it exists."""

    model_config = ConfigDict(extra="forbid")

    subject: Subject = "ticket"
    key: Key
    label: Name
    help: str = Field(default="", max_length=500)
    kind: FieldType
    options: list[FieldOption] = Field(default_factory=list, max_length=200)
    limits: FieldLimits = Field(default_factory=FieldLimits)
    required: Literal["never", "on_creation", "on_closing"] = "never"
    shown_when: FieldRule | None = None
    context_ids: list[UUID] = Field(default_factory=list, max_length=100)
    customer_access: Literal["hidden", "read", "write"] = "hidden"


class CustomFieldRead(CustomFieldWrite):
    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    position: int
    archived_at: datetime | None
    created_at: datetime


class CustomFieldSaved(BaseModel):
    success: bool = True
    field: CustomFieldRead


class CustomFields(BaseModel):
    fields: list[CustomFieldRead]


class Order(BaseModel):
    """All ids in their new order."""

    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(min_length=1, max_length=500)


class FieldValues(BaseModel):
    """Values of custom fields by key; null empties one."""

    model_config = ConfigDict(extra="forbid")

    values: dict[Key, Any] = Field(max_length=200)


class FieldsFilled(BaseModel):
    success: bool = True
    custom_fields: dict[str, Any]


class FormField(BaseModel):
    """A field as a customer's form shows it."""

    model_config = ConfigDict(from_attributes=True)

    key: str
    label: str
    help: str
    kind: FieldType
    options: list[FieldOption]
    limits: FieldLimits
    required: Literal["never", "on_creation", "on_closing"]
    shown_when: FieldRule | None
    customer_access: Literal["read", "write"]


class FormFields(BaseModel):
    fields: list[FormField]
