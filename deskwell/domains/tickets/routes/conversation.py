from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response

from deskwell.core import idempotency, limits, parameters
from deskwell.core.actor import Actor, Kind, Through
from deskwell.core.clock import now
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Reads, Session
from deskwell.core.errors import Forbidden, Invalid, NotFound
from deskwell.core.reading import ReadRoute
from deskwell.domains.accounts import queries as accounts
from deskwell.domains.accounts.access import SignedIn, Staff
from deskwell.domains.accounts.service import find_or_make_customer

from .. import queries, schemas, service
from ..access import (
    TICKETS_ASSIGN,
    TICKETS_CLOSE,
    TICKETS_EDIT,
    TICKETS_NOTE,
    TICKETS_REPLY,
    OwnTicket,
    StaffTicket,
    VisibleTicket,
    is_shown_to,
    visible_to,
)
from ..errors import TicketNotFound
from ..logic import answer_to
from ..models import Message, Priority, Source, Ticket, Turn, TurnState
from ..service.writing import takes_replies

router = APIRouter(tags=["Tickets"])
reading = APIRouter(tags=["Tickets"], route_class=ReadRoute)
writing = APIRouter(tags=["Tickets"])
ANSWER_SECONDS = 8.0
SETTLED = {TurnState.ANSWERED, TurnState.CLARIFIED, TurnState.HANDED_OVER, TurnState.PERSON, TurnState.FAILED}
Prefer = Annotated[str | None, Header()]


@writing.post("/ticket", response_model=schemas.TicketAnswer, response_model_exclude_none=True)
async def create(
    data: schemas.CreateTicket,
    context: Ctx,
    actor: SignedIn,
    response: Response,
    key: idempotency.Key,
    prefer: Prefer = None,
) -> Any:
    """Open a ticket, or continue the customer's own one on the same matter; waits up to 8 s for the answer."""
    assert actor.user_id is not None
    priority, source = _priority(data.priority), _source(data.source, actor)
    await limits.hit(context, "ticket", str(actor.key_id or actor.user_id))
    print_ = idempotency.fingerprint("POST /ticket", data.model_dump())
    async with context.transaction() as session:
        made = await idempotency.recall(session, actor.user_id, key, print_)
        if made is None:
            customer_id = await _requester(session, actor, data.requester)
            writer = (
                actor if customer_id == actor.user_id else await _as_customer(session, customer_id, actor)
            )
            opened = await service.open_or_continue(
                session,
                writer,
                customer_id,
                context=data.context,
                subject=data.subject,
                text=data.message,
                priority=priority,
                source=source,
                custom_fields=_form(actor, data),
                data={} if writer is actor else {"written_for": True},
            )
            await service.link_files(session, actor, opened.ticket, opened.message, data.file_ids)
            made = _made(opened.ticket, opened.message, opened.turn)
            await idempotency.remember(session, actor.user_id, key, print_, made)
    return await _answer(context, response, made, prefer)


def _form(actor: Actor, data: schemas.CreateTicket) -> dict[str, Any] | None:
    """What the form was filled in with; programs that know of no form are not asked for its required fields."""
    if data.custom_fields is None and not (actor.is_customer and actor.through is Through.SCREEN):
        return None
    return data.custom_fields or {}


@writing.post(
    "/ticket/{ticket_id}/reply", response_model=schemas.TicketAnswer, response_model_exclude_none=True
)
async def reply(
    ticket_id: UUID,
    data: schemas.Reply,
    context: Ctx,
    actor: SignedIn,
    response: Response,
    key: idempotency.Key,
    prefer: Prefer = None,
) -> Any:
    """Continue the conversation; a ticket closed too long ago gets a follow-up, whose id is answered."""
    assert actor.user_id is not None
    await limits.hit(context, "reply", str(actor.key_id or actor.user_id))
    print_ = idempotency.fingerprint(f"POST /ticket/{ticket_id}/reply", data.model_dump())
    async with context.transaction() as session:
        made = await idempotency.recall(session, actor.user_id, key, print_)
        if made is None:
            ticket = await _own_ticket(session, actor, ticket_id)
            made = await _add_reply(session, actor, ticket, data)
            await idempotency.remember(session, actor.user_id, key, print_, made)
    return await _answer(context, response, made, prefer)


async def _own_ticket(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """The customer's own ticket, also from the trash, from which their message brings it back."""
    ticket = await session.get(Ticket, ticket_id)
    if ticket is None or ticket.customer_id != actor.user_id:
        if actor.is_staff and await session.scalar(visible_to(actor).where(Ticket.id == ticket_id)):
            raise Forbidden("Staff answer with POST /ticket/{id}/admin/reply.", code="customers_only")
        raise TicketNotFound
    survivor = await service.lock_survivor(session, ticket_id)
    if not await is_shown_to(session, actor, survivor.id):
        raise TicketNotFound
    return survivor


async def _add_reply(session: Session, actor: Actor, ticket: Ticket, data: schemas.Reply) -> dict[str, Any]:
    if takes_replies(ticket):
        message, turn = await service.reply_as_customer(session, actor, ticket, data.message)
        await service.link_files(session, actor, ticket, message, data.file_ids)
        return _made(ticket, message, turn)
    opened = await service.open_ticket(
        session,
        actor,
        ticket.customer_id,
        context=ticket.context,
        subject=ticket.subject,
        text=data.message,
        priority=ticket.priority,
        source=Source.WEB,
        follows_id=ticket.id,
    )
    await service.link_files(session, actor, opened.ticket, opened.message, data.file_ids)
    return _made(opened.ticket, opened.message, opened.turn)


def _made(ticket: Ticket, message: Message, turn: Turn | None) -> dict[str, Any]:
    return {
        "ticket_id": str(ticket.id),
        "message_id": str(message.id),
        "turn_id": str(turn.id) if turn else None,
    }


async def _answer(context: Context, response: Response, made: dict[str, Any], prefer: str | None) -> Any:
    ticket_id, turn_id = UUID(made["ticket_id"]), UUID(made["turn_id"])
    if prefer and "respond-async" in prefer:
        response.status_code = 202
        response.headers["Preference-Applied"] = "respond-async"
        return {"ticket_id": ticket_id, "message_id": made["message_id"]}

    async def look() -> dict[str, Any] | None:
        row = await queries.look_up_turn(context.database, turn_id)
        return row if row and (row["state"] in SETTLED or row["state"] == TurnState.LIMITED) else None

    row = await context.listener.wait_until(look, timeout=ANSWER_SECONDS)
    row = row or await queries.look_up_turn(context.database, turn_id)
    if row is None:
        raise NotFound("This ticket was erased meanwhile.")
    return answer_to(
        ticket_id,
        state=TurnState(row["state"]),
        reason=row["reason"],
        reply=row["reply"],
        assigned_to=row["assigned_to"],
        due_at=row["due_at"],
        now=now(),
    )


async def _requester(session: Session, actor: Actor, requester: schemas.Requester | None) -> UUID:
    assert actor.user_id is not None
    if actor.is_customer:
        return actor.user_id
    if requester is None:
        raise Invalid.field(
            "requester", "Please say for whom: requester needs an e-mail.", code="requester_missing"
        )
    actor.must(TICKETS_REPLY)
    customer = await find_or_make_customer(session, email=requester.email, name=requester.name)
    return customer.id


async def _as_customer(session: Session, customer_id: UUID, by: Actor) -> Actor:
    user = await accounts.get_user(session, customer_id)
    return Actor(
        Kind.CUSTOMER, user_id=user.id, name=user.name, email=user.email, role=user.role, through=by.through
    )


def _priority(text: str | None) -> Priority:
    if text is None:
        return Priority.MEDIUM
    try:
        return Priority(text.strip().lower())
    except ValueError:
        raise Invalid.field(
            "priority", "The priority must be low, medium, high or urgent.", code="priority_unknown"
        ) from None


def _source(text: str | None, actor: Actor) -> Source:
    if text is None:
        return Source.API if actor.key_id else Source.WEB
    try:
        return Source(text.strip().lower())
    except ValueError:
        names = ", ".join(source.value for source in Source)
        raise Invalid.field("source", f"The source must be one of {names}.", code="source_unknown") from None


ThreadQuery = Annotated[schemas.ThreadQuery, Depends(parameters.reader(schemas.ThreadQuery))]


@reading.get(
    "/ticket/{ticket_id}",
    response_model=schemas.Thread,
    openapi_extra=parameters.described(schemas.ThreadQuery),
)
async def read_thread(ticket_id: UUID, reads: Reads, actor: SignedIn, query: ThreadQuery) -> Any:
    """The ticket and its messages in order; `include=notes` adds internal notes for staff."""
    with_notes = actor.is_staff and "notes" in query.include.split(",")
    return await queries.get_thread(reads, actor, ticket_id, with_notes=with_notes)


@router.post("/ticket/{ticket_id}/rate")
async def rate(data: schemas.Rate, ticket: OwnTicket, session: Session, actor: SignedIn) -> schemas.Done:
    await service.rate(session, actor, ticket, data.message_id, data.rating)
    return schemas.Done(message="Thank you for your rating.")


@router.post("/ticket/{ticket_id}/escalate")
async def escalate(
    ticket: OwnTicket, session: Session, actor: SignedIn, data: schemas.Escalate | None = None
) -> schemas.Done:
    await service.escalate(session, actor, ticket, data.reason if data else None)
    return schemas.Done(message="A person will answer you as soon as possible.")


@router.post("/ticket/{ticket_id}/close")
async def close_own(ticket: OwnTicket, session: Session, actor: SignedIn) -> schemas.Done:
    """The customer says that it is settled."""
    await service.close(session, actor, ticket)
    return schemas.Done(message="Your ticket is closed. Write a message to reopen it.")


@router.post("/ticket/{ticket_id}/reopen")
async def reopen(ticket: VisibleTicket, session: Session, actor: SignedIn) -> schemas.Done:
    if actor.is_staff:
        actor.must(TICKETS_CLOSE)
    elif not takes_replies(ticket):
        raise Invalid(
            "This ticket was closed too long ago. Please open a new one.", code="reopen_window_over"
        )
    await service.reopen(session, actor, ticket, reason="asked")
    return schemas.Done(message="The ticket is open again.")


@router.post("/ticket/{ticket_id}/priority")
async def set_priority(
    data: schemas.SetPriority, ticket: StaffTicket, session: Session, actor: Staff
) -> schemas.TicketChanged:
    actor.must(TICKETS_EDIT)
    await service.set_priority(session, actor, ticket, _priority(data.priority))
    return schemas.TicketChanged(ticket=await queries.staff_ticket_read(session, ticket))


@router.post("/ticket/{ticket_id}/admin/reply")
async def reply_as_staff(
    data: schemas.StaffReply, ticket: StaffTicket, session: Session, actor: Staff
) -> schemas.StaffReplied:
    actor.must(TICKETS_NOTE if data.is_internal else TICKETS_REPLY)
    written = await service.reply_as_staff(
        session, actor, ticket, data.message, is_internal=bool(data.is_internal)
    )
    await service.link_files(session, actor, ticket, written, data.file_ids)
    if data.close:
        actor.must(TICKETS_CLOSE)
        await service.refuse_unfilled(session, actor, ticket)
        await service.close(session, actor, ticket)
    ticket_read = await queries.staff_ticket_read(session, ticket)
    message = "The note is saved." if data.is_internal else "The reply is on its way."
    return schemas.StaffReplied(message=message, ticket=ticket_read)


@router.post("/admin/ticket/{ticket_id}/assign-admin")
async def assign_admin(
    data: schemas.AssignAdmin, ticket: StaffTicket, session: Session, actor: Staff
) -> schemas.Done:
    return await _assign(session, actor, ticket, data.admin_email)


@router.post("/admin/ticket/{ticket_id}/assign")
async def assign_by_name(
    ticket: StaffTicket, session: Session, actor: Staff, agent_name: Annotated[str, Query()]
) -> schemas.Done:
    """Legacy form: by name or e-mail."""
    return await _assign(session, actor, ticket, agent_name)


async def _assign(session: Session, actor: Actor, ticket: Ticket, who: str) -> schemas.Done:
    actor.must(TICKETS_ASSIGN)
    agent = await accounts.find_staff(session, who)
    if agent is None:
        raise NotFound("There is no such agent.", code="agent_not_found")
    await service.assign(session, actor, ticket, agent.id)
    return schemas.Done(message=f"The ticket is assigned to {agent.name}.")


@router.post("/admin/ticket/{ticket_id}/unassign")
async def unassign(ticket: StaffTicket, session: Session, actor: Staff) -> schemas.Done:
    """Back to the queue of people; the AI stays silent."""
    actor.must(TICKETS_ASSIGN)
    await service.assign(session, actor, ticket, None)
    return schemas.Done(message="The ticket waits for a person.")


@router.post("/admin/ticket/{ticket_id}/give-to-ai")
async def give_back_to_ai(ticket: StaffTicket, session: Session, actor: Staff) -> schemas.Done:
    """Let the AI answer the customer's next message again."""
    actor.must(TICKETS_ASSIGN)
    await service.give_back_to_ai(session, actor, ticket)
    return schemas.Done(message="The AI answers this ticket again.")


@router.post("/admin/ticket/{ticket_id}/close")
async def close(ticket: StaffTicket, session: Session, actor: Staff) -> schemas.Done:
    actor.must(TICKETS_CLOSE)
    await service.refuse_unfilled(session, actor, ticket)
    await service.close(session, actor, ticket)
    return schemas.Done(message="The ticket is closed.")
