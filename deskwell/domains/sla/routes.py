from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core import clock
from deskwell.core.db import Session
from deskwell.domains.accounts.access import Staff
from deskwell.domains.tickets.access import StaffTicket, VisibleTicket

from . import logic, queries, schemas, service
from .access import SlaManager
from .errors import CalendarNotFound
from .service.calendars import read_calendar

router = APIRouter(tags=["SLA"])


@router.post("/admin/slas", response_model=schemas.SlaAnswer, summary="Save a service level")
async def save_sla(data: schemas.SlaIn, actor: SlaManager, session: Session) -> dict[str, Any]:
    """Make a service level, or change the one with the given `id`. Open tickets follow."""
    return {"sla": await service.save_sla(session, actor, data)}


@router.get("/admin/slas", response_model=schemas.SlaList, summary="List service levels")
async def list_slas(
    _: Staff,
    session: Session,
    priority: str | None = None,
    is_active: Annotated[
        Literal["true", "false", "all"], Query(description="`all` shows the switched-off ones too.")
    ] = "true",
) -> dict[str, Any]:
    """Service levels in the order in which they are tried; the first that matches a ticket holds."""
    active = None if is_active == "all" else is_active == "true"
    return {"slas": await queries.list_slas(session, priority=priority, is_active=active)}


@router.post("/admin/slas/order", response_model=schemas.SlaList, summary="Order service levels")
async def order_slas(data: schemas.SlaOrder, _: SlaManager, session: Session) -> dict[str, Any]:
    """Set the order in which service levels are tried; name every one once."""
    await service.order_slas(session, data.sla_ids)
    return {"slas": await queries.list_slas(session)}


@router.post("/admin/slas/preview", response_model=schemas.SlaPreview, summary="Try a service level")
async def preview_sla(data: schemas.SlaPreviewIn, _: SlaManager, session: Session) -> dict[str, Any]:
    """Show which open tickets a definition would take and how they would stand; nothing is changed."""
    return await service.preview_sla(session, data)


@router.delete("/admin/slas/{sla_id}", response_model=schemas.Done, summary="Delete a service level")
async def delete_sla(sla_id: UUID, actor: SlaManager, session: Session) -> dict[str, Any]:
    """Remove a service level. Open tickets fall to the next that matches."""
    await service.delete_sla(session, actor, sla_id)
    return {"message": "The service level is deleted."}


@router.get("/admin/sla-calendars", response_model=schemas.CalendarList, summary="List calendars")
async def list_calendars(_: Staff, session: Session) -> dict[str, Any]:
    """Business calendars by name."""
    return {"calendars": [read_calendar(row) for row in await queries.list_calendars(session)]}


@router.post("/admin/sla-calendars", response_model=schemas.CalendarAnswer, summary="Save a calendar")
async def save_calendar(data: schemas.CalendarIn, actor: SlaManager, session: Session) -> dict[str, Any]:
    """Make a calendar, or change the one with the given `id`. Open tickets that count by it follow."""
    return {"calendar": await service.save_calendar(session, actor, data)}


@router.get("/admin/sla-calendars/places", response_model=schemas.Places, summary="Countries and time zones")
async def list_places(_: Staff) -> dict[str, Any]:
    """Countries and their parts whose public holidays are known, and all time zones."""
    return {
        "countries": {country: list(parts) for country, parts in sorted(logic.places().items())},
        "timezones": sorted(logic.time_zones()),
    }


@router.post("/admin/sla-calendars/preview", response_model=schemas.CalendarPreview, summary="Try a calendar")
async def preview_calendar(data: schemas.CalendarPreviewIn, _: SlaManager) -> dict[str, Any]:
    """Show the next days, the holidays of a year, and when a target would fall due; nothing is changed."""
    return service.preview_calendar(data, clock.now())


@router.delete("/admin/sla-calendars/{calendar_id}", response_model=schemas.Done, summary="Delete a calendar")
async def delete_calendar(calendar_id: UUID, actor: SlaManager, session: Session) -> dict[str, Any]:
    """Remove a calendar that no service level counts by."""
    found = await queries.list_calendars(session, calendar_id)
    if not found:
        raise CalendarNotFound
    await service.delete_calendar(session, actor, found[0])
    return {"message": "The calendar is deleted."}


@router.get(
    "/ticket/{ticket_id}/sla-status",
    response_model=schemas.SlaStatus | schemas.NoSla,
    summary="How a ticket stands to its service level",
)
async def sla_status(ticket: VisibleTicket, session: Session) -> dict[str, Any]:
    """Expected and actual times of response and resolution, and by how much they were missed."""
    return await service.status_of(session, ticket.id)


@router.get(
    "/ticket/{ticket_id}/sla-timeline", response_model=schemas.SlaTimeline, summary="Why the clocks stand so"
)
async def sla_timeline(ticket: StaffTicket, session: Session) -> dict[str, Any]:
    """Every start, pause, resume and reset of a ticket's clocks, with its cause."""
    return await service.explain(session, ticket.id)
