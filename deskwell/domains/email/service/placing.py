"""Where a mail belongs: our own and spam aside, reports on the mail they are about, the rest into a ticket."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.core.clock import now
from deskwell.core.ids import new_id
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Author

from ..logic import subjects
from ..logic.machines import LOOP_HEADER
from ..logic.machines import Kind as MailKind
from ..logic.reading import Mail
from ..logic.threading import Decision
from ..models import Direction, EmailAccount, EmailMessage, InboundState
from . import clues, flood, machines
from .into_tickets import write
from .outcome import Kept, Result, announce
from .signing import loop_mark, settings_of


async def place(
    session: AsyncSession,
    inbound: dict[str, Any],
    mail: Mail,
    files: Sequence[Kept],
    sender: str,
    identity: str,
) -> Result:
    ours = await clues.our_addresses(session)
    account = clues.account_of(mail, inbound, ours)
    kind = _kind(session, mail, sender, ours)
    email = _email(mail, inbound, sender, identity, kind, account)
    if kind is MailKind.OWN:
        return await _aside(session, email, inbound, "own")
    if kind in {MailKind.BOUNCE, MailKind.DELAY, MailKind.RECEIPT, MailKind.COMPLAINT}:
        return await _about(session, email, inbound, mail, kind)
    decision = await clues.find_thread(session, mail, sender, inbound["envelope_to"])
    if kind is MailKind.AUTO_REPLY:
        return await _auto_reply(session, email, inbound, mail, decision)
    recent = await flood.recent_of(session, sender)
    is_released = inbound.get("category") == flood.RELEASED
    if recent.is_flood and not is_released:
        return await _aside(session, email, inbound, flood.CATEGORY, recent.reason)
    if (
        decision.ticket_id is None
        and not is_released
        and mail.spam.is_spam
        and not await clues.has_written_before(session, sender)
    ):
        return await _aside(session, email, inbound, "spam")
    return await write(session, email, inbound, mail, files, decision, account, recent)


def _kind(session: AsyncSession, mail: Mail, sender: str, ours: dict[str, EmailAccount]) -> MailKind:
    """The kind, where only our own mark and our own addresses make a mail our own."""
    marks = [value for name, value in mail.headers if name == LOOP_HEADER]
    if loop_mark(settings_of(session)) in marks:
        return MailKind.OWN
    kind = mail.classification.kind
    return MailKind.OWN if sender in ours and kind is MailKind.PERSON else kind


def _email(
    mail: Mail,
    inbound: dict[str, Any],
    sender: str,
    identity: str,
    kind: MailKind,
    account: EmailAccount | None,
) -> EmailMessage:
    return EmailMessage(
        id=new_id(),
        created_at=now(),
        direction=Direction.INBOUND,
        kind=kind.value,
        rfc_id=mail.message_id,
        in_reply_to=mail.in_reply_to[0] if mail.in_reply_to else None,
        reference_ids=list(dict.fromkeys([*mail.references, *mail.in_reply_to]))[-100:],
        identity=identity,
        subject=mail.subject,
        subject_key=subjects.comparable(mail.subject),
        body_text=mail.text,
        body_html=mail.html or None,
        quoted_text=mail.reply.quoted[:200_000],
        signature_text=mail.reply.signature[:20_000],
        from_email=sender,
        from_name=mail.sender.name if mail.sender else "",
        to_email=[a.email for a in mail.to],
        cc_email=[a.email for a in mail.cc],
        reply_to=mail.reply_to[0].email if mail.reply_to else None,
        headers=[[name, value[:2000]] for name, value in mail.headers[:200]],
        has_attachments=bool(mail.content.files),
        is_automatic=kind not in {MailKind.PERSON, MailKind.LIST},
        is_sender_verified=mail.is_sender_certain,
        account_id=account.id if account else None,
        raw_id=inbound["id"],
        received_at=inbound["created_at"],
    )


async def _aside(
    session: AsyncSession,
    email: EmailMessage,
    inbound: dict[str, Any],
    category: str,
    reason: str | None = None,
) -> Result:
    """Kept and listed, but no ticket."""
    session.add(email)
    await session.flush()
    await announce(session, inbound, email, None)
    return Result(InboundState.FILTERED, category, email.id, reason=reason)


async def _about(
    session: AsyncSession, email: EmailMessage, inbound: dict[str, Any], mail: Mail, kind: MailKind
) -> Result:
    """A machine's report: noted on the mail it is about."""
    about = await machines.find_subject_of_report(session, mail)
    if about:
        email.about_id, email.ticket_id = about["id"], about["ticket_id"]
    session.add(email)
    await session.flush()
    if about:
        await machines.note_report(session, about, mail, kind)
    await announce(session, inbound, email, None)
    state = InboundState.PROCESSED if about else InboundState.FILTERED
    return Result(state, kind.value, email.id, email.ticket_id)


async def _auto_reply(
    session: AsyncSession, email: EmailMessage, inbound: dict[str, Any], mail: Mail, decision: Decision
) -> Result:
    """An automatic reply is shown on the ticket it answers and starts nothing."""
    ticket_id = decision.ticket_id or decision.linked_to
    email.ticket_id = ticket_id
    email.about_id = await machines.find_answered(session, mail)
    session.add(email)
    await session.flush()
    if ticket_id:
        ticket = await tickets.lock_ticket(session, ticket_id)
        words = f"Automatic reply from {email.from_email}:\n\n{mail.reply.visible[:1500]}"
        await tickets.write_message(session, SYSTEM, ticket, Author.SYSTEM, words, is_internal=True)
    await announce(session, inbound, email, decision.by)
    state = InboundState.PROCESSED if ticket_id else InboundState.FILTERED
    return Result(state, MailKind.AUTO_REPLY.value, email.id, ticket_id)
