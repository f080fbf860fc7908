from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.db import Session
from deskwell.core.errors import Invalid, Problem
from deskwell.domains.accounts.access import SignedIn, Staff

from .. import queries, schemas, service
from ..access import TICKETS_MERGE, StaffTicket, VisibleTicket, lock_visible, visible_to
from ..errors import TicketNotFound
from ..models import Ticket

router = APIRouter(tags=["Merging and linking"])


@router.get("/ticket/{ticket_id}/merge-preview", response_model=schemas.MergePreview)
async def preview_merge(
    ticket_id: UUID, session: Session, actor: Staff, into: Annotated[UUID, Query(description="The survivor.")]
) -> Any:
    """What the thread would look like, and what speaks against it. Changes nothing."""
    actor.must(TICKETS_MERGE)
    merged = await _visible(session, actor, ticket_id)
    survivor = await _visible(session, actor, into)
    problem = None
    try:
        service.check_mergeable(merged, survivor)
    except Problem as refusal:
        problem = refusal.detail
    messages = await queries.preview_merge(session, merged.id, survivor.id)
    watchers = {person["id"] for person in await queries.list_watchers(session, merged.id)}
    watchers |= {person["id"] for person in await queries.list_watchers(session, survivor.id)}
    return {
        "merged": await queries.staff_ticket_read(session, merged),
        "survivor": await queries.staff_ticket_read(session, survivor),
        "messages": messages if problem is None else [],
        "file_count": len(await queries.list_attachments(session, actor, merged.id)),
        "watcher_count": len(watchers),
        "other_customer": merged.customer_id != survivor.customer_id,
        "problem": problem,
    }


async def _visible(session: Session, actor: Any, ticket_id: UUID) -> Ticket:
    ticket = await session.scalar(visible_to(actor).where(Ticket.id == ticket_id))
    if ticket is None:
        raise TicketNotFound
    return ticket


@router.post("/ticket/{ticket_id}/merge", response_model=schemas.Merged)
async def merge(ticket_id: UUID, data: schemas.MergeInto, session: Session, actor: Staff) -> Any:
    """Merge this ticket into another one; `unmerge` undoes it."""
    actor.must(TICKETS_MERGE)
    await lock_visible(session, actor, [ticket_id, data.into_ticket_id])
    survivor = await service.merge(
        session, actor, ticket_id, data.into_ticket_id, other_customer=data.other_customer
    )
    read = await queries.staff_ticket_read(session, survivor)
    return {"message": f"The tickets are one now: #{survivor.number}.", "ticket": read}


@router.post("/ticket/{ticket_id}/unmerge", response_model=schemas.Merged)
async def unmerge(ticket_id: UUID, session: Session, actor: Staff) -> Any:
    """Undo the merge of this ticket into another one."""
    actor.must(TICKETS_MERGE)
    await _visible(session, actor, ticket_id)
    merged, survivor = await service.unmerge(session, actor, ticket_id)
    read = await queries.staff_ticket_read(session, merged)
    return {
        "message": f"#{merged.number} stands on its own again, apart from #{survivor.number}.",
        "ticket": read,
    }


@router.post("/ticket/{ticket_id}/split", response_model=schemas.Merged)
async def split(data: schemas.Split, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Move messages into a ticket of their own, linked to this one; answers with the new ticket."""
    actor.must(TICKETS_MERGE)
    new = await service.split(session, actor, ticket, data.message_ids, data.subject)
    read = await queries.staff_ticket_read(session, new)
    return {"message": f"The messages are in #{new.number} now.", "ticket": read}


@router.post("/ticket/{ticket_id}/split-off", response_model=schemas.SplitOffAnswer)
async def split_off(data: schemas.SplitOff, ticket: VisibleTicket, session: Session, actor: SignedIn) -> Any:
    """One click: give a message that joined this ticket by itself a ticket of its own."""
    if actor.is_staff:
        actor.must(TICKETS_MERGE)
    new = await service.split_off(session, actor, ticket, data.message_id)
    return {"message": f"This is ticket #{new.number} now.", "ticket_id": new.id}


@router.get("/ticket/{ticket_id}/links", response_model=schemas.Links)
async def list_links(ticket_id: UUID, session: Session, actor: Staff) -> Any:
    await _visible(session, actor, ticket_id)
    return {"links": await queries.list_links(session, actor, ticket_id)}


@router.post("/ticket/{ticket_id}/links", response_model=schemas.Links)
async def add_link(data: schemas.LinkWrite, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Link this ticket with another one, named by id or number."""
    actor.must(TICKETS_MERGE)
    if (data.ticket_id is None) == (data.number is None):
        raise Invalid.field("ticket_id", "Please name the other ticket, by ticket_id or by number.")
    query = visible_to(actor)
    query = query.where(Ticket.id == data.ticket_id if data.ticket_id else Ticket.number == data.number)
    other = await session.scalar(query)
    if other is None:
        raise TicketNotFound
    await service.link(session, actor, ticket, other, data.kind)
    return {"links": await queries.list_links(session, actor, ticket.id)}


@router.delete("/ticket/{ticket_id}/links/{link_id}", response_model=schemas.Links)
async def remove_link(link_id: UUID, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    actor.must(TICKETS_MERGE)
    await service.unlink(session, actor, ticket, link_id)
    return {"links": await queries.list_links(session, actor, ticket.id)}
