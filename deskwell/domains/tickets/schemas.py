from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from deskwell.core.pages import Pagination
from deskwell.core.text import Clean, OneLine

from .models import Priority, Source, Status


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
    custom_fields: dict[str, Any] = {}
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


class TicketPage(BaseModel):
    tickets: list[StaffTicketRead | TicketRead]
    pagination: Pagination


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


Include = Annotated[str | None, "Comma list; `notes` adds internal notes for staff."]


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
