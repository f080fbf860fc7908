from typing import Any
from uuid import UUID

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import execute, one, rows
from deskwell.core.logs import get_logger
from deskwell.core.mail import Envelope, MailAccount, MailGateway, Outcome, SendResult
from deskwell.core.storage import FileStore, ObjectMissing

from .. import service
from ..events import DeliverMail
from ..logic.composing import (
    Draft,
    compose,
    images_shown,
    take_data_images,
    with_content_ids,
    without_image_links,
)
from ..models import EmailAccount

log = get_logger(__name__)

# The message's own files, those named for this mail, and pictures of the same ticket that the HTML shows.
_FILES = """
SELECT f.id, f.name, f.mime_type, f.storage_key FROM files f
WHERE f.id = ANY(%(ids)s::uuid[])
   OR f.id IN (SELECT a.file_id FROM attachments a WHERE a.message_id = %(message)s AND NOT a.is_held)
   OR (f.id = ANY(%(shown)s::uuid[]) AND f.id IN (
       SELECT a.file_id FROM attachments a LEFT JOIN messages m ON m.id = a.message_id
       WHERE a.ticket_id = %(ticket)s AND NOT a.is_held AND NOT coalesce(m.is_internal, false)))
ORDER BY f.id
"""


async def deliver_mail(context: Context, request: DeliverMail) -> None:
    """Send one mail of the outbox, if it is due: lease, fix the bytes, send without a transaction, write the outcome."""
    async with context.transaction() as session:
        outgoing = await service.lease(session, request.outgoing_id)
    if outgoing is None:
        return
    try:
        result = await _send(context, outgoing)
    except Exception as error:
        log.exception("mail_not_sent", outgoing=str(outgoing["id"]))
        result = SendResult(Outcome.LATER, f"The mail could not be prepared ({type(error).__name__}).")
    async with context.transaction() as session:
        await service.finish(session, outgoing, result)


async def _send(context: Context, outgoing: dict[str, Any]) -> SendResult:
    account = await _account(context, outgoing["account_id"])
    if account is None:
        return SendResult(Outcome.REFUSED, "The e-mail account of this mail is switched off or gone.")
    try:
        content = await _content(context, outgoing)
    except ValueError as error:
        return SendResult(Outcome.REFUSED, str(error))
    except ObjectMissing:
        return SendResult(Outcome.REFUSED, "An attached file is gone.")
    if content is None:
        return SendResult(Outcome.LATER, "Somebody else took this mail.")
    envelope = Envelope(outgoing["rfc_id"], outgoing["sender"], outgoing["recipients"], content)
    gateway = context.gateway(MailGateway)
    return await gateway.send(account, envelope)


async def _account(context: Context, account_id: UUID | None) -> MailAccount | None:
    async with context.transaction() as session:
        account = await session.get(EmailAccount, account_id) if account_id else None
        if account is not None and not account.is_active:
            account = None
        return service.plain_account(context.settings, account) if account else None


async def _content(context: Context, outgoing: dict[str, Any]) -> bytes | None:
    """The bytes: fixed and stored before the first attempt, the same at every later one."""
    async with context.transaction() as session:
        row = await one(
            session,
            """SELECT o.content, e.* FROM outbox o JOIN email_messages e ON e.id = o.email_id WHERE o.id = %(id)s""",
            id=outgoing["id"],
        )
        assert row is not None
        outgoing["rfc_id"] = row["rfc_id"]
        if row["content"] is not None:
            return bytes(row["content"])
        shown = images_shown(row["body_html"] or "")
        names = await rows(
            session,
            _FILES,
            ids=list(outgoing["file_ids"]),
            message=row["message_id"],
            shown=shown,
            ticket=row["ticket_id"],
        )
    images = {f["id"]: f for f in names if f["id"] in shown and f["mime_type"].startswith("image/")}
    domain = row["from_email"].rpartition("@")[2]
    content_ids = {file_id: f"{file_id.hex}@{domain}" for file_id in images}
    html, pictures = take_data_images(with_content_ids(row["body_html"] or "", content_ids), domain)
    files = [
        (f["name"], f["mime_type"], await _bytes(context, f["storage_key"]))
        for f in names
        if f["id"] not in images
    ]
    content = compose(
        Draft(
            message_id=row["rfc_id"],
            sender=(row["from_name"], row["from_email"]),
            to=row["to_email"],
            cc=row["cc_email"],
            reply_to=row["reply_to"],
            subject=row["subject"],
            text=without_image_links(row["body_text"]),
            html=html,
            sent_at=now(),
            in_reply_to=row["in_reply_to"],
            references=row["reference_ids"],
            headers=outgoing["extra_headers"],
            files=files,
            images=[
                (content_ids[i], f["name"], f["mime_type"], await _bytes(context, f["storage_key"]))
                for i, f in images.items()
            ]
            + pictures,
        )
    )
    async with context.transaction() as session:
        if names:
            await execute(
                session, "UPDATE email_messages SET has_attachments = true WHERE id = %(id)s", id=row["id"]
            )
        written = await execute(
            session,
            "UPDATE outbox SET content = %(content)s WHERE id = %(id)s AND fence = %(fence)s AND state = 'leased'",
            content=content,
            id=outgoing["id"],
            fence=outgoing["fence"],
        )
    return content if written else None


async def _bytes(context: Context, key: str) -> bytes:
    store = context.gateway(FileStore)
    return b"".join([piece async for piece in store.get(key)])
