from typing import Any
from uuid import UUID

from fastapi import APIRouter

from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.domains.accounts import queries as accounts
from deskwell.domains.accounts.access import Staff
from deskwell.domains.accounts.service import find_or_make_customer
from deskwell.domains.fields.models import Category
from deskwell.domains.teams.models import Team

from .. import queries, schemas, service
from ..access import TICKETS_ASSIGN, TICKETS_CLOSE, TICKETS_EDIT, TICKETS_NOTE, TICKETS_REPLY, StaffTicket

router = APIRouter(tags=["Tickets"])
ASSIGNING = {"assignee_id", "team_id"}


@router.patch("/ticket/{ticket_id}", response_model=schemas.TicketChanged)
async def change(data: schemas.ChangeTicket, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Edit a ticket; with `expected_version` a conflicting edit by somebody else answers 409 with who, old and new."""
    given = data.model_fields_set - {"expected_version", "seen"}
    for name in ("subject", "context", "requester", "priority", "custom_fields"):
        if name in given and getattr(data, name) is None:
            given.discard(name)
    actor_may = {TICKETS_ASSIGN} if given & ASSIGNING else set()
    for permission in actor_may | ({TICKETS_EDIT} if given - ASSIGNING else set()):
        actor.must(permission)
    current = {name: getattr(ticket, "customer_id" if name == "requester" else name) for name in given}
    await service.refuse_conflicts(
        session, ticket, expected_version=data.expected_version, current=current, seen=data.seen
    )
    for name in sorted(given):
        await CHANGES[name](session, actor, ticket, data)
    return {"ticket": await queries.staff_ticket_read(session, ticket)}


async def _subject(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    await service.set_subject(session, actor, ticket, data.subject or "")


async def _context(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    await service.set_context(session, actor, ticket, data.context or "")


async def _requester(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    assert data.requester is not None
    customer = await find_or_make_customer(session, email=data.requester.email, name=data.requester.name)
    await service.set_requester(session, actor, ticket, customer)


async def _priority(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    assert data.priority is not None
    await service.set_priority(session, actor, ticket, data.priority)


async def _category(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    category = await session.get(Category, data.category_id) if data.category_id else None
    if data.category_id and category is None:
        raise Invalid.field("category_id", "There is no such category.")
    await service.set_category(session, actor, ticket, category)


async def _team(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    if data.team_id and await session.get(Team, data.team_id) is None:
        raise Invalid.field("team_id", "There is no such team.")
    await service.assign_team(session, actor, ticket, data.team_id)


async def _assignee(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    if data.assignee_id:
        user = await accounts.find_user(session, data.assignee_id)
        if user is None or user.role == "customer" or not user.is_active:
            raise Invalid.field("assignee_id", "There is no such agent.")
    await service.assign(session, actor, ticket, data.assignee_id)


async def _fields(session: Session, actor: Any, ticket: Any, data: schemas.ChangeTicket) -> None:
    await service.set_custom_fields(session, actor, ticket, data.custom_fields or {})


CHANGES: dict[str, Any] = {
    "subject": _subject,
    "context": _context,
    "requester": _requester,
    "priority": _priority,
    "category_id": _category,
    "team_id": _team,
    "assignee_id": _assignee,
    "custom_fields": _fields,
}


@router.post("/ticket/{ticket_id}/snooze", response_model=schemas.TicketChanged)
async def snooze(data: schemas.Snooze, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Put a ticket aside until a time; it comes back then, or when the customer writes."""
    actor.must(TICKETS_CLOSE)
    if data.until.tzinfo is None:
        raise Invalid.field("until", "Please give the time with its zone, such as 2026-11-24T09:00:00Z.")
    await service.snooze(session, actor, ticket, data.until)
    return {"ticket": await queries.staff_ticket_read(session, ticket)}


@router.post("/ticket/{ticket_id}/unsnooze", response_model=schemas.TicketChanged)
async def wake(ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Take a snoozed ticket up again."""
    actor.must(TICKETS_CLOSE)
    await service.wake(session, actor, ticket, reason="asked")
    return {"ticket": await queries.staff_ticket_read(session, ticket)}


@router.get("/ticket/{ticket_id}/relations", response_model=schemas.Relations)
async def read_relations(ticket_id: UUID, session: Session, actor: Staff) -> Any:
    """Links, watchers, people in copy and merged tickets."""
    await queries.get_ticket_row(session, actor, ticket_id, with_trash=True)
    return {
        "links": await queries.list_links(session, actor, ticket_id),
        "watchers": await queries.list_watchers(session, ticket_id),
        "cc": await queries.list_copies(session, ticket_id),
        "merged": await queries.list_merged(session, ticket_id),
    }


@router.post("/ticket/{ticket_id}/watchers", response_model=schemas.Watchers)
async def set_watchers(data: schemas.SetWatchers, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Let staff follow a ticket, or no longer; oneself always, others with the permission to write notes."""
    if {*data.add, *data.remove} - {actor.user_id}:
        actor.must(TICKETS_NOTE)
    await service.set_watchers(session, actor, ticket, add=data.add, remove=data.remove)
    return {"watchers": await queries.list_watchers(session, ticket.id)}


@router.post("/ticket/{ticket_id}/cc", response_model=schemas.Copies)
async def set_copies(data: schemas.SetCopies, ticket: StaffTicket, session: Session, actor: Staff) -> Any:
    """Put people in copy, or take them out."""
    actor.must(TICKETS_REPLY)
    add = {copy.email: copy.name for copy in data.add}
    await service.set_copies(session, actor, ticket, add=add, remove=data.remove)
    return {"cc": await queries.list_copies(session, ticket.id)}
