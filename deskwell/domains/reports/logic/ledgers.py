"""What was read of the roll-ups, one ledger for each measure: any stretch of time can be taken from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from .codes import Codes
from .columns import TYPES, Columns, Ints, join
from .measures import VALUED, Measure
from .months import READ_AT_ONCE, Month, Plan, split, splits
from .samples import Run, Sample, Source, merged

Rows = Sequence[Mapping[str, Any]]
_EMPTY = Month(0, 0)


@dataclass(frozen=True)
class Ledger:
    """One measure: entries one by one in time order, and whole months."""

    entries: Columns = field(default_factory=lambda: Columns(np.empty(0, "<i4")))
    months: Mapping[date, Month] = field(default_factory=dict)

    def sample(self, plan: Plan) -> Sample:
        """The entries of a time."""
        stretches = self._samples(plan.stretches)
        if not plan.months:
            return merged(stretches)
        held = [(month, lacking) for month, lacking in plan.months if lacking or month in self.months]
        parts = [self._of_month(month, lacking) for month, lacking in held]
        return merged([*parts, *(_ordered(part) for part in stretches)])

    def cut(self, edges: Sequence[int]) -> list[Sample]:
        """The entries of each piece between two edges, all of which were read one by one."""
        places = self.entries.places(edges)
        return [_sample(self.entries, low, high) for low, high in pairwise(places)]

    def _samples(self, stretches: Sequence[tuple[int, int]]) -> list[Sample]:
        if not len(self.entries.quarters):
            return []
        places = self.entries.places([edge for stretch in stretches for edge in stretch])
        return [_sample(self.entries, low, high) for low, high in zip(places[::2], places[1::2], strict=True)]

    def _of_month(self, name: date, lacking: Sequence[tuple[int, int]]) -> Sample:
        month = self.months.get(name, _EMPTY)
        if not lacking:
            return month.sample
        gone = merged(self._samples(lacking))
        return Sample(
            month.count - gone.count,
            month.total - gone.total,
            runs=() if month.run is None else (month.run,),
            gone=() if month.run is None else gone.loose,
        )


def _sample(entries: Columns, low: int, high: int) -> Sample:
    values = entries.vals[low:high]
    if not len(values):
        return Sample(high - low)
    return Sample(high - low, int(values.sum(dtype="i8")), loose=(values,))


def _ordered(sample: Sample) -> Sample:
    """A sample whose values, if there are many, are sorted once for all samples it becomes part of."""
    if sample.count <= READ_AT_ONCE or not sample.loose:
        return sample
    return replace(sample, runs=(Run.of(np.sort(sample.loose[0])),), loose=())


@dataclass(frozen=True)
class Found:
    """Rows as they are stored: days of entries, and months, of which only entries with the codes `besides` count."""

    days: Rows
    months: Rows = ()
    besides: Mapping[str, int] = field(default_factory=dict)


def ledgers_of(
    found: Found,
    measures: Collection[Measure],
    codes: Codes,
    values_of: Collection[Measure],
    *,
    names: Collection[str] = (),
) -> dict[Measure, Ledger]:
    """A ledger for each measure; `names` are columns wanted besides those of the codes."""
    entries = _entries(found.days, {*codes.columns, *names}, values_of)
    months: dict[Measure, dict[date, Month]] = {}
    for row in found.months:
        months.setdefault(Measure(row["measure"]), {})[row["month"]] = _month(row, _mask(row, found.besides))
    of_tag = entries.get(codes.tag, {})
    return {
        measure: Ledger(codes.apply(of_tag[measure]), months.get(measure, {}))
        if measure in of_tag
        else Ledger(months=months.get(measure, {}))
        for measure in measures
    }


def ledgers_by(
    found: Found, codes: Codes, values_of: Collection[Measure], column: str | None
) -> dict[int, dict[Measure, Ledger]]:
    """A ledger for each measure and each code in a column; without a column, for each tag."""
    names = {*codes.columns, *([column] if column else [])}
    nothing = Columns(np.empty(0, "<i4"))
    entries: dict[tuple[int, Measure], Columns] = {}
    for tag, of_tag in _entries(found.days, names, values_of).items():
        for measure, all_of_them in of_tag.items():
            chosen = codes.apply(all_of_them)
            parts = split(chosen, column) if column else {tag: chosen}
            entries.update({(code, measure): part for code, part in parts.items()})
    months: dict[tuple[int, Measure], dict[date, Month]] = {}
    for row in found.months:
        measure = Measure(row["measure"])
        for code, month in _parts(row, found.besides, column):
            months.setdefault((code, measure), {})[row["month"]] = month
    ledgers: dict[int, dict[Measure, Ledger]] = {}
    for code, measure in entries.keys() | months.keys():
        ledgers.setdefault(code, {})[measure] = Ledger(
            entries.get((code, measure), nothing), months.get((code, measure), {})
        )
    return ledgers


def _entries(
    days: Rows, names: set[str], values_of: Collection[Measure]
) -> dict[int, dict[Measure, Columns]]:
    found: dict[int, dict[Measure, list[Mapping[str, Any]]]] = {}
    for row in days:
        found.setdefault(row["tag"], {}).setdefault(Measure(row["measure"]), []).append(row)
    valued = VALUED & set(values_of)
    return {
        tag: {
            measure: join(parts, {*names, "vals"} if measure in valued else names)
            for measure, parts in of_tag.items()
        }
        for tag, of_tag in found.items()
    }


def _parts(
    row: Mapping[str, Any], besides: Mapping[str, int], column: str | None
) -> Iterator[tuple[int, Month]]:
    mask = _mask(row, besides)
    if column is None or column not in row:
        yield row["code"], _month(row, mask)
        return
    keys = np.frombuffer(row[column], TYPES[column])
    run = _values(row)
    if mask is not None:
        keys, run = keys[mask], None if run is None else run[mask]
    for code, places in splits(keys):
        yield code, _counted(len(places), None if run is None else run[places])


def _month(row: Mapping[str, Any], mask: Ints | None) -> Month:
    values = _values(row)
    if mask is not None:
        return _counted(int(np.count_nonzero(mask)), None if values is None else values[mask])
    if values is not None:
        return Month(row["n"], row["total"], Run.of(values))
    if row["marks"] is None:
        return Month(row["n"], row["total"])
    marks = np.frombuffer(row["marks"], TYPES["vals"])
    source = Source(row["measure"], row["scope"], row["month"], row["code"])
    return Month(row["n"], row["total"], Run(row["n"], known_marks=marks, source=source))


def _counted(count: int, values: Ints | None) -> Month:
    if values is None:
        return Month(count, 0)
    return Month(count, int(values.sum(dtype="i8")), Run.of(values))


def _values(row: Mapping[str, Any]) -> Ints | None:
    return None if row["vals"] is None else np.frombuffer(row["vals"], TYPES["vals"])


def _mask(row: Mapping[str, Any], besides: Mapping[str, int]) -> Ints | None:
    mask: Ints | None = None
    for name, code in besides.items():
        holds = np.frombuffer(row[name], TYPES[name]) == code
        mask = holds if mask is None else mask & holds
    return mask
