from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.actor import Actor
from deskwell.core.db import Session
from deskwell.domains.accounts.access import Staff

from .. import queries, schemas, service
from ..access import TICKETS_CLOSE, TICKETS_NOTE, TICKETS_REPLY, StaffTicket
from ..models import DraftKind

router = APIRouter(tags=["Drafts"])


def _must_write(actor: Actor, kind: DraftKind) -> None:
    actor.must(TICKETS_NOTE if kind is DraftKind.NOTE else TICKETS_REPLY)


@router.get("/ticket/{ticket_id}/drafts", response_model=schemas.Drafts)
async def list_drafts(ticket_id: UUID, session: Session, actor: Staff) -> Any:
    """What the caller has begun to write on this ticket."""
    await queries.get_ticket_row(session, actor, ticket_id, with_trash=True)
    found = [await service.find_draft(session, actor, ticket_id, kind) for kind in DraftKind]
    return {"drafts": [draft for draft in found if draft]}


@router.put("/ticket/{ticket_id}/draft", response_model=schemas.DraftSaved)
async def save_draft(data: schemas.DraftWrite, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Keep what is being written; an empty text forgets it."""
    _must_write(actor, data.kind)
    draft = await service.save_draft(
        session, actor, ticket, data.kind, body=data.body, body_html=data.body_html, file_ids=data.file_ids
    )
    return {"draft": draft}


@router.delete("/ticket/{ticket_id}/draft", response_model=schemas.DraftSaved)
async def forget_draft(
    ticket: StaffTicket, session: Session, actor: Staff, kind: Annotated[DraftKind, Query()] = DraftKind.REPLY
) -> Any:
    await service.save_draft(session, actor, ticket, kind, body="")
    return {"draft": None}


@router.post("/ticket/{ticket_id}/draft/send", response_model=schemas.DraftSaved)
async def send_draft(data: schemas.DraftSend, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Send the draft after `undo_seconds`; until then `draft/undo` takes it back. The server sends it."""
    _must_write(actor, data.kind)
    if data.close:
        actor.must(TICKETS_CLOSE)
    draft = await service.send_later(
        session,
        actor,
        ticket,
        data.kind,
        seconds=data.undo_seconds,
        closes=data.close,
        seen_position=data.seen_position,
    )
    return {"draft": draft}


@router.post("/ticket/{ticket_id}/draft/undo", response_model=schemas.DraftSaved)
async def undo_sending(
    ticket: StaffTicket, session: Session, actor: Staff, kind: Annotated[DraftKind, Query()] = DraftKind.REPLY
) -> Any:
    """Take a reply back before it is sent; 409 when it is too late."""
    return {"draft": await service.take_back(session, actor, ticket, kind)}
