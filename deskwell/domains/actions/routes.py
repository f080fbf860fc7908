from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from deskwell.core.actor import Actor
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.domains.accounts.access import Staff, requires
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields.access import MANAGE_FIELDS
from deskwell.domains.fields.models import Category, Tag
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.access import TICKETS_EDIT, StaffTicket
from deskwell.domains.tickets.models import TicketTag

from . import queries, schemas, service
from .logic import PLACEHOLDERS

router = APIRouter(tags=["Actions"])
Editor = Annotated[Actor, Depends(requires(TICKETS_EDIT))]
ADMIN = [Depends(requires(MANAGE_FIELDS))]


@router.post("/admin/actions/preview")
async def preview(data: schemas.ActionsRequest, actor: Staff, session: Session) -> schemas.ActionsPreview:
    """What these actions would do to each ticket, without doing it."""
    await service.refuse_faulty(session, data.actions)
    results = await service.preview(session, actor, data.ticket_ids, data.actions)
    return schemas.ActionsPreview(results=[schemas.TicketResult.model_validate(r) for r in results])


@router.post("/admin/actions/run")
async def run(data: schemas.ActionsRequest, actor: Staff, session: Session) -> schemas.ActionsDone:
    """Do these actions to each ticket. A ticket that refuses is left as it was and says why."""
    await service.refuse_faulty(session, data.actions)
    return service.summarise(await service.run_on_many(session, actor, data.ticket_ids, data.actions))


@router.get("/admin/placeholders")
async def list_placeholders(_: Staff) -> schemas.Placeholders:
    """The placeholders that replies, notes, mails and canned responses may hold."""
    return schemas.Placeholders(
        placeholders=[
            schemas.PlaceholderRead(name=name, description=p.description, sample=p.sample)
            for name, p in PLACEHOLDERS.items()
        ]
    )


@router.get("/ticket/{ticket_id}/tags")
async def list_ticket_tags(ticket: StaffTicket, session: Session) -> schemas.TicketTags:
    found = await session.scalars(
        select(Tag).join(TicketTag).where(TicketTag.ticket_id == ticket.id).order_by(Tag.name)
    )
    return schemas.TicketTags(tags=[schemas.TicketTag.model_validate(tag) for tag in found])


@router.post("/ticket/{ticket_id}/tags")
async def add_ticket_tags(
    data: schemas.TagIds, ticket: StaffTicket, actor: Editor, session: Session
) -> schemas.TagsAdded:
    if missing := await fields.missing_labels(session, Tag, data.tag_ids):
        raise NotFound(f"There is no tag with the id {min(missing)}. It may have been deleted.")
    added = await tickets.set_tags(session, actor, ticket, add=data.tag_ids)
    return schemas.TagsAdded(added_tags=[schemas.TicketTag.model_validate(tag) for tag in added])


@router.delete("/ticket/{ticket_id}/tags/{tag_id}")
async def remove_ticket_tag(
    tag_id: UUID, ticket: StaffTicket, actor: Editor, session: Session
) -> schemas.Done:
    tag = await fields.get_label(session, Tag, tag_id)
    await tickets.set_tags(session, actor, ticket, remove=[tag.id])
    return schemas.Done(message=f"The tag “{tag.name}” is off this ticket.")


@router.put("/ticket/{ticket_id}/category")
async def set_ticket_category(
    data: schemas.CategoryName, ticket: StaffTicket, actor: Editor, session: Session
) -> schemas.Done:
    category = await fields.find_label(session, Category, data.category) if data.category else None
    if data.category and category is None:
        raise NotFound(f"There is no category “{data.category}”.")
    await tickets.set_category(session, actor, ticket, category)
    message = f"The category is “{category.name}” now." if category else "The ticket has no category now."
    return schemas.Done(message=message)


@router.post("/admin/tags/{tag_id}/merge", dependencies=ADMIN)
async def merge_tag(tag_id: UUID, data: schemas.Merge, actor: Staff, session: Session) -> schemas.Done:
    """Put another tag in its place on all tickets, and delete it."""
    count, name = await service.merge_tags(session, actor, tag_id, data.into)
    return schemas.Done(message=f"{count} tickets carry “{name}” now instead.")


@router.get("/admin/label-usage")
async def label_usage(_: Staff, session: Session) -> schemas.LabelUsage:
    """On how many tickets each tag and each category is."""
    return schemas.LabelUsage(
        tags=await queries.tag_usage(session), categories=await queries.category_usage(session)
    )


@router.get("/admin/workload")
async def workload(_: Staff, session: Session) -> schemas.Workload:
    """How many open tickets each agent has."""
    return schemas.Workload(open_tickets=await queries.workload(session))
