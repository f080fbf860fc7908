"""Periods: days of a time zone, cut into days, weeks or months, and the period before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .columns import quarter_of


class Grain(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of a zone, both ends included."""

    first: date
    last: date
    timezone: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> "Period":
        """As many days, just before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1), self.timezone)

    @property
    def begin(self) -> int:
        """Number of the first quarter of an hour."""
        return quarter_of(midnight(self.first, self.timezone))

    @property
    def end(self) -> int:
        """Number of the first quarter after the period."""
        return quarter_of(midnight(self.last + timedelta(days=1), self.timezone))

    @property
    def grain(self) -> Grain:
        """A chart shows some 12 to 45 points."""
        if self.days <= 45:
            return Grain.DAY
        return Grain.WEEK if self.days <= 200 else Grain.MONTH

    def buckets(self, grain: Grain) -> list[date]:
        """First day of each piece; the first and last piece may be cut short by the period."""
        found = [self.first]
        while (following := _next(found[-1], grain)) <= self.last:
            found.append(following)
        return found


def midnight(day: date, timezone: str) -> datetime:
    """The instant at which a day begins in a zone; where midnight is skipped, the first instant after it."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone))


def _next(day: date, grain: Grain) -> date:
    if grain is Grain.DAY:
        return day + timedelta(days=1)
    if grain is Grain.WEEK:
        return day + timedelta(days=7 - day.weekday())
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
