from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from deskwell.core.text import Clean, OneLine

from .models import DeliveryState, Direction, Provider, TemplateType


class AccountWrite(BaseModel):
    """An account as a client writes it. Unknown fields are ignored; secrets are written, never read back."""

    id: UUID | None = None
    email: OneLine
    display_name: OneLine | None = None
    provider: str
    smtp_host: OneLine | None = None
    smtp_port: int | None = None
    smtp_username: OneLine | None = None
    smtp_password: str | None = None
    api_key: str | None = None
    credentials: dict[str, Any] | None = None
    is_active: bool | None = None
    is_default: bool | None = None
    imap_host: OneLine | None = None
    imap_port: int | None = None
    imap_enabled: bool | None = None
    context_id: UUID | None = None
    signature: Clean | None = None
    uses_reply_tokens: bool | None = None


class AccountRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    display_name: str
    provider: Provider
    smtp_host: str
    smtp_port: int
    smtp_username: str
    credentials: dict[str, Any] = Field(validation_alias="settings")
    secret_names: list[str]
    """Which secrets are stored; their values never leave the server."""
    context_id: UUID | None
    signature: str
    is_active: bool
    is_default: bool
    uses_reply_tokens: bool
    imap_host: str
    imap_port: int
    imap_enabled: bool
    last_polled_at: datetime | None
    last_received_at: datetime | None
    last_sent_at: datetime | None
    poll_error: str | None
    send_error: str | None
    created_at: datetime


class AccountSaved(BaseModel):
    success: bool = True
    message: str = "Saved."
    account: AccountRead


class Accounts(BaseModel):
    accounts: list[AccountRead]


class Done(BaseModel):
    success: bool = True
    message: str


class PollingStatus(BaseModel):
    success: bool = True
    account_id: UUID
    email: str
    imap_enabled: bool
    is_active: bool
    last_polled_at: datetime | None
    imap_host: str
    imap_port: int
    can_poll: bool
    poll_error: str | None = None


class TemplateWrite(BaseModel):
    id: UUID | None = None
    name: OneLine
    subject: OneLine
    body_text: Clean
    body_html: Clean | None = None
    template_type: str
    variables: dict[str, Any] | None = None
    is_active: bool | None = None
    context_id: UUID | None = None


class TemplateRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    subject: str
    body_text: str
    body_html: str | None
    template_type: TemplateType
    variables: dict[str, Any]
    context_id: UUID | None
    is_active: bool
    created_at: datetime
    updated_at: datetime | None


class TemplateSaved(BaseModel):
    success: bool = True
    template: TemplateRead


class Templates(BaseModel):
    templates: list[TemplateRead]
    placeholders: list[str]


class TemplatePreview(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ticket_id: UUID | None = None
    subject: OneLine | None = None
    body_text: Clean | None = None
    body_html: Clean | None = None
    template_type: str | None = None
    variables: dict[str, Any] | None = None


class TemplatePreviewed(BaseModel):
    subject: str
    body_text: str
    body_html: str


class TemplateTest(TemplatePreview):
    to_email: str


class SendEmail(BaseModel):
    to_emails: list[str]
    subject: OneLine
    body_text: Clean
    body_html: Clean | None = None
    cc_emails: list[str] | None = None
    bcc_emails: list[str] | None = None
    reply_to: str | None = None
    account_id: UUID | None = None
    attachment_ids: list[UUID] | None = None
    template_id: UUID | None = None


class EmailRead(BaseModel):
    id: UUID
    ticket_id: UUID | None
    ticket_message_id: UUID | None = None
    message_id: str
    in_reply_to: str | None
    subject: str
    body_text: str
    body_html: str | None
    quoted_text: str = ""
    signature_text: str = ""
    from_email: str
    from_name: str = ""
    to_email: list[str]
    cc_email: list[str]
    bcc_email: list[str] | None = None
    status: Literal["sent", "received", "failed", "draft", "pending"]
    delivery_state: DeliveryState | None
    direction: Direction
    kind: str = "person"
    is_automatic: bool = False
    is_sender_verified: bool = True
    template_type: str | None = None
    about_id: UUID | None = None
    has_attachments: bool
    has_raw: bool = False
    error_message: str | None
    created_at: datetime
    sent_at: datetime | None
    received_at: datetime | None


class Emails(BaseModel):
    ticket_id: UUID
    emails: list[EmailRead]
    count: int


class Sender(BaseModel):
    id: UUID
    email: str
    display_name: str
    is_default: bool


class Senders(BaseModel):
    senders: list[Sender]


class EmailSent(BaseModel):
    success: bool = True
    message: str
    email_message: EmailRead


class Received(BaseModel):
    """What came of a mail that was handed in."""

    success: bool = True
    message: str
    ticket_id: UUID | None = None
    email_message: EmailRead | None = None
    filtered: bool | None = None
    category: str | None = None


class InboundRead(BaseModel):
    id: UUID
    received_at: datetime
    via: str
    size: int
    state: str
    category: str | None
    reason: str | None
    attempts: int
    ticket_id: UUID | None
    subject: str | None = None
    from_email: str | None = None


class InboundList(BaseModel):
    mails: list[InboundRead]
    count: int


class Held(BaseModel):
    """Somebody whose mails are held because there are so many of them."""

    from_email: str
    count: int
    since: datetime
    last: datetime


class HeldList(BaseModel):
    senders: list[Held]


class Release(BaseModel):
    model_config = ConfigDict(extra="forbid")

    from_email: OneLine


class MailSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", from_attributes=True)

    keep_days: int = Field(
        ge=0, le=36_500, description="How long original mails are kept; 0 keeps them for ever."
    )
    hold_after: int = Field(
        ge=0,
        le=5_000,
        description="How many mails of one sender within an hour are let in before further ones are held; 0 holds none.",
    )


class FailedRead(BaseModel):
    id: UUID
    ticket_id: UUID | None
    ticket_number: int | None
    subject: str
    to_email: list[str]
    delivery_state: DeliveryState
    error_message: str | None
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None


class FailedList(BaseModel):
    emails: list[FailedRead]
    count: int


class AccountHealth(BaseModel):
    id: UUID
    email: str
    is_active: bool
    imap_enabled: bool
    last_polled_at: datetime | None
    last_received_at: datetime | None
    last_sent_at: datetime | None
    poll_error: str | None
    send_error: str | None


class Health(BaseModel):
    accounts: list[AccountHealth]
    waiting_in: int
    unprocessed: int
    filtered_today: int
    held: int
    """Mails that are held because their sender floods the desk."""
    queued_out: int
    uncertain: int
    failed: int
    last_received_at: datetime | None
    last_sent_at: datetime | None
    webhook_url: str
    webhook_secret: str


class HeadersRead(BaseModel):
    headers: list[tuple[str, str]]
