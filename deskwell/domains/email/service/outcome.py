"""What became of a mail that came in, and the fact that is announced of it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.core.events import publish
from deskwell.domains.files.service import Stored

from ..events import MailReceived
from ..logic.threading import Trust
from ..models import EmailMessage, InboundState

NO_SENDER = "unknown-sender@mail.invalid"


@dataclass(frozen=True)
class Kept:
    """Files of a mail that lie in the storage, beside the content id by which the HTML names them."""

    stored: Stored
    content_id: str = ""


@dataclass
class Result:
    """What became of a mail."""

    state: InboundState
    category: str | None = None
    email_id: UUID | None = None
    ticket_id: UUID | None = None
    takes_files: bool = field(default=False)
    reason: str | None = None
    """Why it is not in a ticket, for the list of what is kept aside."""


async def announce(
    session: AsyncSession, inbound: dict[str, Any], email: EmailMessage, by: Trust | None
) -> None:
    await publish(
        session,
        MailReceived(
            actor=SYSTEM,
            ticket_id=email.ticket_id,
            inbound_id=inbound["id"],
            email_id=email.id,
            mail_kind=email.kind,
            matched_by=by.name.lower() if by is not None else None,
        ),
    )
