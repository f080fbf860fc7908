"""Business calendars: saving, trying out, deleting."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import Actor
from deskwell.core.errors import Conflict, Invalid
from deskwell.core.events import publish

from .. import logic, queries, schemas
from ..errors import CalendarInUse, CalendarNotFound
from ..events import CalendarDeleted, CalendarSaved
from ..logic import Calendar, NeverOpenError
from ..models import Sla, SlaCalendar
from .versions import renew_versions

PREVIEW_DAYS = 14
MOST_PERIODS = 70
MOST_HOLIDAYS = 1_000
NEVER_OPEN = (
    "This calendar has no working time. Please give it at least one opening that is not always a holiday."
)


async def save_calendar(session: AsyncSession, actor: Actor, data: schemas.CalendarIn) -> dict[str, Any]:
    """Make or change a calendar. Open tickets that count by it follow."""
    values = checked(data)
    calendar = await session.get(SlaCalendar, data.id, with_for_update=True) if data.id else None
    if data.id and calendar is None:
        raise CalendarNotFound
    await _refuse_taken_name(session, data)
    if data.is_default:
        await session.execute(update(SlaCalendar).values(is_default=False))
    is_new = calendar is None
    if calendar is None:
        calendar = SlaCalendar()
        session.add(calendar)
    for name, value in values.items():
        setattr(calendar, name, value)
    calendar.updated_at = clock.now()
    await session.flush()
    await publish(
        session, CalendarSaved(actor=actor, calendar_id=calendar.id, name=calendar.name, is_new=is_new)
    )
    await renew_versions(session, or_(Sla.calendar_id == calendar.id, Sla.business_hours_only))
    return await get_calendar(session, calendar)


async def get_calendar(session: AsyncSession, calendar: SlaCalendar) -> dict[str, Any]:
    return read_calendar((await queries.list_calendars(session, calendar.id))[0])


def read_calendar(row: dict[str, Any]) -> dict[str, Any]:
    """A calendar with the minutes it is open in a plain week."""
    calendar = logic.calendar_from({**row, "country": None, "holidays": []})
    monday = date(2026, 1, 5)
    weekly = sum(
        end - start for day in range(7) for start, end in calendar.hours(monday + timedelta(days=day))
    )
    return {**row, "weekly_minutes": weekly}


async def delete_calendar(session: AsyncSession, actor: Actor, calendar: dict[str, Any]) -> None:
    """Remove a calendar that nothing counts by."""
    if calendar["used_by"]:
        raise CalendarInUse(
            f"{calendar['used_by']} service levels count by this calendar. Please give them another one first."
        )
    if calendar["contexts"]:
        raise CalendarInUse(
            f"{calendar['contexts']} contexts count by this calendar. Please give them another one first."
        )
    found = await session.get(SlaCalendar, calendar["id"])
    if found:
        await session.delete(found)
        await publish(
            session, CalendarDeleted(actor=actor, calendar_id=calendar["id"], name=calendar["name"])
        )


def preview_calendar(data: schemas.CalendarPreviewIn, now: datetime) -> dict[str, Any]:
    """Openings of the next days, holidays of the next year, and when a target would fall due."""
    calendar = logic.calendar_from(checked(data.calendar))
    start = data.start or now
    if start.tzinfo is None:
        raise Invalid.field("start", "The time needs its zone, such as 2026-01-31T09:00:00Z.")
    try:
        due = logic.add_minutes(calendar, start, data.minutes)
    except NeverOpenError:
        raise Invalid.field(
            "minutes", "This calendar does not have so much working time within twelve years."
        ) from None
    first = start.astimezone(ZoneInfo(calendar.timezone)).date()
    return {
        "start": start,
        "minutes": data.minutes,
        "due_at": due,
        "days": _days(calendar, first),
        "holidays": [
            {"date": day, "name": name, "yearly": False}
            for day in (first + timedelta(days=offset) for offset in range(366))
            if (name := calendar.holiday(day))
        ],
    }


def checked(data: schemas.CalendarIn) -> dict[str, Any]:
    """The columns of a calendar, or a sentence about what is wrong with it."""
    name = data.name.strip()
    if not name:
        raise Invalid.field("name", "Please give the calendar a name.")
    zone_of("timezone", data.timezone)
    if not 0 < len(data.periods) <= MOST_PERIODS:
        raise Invalid.field("periods", f"Please give between 1 and {MOST_PERIODS} opening periods.")
    if len(data.holidays) > MOST_HOLIDAYS:
        raise Invalid.field("holidays", f"A calendar has at most {MOST_HOLIDAYS:,} own holidays.")
    for period in data.periods:
        _check_period(period)
    country, subdivision = place("country", data.country, data.subdivision)
    values = {
        "name": name,
        "timezone": data.timezone,
        "periods": [period.model_dump() for period in data.periods],
        "country": country,
        "subdivision": subdivision,
        "holidays": [day.model_dump(mode="json") for day in data.holidays],
        "is_default": data.is_default,
    }
    try:
        logic.add_minutes(logic.calendar_from(values), clock.now(), 1)
    except NeverOpenError:
        raise Invalid.field("periods", NEVER_OPEN) from None
    return values


def zone_of(field: str, name: str) -> str:
    if name not in logic.time_zones():
        raise Invalid.field(
            field, f"“{name}” is not a time zone. It should read like Europe/Berlin or America/New_York."
        )
    return name


def place(field: str, country: str | None, part: str | None) -> tuple[str | None, str | None]:
    """Check that the public holidays of a place are known."""
    if not country:
        return None, None
    known = logic.places().get(country)
    if known is None:
        raise Invalid.field(
            field, f"The public holidays of “{country}” are not known. Please use a code such as DE."
        )
    if part and part not in known:
        raise Invalid.field(field, f"“{part}” is not a part of {country} whose holidays are known.")
    return country, part or None


def _check_period(period: schemas.PeriodIn) -> None:
    if not 1 <= period.weekday <= 7:
        raise Invalid.field("periods", "A weekday is a number from 1 (Monday) to 7 (Sunday).")
    for text in (period.start, period.end):
        try:
            logic.minutes_of(text)
        except ValueError:
            raise Invalid.field("periods", f"“{text}” is not a time. It should read like 09:00.") from None
    if logic.minutes_of(period.start) == 24 * 60:
        raise Invalid.field(
            "periods", "A period cannot begin at 24:00. Please begin it at 00:00 of the next day."
        )


async def _refuse_taken_name(session: AsyncSession, data: schemas.CalendarIn) -> None:
    for row in await queries.list_calendars(session):
        if row["name"].casefold() == data.name.strip().casefold() and row["id"] != data.id:
            raise Conflict(f"There is a calendar named {row['name']} already.", code="name_taken")


def _days(calendar: Calendar, first: date) -> list[dict[str, Any]]:
    days: dict[date, list[Any]] = {first + timedelta(days=offset): [] for offset in range(PREVIEW_DAYS)}
    zone = ZoneInfo(calendar.timezone)
    midnight = datetime(first.year, first.month, first.day, tzinfo=zone)
    for opens, closes in calendar.spans(midnight):
        day = opens.astimezone(zone).date()
        if day not in days:
            break
        days[day].append({"opens": opens, "closes": closes})
    return [
        {"date": day, "holiday": calendar.holiday(day), "openings": openings}
        for day, openings in days.items()
    ]
