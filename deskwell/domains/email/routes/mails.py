from html import unescape
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Response
from filetype import guess  # type: ignore[import-untyped]
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.context import Ctx
from deskwell.core.db import Session, rows
from deskwell.core.errors import Invalid
from deskwell.core.mail import MailGateway, MailUnreachable
from deskwell.domains.accounts.access import SignedIn, Staff
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.access import StaffTicket, VisibleTicket, visible_to
from deskwell.domains.tickets.models import Source, Ticket

from .. import queries, schemas, service
from ..access import MailWriter
from ..errors import MailNotFound, NoAccount
from ..logic.composing import in_layout, markdown_to_html
from ..logic.html import REMOTE, sanitise
from ..logic.templates import plain_twin
from ..models import EmailAccount

router = APIRouter()
MAX_IMAGE = 5 * 1024 * 1024


@router.get("/ticket/{ticket_id}/emails")
async def list_emails(ticket: VisibleTicket, session: Session, actor: SignedIn) -> schemas.Emails:
    """All mails of a ticket in the order of the thread; blind copies only for staff."""
    emails = await queries.list_emails(session, ticket.id, for_staff=actor.is_staff)
    return schemas.Emails(ticket_id=ticket.id, emails=emails, count=len(emails))


@router.get("/email/senders")
async def list_senders(session: Session, _: Staff) -> schemas.Senders:
    """The addresses a mail can be sent from, for the composer."""
    found = [a for a in await queries.list_accounts(session) if a.is_active]
    return schemas.Senders(senders=[schemas.Sender.model_validate(a, from_attributes=True) for a in found])


@router.post("/ticket/{ticket_id}/send-email")
async def send_email(
    data: schemas.SendEmail, ticket: StaffTicket, session: Session, actor: MailWriter
) -> schemas.EmailSent:
    """Write a mail from the ticket: it counts as the reply and stands in the thread once."""
    to = service.clean_recipients(data.to_emails, "to_emails")
    cc = [e for e in service.clean_recipients(data.cc_emails, "cc_emails") if e not in to]
    bcc = [e for e in service.clean_recipients(data.bcc_emails, "bcc_emails") if e not in to + cc]
    reply_to = service.clean_recipients([data.reply_to], "reply_to")[0] if data.reply_to else None
    if not to:
        raise Invalid.field("to_emails", "Please enter at least one recipient.")
    if not data.subject.strip():
        raise Invalid.field("subject", "Please write a subject.")
    account = await _account(session, ticket, data.account_id)
    rich = sanitise(data.body_html) if data.body_html else ""
    text = data.body_text.strip() or plain_twin(rich)
    if not text:
        raise Invalid.field("body_text", "Please write a message.", code="message_empty")
    message = await tickets.reply_as_staff(
        session, actor, ticket, text, source=Source.EMAIL, body_html=rich or None, data={"by_mail": True}
    )
    file_ids = await _files(session, ticket, data.attachment_ids)
    await tickets.link_files(session, actor, ticket, message, file_ids["new"])
    shown = (rich or markdown_to_html(text)).replace('src="remote:', 'src="')
    email = await service.queue_mail(
        session,
        to=to,
        cc=cc,
        bcc=bcc,
        subject=data.subject,
        text=text,
        html=in_layout(shown, title=data.subject),
        ticket=ticket,
        message=message,
        account=account,
        actor=actor,
        template_type="custom" if data.template_id else None,
        sender_name=f"{actor.name} ({account.display_name or ticket.context})",
        reply_to=reply_to,
        file_ids=file_ids["old"],
    )
    assert email is not None
    row = await queries.get_email(session, email.id)
    return schemas.EmailSent(message="The mail is on its way.", email_message=queries.email_read(row))


async def _account(session: AsyncSession, ticket: Ticket, account_id: UUID | None) -> EmailAccount:
    account = (
        await queries.get_account(session, account_id)
        if account_id
        else await service.pick_account(session, ticket)
    )
    if account is None:
        raise NoAccount
    if not account.is_active:
        raise Invalid.field(
            "account_id", f"The account {account.email} is switched off. Please choose another one."
        )
    return account


async def _files(session: AsyncSession, ticket: Ticket, wanted: list[UUID] | None) -> dict[str, list[UUID]]:
    """Files of earlier messages are sent again, fresh uploads become files of the new one."""
    ids = list(dict.fromkeys(wanted or ()))
    found = await rows(
        session,
        """SELECT file_id FROM attachments WHERE file_id = ANY(%(ids)s) AND ticket_id = %(ticket)s AND message_id IS NOT NULL""",
        ids=ids,
        ticket=ticket.id,
    )
    old = [row["file_id"] for row in found]
    return {"old": old, "new": [file_id for file_id in ids if file_id not in old]}


@router.post("/ticket/{ticket_id}/emails/{email_id}/retry")
async def retry(email_id: UUID, ticket: StaffTicket, session: Session, _: MailWriter) -> schemas.EmailSent:
    """Send again what failed or waits."""
    await _of_ticket(session, ticket, email_id)
    await service.retry(session, email_id)
    row = await queries.get_email(session, email_id)
    return schemas.EmailSent(message="It is tried again now.", email_message=queries.email_read(row))


@router.get("/ticket/{ticket_id}/emails/{email_id}/headers")
async def headers(email_id: UUID, ticket: StaffTicket, session: Session, _: Staff) -> schemas.HeadersRead:
    row = await _of_ticket(session, ticket, email_id)
    return schemas.HeadersRead(headers=[(name, value) for name, value in row["headers"]])


@router.get("/ticket/{ticket_id}/emails/{email_id}/raw")
async def raw(email_id: UUID, ticket: StaffTicket, session: Session, _: Staff) -> Response:
    """The mail exactly as it came or went, for download."""
    row = await _of_ticket(session, ticket, email_id)
    found = await rows(
        session,
        """SELECT coalesce((SELECT content FROM inbound_mails WHERE id = %(raw)s),
                           (SELECT content FROM outbox WHERE email_id = %(id)s)) AS content""",
        raw=row["raw_id"],
        id=email_id,
    )
    if not found or found[0]["content"] is None:
        raise MailNotFound
    return as_download(bytes(found[0]["content"]), f"mail-{email_id}.eml")


@router.get("/ticket/{ticket_id}/emails/{email_id}/image")
async def image(
    ticket_id: UUID, email_id: UUID, url: Annotated[str, Query(max_length=4000)], context: Ctx, actor: Staff
) -> Response:
    """A picture from the web that a mail shows, fetched by the desk: its owner learns nothing of the reader."""
    async with context.transaction() as session:
        if await session.scalar(visible_to(actor).where(Ticket.id == ticket_id)) is None:
            raise MailNotFound
        row = await queries.get_email(session, email_id)
    if row["ticket_id"] != ticket_id or f"{REMOTE}{url}" not in unescape(row["body_html"] or ""):
        raise MailNotFound
    gateway = context.gateway(MailGateway)
    try:
        content = await gateway.fetch(url, is_allowed_host=bool, limit=MAX_IMAGE)
    except MailUnreachable as error:
        raise MailNotFound from error
    kind = guess(content[:300])
    if kind is None or kind.mime not in {"image/png", "image/jpeg", "image/gif", "image/webp"}:
        raise MailNotFound
    return Response(
        content,
        media_type=kind.mime,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def as_download(content: bytes, name: str) -> Response:
    """Bytes that a browser only ever saves."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


async def _of_ticket(session: AsyncSession, ticket: Ticket, email_id: UUID) -> dict[str, Any]:
    row = await queries.get_email(session, email_id)
    if row["ticket_id"] != ticket.id:
        raise MailNotFound
    return row
