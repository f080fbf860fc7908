from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from deskwell.core.context import Ctx
from deskwell.core.db import Session, one
from deskwell.core.errors import Invalid
from deskwell.core.jobs import enqueue

from .. import queries, schemas, service
from ..access import MailManager, Operator
from ..errors import MailNotFound
from ..events import ReadMail
from ..models import InboundState
from ..service.flood import RELEASED
from .mails import as_download

router = APIRouter(prefix="/admin/email")


@router.get("/health", response_model=schemas.Health)
async def health(session: Session, actor: Operator, context: Ctx) -> Any:
    """How mail is doing: accounts, what waits, what failed, and where other systems hand mail in."""
    base, secret = context.settings.public_url, service.webhook_secret(context.settings)
    return {
        **await queries.figures(session),
        "accounts": [
            schemas.AccountHealth.model_validate(a, from_attributes=True)
            for a in await queries.list_accounts(session)
        ],
        "webhook_url": f"{base}/webhooks/email",
        "webhook_secret": secret if actor.is_admin else "",
    }


@router.get("/inbound", response_model=schemas.InboundList)
async def list_inbound(session: Session, _: Operator, state: Annotated[str, Query()] = "failed") -> Any:
    """Mails that could not be read (`failed`), were kept aside (`filtered`) or wait (`received`)."""
    try:
        wanted = InboundState(state)
    except ValueError as error:
        raise Invalid.field("state", "Please ask for failed, filtered, received or processed.") from error
    mails = await queries.list_inbound(session, wanted)
    return {"mails": mails, "count": len(mails)}


@router.post("/inbound/{inbound_id}/retry")
async def read_again(inbound_id: UUID, session: Session, _: Operator) -> schemas.Done:
    """Read a mail again that failed or was kept aside; as it is now, not spam."""
    row = await one(
        session,
        """UPDATE inbound_mails SET state = 'received', attempts = 0, next_attempt_at = NULL, reason = NULL, category = %(released)s
           WHERE id = %(id)s AND state IN ('failed', 'filtered') AND forgotten_at IS NULL RETURNING id, email_id""",
        id=inbound_id,
        released=RELEASED,
    )
    if row is None:
        raise MailNotFound
    if row["email_id"]:
        # The row that kept it aside would make it a repeat of itself.
        await one(
            session,
            "DELETE FROM email_messages WHERE id = %(id)s AND ticket_id IS NULL RETURNING id",
            id=row["email_id"],
        )
    await enqueue(session, ReadMail(inbound_id))
    return schemas.Done(message="The mail is read again.")


@router.get("/inbound/{inbound_id}/raw")
async def raw(inbound_id: UUID, session: Session, _: Operator) -> Response:
    row = await queries.get_inbound(session, inbound_id)
    return as_download(bytes(row["content"]), f"mail-{inbound_id}.eml")


@router.delete("/inbound/{inbound_id}")
async def forget(inbound_id: UUID, session: Session, _: Operator) -> schemas.Done:
    """Throw away a mail that could not be read or was kept aside."""
    row = await one(
        session,
        "DELETE FROM inbound_mails WHERE id = %(id)s AND state IN ('failed', 'filtered') RETURNING id",
        id=inbound_id,
    )
    if row is None:
        raise MailNotFound
    return schemas.Done(message="The mail is gone.")


@router.get("/held", response_model=schemas.HeldList)
async def list_held(session: Session, _: Operator) -> Any:
    """Senders whose mails are held because they sent so many within an hour."""
    return {"senders": await queries.list_held(session)}


@router.post("/held/release")
async def release(data: schemas.Release, session: Session, _: Operator) -> schemas.Done:
    """Let in all mails of a sender that are held; each becomes what it would have been."""
    count = await service.release(session, data.from_email.strip().lower())
    if not count:
        raise MailNotFound
    return schemas.Done(message=f"{count} mails are let in now.")


@router.get("/settings", response_model=schemas.MailSettings)
async def read_settings(session: Session, _: MailManager) -> Any:
    """How long original mails are kept, and how many of one sender are let in within an hour."""
    return await queries.mail_settings(session)


@router.put("/settings", response_model=schemas.MailSettings)
async def save_settings(data: schemas.MailSettings, session: Session, actor: MailManager) -> Any:
    return await service.save_mail_settings(session, actor, data)


@router.get("/failed", response_model=schemas.FailedList)
async def list_failed(session: Session, _: Operator) -> Any:
    emails = await queries.list_failed(session)
    return {"emails": emails, "count": len(emails)}


@router.post("/failed/{email_id}/retry")
async def send_again(email_id: UUID, session: Session, _: Operator) -> schemas.Done:
    await queries.get_email(session, email_id)
    await service.retry(session, email_id)
    return schemas.Done(message="It is tried again now.")
