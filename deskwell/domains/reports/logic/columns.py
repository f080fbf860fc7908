"""Entries in columns: all of one measure and day in a few packed arrays.

A median with a filter cannot be had from sums, and a scan of the tickets cannot be had in time. So each
entry is kept, eight to fourteen bytes of it, sorted by the quarter of an hour in which it happened: days
of every time zone begin on one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

QUARTERS = 96
QUARTER_SECONDS = 900
EPOCH = date(1970, 1, 1)
Ints = npt.NDArray[Any]

TYPES: dict[str, str] = {
    "vals": "<i4",
    "numbers": "<i4",
    "contexts": "<u2",
    "teams": "<u2",
    "agents": "<u2",
}
_PARTS = {
    "vals": ("value", "<i4"),
    "numbers": ("number", "<i4"),
    "contexts": ("context", "<u2"),
    "teams": ("team", "<u2"),
    "agents": ("agent", "<u2"),
}
_NO_NUMBERS, _NO_CODES = np.empty(0, "<i4"), np.empty(0, "<u2")


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry with its codes: `quarter` counts from the epoch, `number` is the ticket's."""

    quarter: int
    value: int
    number: int
    context: int
    team: int
    agent: int


@dataclass(frozen=True)
class Columns:
    """Entries of one measure, in time order. A column that was not asked for is empty."""

    quarters: Ints
    vals: Ints = field(default_factory=lambda: _NO_NUMBERS)
    numbers: Ints = field(default_factory=lambda: _NO_NUMBERS)
    contexts: Ints = field(default_factory=lambda: _NO_CODES)
    teams: Ints = field(default_factory=lambda: _NO_CODES)
    agents: Ints = field(default_factory=lambda: _NO_CODES)

    def where(self, mask: Ints) -> "Columns":
        """The entries for which the mask holds, or those at these places."""
        picked = {name: column[mask] for name in TYPES if len(column := getattr(self, name))}
        return Columns(self.quarters[mask], **picked)

    def places(self, edges: Sequence[int]) -> list[int]:
        """How many entries lie before each of these quarters; in the column's own type, else it would be copied."""
        found: list[int] = np.searchsorted(self.quarters, np.array(edges, self.quarters.dtype)).tolist()
        return found

    def between(self, first: int, last: int) -> "Columns":
        """Entries of the quarters from `first` up to, not including, `last`."""
        return self.part(*self.places([first, last]))

    def part(self, low: int, high: int) -> "Columns":
        """The entries from one place up to, not including, another."""
        if low == 0 and high == len(self.quarters):
            return self
        picked = {name: column[low:high] for name in TYPES if len(column := getattr(self, name))}
        return Columns(self.quarters[low:high], **picked)


def quarter_of(at: datetime) -> int:
    """Number of the quarter of an hour, since the epoch, in which an instant lies."""
    return int(at.timestamp() // QUARTER_SECONDS)


def day_of(quarter: int) -> date:
    """The UTC day a quarter belongs to, which is the row it is stored in."""
    return EPOCH + timedelta(days=quarter // QUARTERS)


def replaced(
    row: dict[str, Any] | None, *, gone: Collection[int], come: Sequence[Cell], is_valued: bool
) -> dict[str, bytes | int | None]:
    """The stored form of one day after taking out the tickets `gone` and putting in the cells `come`."""
    old = join([row] if row else [], TYPES)
    kept = old.where(~np.isin(old.numbers, list(gone))) if len(old.quarters) else old
    parts = {
        "quarters": np.concatenate([kept.quarters, np.array([cell.quarter for cell in come], "<i4")]),
        **{
            name: np.concatenate([getattr(kept, name), np.array([getattr(c, one) for c in come], kind)])
            for name, (one, kind) in _PARTS.items()
            if name != "vals" or is_valued
        },
    }
    order = np.lexsort((parts["numbers"], parts["quarters"]))
    counts = np.bincount(parts["quarters"] % QUARTERS, minlength=QUARTERS)
    return {
        "n": len(order),
        "counts": counts.astype("<u2").tobytes(),
        "vals": None,
        **{name: parts[name][order].astype(TYPES[name]).tobytes() for name in _PARTS if name in parts},
    }


def join(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> Columns:
    """Several stored days, in order of their day, as one."""
    if not rows:
        return Columns(np.empty(0, "<i4"))
    counts = np.frombuffer(b"".join(row["counts"] for row in rows), "<u2")
    days = np.array([(row["day"] - EPOCH).days for row in rows], "<i4")
    starts = (days[:, None] * QUARTERS + np.arange(QUARTERS, dtype="<i4")[None, :]).ravel()
    columns = {
        name: np.frombuffer(b"".join(row[name] for row in rows if row[name] is not None), TYPES[name])
        for name in names
    }
    return Columns(np.repeat(starts, counts), **columns)
