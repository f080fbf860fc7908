"""What comes in: stored first, then read, then put where it belongs."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.core.configuration import ask
from deskwell.core.db import at_commit, execute, one
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue

from ..events import MailReceived, MailUnreadable, ReadMail
from ..logic.reading import Mail
from ..models import InboundState
from .outcome import NO_SENDER, Kept, Result
from .placing import place


async def store_inbound(
    session: AsyncSession,
    content: bytes,
    *,
    via: str,
    account_id: UUID | None = None,
    envelope_to: Sequence[str] = (),
) -> UUID:
    """Keep the bytes before anything is read of them, and ask for that. The same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    row = await one(
        session,
        """INSERT INTO inbound_mails (id, sha256, content, size, via, account_id, envelope_to, state)
           VALUES (%(id)s, %(digest)s, %(content)s, %(size)s, %(via)s, %(account)s, %(to)s, 'received')
           ON CONFLICT (sha256) DO NOTHING RETURNING id""",
        id=new_id(),
        digest=digest,
        content=content,
        size=len(content),
        via=via,
        account=account_id,
        to=list(envelope_to),
    )
    if row is None:
        row = await one(session, "SELECT id FROM inbound_mails WHERE sha256 = %(digest)s", digest=digest)
    assert row is not None
    inbound_id: UUID = row["id"]
    await enqueue(session, ReadMail(inbound_id))
    return inbound_id


def identity_of(mail: Mail, digest: str) -> str:
    """The same for the same Message-ID, sender and body; without a Message-ID, for the same bytes."""
    if not mail.message_id:
        return f"raw:{digest}"
    parts = [
        mail.message_id,
        mail.sender.email if mail.sender else "",
        " ".join((mail.text or mail.html).split()),
    ]
    parts += [hashlib.sha256(f.content).hexdigest() for f in mail.content.files]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


async def is_known(session: AsyncSession, identity: str) -> bool:
    """Whether this mail is in a ticket already, so that its files need not be stored again."""
    return (
        await one(session, "SELECT 1 AS x FROM email_messages WHERE identity = %(i)s", i=identity) is not None
    )


async def note_failure(session: AsyncSession, inbound_id: UUID, reason: str) -> None:
    """What cannot be read is kept and shown with the reason."""
    await execute(
        session,
        "UPDATE inbound_mails SET state = 'failed', reason = %(reason)s, next_attempt_at = NULL WHERE id = %(id)s",
        id=inbound_id,
        reason=reason[:500],
    )
    await publish(session, MailUnreadable(actor=SYSTEM, inbound_id=inbound_id))


async def accept(session: AsyncSession, inbound: dict[str, Any], mail: Mail, files: Sequence[Kept]) -> Result:
    """Put a mail that was read where it belongs, once."""
    sender = mail.sender.email if mail.sender else NO_SENDER
    # One sender's mails come one after the other: an answer and its parent cannot pass each other unseen.
    identity = identity_of(mail, inbound["sha256"])
    _, known = await ask(
        session,
        ("SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", {"k": f"mail-from:{sender}"}),
        ("SELECT id, ticket_id FROM email_messages WHERE identity = %(i)s", {"i": identity}),
    )
    if known:
        result = Result(InboundState.PROCESSED, "repeat", known[0]["id"], known[0]["ticket_id"])
        await _announce_repeat(session, inbound, result)
    else:
        result = await place(session, inbound, mail, files, sender, identity)
    at_commit(
        session,
        """UPDATE inbound_mails SET state = %(state)s, category = %(category)s, email_id = %(email)s, ticket_id = %(ticket)s,
                  reason = %(reason)s, next_attempt_at = NULL WHERE id = %(id)s""",
        id=inbound["id"],
        state=result.state.value,
        category=result.category,
        email=result.email_id,
        ticket=result.ticket_id,
        reason=result.reason,
    )
    return result


async def _announce_repeat(session: AsyncSession, inbound: dict[str, Any], result: Result) -> None:
    """Whoever waits for this mail is woken."""
    await publish(
        session,
        MailReceived(
            actor=SYSTEM,
            ticket_id=result.ticket_id,
            inbound_id=inbound["id"],
            email_id=result.email_id,
            mail_kind="repeat",
        ),
    )
