from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record, text_enum


class Provider(StrEnum):
    SMTP = "smtp"
    SENDGRID = "sendgrid"
    SES = "ses"
    MAILGUN = "mailgun"
    OTHER = "other"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class DeliveryState(StrEnum):
    """Where an outgoing mail is. A held one waits for a person: the limit of automatic answers was reached."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    BOUNCED = "bounced"
    FAILED = "failed"


class InboundState(StrEnum):
    """What became of bytes that came in."""

    RECEIVED = "received"
    PROCESSED = "processed"
    FILTERED = "filtered"
    FAILED = "failed"


class TemplateType(StrEnum):
    TICKET_CREATED = "ticket_created"
    TICKET_REPLY = "ticket_reply"
    TICKET_CLOSED = "ticket_closed"
    TICKET_ASSIGNED = "ticket_assigned"
    CUSTOM = "custom"


class EmailAccount(Record, Base):
    """An address of the desk: how mail leaves by it, and how it is fetched. Secrets are sealed, never read back."""

    __tablename__ = "email_accounts"

    email: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text, server_default="")
    provider: Mapped[Provider] = mapped_column(text_enum(Provider))
    smtp_host: Mapped[str] = mapped_column(Text, server_default="")
    smtp_port: Mapped[int] = mapped_column(server_default=text("587"))
    smtp_username: Mapped[str] = mapped_column(Text, server_default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    """What is no secret of the credentials: region, domain, base_url, access_key_id, topic_arn."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret_names: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    context_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contexts.id", ondelete="SET NULL"), index=True
    )
    signature: Mapped[str] = mapped_column(Text, server_default="")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    uses_reply_tokens: Mapped[bool] = mapped_column(server_default=text("false"))

    imap_host: Mapped[str] = mapped_column(Text, server_default="")
    imap_port: Mapped[int] = mapped_column(server_default=text("993"))
    imap_enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    polling_since: Mapped[datetime | None]
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    lease_owner: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    last_polled_at: Mapped[datetime | None]
    last_received_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]
    poll_error: Mapped[str | None] = mapped_column(Text)
    send_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("email_accounts_default_idx", "is_default", unique=True, postgresql_where=text("is_default")),
    )


class EmailSettings(Record, Base):
    """What holds for the mail of the whole desk; there is one row, or none while nothing was changed."""

    __tablename__ = "email_settings"

    keep_days: Mapped[int] = mapped_column(server_default=text("365"))
    """How long the bytes of mails are kept; 0 for ever."""
    hold_after: Mapped[int] = mapped_column(server_default=text("2000"))
    """How many mails of one sender within an hour become tickets before further ones are held; 0 holds none."""


class EmailTemplate(Record, Base):
    """The words of a mail. Of each type the active one of the ticket's context counts, else that of all contexts."""

    __tablename__ = "email_templates"

    name: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    body_text: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str | None] = mapped_column(Text)
    template_type: Mapped[TemplateType] = mapped_column(text_enum(TemplateType), index=True)
    variables: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    context_id: Mapped[UUID | None] = mapped_column(ForeignKey("contexts.id", ondelete="CASCADE"), index=True)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    updated_at: Mapped[datetime | None]


class InboundMail(Record, Base):
    """Bytes that came in, stored before anything was read of them; the same bytes only once."""

    __tablename__ = "inbound_mails"

    sha256: Mapped[str] = mapped_column(Text, unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    via: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("email_accounts.id", ondelete="SET NULL"))
    envelope_to: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    state: Mapped[InboundState] = mapped_column(text_enum(InboundState), default=InboundState.RECEIVED)
    category: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    tried_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    email_id: Mapped[UUID | None]
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="SET NULL"))
    forgotten_at: Mapped[datetime | None]
    """When its bytes were thrown away after their time; the sum stays, so that it is known when it comes again."""

    __table_args__ = (
        Index(
            "inbound_mails_kept_idx",
            "created_at",
            postgresql_where=text("forgotten_at IS NULL AND state IN ('processed', 'filtered')"),
        ),
        Index("inbound_mails_waiting_idx", "created_at", postgresql_where=text("state = 'received'")),
        Index("inbound_mails_failed_idx", "created_at", postgresql_where=text("state = 'failed'")),
    )


class EmailMessage(Record, Base):
    """One mail of a ticket, in or out, beside the message it is or carries."""

    __tablename__ = "email_messages"

    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    message_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("messages.id", ondelete="SET NULL"), index=True
    )
    direction: Mapped[Direction] = mapped_column(text_enum(Direction))
    kind: Mapped[str] = mapped_column(Text, server_default="person")
    rfc_id: Mapped[str] = mapped_column(Text)
    """The Message-ID without brackets."""
    in_reply_to: Mapped[str | None] = mapped_column(Text)
    reference_ids: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    identity: Mapped[str | None] = mapped_column(Text)
    """For mail that came in: one per Message-ID, sender and body."""
    subject: Mapped[str] = mapped_column(Text, server_default="")
    subject_key: Mapped[str] = mapped_column(Text, server_default="")
    body_text: Mapped[str] = mapped_column(Text, server_default="")
    body_html: Mapped[str | None] = mapped_column(Text)
    quoted_text: Mapped[str] = mapped_column(Text, server_default="")
    signature_text: Mapped[str] = mapped_column(Text, server_default="")
    from_email: Mapped[str] = mapped_column(Text, server_default="")
    from_name: Mapped[str] = mapped_column(Text, server_default="")
    to_email: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    cc_email: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    bcc_email: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    reply_to: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[list[list[str]]] = mapped_column(JSONB, server_default=text("'[]'"))
    has_attachments: Mapped[bool] = mapped_column(server_default=text("false"))
    is_automatic: Mapped[bool] = mapped_column(server_default=text("false"))
    is_sender_verified: Mapped[bool] = mapped_column(server_default=text("true"))
    delivery_state: Mapped[DeliveryState | None] = mapped_column(text_enum(DeliveryState))
    error_message: Mapped[str | None] = mapped_column(Text)
    template_type: Mapped[str | None] = mapped_column(Text)
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("email_accounts.id", ondelete="SET NULL"), index=True
    )
    about_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("email_messages.id", ondelete="SET NULL"), index=True
    )
    """For bounces, receipts and automatic replies: the mail they are about."""
    raw_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("inbound_mails.id", ondelete="SET NULL"), index=True
    )
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]

    __table_args__ = (
        Index("email_messages_ticket_id_id_idx", "ticket_id", "id"),
        Index("email_messages_rfc_id_idx", "rfc_id"),
        Index(
            "email_messages_identity_key",
            "identity",
            unique=True,
            postgresql_where=text("identity IS NOT NULL"),
        ),
        Index(
            "email_messages_subject_idx",
            "from_email",
            "subject_key",
            postgresql_where=text("direction = 'inbound'"),
        ),
        Index(
            "email_messages_sender_idx",
            "from_email",
            "created_at",
            postgresql_where=text("direction = 'inbound'"),
        ),
        Index("email_messages_references_idx", "reference_ids", postgresql_using="gin"),
    )


class Outgoing(Record, Base):
    """What is to be sent: the row is the truth, the job only the doorbell. The bytes are fixed at the first attempt."""

    __tablename__ = "outbox"

    email_id: Mapped[UUID] = mapped_column(ForeignKey("email_messages.id", ondelete="CASCADE"), unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("email_accounts.id", ondelete="SET NULL"))
    sender: Mapped[str] = mapped_column(Text, server_default="")
    recipients: Mapped[list[str]] = mapped_column(ARRAY(Text))
    file_ids: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    extra_headers: Mapped[dict[str, str]] = mapped_column(JSONB, server_default=text("'{}'"))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[DeliveryState] = mapped_column(text_enum(DeliveryState), default=DeliveryState.QUEUED)
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    uncertain_attempts: Mapped[int] = mapped_column(server_default=text("0"))
    fence: Mapped[int] = mapped_column(server_default=text("0"))
    leased_until: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(
            "outbox_due_idx",
            "next_attempt_at",
            postgresql_where=text("state IN ('queued', 'leased', 'uncertain')"),
        ),
        Index("outbox_failed_idx", "id", postgresql_where=text("state IN ('failed', 'uncertain')")),
    )
