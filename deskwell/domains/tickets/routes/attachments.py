from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from deskwell.core.actor import Actor
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid, NotFound, Unprocessable
from deskwell.core.limits import hit
from deskwell.core.storage import FileStore
from deskwell.domains.accounts.access import SignedIn
from deskwell.domains.files import service as files
from deskwell.domains.files.access import UPLOAD_FORM, file_response, receiving
from deskwell.domains.files.queries import get_file

from .. import queries, schemas, service
from ..errors import TicketNotFound
from ..models import Message, Ticket

router = APIRouter(tags=["Attachments"])
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


def _store(context: Context) -> FileStore:
    return context.gateway(FileStore)


@router.post("/files", response_model=schemas.FileSaved, openapi_extra=UPLOAD_FORM)
async def upload_ahead(request: Request, context: Ctx, actor: SignedIn) -> Any:
    """Upload a file ahead of the message that will name it in `file_ids`; unused, it is gone after a day."""
    await hit(context, "upload", str(actor.key_id or actor.user_id))
    async with receiving(request) as received:
        stored = await files.store(_store(context), received, prefix=f"uploads/{actor.user_id}")
    async with context.transaction() as session:
        file = await files.add_file(session, actor, stored, claim=False)
        read = schemas.FileRead(
            id=file.id,
            file_name=file.name,
            file_size=file.size,
            mime_type=file.mime_type,
            created_at=file.created_at,
        )
    return schemas.FileSaved(file=read)


@router.post(
    "/ticket/{ticket_id}/attachments", response_model=schemas.AttachmentSaved, openapi_extra=UPLOAD_FORM
)
async def upload(ticket_id: UUID, request: Request, context: Ctx, actor: SignedIn) -> Any:
    """Attach a file of at most 10 MB; its content must be what its name says.

    Nothing is held open while the bytes come: who may is asked first, and again when they are here.
    """
    async with context.transaction() as session:
        await queries.get_ticket_row(session, actor, ticket_id)
    await hit(context, "upload", str(actor.key_id or actor.user_id))
    async with receiving(request) as received:
        message_id = _message_id(received.fields)
        is_held = received.fields.get("hold", "").strip().lower() in TRUE_WORDS
        stored = await files.store(_store(context), received, prefix=f"tickets/{ticket_id}")
    try:
        async with context.transaction() as session:
            ticket = await service.lock_ticket(session, ticket_id)
            message = await _message(session, actor, ticket, message_id)
            await service.attach(session, actor, ticket, stored, message=message, is_held=is_held)
            read = await queries.get_attachment(session, actor, stored.id)
    except BaseException:
        await files.discard(_store(context), stored)
        raise
    return {"attachment": read}


def _message_id(fields: dict[str, str]) -> UUID | None:
    text = fields.get("message_id", "").strip()
    if not text or text == "null":
        return None
    try:
        return UUID(text)
    except ValueError:
        message = "message_id must be a UUID."
        raise Unprocessable(message, errors=[{"field": "message_id", "message": message}]) from None


async def _message(session: Session, actor: Actor, ticket: Ticket, message_id: UUID | None) -> Message | None:
    """The message a file is for; a customer may add to their own ones only."""
    await queries.get_ticket_row(session, actor, ticket.id)  # it may have been taken away meanwhile
    if message_id is None:
        return None
    message = await session.get(Message, message_id)
    if message is None or message.ticket_id != ticket.id or (actor.is_customer and message.is_internal):
        raise NotFound("There is no such message.", code="message_not_found")
    if actor.is_customer and message.author_id != actor.user_id:
        raise Invalid.field("message_id", "Files can be added to your own messages only.")
    return message


@router.get("/ticket/{ticket_id}/attachments", response_model=schemas.Attachments)
async def list_attachments(
    ticket_id: UUID,
    session: Session,
    actor: SignedIn,
    message_id: Annotated[UUID | None, Query(description="Only those of this message.")] = None,
) -> Any:
    """The files of a ticket; those of internal notes never reach a customer."""
    found = await queries.list_attachments(session, actor, ticket_id, message_id=message_id)
    if (
        not found
        and await queries.find_ticket_row(session, actor, ticket_id, with_trash=actor.is_staff) is None
    ):
        raise TicketNotFound
    return {"attachments": found, "count": len(found)}


@router.head("/attachment/{attachment_id}", response_class=Response, include_in_schema=False)
@router.get("/attachment/{attachment_id}", response_class=Response)
async def download(attachment_id: UUID, request: Request, context: Ctx, actor: SignedIn) -> Response:
    """The bytes under their original name; ranges and revalidation work."""
    async with context.transaction() as session:
        await queries.get_attachment(session, actor, attachment_id)
        file = await get_file(session, attachment_id)
    return await file_response(request, _store(context), file)


@router.delete("/attachment/{attachment_id}")
async def remove(attachment_id: UUID, session: Session, actor: SignedIn) -> schemas.Done:
    """Remove a file for good; customers only what they uploaded."""
    attachment = await queries.get_attachment(session, actor, attachment_id)
    await service.detach(session, actor, attachment)
    return schemas.Done(message=f"The file “{attachment['file_name']}” is removed.")
