"""Whole months, rolled up: what long reports are made of.

A day is stored entry by entry, because a report may begin at any quarter of an hour. Of a month nobody asks
where in it something happened, only how much, how often and how long; so its values lie sorted, once for all
tickets and once for each context, team, agent and tag. Where a zone's month begins some hours beside that of
UTC, the entries of these hours are added or taken out again, so that figures stay exact.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np

from .columns import EPOCH, QUARTERS, TYPES, Columns, Ints, day_of
from .samples import Run, Sample, places_of

MOST_LEFT_OUT = 2 * QUARTERS
"""A month is used for a time that lacks so much of it; for one that lacks more its days are read."""


READ_AT_ONCE = 2_048
"""Months of no more values are read whole, without a look at their marks first."""


class Scope(IntEnum):
    """Which tickets a rolled-up month is about: all, or those with one code. The numbers are stored."""

    ALL = 0
    CONTEXT = 1
    TEAM = 2
    AGENT = 3
    TAG = 4


COLUMNS = {Scope.CONTEXT: "contexts", Scope.TEAM: "teams", Scope.AGENT: "agents"}
CODES = tuple(COLUMNS.values())


@dataclass(frozen=True)
class Month:
    """One measure's entries of a UTC month: how many, their sum, and their values in order where they were read."""

    count: int
    total: int
    run: Run | None = None

    @cached_property
    def sample(self) -> Sample:
        return Sample(self.count, self.total, () if self.run is None else (self.run,))


@dataclass(frozen=True)
class Plan:
    """From where the entries of a time are taken: whole months, less some stretches of them, and more stretches.

    A stretch is a pair of numbers of quarters of an hour, its end not included.
    """

    months: tuple[tuple[date, tuple[tuple[int, int], ...]], ...]
    stretches: tuple[tuple[int, int], ...]

    @property
    def names(self) -> set[date]:
        return {month for month, _ in self.months}

    @property
    def days(self) -> set[date]:
        """The UTC days whose entries are needed one by one."""
        parts = [*self.stretches, *(part for _, lacking in self.months for part in lacking)]
        return {
            EPOCH + timedelta(days=day)
            for begin, end in parts
            for day in range(begin // QUARTERS, -(-end // QUARTERS))
        }


def plan(begin: int, end: int, rolled: Collection[date]) -> Plan:
    """How to take the entries from one quarter of an hour up to, not including, another."""
    months: list[tuple[date, tuple[tuple[int, int], ...]]] = []
    stretches: list[tuple[int, int]] = []
    for month, first, last in _months(begin, end):
        low, high = max(begin, first), min(end, last)
        lacking = tuple(part for part in ((first, low), (high, last)) if part[0] < part[1])
        if month in rolled and sum(b - a for a, b in lacking) <= MOST_LEFT_OUT:
            months.append((month, lacking))
        elif stretches and stretches[-1][1] == low:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    return Plan(tuple(months), tuple(stretches))


def following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _months(begin: int, end: int) -> Iterator[tuple[date, int, int]]:
    month = day_of(begin).replace(day=1)
    while (first := _quarter(month)) < end:
        yield month, first, _quarter(following(month))
        month = following(month)


def _quarter(day: date) -> int:
    return (day - EPOCH).days * QUARTERS


def roll_up(entries: Columns) -> dict[tuple[Scope, int], dict[str, Any]]:
    """The stored rows of one measure and month, of all tickets and of each context, team and agent."""
    ordered = _by_value(entries)
    found = {(Scope.ALL, 0): stored(ordered)}
    for scope, column in COLUMNS.items():
        for code, part in split(ordered, column).items():
            found[scope, code] = stored(part)
    return found


def stored(entries: Columns) -> dict[str, Any]:
    """Entries of a month in the form they are stored in, by value."""
    ordered = _by_value(entries)
    has_values = len(ordered.vals) > 0
    values = ordered.vals.astype(TYPES["vals"])
    return {
        "n": len(ordered.quarters),
        "total": int(values.sum(dtype="i8")),
        "vals": values.tobytes() if has_values else None,
        "marks": values[places_of(len(values))].tobytes() if has_values else None,
        **{name: getattr(ordered, name).astype(TYPES[name]).tobytes() for name in CODES},
    }


def split(entries: Columns, column: str) -> dict[int, Columns]:
    """Entries by the code in one of their columns; their order stays."""
    return {code: entries.where(places) for code, places in splits(getattr(entries, column))}


def splits(keys: Ints) -> Iterator[tuple[int, Ints]]:
    """Each key with the places it stands at, found with one sort."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    for places in np.split(order, starts):
        if len(places):
            yield int(keys[places[0]]), places


def _by_value(entries: Columns) -> Columns:
    return entries.where(np.argsort(entries.vals, kind="stable")) if len(entries.vals) else entries
