from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class MailReceived(Event):
    """A mail has been read and put where it belongs; without a ticket it was kept aside."""

    kind = "mail.received"
    inbound_id: UUID
    email_id: UUID | None
    mail_kind: str
    matched_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class MailUnreadable(Event):
    kind = "mail.unreadable"
    inbound_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailQueued(Event):
    kind = "mail.queued"
    email_id: UUID
    template_type: str | None = None


@dataclass(frozen=True, kw_only=True)
class MailSent(Event):
    kind = "mail.sent"
    email_id: UUID


@dataclass(frozen=True, kw_only=True)
class MailFailed(Event):
    """Given up, or refused for good. `is_uncertain`: nobody knows whether it arrived."""

    kind = "mail.failed"
    email_id: UUID
    is_uncertain: bool = False


@dataclass(frozen=True, kw_only=True)
class MailBounced(Event):
    kind = "mail.bounced"
    email_id: UUID
    is_permanent: bool


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Event):
    kind = "email_account.changed"
    account_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MailSettingsChanged(Event):
    kind = "email_settings.changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TemplateChanged(Event):
    kind = "email_template.changed"
    template_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ReadMail(JobRequest):
    """Read bytes that came in."""

    inbound_id: UUID
    queue = "mail"
    retries = 0

    @property
    def once(self) -> str:
        """One waiting job is enough for all: it reads whatever waits when it begins."""
        return "read"


@dataclass(frozen=True)
class DeliverMail(JobRequest):
    """Send what is due in the outbox."""

    outgoing_id: UUID
    queue = "mail"
    retries = 0

    @property
    def once(self) -> str:
        return f"deliver:{self.outgoing_id}"


@dataclass(frozen=True)
class SweepMail(JobRequest):
    """Ring the bell for rows that are due: retries, lost leases, mail whose job was lost."""

    queue = "mail"

    @property
    def once(self) -> str:
        return "sweep_mail"


@dataclass(frozen=True)
class ForgetRawMail(JobRequest):
    """Throw away the bytes of mails that were kept for as long as the owner wants."""

    @property
    def once(self) -> str:
        return "forget_raw_mail"


@dataclass(frozen=True)
class FetchMailboxes(JobRequest):
    """See that every mailbox with polling has somebody who watches it."""

    queue = "mail"

    @property
    def once(self) -> str:
        return "fetch_mailboxes"
