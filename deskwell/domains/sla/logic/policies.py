"""From what is stored and typed to policies and calendars."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from .calendar import Calendar, OwnHoliday, Period
from .facts import Fact, Kind, Policy

_CLOCK = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)$")
_PLACE = re.compile(r"^([A-Z]{2})(?:-([A-Z0-9]{1,4}))?$")
WORKDAYS = (1, 2, 3, 4, 5)


def policy_from(data: Mapping[str, Any]) -> Policy:
    """The policy of a stored version."""
    calendar = data.get("calendar")
    return Policy(
        response=data["response"],
        resolution=data["resolution"],
        calendar=calendar_from(calendar) if calendar else None,
        pauses_while_waiting=data["pauses_while_waiting"],
        pauses_while_snoozed=data["pauses_while_snoozed"],
        ai_answer_counts=data["ai_answer_counts"],
        warn_percent=data["warn_percent"],
    )


def calendar_from(data: Mapping[str, Any]) -> Calendar:
    """A calendar of its stored form: periods with "HH:MM", holidays with ISO dates."""
    return Calendar(
        timezone=data["timezone"],
        periods=tuple(
            Period(period["weekday"], minutes_of(period["start"]), minutes_of(period["end"]))
            for period in data["periods"]
        ),
        country=data.get("country"),
        subdivision=data.get("subdivision"),
        own_holidays=tuple(
            OwnHoliday(date.fromisoformat(day["date"]), day.get("name") or "Holiday", bool(day.get("yearly")))
            for day in data.get("holidays") or ()
        ),
        name=data.get("name", ""),
    )


def simple_calendar(
    *,
    start: str | None,
    end: str | None,
    days: Sequence[int] | None,
    timezone: str | None,
    holidays: Iterable[str] | None,
) -> dict[str, Any]:
    """The stored form of the hours that an SLA carries itself; 9 to 17 from Monday to Friday unless told."""
    dates = [entry for entry in holidays or () if not place_of(entry)]
    places = [place for entry in holidays or () if (place := place_of(entry))]
    country, subdivision = places[0] if places else (None, None)
    return {
        "name": "",
        "timezone": timezone or "UTC",
        "periods": [
            {"weekday": day, "start": start or "09:00", "end": end or "17:00"} for day in days or WORKDAYS
        ],
        "country": country,
        "subdivision": subdivision,
        "holidays": [{"date": day, "name": "Holiday", "yearly": False} for day in dates],
    }


def minutes_of(text: str) -> int:
    """Minutes after midnight of "HH:MM", from 00:00 to 24:00.

    Raises:
        ValueError: it is no such time.

    """
    found = _CLOCK.match(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= 1440:
        raise ValueError(text)
    return minutes


def place_of(text: str) -> tuple[str, str | None] | None:
    """Country and part of it in "DE" or "DE-BY"; None for anything else."""
    found = _PLACE.match(text.strip())
    return (found[1], found[2]) if found else None


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Names of the time zones one may choose."""
    return frozenset(zone for zone in available_timezones() if zone != "localtime")


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, ...]]:
    """Countries whose public holidays are known, each with its parts."""
    import holidays

    return {country: tuple(parts) for country, parts in holidays.list_supported_countries().items()}


def pack_facts(facts: Iterable[Fact]) -> list[list[str]]:
    """Facts in the form they are stored in."""
    return [[fact.at.astimezone(UTC).isoformat(), fact.kind.value, fact.note] for fact in facts]


def unpack_facts(stored: Iterable[Sequence[str]]) -> list[Fact]:
    return [Fact(datetime.fromisoformat(at), Kind(kind), note) for at, kind, note in stored]
