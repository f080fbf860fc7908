from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from deskwell.core import csvs
from deskwell.core.days import span_of, zone_of
from deskwell.core.db import Session
from deskwell.core.errors import Forbidden, Invalid
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import COUNTED_EXPORT
from deskwell.domains.tickets.access import StaffTicket

from . import queries, schemas, service
from .access import TIME_MANAGE, ChangeableEntry, TimeLogger
from .models import EntryType

router = APIRouter(tags=["Time tracking"])
MOST_CSV_LINES = 100_000


@router.post("/ticket/{ticket_id}/time-entry", response_model=schemas.EntryAnswer, summary="Log time")
async def log_time(
    data: schemas.NewEntry, ticket: StaffTicket, actor: TimeLogger, session: Session
) -> dict[str, Any]:
    """Write down minutes that the caller spent on a ticket."""
    return {"time_entry": await service.log_time(session, actor, ticket.id, data)}


@router.get(
    "/ticket/{ticket_id}/time-entries", response_model=schemas.TicketEntries, summary="Time of a ticket"
)
async def ticket_entries(ticket: StaffTicket, session: Session) -> dict[str, Any]:
    """A ticket's entries, newest first, and their sums."""
    totals, _ = await queries.sum_entries(session, queries.Selection(ticket_id=ticket.id))
    return {"time_entries": await queries.entries_of(session, ticket.id), "totals": totals}


@router.put("/time-entry/{entry_id}", response_model=schemas.EntryAnswer, summary="Correct a time entry")
async def change_entry(
    data: schemas.EntryChange, entry: ChangeableEntry, actor: TimeLogger, session: Session
) -> dict[str, Any]:
    """Change what an entry says; what it said before stays in the log."""
    return {"time_entry": await service.change_entry(session, actor, entry, data)}


@router.delete("/time-entry/{entry_id}", response_model=schemas.Done, summary="Delete a time entry")
async def delete_entry(entry: ChangeableEntry, actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Remove an entry; the log keeps who, when and how much."""
    await service.delete_entry(session, actor, entry)
    return {"message": "The time entry is deleted."}


@router.get("/timer", response_model=schemas.TimerAnswer, summary="The caller's timer")
async def get_timer(actor: TimeLogger, session: Session) -> dict[str, Any]:
    """The caller's one timer, or null."""
    assert actor.user_id
    return {"timer": await queries.find_timer(session, actor.user_id)}


@router.post("/ticket/{ticket_id}/timer", response_model=schemas.TimerAnswer, summary="Start the timer")
async def start_timer(
    data: schemas.TimerStart, ticket: StaffTicket, actor: TimeLogger, session: Session
) -> dict[str, Any]:
    """Start the caller's timer on a ticket, or let it go on there; 409 while it counts for another."""
    return {"timer": await service.start_timer(session, actor, ticket.id, data)}


@router.patch("/timer", response_model=schemas.TimerAnswer, summary="Describe the running time")
async def change_timer(data: schemas.TimerChange, actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Say what the running time is for."""
    return {"timer": await service.change_timer(session, actor, data)}


@router.post("/timer/pause", response_model=schemas.TimerAnswer, summary="Pause the timer")
async def pause_timer(actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Let the timer stand; what it counted is kept."""
    return {"timer": await service.pause_timer(session, actor)}


@router.post("/timer/resume", response_model=schemas.TimerAnswer, summary="Resume the timer")
async def resume_timer(actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Let a paused timer go on."""
    return {"timer": await service.resume_timer(session, actor)}


@router.post("/timer/stop", response_model=schemas.EntryAnswer, summary="Stop the timer")
async def stop_timer(data: schemas.TimerStop, actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Turn what the timer counted into a time entry; begun minutes count."""
    return {"time_entry": await service.stop_timer(session, actor, data)}


@router.delete("/timer", response_model=schemas.Done, summary="Discard the timer")
async def discard_timer(actor: TimeLogger, session: Session) -> dict[str, Any]:
    """Throw away what the timer counted."""
    await service.discard_timer(session, actor)
    return {"message": "The timer is discarded."}


def selection(
    actor: TimeLogger,
    date_from: Annotated[str | None, Query(description="First day or moment of the work.")] = None,
    date_to: Annotated[str | None, Query(description="Last day or moment, included.")] = None,
    tz: Annotated[str, Query(description="Time zone of the days.")] = "UTC",
    agent_id: UUID | None = None,
    customer_id: UUID | None = None,
    ticket_id: UUID | None = None,
    context: str | None = None,
    entry_type: EntryType | None = None,
    billable: Annotated[bool | None, Query(description="Only billable time, or only the rest.")] = None,
) -> queries.Selection:
    """Which entries a report is about. Who does not manage time sees their own."""
    if not actor.can(TIME_MANAGE):
        if agent_id not in {None, actor.user_id}:
            raise Forbidden("Your role shows you your own time only.", code="permission_missing")
        agent_id = actor.user_id
    first, last = span_of(date_from, date_to, zone_of(tz))
    return queries.Selection(
        first=first,
        last=last,
        tz=tz,
        agent_id=agent_id,
        customer_id=customer_id,
        ticket_id=ticket_id,
        context=context,
        entry_type=entry_type,
        billable=billable,
    )


Selected = Annotated[queries.Selection, Depends(selection)]


@router.get("/admin/time-entries", response_model=schemas.EntryPage, summary="List time entries")
async def list_entries(chosen: Selected, page: PageParams, _: TimeLogger, session: Session) -> dict[str, Any]:
    """Entries of a selection, newest first, with the sums of all of it."""
    totals, count = await queries.sum_entries(session, chosen)
    entries = await queries.select_entries(session, chosen, limit=page.page_size, offset=page.offset)
    return {"time_entries": entries, "totals": totals, "pagination": pagination(page, count, cap=None)}


@router.get("/admin/time-entries/totals", response_model=schemas.Groups, summary="Sums of time")
async def group_entries(
    chosen: Selected,
    _: TimeLogger,
    session: Session,
    by: Literal["agent", "customer", "context", "ticket", "kind", "day"] = "agent",
) -> dict[str, Any]:
    """Sums for each agent, customer, context, ticket, kind or day; the 500 largest."""
    totals, _count = await queries.sum_entries(session, chosen)
    return {"by": by, "groups": await queries.group_entries(session, chosen, by), "totals": totals}


@router.get(
    "/admin/time-entries.csv",
    summary="Time entries as CSV",
    response_class=Response,
    dependencies=[COUNTED_EXPORT],
)
async def export_entries(chosen: Selected, _: TimeLogger, session: Session) -> Response:
    """The entries of a selection for a spreadsheet, safe against formulas; 100,000 lines at most."""
    entries = await queries.select_entries(session, chosen, limit=MOST_CSV_LINES + 1)
    if len(entries) > MOST_CSV_LINES:
        raise Invalid(
            "This is more than 100,000 entries. Please choose a shorter period.", code="too_many_lines"
        )
    header = (
        "ticket",
        "subject",
        "agent",
        "e-mail",
        "minutes",
        "hours",
        "type",
        "billable",
        "description",
        "worked_at",
    )
    lines = [
        (
            entry["ticket_number"],
            entry["ticket_subject"],
            entry["user_name"],
            entry["user_email"],
            entry["duration_minutes"],
            round(entry["duration_minutes"] / 60, 2),
            entry["entry_type"],
            "yes" if entry["billable"] else "no",
            entry["description"],
            entry["worked_at"].astimezone(zone_of(chosen.tz)).isoformat(timespec="seconds"),
        )
        for entry in entries
    ]
    return csvs.download("time.csv", csvs.write(header, lines))
