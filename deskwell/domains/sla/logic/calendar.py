"""Business calendars: which instants count, exact over daylight-saving changes.

Everything is computed on UTC instants. A calendar is asked for the stretches in which its zone's
offset is constant; inside one, local time is UTC plus that offset, so an hour that happens twice
counts twice and one that never happens counts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 60
HORIZON_YEARS = 12


class NeverOpenError(ValueError):
    """A calendar has no working time within the horizon, so nothing could ever fall due."""


@dataclass(frozen=True, slots=True)
class Period:
    """An opening of a weekday, in minutes after local midnight.

    `weekday` runs from 1 (Monday) to 7. An `end` at or before the `start` lies on the next day.
    """

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OwnHoliday:
    """A day this desk is closed; `is_yearly` repeats it on the same month and day."""

    day: date
    name: str
    is_yearly: bool = False


@dataclass(frozen=True)
class Calendar:
    """When a team works. A holiday closes its local date from midnight to midnight."""

    timezone: str
    periods: tuple[Period, ...]
    country: str | None = None
    subdivision: str | None = None
    own_holidays: tuple[OwnHoliday, ...] = ()
    name: str = ""
    _week: tuple[tuple[tuple[int, int], ...], ...] = field(init=False, repr=False, compare=False)
    _own: dict[date, str] = field(init=False, repr=False, compare=False)
    _yearly: dict[tuple[int, int], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        week = tuple(_hours_of(weekday, self.periods) for weekday in range(1, 8))
        own = {holiday.day: holiday.name for holiday in self.own_holidays if not holiday.is_yearly}
        yearly = {(h.day.month, h.day.day): h.name for h in self.own_holidays if h.is_yearly}
        object.__setattr__(self, "_week", week)
        object.__setattr__(self, "_own", own)
        object.__setattr__(self, "_yearly", yearly)

    def holiday(self, day: date) -> str | None:
        """Name of the holiday on this local date, if it is one."""
        return (
            self._own.get(day)
            or self._yearly.get((day.month, day.day))
            or (public_holidays(self.country, self.subdivision, day.year).get(day) if self.country else None)
        )

    def hours(self, day: date) -> tuple[tuple[int, int], ...]:
        """Open stretches of a local date, in minutes after its midnight."""
        hours = self._week[day.weekday()]
        return () if hours and self.holiday(day) else hours

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open stretches from an instant on, in time order, up to the horizon."""
        for begin, end, offset in _stretches(self.timezone, _naive(start)):
            local_begin, local_end = begin + offset, end + offset
            midnight = datetime(local_begin.year, local_begin.month, local_begin.day)  # noqa: DTZ001 - local
            while midnight < local_end:
                for first, last in self.hours(midnight.date()):
                    opens = max(midnight + timedelta(minutes=first), local_begin)
                    closes = min(midnight + timedelta(minutes=last), local_end)
                    if opens < closes:
                        yield _aware(opens - offset), _aware(closes - offset)
                midnight += timedelta(days=1)


def add_time(calendar: Calendar | None, start: datetime, duration: timedelta) -> datetime:
    """First instant at which this much working time has passed; no calendar means round the clock."""
    if calendar is None or duration <= timedelta(0):
        return start.astimezone(UTC) + max(duration, timedelta(0))
    left = duration
    for opens, closes in calendar.spans(start):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise NeverOpenError(
        f"The calendar {calendar.name or calendar.timezone} has too little working time for this target."
    )


def add_minutes(calendar: Calendar | None, start: datetime, minutes: float) -> datetime:
    """As `add_time`, in minutes."""
    return add_time(calendar, start, timedelta(minutes=minutes))


def time_between(calendar: Calendar | None, start: datetime, end: datetime) -> timedelta:
    """Working time between two instants; nothing when the end lies before the start."""
    if end <= start:
        return timedelta(0)
    if calendar is None:
        return end - start
    total = timedelta(0)
    for opens, closes in calendar.spans(start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def minutes_between(calendar: Calendar | None, start: datetime, end: datetime) -> int:
    """Whole working minutes between two instants."""
    return time_between(calendar, start, end) // timedelta(minutes=1)


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    """Public holidays of a country, or of one of its parts, by date."""
    import holidays

    known = holidays.country_holidays(country, subdiv=subdivision, years=year)
    if "en_US" in known.supported_languages:
        known = holidays.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    return dict(known.items())


def _hours_of(weekday: int, periods: tuple[Period, ...]) -> tuple[tuple[int, int], ...]:
    yesterday = 7 if weekday == 1 else weekday - 1
    found: list[tuple[int, int]] = []
    for period in periods:
        is_overnight = period.end <= period.start
        if period.weekday == weekday:
            found.append((period.start, DAY if is_overnight else min(period.end, DAY)))
        if is_overnight and period.weekday == yesterday and period.end > 0:
            found.append((0, period.end))
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _stretches(zone: str, start: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    for year in range(start.year, min(start.year + HORIZON_YEARS, 9999)):
        changes = _offsets_of(zone, year)
        ends = [begin for begin, _ in changes[1:]] + [datetime(year + 1, 1, 1)]  # noqa: DTZ001 - UTC
        for (begin, offset), end in zip(changes, ends, strict=True):
            if end > start:
                yield max(begin, start), end, offset


@lru_cache(maxsize=2048)
def _offsets_of(zone: str, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """The zone's offsets in a UTC year: since when, and how much."""
    info = ZoneInfo(zone)
    at = datetime(year, 1, 1)  # noqa: DTZ001 - UTC, naive for speed
    changes = [(at, _offset(info, at))]
    while at.year == year:
        following = at + timedelta(days=1)
        if _offset(info, following) != changes[-1][1]:
            moment = _change_between(info, at, following)
            if moment.year == year:
                changes.append((moment, _offset(info, moment)))
        at = following
    return tuple(changes)


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return zone.fromutc(at.replace(tzinfo=zone)).utcoffset() or timedelta(0)


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)
