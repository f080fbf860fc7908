"""The tickets behind a figure."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.codes import Codes
from ..logic.columns import Columns, Ints, day_of
from ..logic.figures import BACKLOG
from ..logic.formulas import Figure, Unit
from ..logic.ledgers import Found, Ledger, ledgers_of
from ..logic.measures import Measure
from ..logic.periods import Period
from ..queries import columns
from .narrowing import Filters, codes_of

_SIGNS = {Measure.CREATED: 1, Measure.REOPENED: 1, Measure.CLOSED: -1}


@dataclass(frozen=True)
class Behind:
    """Numbers of tickets, the latest first, and the value of each where there is one."""

    numbers: Ints
    values: Ints | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def page(self, first: int, last: int) -> list[tuple[int, float | None]]:
        numbers = self.numbers[first:last].tolist()
        values = [None] * len(numbers) if self.values is None else self.values[first:last].tolist()
        return list(zip(numbers, values, strict=True))


async def behind(session: AsyncSession, period: Period, filters: Filters, figure: Figure) -> Behind:
    """Numbers of the tickets a figure is made of, the latest first, each with its value where there is one.

    A ticket that counts several times is named once, with the sum of its minutes or the average of its stars.
    """
    codes = await codes_of(session, filters)
    first = await columns.first_day(session, BACKLOG.needs) if figure is BACKLOG else day_of(period.begin)
    found = Found(
        days=await columns.read_days(
            session,
            figure.drill_down,
            _days(first or day_of(period.begin), day_of(period.end)),
            names={*codes.columns, "numbers"},
            values_of=figure.drill_down,
            tag=codes.tag,
        )
    )
    return await asyncio.to_thread(_tickets, found, codes, figure, period)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def _tickets(found: Found, codes: Codes, figure: Figure, period: Period) -> Behind:
    ledgers = ledgers_of(found, figure.drill_down, codes, figure.drill_down, names=("numbers",))
    if figure is BACKLOG:
        return Behind(_open(ledgers, period.end))
    parts = [ledger.entries.between(period.begin, period.end) for ledger in ledgers.values()]
    return _each_once([part for part in parts if len(part.quarters)], figure)


def _open(ledgers: dict[Measure, Ledger], end: int) -> Ints:
    """Tickets that were opened more often than closed until a moment, the newest first."""
    counted: dict[Measure, Ints] = {
        measure: ledger.entries.between(0, end).numbers for measure, ledger in ledgers.items()
    }
    top = max((int(numbers.max()) for numbers in counted.values() if len(numbers)), default=0)
    balance = sum(
        _SIGNS[measure] * np.bincount(numbers, minlength=top + 1) for measure, numbers in counted.items()
    )
    return np.flatnonzero(np.asarray(balance) > 0)[::-1]


def _each_once(parts: Sequence[Columns], figure: Figure) -> Behind:
    if not parts:
        return Behind(np.empty(0, "<i4"))
    quarters = np.concatenate([part.quarters for part in parts])
    order = np.argsort(quarters, kind="stable")[::-1] if len(parts) > 1 else np.arange(len(quarters))[::-1]
    numbers = np.concatenate([part.numbers for part in parts])[order]
    base = int(numbers.min())
    places = numbers - base
    first_places = np.full(int(places.max()) + 1, len(places))
    first_places[places[::-1]] = np.arange(len(places))[::-1]  # of several the last written stays: the latest
    latest_first = places[np.sort(first_places[first_places < len(places)])]
    if not all(len(part.vals) for part in parts):
        return Behind(latest_first + base)
    values = np.concatenate([part.vals for part in parts])[order]
    sums: Ints = np.bincount(places, weights=values)
    if figure.unit is Unit.STARS:
        sums = sums / np.maximum(np.bincount(places), 1)
    return Behind(latest_first + base, sums[latest_first])
