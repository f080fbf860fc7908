"""A mail that says something: into the ticket it answers, or into a new one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor, Kind, Role, Through
from deskwell.core.clock import now
from deskwell.core.db import at_commit
from deskwell.core.errors import Invalid
from deskwell.core.ids import new_id
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.logic import normal_email
from deskwell.domains.accounts.models import User
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Author, LinkKind, Source, Ticket, TicketLink
from deskwell.domains.tickets.service.writing import takes_replies

from ..logic import subjects
from ..logic.forwarded import find_forwarded
from ..logic.reading import Mail, first_text
from ..logic.threading import Decision
from ..models import EmailAccount, EmailMessage, InboundState
from . import clues
from .flood import Recent
from .outcome import NO_SENDER, Kept, Result, announce

OLD_AFTER = timedelta(hours=24)
MAX_VISIBLE = 99_000
MOST_COPIES = 10


async def write(
    session: AsyncSession,
    email: EmailMessage,
    inbound: dict[str, Any],
    mail: Mail,
    files: Sequence[Kept],
    decision: Decision,
    account: EmailAccount | None,
    recent: Recent,
) -> Result:
    """A person's mail, or a machine's that tells something: into its ticket, or a new one."""
    writer, subject, text, note = await _writer(session, mail)
    wants_answer = _wants_answer(mail, writer, decision, recent)
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
    if account:  # not with every mail of a burst: they would wait for one another
        at_commit(
            session,
            """UPDATE email_accounts SET last_received_at = %(now)s
               WHERE id = %(id)s AND (last_received_at IS NULL OR last_received_at < %(now)s - interval '10 seconds')""",
            now=now(),
            id=account.id,
        )
    await announce(session, inbound, email, decision.by)
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


def _wants_answer(mail: Mail, writer: User, decision: Decision, recent: Recent) -> bool:
    """Only a person's fresh mail may be answered by a machine, and not somebody's who floods the desk."""
    if not mail.classification.may_be_answered or writer.email == NO_SENDER or not mail.is_sender_certain:
        return False
    if mail.sent_at and now() - mail.sent_at > OLD_AFTER:
        return False
    return decision.ticket_id is not None or recent.may_be_answered


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
    if copies:
        at_commit(
            session,
            """INSERT INTO ticket_ccs (ticket_id, email) SELECT %(t)s, unnest(%(e)s::text[])
               ON CONFLICT DO NOTHING""",
            t=ticket.id,
            e=copies,
        )
