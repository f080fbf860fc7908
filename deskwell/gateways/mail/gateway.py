"""Which account goes through which door."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskwell.core.mail import Envelope, MailAccount, Mailbox, MailGateway, SendResult

from . import imap, providers, smtp

API_PROVIDERS = frozenset({"sendgrid", "ses", "mailgun"})


@dataclass(frozen=True)
class Mail:
    """The real doors; `allowed` lists hosts that may be reached though they are not public."""

    allowed: Sequence[str] = ()

    async def send(self, account: MailAccount, envelope: Envelope) -> SendResult:
        if _has_api(account):
            return await providers.send(account, envelope, self.allowed)
        return await smtp.send(account, envelope, self.allowed)

    async def check(self, account: MailAccount) -> str:
        if _has_api(account):
            return await providers.check(account, self.allowed)
        return await smtp.check(account, self.allowed)

    async def check_mailbox(self, account: MailAccount) -> str:
        def look() -> str:
            mailbox = imap.open_mailbox(account, self.allowed)
            mailbox.close()
            return f"{account.imap_host} accepted the sign-in; the inbox is open."

        return await asyncio.to_thread(look)

    def open_mailbox(self, account: MailAccount) -> Mailbox:
        return imap.open_mailbox(account, self.allowed)

    async def fetch(self, url: str, *, is_allowed_host: Callable[[str], bool], limit: int = 200_000) -> bytes:
        return await providers.fetch(url, self.allowed, is_allowed_host, limit)


def _has_api(account: MailAccount) -> bool:
    """A provider with an API that is given only an SMTP host is spoken to by SMTP."""
    return account.provider in API_PROVIDERS and bool(
        account.api_key or account.credentials.get("access_key_id")
    )


def open_mail(allowed: Sequence[str] = ()) -> MailGateway:
    return Mail(tuple(allowed))
