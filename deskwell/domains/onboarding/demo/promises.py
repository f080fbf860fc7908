"""When the example's people work, and by when they have promised to answer."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.domains.sla.schemas import CalendarIn, HolidayIn, PeriodIn, SlaIn
from deskwell.domains.sla.service import save_calendar, save_sla

WEEKDAYS = range(1, 6)
OFFICE = CalendarIn(
    name="Office hours",
    timezone="Europe/London",
    periods=[PeriodIn(weekday=day, start="08:00", end="18:00") for day in WEEKDAYS],
    country="GB",
    subdivision="ENG",
    holidays=[
        HolidayIn(date=date(2026, 12, 24), name="Christmas Eve", yearly=True),
        HolidayIn(date=date(2026, 12, 31), name="New Year's Eve", yearly=True),
    ],
    is_default=True,
)
FERRIES = CalendarIn(
    name="Ferry shifts",
    timezone="Europe/London",
    periods=[
        *(PeriodIn(weekday=day, start="05:30", end="13:30") for day in range(1, 8)),
        *(PeriodIn(weekday=day, start="14:30", end="22:30") for day in range(1, 8)),
        *(PeriodIn(weekday=day, start="22:30", end="02:00") for day in (5, 6)),
    ],
    holidays=[HolidayIn(date=date(2026, 12, 25), name="No sailings", yearly=True)],
)
LEVELS = (("urgent", 15, 240), ("high", 60, 480), ("medium", 240, 1440), ("low", 480, 4320))


async def make_promises(session: AsyncSession, contexts: dict[str, str]) -> None:
    """Two calendars with holidays, a service level for each priority, and one for the ferries alone."""
    office = await save_calendar(session, SYSTEM, OFFICE)
    ferries = await save_calendar(session, SYSTEM, FERRIES)
    for priority, response, resolution in LEVELS:
        level = SlaIn(
            name=priority.title(),
            priority=priority,
            response_time_minutes=response,
            resolution_time_minutes=resolution,
            business_hours_only=priority != "urgent",
            calendar_id=office["id"] if priority != "urgent" else None,
            ai_answer_counts=priority in {"low", "medium"},
        )
        await save_sla(session, SYSTEM, level)
    await save_sla(
        session,
        SYSTEM,
        SlaIn(
            name="Aboard",
            description="Somebody on a ship cannot wait for the office to open.",
            priority="high",
            context=contexts["brackwater-staff-desk"],
            response_time_minutes=30,
            resolution_time_minutes=360,
            business_hours_only=True,
            calendar_id=ferries["id"],
        ),
    )
