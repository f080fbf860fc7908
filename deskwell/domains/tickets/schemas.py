from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from deskwell.core.pages import Pagination
from deskwell.core.text import Clean, OneLine

from .models import DraftKind, LinkKind, Priority, Source, Status


class Requester(BaseModel):
    email: str
    name: OneLine = ""


class CreateTicket(BaseModel):
    """Unknown fields are ignored, null is taken for every optional one."""

    context: OneLine
    subject: OneLine
    message: Clean
    priority: str | None = None
    source: str | None = None
    requester: Requester | None = None
    file_ids: list[UUID] | None = None
    custom_fields: dict[str, Any] | None = None


class Reply(BaseModel):
    message: Clean
    file_ids: list[UUID] | None = None


class StaffReply(BaseModel):
    message: Clean
    is_internal: bool | None = None
    file_ids: list[UUID] | None = None
    close: bool | None = None


class TicketAnswer(BaseModel):
    ticket_id: UUID
    message_id: UUID | None = None
    reply: str | None = None
    action: Literal["answered", "clarified", "handed_over", "pending"] | None = None
    rate_limited: bool | None = None
    wait_seconds: int | None = None


class TicketRead(BaseModel):
    """A ticket on the wire. What customers must not know is left out for them, not null."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: int
    context: str
    subject: str
    status: Status
    priority: Priority
    source: Source
    user_id: UUID
    assigned_to: str | None = None
    assigned_name: str | None = None
    sla_id: UUID | None = None
    category: str | None = None
    created_at: datetime
    updated_at: datetime
    first_response_at: datetime | None = None
    last_response_at: datetime | None = None
    resolved_at: datetime | None = None
    waiting_for: str
    message_count: int
    escalated_at: datetime | None = None
    follows_id: UUID | None = None
    merged_into_id: UUID | None = None
    custom_fields: dict[str, Any] = Field(
        default_factory=dict, description="For customers only those that were opened to them."
    )


class StaffTicketRead(TicketRead):
    """What staff see besides."""

    version: int
    customer_name: str
    customer_email: str
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    team: str | None = None
    category_id: UUID | None = None
    tags: list[dict[str, Any]] = []
    language: str | None = None
    snoozed_until: datetime | None = None
    trashed_at: datetime | None = None
    escalation_reason: str | None = None
    last_message_at: datetime
    last_customer_message_at: datetime | None = None
    first_ai_response_at: datetime | None = None
    first_response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    next_due_at: datetime | None = None
    sla_state: str | None = None


class Citation(BaseModel):
    article_id: UUID | None = None
    passage_id: UUID | None = None
    title: str | None = None
    url: str | None = None
    text: str | None = None


class MessageRead(BaseModel):
    id: UUID
    ticket_id: UUID
    sender: Literal["customer", "ai", "admin", "system"]
    message: str
    confidence: float | None = None
    success: bool = True
    created_at: datetime
    user_rating: int | None = None
    position: int
    author_name: str | None = None
    body_html: str | None = None
    source: str | None = None
    citations: list[Citation] | None = None
    action: str | None = None
    matched_by: str | None = None
    """How a message joined this ticket: `subject` or `text`; by text, its writer may split it off."""


class RatingRead(BaseModel):
    rating: int
    created_at: datetime


class StaffMessageRead(MessageRead):
    author_id: UUID | None = None
    is_internal: bool = False
    run_id: UUID | None = None
    ratings: list[RatingRead] = []
    data: dict[str, Any] = {}


class Thread(BaseModel):
    ticket: StaffTicketRead | TicketRead
    messages: list[StaffMessageRead | MessageRead]


class ThreadQuery(BaseModel):
    """The query of a thread as it stands in the address."""

    include: str = ""


class Rate(BaseModel):
    message_id: UUID
    rating: int


class Escalate(BaseModel):
    reason: Clean | None = None


class SetPriority(BaseModel):
    priority: str


class AssignAdmin(BaseModel):
    admin_email: str


class TicketChanged(BaseModel):
    ticket: StaffTicketRead


class Done(BaseModel):
    success: bool = True
    message: str


class StaffReplied(Done):
    ticket: StaffTicketRead


class AttachmentRead(BaseModel):
    """A file of a ticket on the wire."""

    id: UUID
    ticket_id: UUID
    message_id: UUID | None = None
    file_name: str
    file_size: int
    mime_type: str
    uploaded_by: str | None = None
    uploaded_by_id: UUID | None = None
    created_at: datetime
    is_held: bool = False
    is_internal: bool = False


class AttachmentSaved(BaseModel):
    success: bool = True
    attachment: AttachmentRead


class Attachments(BaseModel):
    attachments: list[AttachmentRead]
    count: int


class FileRead(BaseModel):
    """A file that was uploaded ahead of the message that will name it."""

    id: UUID
    file_name: str
    file_size: int
    mime_type: str
    created_at: datetime


class FileSaved(BaseModel):
    success: bool = True
    file: FileRead


class ChangeTicket(BaseModel):
    """An edit by staff: only the fields that are named change."""

    model_config = ConfigDict(extra="forbid")

    subject: OneLine | None = None
    context: OneLine | None = None
    requester: Requester | None = None
    priority: Priority | None = None
    category_id: UUID | None = None
    team_id: UUID | None = None
    assignee_id: UUID | None = None
    custom_fields: dict[str, Any] | None = None
    expected_version: int | None = None
    """The version the writer looked at; with it a conflicting edit answers 409."""
    seen: dict[str, Any] | None = None
    """The fields about to change as the writer saw them: then only these are compared."""


class Snooze(BaseModel):
    model_config = ConfigDict(extra="forbid")

    until: datetime


class MergeInto(BaseModel):
    model_config = ConfigDict(extra="forbid")

    into_ticket_id: UUID
    other_customer: bool = False
    """Yes, although the tickets are of two customers."""


class MergePreviewMessage(BaseModel):
    id: UUID
    from_ticket_id: UUID
    position: int
    sender: str
    author_name: str | None = None
    message: str
    is_internal: bool
    created_at: datetime


class MergePreview(BaseModel):
    """What a merge would make, and what speaks against it."""

    merged: StaffTicketRead
    survivor: StaffTicketRead
    messages: list[MergePreviewMessage]
    file_count: int
    watcher_count: int
    other_customer: bool
    problem: str | None = None


class Merged(Done):
    ticket: StaffTicketRead


class Split(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message_ids: list[UUID]
    subject: OneLine


class SplitOff(BaseModel):
    message_id: UUID


class SplitOffAnswer(Done):
    ticket_id: UUID


class LinkWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_id: UUID | None = None
    number: int | None = None
    kind: LinkKind = LinkKind.RELATED


class LinkRead(BaseModel):
    id: UUID
    kind: str
    ticket_id: UUID
    number: int
    subject: str
    status: Status
    created_at: datetime


class Links(BaseModel):
    links: list[LinkRead]


class Person(BaseModel):
    id: UUID
    name: str
    email: str


class Watchers(BaseModel):
    watchers: list[Person]


class Copy(BaseModel):
    email: str
    name: str = ""


class Copies(BaseModel):
    cc: list[Copy]


class SetCopies(BaseModel):
    model_config = ConfigDict(extra="forbid")

    add: list[Copy] = []
    remove: list[str] = []


class SetWatchers(BaseModel):
    model_config = ConfigDict(extra="forbid")

    add: list[UUID] = []
    remove: list[UUID] = []


class MergedTicket(BaseModel):
    ticket_id: UUID
    number: int
    subject: str
    created_at: datetime
    merged_by: str | None = None


class Relations(BaseModel):
    """All that stands around a ticket, in one call."""

    links: list[LinkRead]
    watchers: list[Person]
    cc: list[Copy]
    merged: list[MergedTicket]


class TicketIds(BaseModel):
    ticket_ids: list[UUID]


class Deleted(Done):
    deleted_count: int


class Restored(Done):
    restored_count: int


class TrashedTicket(StaffTicketRead):
    deleted_at: datetime
    days_until_permanent_deletion: int


class TrashPage(BaseModel):
    tickets: list[TrashedTicket]
    pagination: Pagination


class DraftWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: DraftKind = DraftKind.REPLY
    body: str
    body_html: str | None = None
    file_ids: list[UUID] = []


class DraftSend(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: DraftKind = DraftKind.REPLY
    undo_seconds: int = 10
    close: bool = False
    seen_position: int | None = None
    """The last message the writer has seen: a newer one by somebody else answers 409."""


class DraftRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: DraftKind
    body: str
    body_html: str | None = None
    file_ids: list[UUID] = []
    release_at: datetime | None = None
    failure: str | None = None
    updated_at: datetime


class Drafts(BaseModel):
    drafts: list[DraftRead]


class DraftSaved(BaseModel):
    success: bool = True
    draft: DraftRead | None


class ActivityLine(BaseModel):
    """One change: who, what, old, new, when, through what."""

    id: int
    at: datetime
    kind: str
    ticket_id: UUID
    ticket_number: int
    ticket_subject: str
    actor_kind: str
    actor_id: UUID | None = None
    actor_name: str | None = None
    actor_email: str | None = None
    through: str
    field: str | None = None
    old: Any = None
    new: Any = None
    details: dict[str, Any] = {}


class Activity(BaseModel):
    activity: list[ActivityLine]
    next_before: int | None = None
    """Ask again with `before` for older lines."""
