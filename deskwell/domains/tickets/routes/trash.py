from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.clock import now
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import Staff

from .. import queries, schemas, service
from ..access import TICKETS_ERASE, TICKETS_TRASH, lock_visible
from ..service.trashing import TRASH_DAYS

router = APIRouter(prefix="/admin/tickets", tags=["Trash"])


@router.post("/delete", response_model=schemas.Deleted)
async def delete(data: schemas.TicketIds, session: Session, actor: Staff) -> Any:
    """Move closed tickets to the trash, all or none."""
    actor.must(TICKETS_TRASH)
    tickets = await lock_visible(session, actor, _some(data.ticket_ids))
    count = await service.trash(session, actor, tickets)
    return {"message": _said(count, "moved to the trash"), "deleted_count": count}


@router.get("/trash", response_model=schemas.TrashPage)
async def list_trash(session: Session, actor: Staff, page: PageParams) -> Any:
    """What lies in the trash, and for how long still."""
    actor.must(TICKETS_TRASH)
    tickets, total = await queries.list_trash(session, actor, page)
    for ticket in tickets:
        left = ticket["trashed_at"] + TRASH_DAYS - now()
        ticket["deleted_at"] = ticket["trashed_at"]
        ticket["days_until_permanent_deletion"] = max(0, -(-left // timedelta(days=1)))
    return {"tickets": tickets, "pagination": pagination(page, total)}


@router.post("/restore", response_model=schemas.Restored)
async def restore(data: schemas.TicketIds, session: Session, actor: Staff) -> Any:
    """Take tickets out of the trash."""
    actor.must(TICKETS_TRASH)
    tickets = await lock_visible(session, actor, _some(data.ticket_ids))
    count = await service.bring_back(session, actor, tickets)
    return {"message": _said(count, "restored"), "restored_count": count}


@router.delete("/trash", response_model=schemas.Deleted)
async def erase(
    session: Session,
    actor: Staff,
    ticket_ids: Annotated[list[str], Query(description="Repeated, or with commas.")],
) -> Any:
    """Erase tickets of the trash for good, with their messages and files."""
    actor.must(TICKETS_ERASE)
    tickets = await lock_visible(session, actor, _some(_uuids(ticket_ids)))
    count = await service.erase(session, actor, tickets)
    return {"message": _said(count, "erased for good"), "deleted_count": count}


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(part.strip()) for text in texts for part in text.split(",") if part.strip()]
    except ValueError:
        raise Invalid.field("ticket_ids", "ticket_ids must be UUIDs.") from None


def _some(ids: list[UUID]) -> list[UUID]:
    if not ids:
        raise Invalid.field("ticket_ids", "Please choose at least one ticket.")
    return ids


def _said(count: int, what: str) -> str:
    return f"{count} ticket was {what}." if count == 1 else f"{count} tickets were {what}."
