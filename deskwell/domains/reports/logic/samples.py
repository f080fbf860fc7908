"""What figures are computed from: how many entries, their sum, and their values.

A month's values are many and only two of them are wanted, the median and the 90th percentile of all months
together. So at first every 128th value of each month is read: these marks say between which two values each of
the wanted ones lies, and only the stretches between are read then. The result is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .columns import Ints

SHARES = (50, 90)
STEP = 128
FEW = 20_000
"""So many values are put together and parted; of more, marks are looked at first."""
_NOTHING = np.empty(0, "<i4")


class Source(NamedTuple):
    """Where a run is stored."""

    measure: int
    scope: int
    month: date
    code: int


Stretch = tuple[Source, int, int]
"""Values of a run from one place up to, not including, another."""


def places_of(size: int) -> Ints:
    """The places of a run whose values are its marks: every 128th, and the last."""
    places = np.arange(0, size, STEP)
    return places if not size or places[-1] == size - 1 else np.append(places, size - 1)


@dataclass(frozen=True, eq=False)
class Run:
    """Sorted values: all of them, or marks and the stretches that were read since."""

    size: int
    values: Ints | None = None
    known_marks: Ints | None = None
    source: Source | None = None
    read: dict[tuple[int, int], Ints] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Ints) -> "Run":
        return cls(len(values), values)

    @cached_property
    def places(self) -> Ints:
        return places_of(self.size)

    @cached_property
    def marks(self) -> Ints:
        if self.known_marks is not None:
            return self.known_marks
        assert self.values is not None
        return self.values[self.places]

    def stretch(self, low: int, high: int) -> tuple[int, int]:
        """Places between which all values from `low` to `high` lie."""
        first = max(int(np.searchsorted(self.marks, low)) - 1, 0)
        last = int(np.searchsorted(self.marks, high, side="right"))
        return int(self.places[first]), int(self.places[last]) if last < len(self.places) else self.size

    def between(self, low: int, high: int) -> tuple[int, Ints]:
        """How many values lie below `low`, and those from `low` to `high`."""
        first, last = self.stretch(low, high)
        values = self.read[first, last] if self.values is None else self.values[first:last]
        begin, end = np.searchsorted(values, low), np.searchsorted(values, high, side="right")
        return first + int(begin), values[begin:end]


@dataclass(frozen=True, eq=False)
class Sample:
    """Entries of one measure within some time: `runs` less the values `gone`, and `loose` values in any order."""

    count: int
    total: int = 0
    runs: tuple[Run, ...] = ()
    gone: tuple[Ints, ...] = ()
    loose: tuple[Ints, ...] = ()

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None

    @cached_property
    def spread(self) -> dict[int, float]:
        """Median and 90th percentile of the values, between neighbours by straight line (percentile_cont)."""
        values = self._at_once()
        found = {}
        for share, (place, low, high) in self._ranks.items():
            if values is None:
                below, near = self._near(*self._brackets[share])
                one, other = float(near[low - below]), float(near[high - below])
            else:
                one, other = float(values[low]), float(values[high])
            found[share] = one + (other - one) * (place - low)
        return found

    def wanted(self) -> Iterable[tuple[Run, int, int]]:
        """The stretches of runs that have to be read before `spread` can be told."""
        if all(run.values is not None for run in self.runs):
            return
        for bracket in self._brackets.values():
            for run in self.runs:
                if run.values is None:
                    yield (run, *run.stretch(*bracket))

    @cached_property
    def _size(self) -> int:
        return (
            sum(run.size for run in self.runs)
            - sum(len(part) for part in self.gone)
            + sum(len(part) for part in self.loose)
        )

    @cached_property
    def _ranks(self) -> dict[int, tuple[float, int, int]]:
        """For each share its place in the order of all values, and the two neighbours of that place."""
        if self._size <= 0:
            return {}
        places = {share: (self._size - 1) * share / 100 for share in SHARES}
        return {share: (at, int(at), min(int(at) + 1, self._size - 1)) for share, at in places.items()}

    def _at_once(self) -> Ints | None:
        """All values, parted at the ranks, where that is less work."""
        if self.runs and (self._size > FEW or any(run.values is None for run in self.runs)):
            return None
        runs = [run.values for run in self.runs if run.values is not None]
        values = np.concatenate((*runs, *self.loose)) if runs or self.loose else _NOTHING
        if self.gone:
            values = without(np.sort(values), np.concatenate(self.gone))
        ranks = sorted({rank for _, *pair in self._ranks.values() for rank in pair})
        return np.partition(values, ranks) if ranks else values

    @cached_property
    def _all_runs(self) -> tuple[Run, ...]:
        return (*self.runs, *(Run.of(np.sort(values)) for values in self.loose))

    @cached_property
    def _brackets(self) -> dict[int, tuple[int, int]]:
        """Two values between which the neighbours of each share lie, as far as the marks tell."""
        full = [run for run in self._all_runs if run.size]
        marks = np.concatenate([run.marks for run in full])
        at_least = np.concatenate([np.diff(run.places, prepend=-1) for run in full])
        at_most = np.concatenate([np.diff(np.append(run.places[1:], run.size), prepend=0) for run in full])
        order = np.argsort(marks, kind="stable")
        marks = marks[order]
        lowest, highest = np.cumsum(at_most[order]), np.cumsum(at_least[order])
        missing = sum(len(part) for part in self.gone)
        found = {}
        for share, (_, low, high) in self._ranks.items():
            begin = int(np.searchsorted(lowest, low + 1))
            end = int(np.searchsorted(highest, high + 1 + missing))
            found[share] = int(marks[begin]), int(marks[min(end, len(marks) - 1)])
        return found

    def _near(self, low: int, high: int) -> tuple[int, Ints]:
        """How many values lie below `low`, and those from `low` to `high` in order."""
        parts = [run.between(low, high) for run in self._all_runs if run.size]
        below = sum(count for count, _ in parts)
        near = np.sort(np.concatenate([values for _, values in parts]))
        if self.gone:
            gone = np.concatenate(self.gone)
            below -= int(np.count_nonzero(gone < low))
            near = without(near, gone[(gone >= low) & (gone <= high)])
        return below, near


def merged(samples: Iterable[Sample]) -> Sample:
    """Several samples as one."""
    count = total = 0
    runs: list[Run] = []
    gone: list[Ints] = []
    loose: list[Ints] = []
    for part in samples:
        count += part.count
        total += part.total
        runs += part.runs
        gone += part.gone
        loose += part.loose
    return Sample(count, total, tuple(runs), tuple(gone), tuple(loose))


def without(run: Ints, gone: Ints) -> Ints:
    """Sorted values less some of them, each of which is taken out once."""
    gone = np.sort(gone)
    repeats = np.arange(len(gone)) - np.searchsorted(gone, gone)
    return np.delete(run, np.searchsorted(run, gone) + repeats)


def stretches_wanted(samples: Iterable[Sample]) -> dict[Stretch, Run]:
    """What has to be read before the spread of these samples can be told."""
    found: dict[Stretch, Run] = {}
    for sample in samples:
        for run, first, last in sample.wanted():
            if run.source and (first, last) not in run.read:
                found[run.source, first, last] = run
    return found


def keep(wanted: Mapping[Stretch, Run], read: Sequence[tuple[Stretch, Ints]]) -> None:
    """Give runs the stretches that were read."""
    for stretch, values in read:
        _, first, last = stretch
        wanted[stretch].read[first, last] = values
