"""Sending and fetching mail: the protocols that `gateways/mail` fulfils for SMTP, HTTP providers and IMAP."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class MailAccount:
    """How to reach one account; secrets are plain here and only here. Hosts were typed on a screen."""

    email: str
    provider: str = "smtp"
    host: str = ""
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    credentials: dict[str, str] = field(default_factory=dict, repr=False)
    imap_host: str = ""
    imap_port: int = 993


@dataclass(frozen=True)
class Envelope:
    """One mail as it goes out: the same bytes at every attempt. An empty sender is the null return path."""

    message_id: str
    sender: str
    recipients: Sequence[str]
    content: bytes = field(repr=False)


class Outcome(StrEnum):
    """How an attempt ended. Uncertain: the other side may have taken it, and nobody told us."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class SendResult:
    """The outcome in the server's own words; `refused` holds recipients that were not taken while others were."""

    outcome: Outcome
    words: str = ""
    retry_after: float | None = None
    refused: dict[str, str] = field(default_factory=dict)
    provider_id: str = ""


class MailUnreachable(Exception):
    """The server cannot be reached or refuses us; the text is what it said, fit for a person."""


@dataclass(frozen=True)
class Fetched:
    """One message in a mailbox, unmarked."""

    uid: int
    content: bytes = field(repr=False)


class Mailbox(Protocol):
    """An open mailbox. Calls block and belong into a thread; every one has a time limit of its own."""

    uid_validity: int

    def fetch_new(self, after_uid: int, *, since: str | None, limit: int) -> list[Fetched]:
        """Messages above `after_uid`, oldest first; nothing is marked. `since` (an IMAP date) bounds a first look."""

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Mark what is safely stored."""

    def wait(self, seconds: float) -> None:
        """Return when something may have arrived, at the latest after `seconds` (IDLE, or a pause without it)."""

    def close(self) -> None: ...


class MailGateway(Protocol):
    """All doors for mail."""

    async def send(self, account: MailAccount, envelope: Envelope) -> SendResult:
        """Try once. Never raises for what the other side does."""

    async def check(self, account: MailAccount) -> str:
        """Connect and sign in; return what the server said. Raises `MailUnreachable`."""

    async def check_mailbox(self, account: MailAccount) -> str:
        """The same for IMAP."""

    def open_mailbox(self, account: MailAccount) -> Mailbox:
        """Connect to the inbox; blocks. Raises `MailUnreachable`."""

    async def fetch(self, url: str, *, is_allowed_host: Callable[[str], bool], limit: int = 200_000) -> bytes:
        """Fetch a document of at most `limit` bytes (a certificate, a picture) from a public host that is allowed."""
