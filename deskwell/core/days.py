"""Days of a time zone as stretches of instants: `date_from` and `date_to` of lists and reports."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import Invalid

FIRST, LAST = date(1971, 1, 1), date(2100, 1, 1)


def zone_of(name: str, *, field: str = "tz") -> ZoneInfo:
    """Return the time zone of a name such as Europe/Berlin.

    Raises:
        Invalid: there is none of that name.

    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.field(
            field, f"“{name[:60]}” is not a time zone. It should read like Europe/Berlin."
        ) from None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins; where midnight is skipped, the first instant after it."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def day_of(text: str, *, field: str) -> date:
    """Return the date of `YYYY-MM-DD`.

    Raises:
        Invalid: it is none, or lies beyond what can be counted.

    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise Invalid.field(field, f"“{text[:40]}” is not a date. It should read like 2026-11-24.")
    return day


def span_of(
    date_from: str | None, date_to: str | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Return the instants from the first up to, not including, the second; both days or moments are included."""
    first = _moment(date_from, zone, "date_from", is_end=False) if date_from else None
    last = _moment(date_to, zone, "date_to", is_end=True) if date_to else None
    return first, last


def _moment(text: str, zone: ZoneInfo, field: str, *, is_end: bool) -> datetime:
    if len(text) == len("2026-11-24"):
        day = day_of(text, field=field)
        return midnight(day + timedelta(days=1) if is_end else day, zone)
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid.field(
            field, f"“{text[:40]}” is neither a date nor a time. It should read like 2026-11-24."
        ) from None
    return moment + timedelta(microseconds=1) if is_end else moment
