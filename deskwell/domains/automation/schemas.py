"""The shapes of rules: what sets them off, what must be true, what they do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from deskwell.core.pages import Pagination
from deskwell.core.text import Clean, OneLine
from deskwell.domains.actions.schemas import Action, Change

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


class RuleWrite(BaseModel):
    """A rule as an owner writes it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    description: str = Field(default="", max_length=1000)
    triggers: list[Trigger] = Field(min_length=1, max_length=len(Trigger))
    conditions: Group = Field(default_factory=Group)
    actions: list[Action] = Field(min_length=1, max_length=20)
    is_active: bool = True
    stops_others: bool = Field(default=False, description="No later rule looks at the ticket then.")


class RuleChange(RuleWrite):
    expected_version: int | None = None


class RuleRead(RuleWrite):
    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    position: int
    version: int
    is_routing: bool
    ran_last_week: int
    stopped_last_week: int
    failed_last_week: int
    last_ran_at: datetime | None
    created_at: datetime


class RuleSaved(BaseModel):
    success: bool = True
    rule: RuleRead


class Rules(BaseModel):
    rules: list[RuleRead]


class RuleSwitch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_active: bool


class RuleOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(min_length=1, max_length=500)


class DryRunRequest(BaseModel):
    """A rule, saved or not, and how far back to try it."""

    model_config = ConfigDict(extra="forbid")

    rule: RuleWrite
    rule_id: UUID | None = None
    days: int = Field(default=30, ge=1, le=365)
    limit: int = Field(default=1000, ge=1, le=5000)


class DryRunTicket(BaseModel):
    """One past ticket: the truth of each condition, and what the rule would do."""

    ticket_id: UUID
    number: int
    subject: str
    at: datetime | None
    truth: GroupTruth
    changes: list[Change]


class DryRun(BaseModel):
    """What a rule would have done to past tickets, as they stand now."""

    days: int
    looked_at: int
    matched: int
    changed: int
    mails: int
    tickets: list[DryRunTicket] = Field(description="The first 100 on which it would have run.")
    misses: list[DryRunTicket] = Field(description="Some on which it would not have run, to see why.")
    may_set_off: list[str] = Field(description="Rules whose trigger these actions could pull.")


class ApplyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_ids: list[UUID] = Field(min_length=1, max_length=200)


class Applied(BaseModel):
    success: bool = True
    message: str
    ran_on: list[UUID]


class RunRead(BaseModel):
    """One look of a rule at a ticket."""

    id: UUID
    rule_id: UUID
    rule_name: str
    ticket_id: UUID
    ticket_number: int
    ticket_subject: str
    trigger: str
    outcome: Literal["ran", "not_matched", "stopped", "failed"]
    reason: str | None
    truth: GroupTruth
    changes: list[Change]
    depth: int
    created_at: datetime


class Runs(BaseModel):
    runs: list[RunRead]
    pagination: Pagination


class TicketRuns(BaseModel):
    runs: list[RunRead]


class OptionRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    value: str
    label: str


class OperatorRead(BaseModel):
    key: str
    label: str
    takes: str


class FieldRead(BaseModel):
    key: str
    label: str
    group: str
    kind: str
    options: list[OptionRead] | None


class ActionRead(BaseModel):
    type: str
    label: str
    description: str
    in_rules: bool


class TriggerRead(BaseModel):
    key: str
    label: str


class VocabularyRead(BaseModel):
    """All a rule may be made of on this desk."""

    triggers: list[TriggerRead]
    fields: list[FieldRead]
    operators: dict[str, list[OperatorRead]]
    actions: list[ActionRead]


class RoutingConditions(BaseModel):
    keywords: list[str] | None = None
    issue_types: list[str] | None = None
    tags: list[str] | None = None
    context: list[str] | None = None
    priority: list[str] | None = None


class RoutingRuleWrite(BaseModel):
    """A routing rule of the wire; unknown fields are ignored, wrong values are refused by the service, with 400."""

    id: UUID | None = None
    name: OneLine
    description: Clean | None = None
    priority: int | None = Field(default=0, description="Higher first.")
    is_active: bool | None = True
    conditions: RoutingConditions | None = None
    action_type: str = Field(
        description="assign_to_agent, assign_to_group, set_priority, add_tag or set_category."
    )
    action_value: str


class RoutingRuleRead(BaseModel):
    id: UUID
    name: str
    description: str | None
    priority: int
    is_active: bool
    conditions: RoutingConditions
    action_type: str
    action_value: str
    created_at: datetime


class RoutingRuleSaved(BaseModel):
    success: bool = True
    rule: RoutingRuleRead


class RoutingRules(BaseModel):
    rules: list[RoutingRuleRead]


class Done(BaseModel):
    success: bool = True
    message: str
