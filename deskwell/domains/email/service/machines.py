"""What machines tell about mails of ours: found, and noted on them."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.core.clock import now
from deskwell.core.db import execute, one
from deskwell.core.events import publish
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Author

from ..events import MailBounced
from ..logic import subjects, tokens
from ..logic.machines import Kind
from ..logic.reading import Mail
from .signing import settings_of, verifiers


async def find_subject_of_report(session: AsyncSession, mail: Mail) -> dict[str, Any] | None:
    """The outgoing mail a report is about: by its identifier, else the last one to that address with that subject."""
    bounce = mail.bounce
    if bounce is None:
        return None
    keys = verifiers(settings_of(session))
    for value in [*bounce.message_ids, *mail.in_reply_to, *mail.references]:
        signed = tokens.read_message_id(keys, value)
        if signed is None:
            continue
        found = await one(
            session,
            "SELECT id, ticket_id, message_id FROM email_messages WHERE id = %(id)s AND direction = 'outbound'",
            id=signed.message_id,
        )
        if found:
            return found
    addresses = [r.email for r in bounce.recipients]
    key = subjects.comparable(bounce.original_subject) if bounce.original_subject else ""
    if not addresses:
        return None
    # Without an identifier only a mail of the last days to exactly this address counts, of this subject if one is named.
    return await one(
        session,
        """SELECT id, ticket_id, message_id FROM email_messages
           WHERE direction = 'outbound' AND (to_email && %(addresses)s OR cc_email && %(addresses)s)
             AND created_at > %(now)s - interval '5 days' AND (%(key)s = '' OR subject_key = %(key)s)
           ORDER BY id DESC LIMIT 1""",
        addresses=addresses,
        key=key,
        now=now(),
    )


async def find_answered(session: AsyncSession, mail: Mail) -> UUID | None:
    """The mail of ours that an automatic reply answers."""
    keys = verifiers(settings_of(session))
    for value in [*mail.in_reply_to, *reversed(mail.references)]:
        signed = tokens.read_message_id(keys, value)
        if signed and await one(
            session, "SELECT 1 AS x FROM email_messages WHERE id = %(id)s", id=signed.message_id
        ):
            return signed.message_id
    return None


async def note_report(session: AsyncSession, about: dict[str, Any], mail: Mail, kind: Kind) -> None:
    """Write on the outgoing mail what became of it, and tell the ticket."""
    if kind is Kind.RECEIPT:
        await execute(
            session,
            "UPDATE email_messages SET delivery_state = 'delivered' WHERE id = %(id)s AND delivery_state IN ('sent', 'uncertain')",
            id=about["id"],
        )
        return
    if kind is Kind.BOUNCE:
        await _bounced(session, about, mail)
    words = _words(mail, kind)
    if about["ticket_id"]:
        ticket = await tickets.lock_ticket(session, about["ticket_id"])
        await tickets.write_message(session, SYSTEM, ticket, Author.SYSTEM, words, is_internal=True)


async def _bounced(session: AsyncSession, about: dict[str, Any], mail: Mail) -> None:
    assert mail.bounce is not None
    await execute(
        session,
        "UPDATE email_messages SET delivery_state = 'bounced', error_message = %(words)s WHERE id = %(id)s",
        id=about["id"],
        words=(mail.bounce.diagnostic or mail.bounce.status or mail.subject)[:500],
    )
    await execute(
        session,
        "UPDATE outbox SET state = 'bounced', next_attempt_at = NULL WHERE email_id = %(id)s AND state <> 'leased'",
        id=about["id"],
    )
    await execute(session, "UPDATE messages SET success = false WHERE id = %(id)s", id=about["message_id"])
    await publish(
        session,
        MailBounced(
            actor=SYSTEM,
            ticket_id=about["ticket_id"],
            email_id=about["id"],
            is_permanent=mail.bounce.is_permanent,
        ),
    )


def _words(mail: Mail, kind: Kind) -> str:
    assert mail.bounce is not None
    who = ", ".join(r.email for r in mail.bounce.recipients) or "the recipient"
    said = f" {mail.bounce.diagnostic}" if mail.bounce.diagnostic else ""
    if kind is Kind.BOUNCE:
        return f"The mail to {who} came back.{said}"
    if kind is Kind.DELAY:
        return f"The mail to {who} is delayed; their server keeps trying.{said}"
    return f"{who} marked our mail as unwanted."
