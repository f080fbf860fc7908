"""The vocabulary of actions: everything a rule, a macro, the bulk bar or an API client may do to a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class _Action(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Assign(_Action):
    """Give the ticket to a person; `null` takes it from whoever has it."""

    type: Literal["assign"] = "assign"
    agent_id: UUID | None


class AssignToMe(_Action):
    """Give the ticket to whoever runs this. Not for rules: nobody runs them."""

    type: Literal["assign_to_me"] = "assign_to_me"


class AssignTeam(_Action):
    """Give the ticket to a team, and within it to nobody yet, to the next in turn or to the least busy."""

    type: Literal["assign_team"] = "assign_team"
    team_id: UUID | None
    method: Literal["team_only", "round_robin", "load"] = "team_only"


class SetPriority(_Action):
    """Change the priority, and with it the service level."""

    type: Literal["set_priority"] = "set_priority"
    priority: Literal["low", "medium", "high", "urgent"]


class SetCategory(_Action):
    """File the ticket under a category; `null` under none."""

    type: Literal["set_category"] = "set_category"
    category_id: UUID | None


class SetContext(_Action):
    """Move the ticket to another context: its brand, shop or department."""

    type: Literal["set_context"] = "set_context"
    context: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class AddTags(_Action):
    """Put tags on the ticket."""

    type: Literal["add_tags"] = "add_tags"
    tag_ids: list[UUID] = Field(min_length=1, max_length=20)


class RemoveTags(_Action):
    """Take tags off the ticket."""

    type: Literal["remove_tags"] = "remove_tags"
    tag_ids: list[UUID] = Field(min_length=1, max_length=20)


class SetField(_Action):
    """Fill a custom field; `null` empties it."""

    type: Literal["set_field"] = "set_field"
    key: str = Field(max_length=60)
    value: Any = None


class Reply(_Action):
    """Write to the customer. Placeholders such as {{customer_name}} are filled in."""

    type: Literal["reply"] = "reply"
    body: Body


class Note(_Action):
    """Write an internal note, which no customer ever sees."""

    type: Literal["note"] = "note"
    body: Body


class SendMail(_Action):
    """Send a mail beside the conversation, to addresses or to the ticket's assignee or team."""

    type: Literal["mail"] = "mail"
    to: list[Line] = Field(min_length=1, max_length=10, description="Addresses, `assignee` or `team`.")
    subject: Line
    body: Body


class Notify(_Action):
    """Tell people in their notification centre, and by mail where they wish so."""

    type: Literal["notify"] = "notify"
    user_ids: list[UUID] = Field(default_factory=list, max_length=50)
    team_ids: list[UUID] = Field(default_factory=list, max_length=20)
    message: Line


class Snooze(_Action):
    """Hide the ticket for some hours, or until a time; it returns at once when the customer writes."""

    type: Literal["snooze"] = "snooze"
    hours: float | None = Field(default=None, gt=0, le=24 * 366)
    until: datetime | None = None


class Close(_Action):
    """Settle the ticket."""

    type: Literal["close"] = "close"


class Reopen(_Action):
    """Open a closed ticket again."""

    type: Literal["reopen"] = "reopen"


class Escalate(_Action):
    """Put the ticket into the queue “waiting for a human”; the AI falls silent."""

    type: Literal["escalate"] = "escalate"
    reason: Line | None = None


class AddWatchers(_Action):
    """Let people follow the ticket."""

    type: Literal["add_watchers"] = "add_watchers"
    user_ids: list[UUID] = Field(min_length=1, max_length=20)


class RemoveWatchers(_Action):
    """Let people no longer follow the ticket."""

    type: Literal["remove_watchers"] = "remove_watchers"
    user_ids: list[UUID] = Field(min_length=1, max_length=20)


class AskAI(_Action):
    """Let the AI answer what the customer last wrote."""

    type: Literal["ask_ai"] = "ask_ai"


Action = Annotated[
    Assign
    | AssignToMe
    | AssignTeam
    | SetPriority
    | SetCategory
    | SetContext
    | AddTags
    | RemoveTags
    | SetField
    | Reply
    | Note
    | SendMail
    | Notify
    | Snooze
    | Close
    | Reopen
    | Escalate
    | AddWatchers
    | RemoveWatchers
    | AskAI,
    Field(discriminator="type"),
]

Actions = Annotated[list[Action], Field(min_length=1, max_length=20)]


class Change(BaseModel):
    """One thing an action does, or would do. Ids are accompanied by the words a person reads."""

    action: str
    field: str
    before: Any = None
    after: Any = None
    text: str = Field(description="One sentence for a person.")
    mail_to: list[str] = Field(default_factory=list)


class ActionsRequest(BaseModel):
    """What to do, and to which tickets."""

    model_config = ConfigDict(extra="forbid")

    ticket_ids: list[UUID] = Field(min_length=1, max_length=200)
    actions: list[Action] = Field(min_length=1, max_length=20)


class TicketResult(BaseModel):
    """What became, or would become, of one ticket."""

    model_config = ConfigDict(from_attributes=True)

    ticket_id: UUID
    number: int | None
    changes: list[Change]
    error: str | None


class ActionsPreview(BaseModel):
    results: list[TicketResult]


class ActionsDone(BaseModel):
    success: bool
    message: str
    changed_count: int
    failed_count: int
    results: list[TicketResult]


class TagIds(BaseModel):
    tag_ids: list[UUID] = Field(max_length=50)


class TicketTag(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    color: str
    description: str
    created_at: datetime


class TicketTags(BaseModel):
    tags: list[TicketTag]


class TagsAdded(BaseModel):
    success: bool = True
    added_tags: list[TicketTag]


class CategoryName(BaseModel):
    category: str | None = None


class Done(BaseModel):
    success: bool = True
    message: str


class Merge(BaseModel):
    model_config = ConfigDict(extra="forbid")

    into: UUID


class LabelUsage(BaseModel):
    tags: dict[UUID, int]
    categories: dict[UUID, int]


class Workload(BaseModel):
    """Open tickets of each agent."""

    open_tickets: dict[UUID, int]


class PlaceholderRead(BaseModel):
    name: str
    description: str
    sample: str


class Placeholders(BaseModel):
    placeholders: list[PlaceholderRead]
