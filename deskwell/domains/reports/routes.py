from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from deskwell.core import clock, csvs
from deskwell.core.context import Ctx
from deskwell.core.days import day_of, zone_of
from deskwell.core.db import Reads, Session, execute
from deskwell.core.errors import Invalid
from deskwell.core.jobs import enqueue
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import COUNTED_EXPORT, SignedIn, Staff

from . import schemas
from .access import ReportReader, SettingsManager
from .events import RebuildReports
from .logic.figures import BACKLOG, BY_KEY, FIGURES
from .logic.formulas import Figure
from .logic.periods import Grain, Period
from .queries import stats
from .service.behind import behind
from .service.breakdown import breakdown
from .service.folding import fold
from .service.narrowing import Filters
from .service.overview import overview
from .service.settings import set_timezone

router = APIRouter(tags=["Reports"])
FOLD_AT_ONCE = 200
LONGEST_DAYS = 3 * 366
MOST_CSV_LINES = 100_000
By = Literal["agent", "team", "context", "tag"]


@router.get("/stats", response_model=schemas.Stats, summary="Ticket counts")
async def get_stats(actor: SignedIn, reads: Reads) -> dict[str, Any]:
    """All, open and closed tickets that the caller may see, and the five most recently active."""
    total, still_open = await stats.count_tickets(reads, actor)
    return {
        "total_tickets": total,
        "open_tickets": still_open,
        "closed_tickets": total - still_open,
        "sample_summary": await stats.recent_tickets(reads, actor),
    }


@router.get("/reports/figures", response_model=schemas.FigureList, summary="What the figures mean")
async def list_figures(_: Staff) -> dict[str, Any]:
    """Every figure with its unit and its definition."""
    return {"figures": [figure_info(figure) for figure in (BACKLOG, *FIGURES)]}


async def fresh(context: Ctx) -> None:
    """Count the tickets that changed a moment ago, so that a report shows them; many are left to the job."""
    async with context.transaction() as session:
        await fold(session, limit=FOLD_AT_ONCE)


async def chosen_period(
    session: Session,
    _: Annotated[None, Depends(fresh)],
    date_from: Annotated[str | None, Query(description="First day, such as 2026-11-01.")] = None,
    date_to: Annotated[str | None, Query(description="Last day, included.")] = None,
    days: Annotated[int, Query(description="Without dates: the last so many days, today included.")] = 30,
    tz: Annotated[str | None, Query(description="Time zone of the days; the desk's unless given.")] = None,
) -> Period:
    """The days a report is about; it is read as of one moment, though a job may count meanwhile."""
    await execute(session, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    zone = zone_of(tz or (await stats.read_state(session))["timezone"])
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid.field("days", f"A report covers between 1 and {LONGEST_DAYS:,} days.")
    last = day_of(date_to, field="date_to") if date_to else clock.now().astimezone(zone).date()
    first = day_of(date_from, field="date_from") if date_from else last - timedelta(days=days - 1)
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise Invalid.field(
            "date_from", f"The first day must lie before the last, by {LONGEST_DAYS:,} days at most."
        )
    return Period(first, last, zone.key)


def chosen_filters(
    context: str | None = None,
    team_id: UUID | Literal["none"] | None = None,
    agent_id: UUID | Literal["none"] | None = None,
    tag_id: UUID | None = None,
) -> Filters:
    """What a report is narrowed to."""
    return Filters(context=context, team_id=team_id, agent_id=agent_id, tag_id=tag_id)


ChosenPeriod = Annotated[Period, Depends(chosen_period)]
ChosenFilters = Annotated[Filters, Depends(chosen_filters)]


@router.get("/reports/overview", response_model=schemas.Overview, summary="All figures of a period")
async def get_overview(
    _: ReportReader,
    period: ChosenPeriod,
    filters: ChosenFilters,
    session: Session,
    grain: Grain | None = None,
    compare: Annotated[Literal["true", "false"], Query(description="With the period before.")] = "true",
    figures: Annotated[str | None, Query(description="Only these, such as `created,closed`.")] = None,
) -> dict[str, Any]:
    """Every figure of a period, of as many days before it, and of each day, week or month in it."""
    chosen = [_figure(key) for key in figures.split(",") if key != BACKLOG.key] if figures else FIGURES
    found = await overview(session, period, filters, figures=chosen, grain=grain, compare=compare == "true")
    return {**found, "period": period_info(period), "as_of": await _as_of(session)}


@router.get(
    "/reports/overview.csv",
    summary="All figures as CSV",
    response_class=Response,
    dependencies=[COUNTED_EXPORT],
)
async def export_overview(
    _: ReportReader,
    period: ChosenPeriod,
    filters: ChosenFilters,
    session: Session,
    grain: Grain | None = None,
) -> Response:
    """One line for each day, week or month, and one for the whole period; the figures of the screen."""
    found = await overview(session, period, filters, grain=grain, compare=False)
    figures = (BACKLOG, *FIGURES)
    header = (str(found["grain"]), *(f"{figure.label} ({figure.unit})" for figure in figures))
    lines: list[tuple[Any, ...]] = [
        (day.isoformat(), *(found["series"][figure.key][index] for figure in figures))
        for index, day in enumerate(found["buckets"])
    ]
    lines.append(("whole period", *(found["figures"][figure.key]["value"] for figure in figures)))
    return csvs.download(_file("overview", period), csvs.write(header, lines))


@router.get(
    "/reports/breakdown", response_model=schemas.Breakdown, summary="Figures by agent, team, context or tag"
)
async def get_breakdown(
    _: ReportReader, period: ChosenPeriod, filters: ChosenFilters, session: Session, by: By = "agent"
) -> dict[str, Any]:
    """The main figures for each agent, team, context or tag; the busiest first."""
    groups = await breakdown(session, period, filters, by)
    return {"period": period_info(period), "by": by, "groups": groups, "as_of": await _as_of(session)}


@router.get(
    "/reports/breakdown.csv",
    summary="Figures by agent, team, context or tag, as CSV",
    response_class=Response,
    dependencies=[COUNTED_EXPORT],
)
async def export_breakdown(
    _: ReportReader, period: ChosenPeriod, filters: ChosenFilters, session: Session, by: By = "agent"
) -> Response:
    """The lines of the breakdown for a spreadsheet."""
    groups = await breakdown(session, period, filters, by)
    keys = list(groups[0]["figures"]) if groups else []
    header = (by, *(f"{BY_KEY[key].label} ({BY_KEY[key].unit})" for key in keys))
    lines = [(group["label"], *(group["figures"][key] for key in keys)) for group in groups]
    return csvs.download(_file(f"by-{by}", period), csvs.write(header, lines))


@router.get("/reports/tickets", response_model=schemas.Behind, summary="The tickets behind a figure")
async def get_behind(
    actor: ReportReader,
    period: ChosenPeriod,
    filters: ChosenFilters,
    page: PageParams,
    session: Session,
    figure: str,
) -> dict[str, Any]:
    """The tickets a figure is made of, the latest first."""
    chosen = _figure(figure)
    found = await behind(session, period, filters, chosen)
    shown = found.page(page.offset, page.offset + page.page_size)
    tickets = await stats.tickets_numbered(session, actor, [number for number, _ in shown])
    return {
        "period": period_info(period),
        "figure": figure_info(chosen),
        "tickets": [{**tickets[number], "value": value} for number, value in shown if number in tickets],
        "pagination": pagination(page, len(found), cap=None),
    }


@router.get(
    "/reports/tickets.csv",
    summary="The tickets behind a figure, as CSV",
    response_class=Response,
    dependencies=[COUNTED_EXPORT],
)
async def export_behind(
    actor: ReportReader, period: ChosenPeriod, filters: ChosenFilters, session: Session, figure: str
) -> Response:
    """The tickets a figure is made of, for a spreadsheet; 100,000 lines at most."""
    chosen = _figure(figure)
    found = (await behind(session, period, filters, chosen)).page(0, MOST_CSV_LINES)
    tickets = await stats.tickets_numbered(session, actor, [number for number, _ in found])
    header = (
        "ticket",
        "subject",
        "context",
        "status",
        "priority",
        "agent",
        "created_at",
        f"value ({chosen.unit})",
    )
    lines = [
        (
            number,
            ticket["subject"],
            ticket["context"],
            ticket["status"],
            ticket["priority"],
            ticket["assigned_to"],
            ticket["created_at"].isoformat(timespec="seconds"),
            value,
        )
        for number, value in found
        if (ticket := tickets.get(number))
    ]
    return csvs.download(_file(figure, period), csvs.write(header, lines))


@router.get("/admin/report-settings", response_model=schemas.ReportSettings, summary="The desk's time zone")
async def get_settings(_: Staff, session: Session) -> dict[str, Any]:
    """The zone whose days are the days of the reports."""
    return {"timezone": (await stats.read_state(session))["timezone"]}


@router.put(
    "/admin/report-settings", response_model=schemas.ReportSettings, summary="Choose the desk's time zone"
)
async def put_settings(
    data: schemas.ReportSettings, actor: SettingsManager, session: Session
) -> dict[str, Any]:
    """Choose the zone whose days are the days of the reports."""
    zone = zone_of(data.timezone, field="timezone").key
    await set_timezone(session, actor, zone)
    return {"timezone": zone}


@router.post("/admin/reports/rebuild", response_model=schemas.Rebuilding, summary="Count everything anew")
async def rebuild(_: SettingsManager, session: Session) -> dict[str, Any]:
    """Count every ticket anew in the background, such as after an import; the figures stay readable."""
    await enqueue(session, RebuildReports())
    return {"message": "All tickets are being counted anew. This takes about a minute for 100,000 tickets."}


def figure_info(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "group": figure.group,
        "label": figure.label,
        "unit": figure.unit,
        "definition": figure.definition,
        "good": figure.good,
    }


def period_info(period: Period) -> dict[str, Any]:
    previous = period.previous
    return {
        "first": period.first,
        "last": period.last,
        "tz": period.timezone,
        "previous_first": previous.first,
        "previous_last": previous.last,
    }


def _figure(key: str) -> Figure:
    figure = BY_KEY.get(key)
    if figure is None:
        raise Invalid.field("figure", f"There is no figure “{key[:60]}”. GET /reports/figures lists them.")
    return figure


async def _as_of(session: Session) -> Any:
    return (await stats.read_state(session))["followed_at"]


def _file(name: str, period: Period) -> str:
    first: date = period.first
    return f"{name}-{first.isoformat()}-{period.last.isoformat()}.csv"
