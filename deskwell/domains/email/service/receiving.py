"""What comes in: stored first, then read, then put where it belongs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor, Kind, Role, Through
from deskwell.core.clock import now
from deskwell.core.db import execute, one
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.logic import normal_email
from deskwell.domains.accounts.models import User
from deskwell.domains.files.service import Stored
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Author, LinkKind, Source, Ticket, TicketLink
from deskwell.domains.tickets.service.writing import takes_replies

from ..events import MailReceived, MailUnreadable, ReadMail
from ..logic import subjects
from ..logic.forwarded import find_forwarded
from ..logic.machines import LOOP_HEADER
from ..logic.machines import Kind as MailKind
from ..logic.reading import Mail, first_text
from ..logic.threading import Decision, Trust
from ..models import Direction, EmailAccount, EmailMessage, InboundState
from . import clues, machines
from .signing import loop_mark, settings_of

OLD_AFTER = timedelta(hours=24)
NO_SENDER = "unknown-sender@mail.invalid"
MOST_NEW_TICKETS = 200
MAX_VISIBLE = 99_000
MOST_COPIES = 10


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
    await execute(
        session, "SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", k=f"mail-from:{sender}"
    )
    identity = identity_of(mail, inbound["sha256"])
    known = await one(session, "SELECT id, ticket_id FROM email_messages WHERE identity = %(i)s", i=identity)
    if known:
        result = Result(InboundState.PROCESSED, "repeat", known["id"], known["ticket_id"])
        await _announce_repeat(session, inbound, result)
    else:
        result = await _place(session, inbound, mail, files, sender, identity)
    await execute(
        session,
        """UPDATE inbound_mails SET state = %(state)s, category = %(category)s, email_id = %(email)s, ticket_id = %(ticket)s,
                  reason = NULL, next_attempt_at = NULL WHERE id = %(id)s""",
        id=inbound["id"],
        state=result.state.value,
        category=result.category,
        email=result.email_id,
        ticket=result.ticket_id,
    )
    return result


async def _place(
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
    if (
        decision.ticket_id is None
        and mail.spam.is_spam
        and not await clues.has_written_before(session, sender)
    ):
        return await _aside(session, email, inbound, "spam")
    return await _write(session, email, inbound, mail, files, decision, account)


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
    session: AsyncSession, email: EmailMessage, inbound: dict[str, Any], category: str
) -> Result:
    """Kept and listed, but no ticket."""
    session.add(email)
    await session.flush()
    await _announce(session, inbound, email, None)
    return Result(InboundState.FILTERED, category, email.id)


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
    await _announce(session, inbound, email, None)
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
    await _announce(session, inbound, email, decision.by)
    state = InboundState.PROCESSED if ticket_id else InboundState.FILTERED
    return Result(state, MailKind.AUTO_REPLY.value, email.id, ticket_id)


async def _write(
    session: AsyncSession,
    email: EmailMessage,
    inbound: dict[str, Any],
    mail: Mail,
    files: Sequence[Kept],
    decision: Decision,
    account: EmailAccount | None,
) -> Result:
    """A person's mail, or a machine's that tells something: into its ticket, or a new one."""
    writer, subject, text, note = await _writer(session, mail)
    wants_answer = await _wants_answer(session, mail, writer, decision)
    customer = Actor(
        Kind.CUSTOMER,
        user_id=writer.id,
        name=writer.name,
        email=writer.email,
        role=Role.CUSTOMER,
        through=Through.EMAIL,
    )
    ticket = await _ticket_to_continue(session, decision)
    html = _shown_html(email.body_html, files)
    email.body_html = html
    if ticket is not None and takes_replies(ticket):
        visible = _visible(mail.reply.visible, mail)
        message, _ = await tickets.reply_as_customer(
            session,
            customer,
            ticket,
            visible,
            source=Source.EMAIL,
            body_html=html if not mail.reply.has_folded else None,
            matched_by=decision.by.name.lower() if decision.by is not None else None,
            wants_answer=wants_answer,
        )
    else:
        opened = await tickets.open_ticket(
            session,
            customer,
            writer.id,
            context=await clues.context_of(session, account),
            subject=subjects.without_prefixes(subject) or "(no subject)",
            text=_visible(text, mail),
            source=Source.EMAIL,
            body_html=html,
            follows_id=ticket.id if ticket else None,
            wants_answer=wants_answer,
        )
        ticket, message = opened.ticket, opened.message
        await _link(session, ticket, decision)
    email.ticket_id, email.message_id = ticket.id, message.id
    session.add(email)
    await session.flush()
    for kept in files:
        await tickets.attach(session, customer, ticket, kept.stored, message=message)
    if note:
        await tickets.write_message(
            session,
            SYSTEM,
            ticket,
            Author.SYSTEM,
            f"Forwarded by {email.from_email}: {note[:2000]}",
            is_internal=True,
        )
    await _keep_copies(session, ticket, writer, email)
    if account:
        await execute(
            session,
            "UPDATE email_accounts SET last_received_at = %(now)s WHERE id = %(id)s",
            now=now(),
            id=account.id,
        )
    await _announce(session, inbound, email, decision.by)
    return Result(
        InboundState.PROCESSED,
        None if mail.classification.may_be_answered else email.kind,
        email.id,
        ticket.id,
        takes_files=True,
    )


async def _writer(session: AsyncSession, mail: Mail) -> tuple[User, str, str, str]:
    """Who asks: the sender, or the one whose mail somebody of the staff forwards; with subject, text and their note."""
    address = mail.sender
    user = await accounts.find_or_make_customer(
        session,
        email=_storable(address.email if address else NO_SENDER),
        name=(address.name if address else "") or "",
    )
    if user.role is Role.CUSTOMER or not subjects.is_forward(mail.subject):
        return user, mail.subject, first_text(mail), ""
    forwarded = find_forwarded(mail.text)
    if forwarded is None:
        return user, mail.subject, first_text(mail), ""
    real = await accounts.find_or_make_customer(
        session, email=_storable(forwarded.sender.email), name=forwarded.sender.name
    )
    return real, forwarded.subject or mail.subject, forwarded.text or first_text(mail), forwarded.note


def _storable(email: str) -> str:
    """An address the desk's accounts can hold; one without a real domain becomes the unknown sender."""
    try:
        return normal_email(email)
    except Invalid:
        return NO_SENDER


async def _wants_answer(session: AsyncSession, mail: Mail, writer: User, decision: Decision) -> bool:
    """Only a person's fresh mail may be answered by a machine, and not somebody's who floods the desk."""
    if not mail.classification.may_be_answered or writer.email == NO_SENDER or not mail.is_sender_certain:
        return False
    if mail.sent_at and now() - mail.sent_at > OLD_AFTER:
        return False
    if decision.ticket_id is not None:
        return True
    recent = await one(
        session,
        """SELECT count(*) AS n FROM (SELECT 1 FROM tickets WHERE customer_id = %(id)s AND source = 'email'
           AND created_at > %(since)s LIMIT %(most)s) t""",
        id=writer.id,
        since=now() - timedelta(hours=1),
        most=MOST_NEW_TICKETS,
    )
    return bool(recent and recent["n"] < MOST_NEW_TICKETS)


async def _ticket_to_continue(session: AsyncSession, decision: Decision) -> Ticket | None:
    if decision.ticket_id is None:
        return None
    ticket = await tickets.lock_ticket(session, decision.ticket_id)
    for _ in range(10):  # merged tickets hand on what they get
        if ticket.merged_into_id is None:
            break
        ticket = await tickets.lock_ticket(session, ticket.merged_into_id)
    return ticket


def _visible(text: str, mail: Mail) -> str:
    text = text.strip()
    if not text:
        text = "(only attachments)" if mail.content.files else "(no text)"
    if len(text) > MAX_VISIBLE:
        text = text[:MAX_VISIBLE] + "\n\n[…] The rest is in the mail itself."
    return text


def _shown_html(html: str | None, files: Sequence[Kept]) -> str | None:
    """The mail's HTML with its own pictures found among the attachments."""
    if not html:
        return None
    for kept in files:
        if kept.content_id:
            for form in {kept.content_id, kept.content_id.replace("@", "%40")}:
                html = html.replace(f"cid:{form}", f"/attachment/{kept.stored.id}")
    return html


async def _link(session: AsyncSession, ticket: Ticket, decision: Decision) -> None:
    """A stranger's answer is a ticket of its own, beside the one it names."""
    if decision.linked_to is None:
        return
    session.add(
        TicketLink(id=new_id(), ticket_id=ticket.id, other_id=decision.linked_to, kind=LinkKind.RELATED)
    )
    await session.flush()


async def _keep_copies(session: AsyncSession, ticket: Ticket, writer: User, email: EmailMessage) -> None:
    """Whom the requester puts into the copy hears of what follows, and may write; nobody else adds people."""
    if writer.id != ticket.customer_id or not email.cc_email:
        return
    ours = await clues.our_addresses(session)
    copies = [address for address in email.cc_email if address not in ours and address != writer.email][
        :MOST_COPIES
    ]
    for address in copies:
        await execute(
            session,
            "INSERT INTO ticket_ccs (ticket_id, email) VALUES (%(t)s, %(e)s) ON CONFLICT DO NOTHING",
            t=ticket.id,
            e=address,
        )


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


async def _announce(
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
