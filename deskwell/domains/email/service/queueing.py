from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor
from deskwell.core.clock import now
from deskwell.core.db import one, together
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.tickets.models import Message, Source, Ticket

from .. import queries
from ..events import DeliverMail, MailQueued
from ..logic import subjects, tokens
from ..logic.composing import automatic_headers, loop_headers
from ..models import DeliveryState, Direction, EmailAccount, EmailMessage, Outgoing
from .signing import loop_mark, settings_of, signer

MOST_AUTOMATIC = 3
AUTOMATIC_WINDOW = timedelta(hours=1)
NOBODY = UUID(int=0)


async def pick_account(session: AsyncSession, ticket: Ticket | None = None) -> EmailAccount | None:
    """The account a ticket's mail leaves by: the one its last mail came to, its context's, the default, any.

    It is kept by the process: to be read only.
    """
    active = [account for account in await queries.kept_accounts(session) if account.is_active]
    if ticket is not None and active:
        last = _may_have_mails(ticket) and await one(
            session,
            """SELECT e.account_id FROM email_messages e JOIN email_accounts a ON a.id = e.account_id AND a.is_active
               WHERE e.ticket_id = %(ticket)s AND e.direction = 'inbound' ORDER BY e.id DESC LIMIT 1""",
            ticket=ticket.id,
        )
        brand = await contexts.find_brand(session, ticket.context_key)
        chosen = [account for account in active if last and account.id == last["account_id"]]
        if brand and not chosen:
            chosen = [account for account in active if account.id == brand.email_account_id]
            chosen = chosen or [account for account in active if account.context_id == brand.id]
        if chosen:
            return min(chosen, key=lambda account: account.id)
    return active[0] if active else None


def _may_have_mails(ticket: Ticket) -> bool:
    """False for one that was opened this moment, and not by mail."""
    return ticket.message_count > 1 or ticket.source is Source.EMAIL


async def queue_mail(
    session: AsyncSession,
    *,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str = "",
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    ticket: Ticket | None = None,
    message: Message | None = None,
    account: EmailAccount | None = None,
    actor: Actor = SYSTEM,
    template_type: str | None = None,
    is_automatic: bool = False,
    drops_when_limited: bool = False,
    sender_name: str = "",
    reply_to: str | None = None,
    file_ids: Sequence[UUID] = (),
) -> EmailMessage | None:
    """Put a mail into the outbox, in the transaction of what caused it. None: there is no account, or it was dropped.

    An automatic mail above the limit of its recipient is held for a person to see, or dropped where it says nothing
    new.
    """
    account = account or await pick_account(session, ticket)
    if account is None or not to:
        return None
    held = is_automatic and await _is_above_limit(session, to[0])
    if held and drops_when_limited:
        return None
    settings = settings_of(session)
    email_id = new_id()
    domain = account.email.rpartition("@")[2]
    thread = await _thread(session, ticket.id) if ticket and _may_have_mails(ticket) else {}
    if ticket and reply_to is None and account.uses_reply_tokens:
        reply_to = tokens.make_reply_address(signer(settings), ticket.id, to[0], account.email)
    email = EmailMessage(
        id=email_id,
        created_at=now(),
        ticket_id=ticket.id if ticket else None,
        message_id=message.id if message else None,
        direction=Direction.OUTBOUND,
        kind="automatic" if is_automatic else "person",
        rfc_id=tokens.make_message_id(signer(settings), ticket.id if ticket else NOBODY, email_id, domain),
        in_reply_to=thread.get("rfc_id"),
        reference_ids=_references(thread),
        subject=subject[:998],
        subject_key=subjects.comparable(subject),
        body_text=text,
        body_html=html or None,
        from_email=account.email,
        from_name=sender_name or account.display_name,
        to_email=list(to),
        cc_email=list(cc),
        bcc_email=list(bcc),
        reply_to=reply_to,
        has_attachments=bool(file_ids),
        is_automatic=is_automatic,
        delivery_state=DeliveryState.FAILED if held else DeliveryState.QUEUED,
        error_message=_held_words(to[0]) if held else None,
        template_type=template_type,
        account_id=account.id,
    )
    session.add(email)
    outgoing = Outgoing(
        id=new_id(),
        email_id=email.id,
        account_id=account.id,
        # A bounce of an automatic mail must not start a loop; one of a reply must reach us.
        sender="" if is_automatic and template_type == "ticket_created" else account.email,
        recipients=list(dict.fromkeys([*to, *cc, *bcc])),
        file_ids=[str(file_id) for file_id in file_ids],
        extra_headers={**loop_headers(loop_mark(settings)), **(automatic_headers() if is_automatic else {})},
        state=email.delivery_state,
        last_error=email.error_message,
        next_attempt_at=None if held else now(),
    )
    session.add(outgoing)
    await publish(
        session,
        MailQueued(
            actor=actor,
            ticket_id=email.ticket_id,
            email_id=email.id,
            template_type=template_type,
        ),
    )
    if not held:
        await enqueue(session, DeliverMail(outgoing.id))
    return email


def _held_words(address: str) -> str:
    return f"Held back: {address} got {MOST_AUTOMATIC} automatic mails within the last hour. Send it by hand if it is wanted."


async def _is_above_limit(session: AsyncSession, address: str) -> bool:
    """Whether this address has had its automatic mails of the hour; two at once are counted one after the other."""
    _, [row] = await together(
        session,
        ("SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", {"k": f"automatic:{address}"}),
        (
            """SELECT count(*) AS n FROM email_messages
               WHERE direction = 'outbound' AND is_automatic AND %(address)s = ANY(to_email)
                 AND created_at > %(since)s AND (error_message IS NULL OR delivery_state <> 'failed')""",
            {"address": address, "since": now() - AUTOMATIC_WINDOW},
        ),
    )
    return bool(row["n"] >= MOST_AUTOMATIC)


async def _thread(session: AsyncSession, ticket_id: UUID) -> dict[str, Any]:
    """The mail that a new one answers: the last that came in, else the last that went out."""
    found = await one(
        session,
        """SELECT rfc_id, reference_ids FROM email_messages
           WHERE ticket_id = %(ticket)s AND rfc_id <> '' AND kind IN ('person', 'automatic', 'mailing_list')
           ORDER BY direction = 'inbound' DESC, id DESC LIMIT 1""",
        ticket=ticket_id,
    )
    return found or {}


def _references(thread: dict[str, Any]) -> list[str]:
    if not thread:
        return []
    return [*list(dict.fromkeys(thread["reference_ids"] or []))[-19:], thread["rfc_id"]]
