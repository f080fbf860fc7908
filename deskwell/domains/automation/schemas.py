"""The shapes of rules: what sets them off, what must be true, what they do."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

MAX_DEPTH = 4
MAX_COMPARISONS = 60

Scalar = str | int | float | bool
Value = Scalar | list[Scalar] | None


class Trigger(StrEnum):
    """What makes Deskwell look at a rule. `time_passed` rules are looked at every minute."""

    TICKET_OPENED = "ticket_opened"
    CUSTOMER_REPLIED = "customer_replied"
    AGENT_REPLIED = "agent_replied"
    AI_REPLIED = "ai_replied"
    NOTE_ADDED = "note_added"
    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    PRIORITY_CHANGED = "priority_changed"
    FIELDS_CHANGED = "fields_changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"
    SLA_WARNED = "sla_warned"
    SLA_BROKEN = "sla_broken"
    TIME_PASSED = "time_passed"


class Comparison(BaseModel):
    """One comparison: a field of the ticket, an operator, a value."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(max_length=120, examples=["priority"])
    operator: str = Field(max_length=40, examples=["is"])
    value: Value = None


class Group(BaseModel):
    """Several conditions of which all, any or none must be true. An empty `all` is always true."""

    model_config = ConfigDict(extra="forbid")

    match: Literal["all", "any", "none"] = "all"
    conditions: list[Condition] = Field(default_factory=list, max_length=MAX_COMPARISONS)


def _shape(value: Any) -> str:
    is_group = (
        "match" in value or "conditions" in value if isinstance(value, dict) else hasattr(value, "match")
    )
    return "group" if is_group else "comparison"


Condition = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Comparison, Tag("comparison")],
    Discriminator(_shape),
]
Group.model_rebuild()


class ComparisonTruth(BaseModel):
    """What came of one comparison on one ticket."""

    field: str
    operator: str
    value: Value = None
    found: Any = None
    truth: bool


class GroupTruth(BaseModel):
    """What came of a group: its own truth and that of everything inside."""

    match: Literal["all", "any", "none"]
    truth: bool
    conditions: list[GroupTruth | ComparisonTruth]


GroupTruth.model_rebuild()
