"""Reports as they are shown: figures, series, groups, and the tickets behind a figure."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.columns import Columns, Ints, day_of, quarter_of
from ..logic.figures import (
    BACKLOG,
    BREAKDOWN_KEYS,
    BY_KEY,
    FIGURES,
    By,
    Figure,
    cut,
    needed,
    series,
    values_wanted,
)
from ..logic.measures import Measure
from ..logic.periods import Grain, Period, midnight
from ..queries import columns

TAG_MEASURES = ("created", "closed", "resolution_median")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a report is narrowed to."""

    context: str | None = None
    team_id: UUID | None = None
    agent_id: UUID | None = None
    tag_id: UUID | None = None


@dataclass(frozen=True)
class _Codes:
    """Filters as codes; a name nobody ever used has the code -1 and matches nothing."""

    contexts: int | None
    teams: int | None
    agents: int | None
    tag: int

    @property
    def names(self) -> set[str]:
        return {name for name in ("contexts", "teams", "agents") if getattr(self, name) is not None}

    def apply(self, entries: Columns) -> Columns:
        mask: Ints | None = None
        for name in self.names:
            holds = getattr(entries, name) == getattr(self, name)
            mask = holds if mask is None else mask & holds
        return entries if mask is None else entries.where(mask)


async def overview(
    session: AsyncSession,
    period: Period,
    filters: Filters,
    *,
    figures: Sequence[Figure] = FIGURES,
    grain: Grain | None = None,
    compare: bool = True,
) -> dict[str, Any]:
    """Every figure of a period, of the period before, and of each day, week or month in it."""
    codes = await _codes(session, filters)
    previous = period.previous
    first = previous.begin if compare else period.begin
    by = await _load(session, figures, codes, first, period.end)
    flow = await _flow(session, codes, period.begin, period.end)
    grain = grain or period.grain
    days = period.buckets(grain)
    edges = [*(quarter_of(midnight(day, period.timezone)) for day in days), period.end]
    shown = await asyncio.to_thread(_compute, by, flow, figures, period, previous if compare else None, edges)
    return {"grain": grain, "buckets": days, **shown}


async def breakdown(
    session: AsyncSession, period: Period, filters: Filters, by: str, *, keys: Sequence[str] = BREAKDOWN_KEYS
) -> list[dict[str, Any]]:
    """The main figures for each agent, team, context or tag; the busiest first."""
    if by == "tag":
        return await _by_tag(session, period, filters)
    figures = [BY_KEY[key] for key in keys]
    column = f"{by}s"
    codes = await _codes(session, filters)
    entries = await _load(session, figures, codes, period.begin, period.end, extra={column})
    names = await columns.names_of(session, by)
    groups = await asyncio.to_thread(_grouped, entries, figures, column)
    return [
        {
            "key": names.get(code, ("", ""))[0] or None,
            "label": names.get(code, ("", "none"))[1],
            "figures": found,
        }
        for code, found in groups
    ]


async def behind(
    session: AsyncSession, period: Period, filters: Filters, figure: Figure
) -> list[tuple[int, int | None]]:
    """Numbers of the tickets a figure is made of, the latest first, each with its value where there is one."""
    codes = await _codes(session, filters)
    measures = figure.drill_down
    loaded = await columns.load(
        session,
        measures,
        first=day_of(period.begin),
        last=day_of(period.end),
        names={*codes.names, "numbers"},
        values_of=measures,
        tag=codes.tag,
    )
    found: dict[int, int | None] = {}
    lines = []
    for entries in loaded.values():
        chosen = codes.apply(entries.between(period.begin, period.end))
        values = chosen.vals if len(chosen.vals) else np.zeros(len(chosen.quarters), "<i4")
        has_values = len(chosen.vals) > 0
        lines += [
            (int(quarter), int(number), int(value) if has_values else None)
            for quarter, number, value in zip(chosen.quarters, chosen.numbers, values, strict=True)
        ]
    for _, number, value in sorted(lines, key=lambda line: (-line[0], -line[1])):
        found.setdefault(number, value)
    return list(found.items())


async def _codes(session: AsyncSession, filters: Filters) -> _Codes:
    async def code(kind: str, ref: str | None) -> int | None:
        if ref is None:
            return None
        found = await columns.find_code(session, kind, ref)
        return -1 if found is None else found

    tag = await code("tag", str(filters.tag_id) if filters.tag_id else None)
    return _Codes(
        contexts=await code("context", filters.context),
        teams=await code("team", str(filters.team_id) if filters.team_id else None),
        agents=await code("agent", str(filters.agent_id) if filters.agent_id else None),
        tag=tag or 0,
    )


async def _load(
    session: AsyncSession,
    figures: Sequence[Figure],
    codes: _Codes,
    first: int,
    end: int,
    *,
    extra: Collection[str] = (),
) -> dict[Measure, Columns]:
    loaded = await columns.load(
        session,
        needed(figures),
        first=day_of(first),
        last=day_of(end),
        names={*codes.names, *extra},
        values_of=values_wanted(figures),
        tag=codes.tag,
    )
    return {measure: codes.apply(entries.between(first, end)) for measure, entries in loaded.items()}


@dataclass(frozen=True)
class _Flow:
    """What came and went: entries up to the end of the period, and the backlog before its first UTC day."""

    before: int
    since: Mapping[Measure, Columns]


async def _flow(session: AsyncSession, codes: _Codes, begin: int, end: int) -> _Flow:
    day = day_of(begin)
    loaded = await columns.load(
        session, BACKLOG.needs, first=day, last=day_of(end), names=codes.names, tag=codes.tag
    )
    since = {measure: codes.apply(entries) for measure, entries in loaded.items()}
    wanted = {name: getattr(codes, name) for name in codes.names}
    counts = await columns.count_before(session, BACKLOG.needs, day=day, tag=codes.tag, wanted=wanted)
    before = counts[Measure.CREATED] + counts[Measure.REOPENED] - counts[Measure.CLOSED]
    return _Flow(before, since)


def _compute(
    by: By, flow: _Flow, figures: Sequence[Figure], period: Period, previous: Period | None, edges: list[int]
) -> dict[str, Any]:
    now = _cut(by, period.begin, period.end)
    then = _cut(by, previous.begin, previous.end) if previous else None
    values = {
        figure.key: {
            "value": figure.compute(now),
            "previous": figure.compute(then) if then else None,
        }
        for figure in figures
    }
    values[BACKLOG.key] = {
        "value": float(_backlog(flow, period.end)),
        "previous": float(_backlog(flow, period.begin)) if previous else None,
    }
    pieces = cut(now, edges)
    lines = {figure.key: series(figure, now, edges, pieces) for figure in figures}
    lines[BACKLOG.key] = [float(_backlog(flow, edge)) for edge in edges[1:]]
    return {"figures": values, "series": lines}


def _cut(by: By, first: int, end: int) -> dict[Measure, Columns]:
    return {measure: entries.between(first, end) for measure, entries in by.items()}


def _backlog(flow: _Flow, end: int) -> int:
    def until(measure: Measure) -> int:
        return flow.since[measure].places([end])[0]

    return flow.before + until(Measure.CREATED) + until(Measure.REOPENED) - until(Measure.CLOSED)


def _grouped(
    by: Mapping[Measure, Columns], figures: Sequence[Figure], column: str
) -> list[tuple[int, dict[str, float | None]]]:
    pieces = {measure: _split(entries, getattr(entries, column)) for measure, entries in by.items()}
    codes = sorted({code for groups in pieces.values() for code in groups})
    nothing = Columns(np.empty(0, "<i4"))
    found = []
    for code in codes:
        own = {measure: groups.get(code, nothing) for measure, groups in pieces.items()}
        found.append((code, {figure.key: figure.compute(own) for figure in figures}))
    return sorted(found, key=_busiest)


def _busiest(group: tuple[int, dict[str, float | None]]) -> tuple[float, int]:
    code, figures = group
    return -(figures.get("created") or 0) - (figures.get("replies") or 0), code


def _split(entries: Columns, keys: Ints) -> dict[int, Columns]:
    """Entries by the value of one of their columns, found with one sort."""
    if not len(keys):
        return {}
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ends = np.r_[starts[1:], len(ordered)]
    return {
        int(ordered[start]): _values(entries, order[start:end])
        for start, end in zip(starts, ends, strict=True)
    }


def _values(entries: Columns, picked: Ints) -> Columns:
    return Columns(entries.quarters[picked], vals=entries.vals[picked] if len(entries.vals) else entries.vals)


async def _by_tag(session: AsyncSession, period: Period, filters: Filters) -> list[dict[str, Any]]:
    names = await columns.names_of(session, "tag")
    figures = [BY_KEY[key] for key in TAG_MEASURES]
    codes = await _codes(session, replace(filters, tag_id=None))
    found = []
    for code, (ref, name) in names.items():
        by = await _load(session, figures, replace(codes, tag=code), period.begin, period.end)
        values = {figure.key: figure.compute(by) for figure in figures}
        if any(values.values()):
            found.append({"key": ref, "label": name, "figures": values})
    return sorted(found, key=lambda group: -(group["figures"]["created"] or 0))
