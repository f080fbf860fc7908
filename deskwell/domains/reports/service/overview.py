"""Every figure of a period, of the period before, and of each day, week or month in it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.codes import Codes
from ..logic.columns import EPOCH, QUARTERS, quarter_of
from ..logic.figures import BACKLOG, FIGURES, needed, spread_wanted, values_wanted
from ..logic.formulas import By, Figure
from ..logic.ledgers import Found, Ledger, ledgers_of
from ..logic.measures import Measure
from ..logic.months import Plan, plan
from ..logic.periods import Grain, Period, midnight
from ..logic.samples import Sample, merged
from ..queries import columns, months
from .narrowing import Filters, codes_of


async def overview(
    session: AsyncSession,
    period: Period,
    filters: Filters,
    *,
    figures: Sequence[Figure] = FIGURES,
    grain: Grain | None = None,
    compare: bool = True,
) -> dict[str, Any]:
    """The figures of a period, with its pieces, and with the period before where they are compared."""
    codes = await codes_of(session, filters)
    measures = needed(figures) | set(BACKLOG.needs)
    rolled = await months.rolled_months(session, measures)
    grain = grain or period.grain
    days = period.buckets(grain)
    edges = [*(quarter_of(midnight(day, period.timezone)) for day in days), period.end]
    begin = await _first_quarter(session, period)
    plans = _Plans(
        edges=edges,
        pieces=[plan(a, b, rolled) for a, b in pairwise(edges)] if grain is Grain.MONTH else None,
        previous=plan(period.previous.begin, period.begin, rolled) if compare else None,
        before=plan(begin, period.begin, rolled),
    )
    found = await _find(session, measures, plans.of_figures, codes, figures)
    earlier = await _find(session, BACKLOG.needs, [plans.before], codes, ())
    samples = await asyncio.to_thread(_sampled, found, plans, measures, codes, figures)
    await months.fill(session, samples.with_values(spread_wanted(figures)))
    past = ledgers_of(earlier, BACKLOG.needs, codes, ())
    opening = BACKLOG.compute({measure: ledger.sample(plans.before) for measure, ledger in past.items()})
    shown = await asyncio.to_thread(_shown, samples, opening or 0, figures)
    return {"grain": grain, "buckets": days, **shown}


@dataclass(frozen=True)
class _Plans:
    """From where each part of an overview is taken; without `pieces` the period is read entry by entry."""

    edges: Sequence[int]
    pieces: Sequence[Plan] | None
    previous: Plan | None
    before: Plan

    @property
    def of_figures(self) -> list[Plan]:
        pieces = [plan(self.edges[0], self.edges[-1], ())] if self.pieces is None else self.pieces
        return [*pieces, *([self.previous] if self.previous else [])]


async def _first_quarter(session: AsyncSession, period: Period) -> int:
    day = await columns.first_day(session, BACKLOG.needs)
    return min((day - EPOCH).days * QUARTERS, period.begin) if day else period.begin


async def _find(
    session: AsyncSession,
    measures: Sequence[Measure] | frozenset[Measure],
    plans: Sequence[Plan],
    codes: Codes,
    figures: Sequence[Figure],
) -> Found:
    scope, code = codes.scope
    values = values_wanted(figures)
    return Found(
        days=await columns.read_days(
            session,
            measures,
            {day for one in plans for day in one.days},
            names=codes.columns,
            values_of=values,
            tag=codes.tag,
        ),
        months=await months.read_months(
            session,
            measures,
            {month for one in plans for month in one.names},
            scope=scope,
            code=code,
            names=codes.besides,
            values_of=values if codes.besides else spread_wanted(figures),
        ),
        besides=codes.besides,
    )


@dataclass(frozen=True)
class _Samples:
    """The period, its pieces, and the period before."""

    whole: By
    pieces: Sequence[By]
    previous: By | None

    def with_values(self, measures: frozenset[Measure]) -> list[Sample]:
        return [
            by[measure]
            for by in (self.whole, *self.pieces, *([self.previous] if self.previous else []))
            for measure in measures
        ]


def _sampled(
    found: Found,
    plans: _Plans,
    measures: frozenset[Measure],
    codes: Codes,
    figures: Sequence[Figure],
) -> _Samples:
    ledgers = ledgers_of(found, measures, codes, values_wanted(figures))
    pieces = _pieces(ledgers, plans)
    previous: By | None = None
    if plans.previous:
        previous = {measure: ledger.sample(plans.previous) for measure, ledger in ledgers.items()}
    whole = {measure: merged(piece[measure] for piece in pieces) for measure in measures}
    return _Samples(whole, pieces, previous)


def _shown(samples: _Samples, opening: float, figures: Sequence[Figure]) -> dict[str, Any]:
    whole, pieces, previous = samples.whole, samples.pieces, samples.previous
    backlog = list(accumulate((BACKLOG.compute(piece) or 0 for piece in pieces), initial=opening))
    values = {
        figure.key: {
            "value": figure.compute(whole),
            "previous": figure.compute(previous) if previous else None,
        }
        for figure in figures
    }
    values[BACKLOG.key] = {"value": backlog[-1], "previous": backlog[0] if previous else None}
    series = {figure.key: [figure.compute(piece) for piece in pieces] for figure in figures}
    return {"figures": values, "series": series | {BACKLOG.key: backlog[1:]}}


def _pieces(ledgers: Mapping[Measure, Ledger], plans: _Plans) -> list[By]:
    if plans.pieces is not None:
        return [{measure: ledger.sample(one) for measure, ledger in ledgers.items()} for one in plans.pieces]
    cuts = {measure: ledger.cut(plans.edges) for measure, ledger in ledgers.items()}
    return [{measure: cuts[measure][at] for measure in cuts} for at in range(len(plans.edges) - 1)]
