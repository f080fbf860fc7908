"""The main figures for each agent, team, context or tag."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.codes import Codes
from ..logic.figures import (
    BREAKDOWN_KEYS,
    BY_KEY,
    TAG_KEYS,
    needed,
    spread_wanted,
    values_wanted,
)
from ..logic.formulas import Figure
from ..logic.ledgers import Found, ledgers_by
from ..logic.measures import Measure
from ..logic.months import COLUMNS, Plan, Scope, plan
from ..logic.periods import Period
from ..logic.samples import Sample
from ..queries import columns, months
from .narrowing import Filters, codes_of

Group = tuple[int, dict[str, float | None]]


async def breakdown(session: AsyncSession, period: Period, filters: Filters, by: str) -> list[dict[str, Any]]:
    """The main figures of each group, the busiest first; by tag a tag that is filtered by does not matter."""
    is_by_tag = by == "tag"
    figures = [BY_KEY[key] for key in (TAG_KEYS if is_by_tag else BREAKDOWN_KEYS)]
    codes = await codes_of(session, replace(filters, tag_id=None) if is_by_tag else filters)
    chosen = plan(period.begin, period.end, await months.rolled_months(session, needed(figures)))
    found = await _find(session, by, codes, figures, chosen)
    names = await columns.names_of(session, by)
    samples = await asyncio.to_thread(_sampled, found, figures, codes, COLUMNS.get(Scope[by.upper()]), chosen)
    await months.fill(session, (of[measure] for of in samples.values() for measure in spread_wanted(figures)))
    groups = sorted(
        ((code, {figure.key: figure.compute(of) for figure in figures}) for code, of in samples.items()),
        key=_busiest,
    )
    return [
        {
            "key": names.get(code, ("", ""))[0] or None,
            "label": names.get(code, ("", "none"))[1],
            "figures": values,
        }
        for code, values in groups
    ]


async def _find(
    session: AsyncSession, by: str, codes: Codes, figures: Sequence[Figure], chosen: Plan
) -> Found:
    scope = Scope[by.upper()]
    column = COLUMNS.get(scope)
    is_split = codes.scope[0] is Scope.ALL or scope is Scope.TAG
    besides = codes.columns if is_split else codes.besides
    return Found(
        days=await columns.read_days(
            session,
            needed(figures),
            chosen.days,
            names={*codes.columns, *([column] if column else [])},
            values_of=values_wanted(figures),
            tag=None if scope is Scope.TAG else codes.tag,
        ),
        months=await _split_months(session, scope, besides, figures, chosen)
        if is_split
        else await _months_to_split(
            session, {*besides, *([column] if column else [])}, codes, figures, chosen
        ),
        besides=besides,
    )


async def _split_months(
    session: AsyncSession, scope: Scope, besides: dict[str, int], figures: Sequence[Figure], chosen: Plan
) -> list[dict[str, Any]]:
    """Months as they are stored for each group; what is only added up comes as one month."""
    measures, spread = needed(figures), spread_wanted(figures)
    one_by_one = measures if besides else spread
    return [
        *await months.read_months(
            session,
            one_by_one,
            chosen.names,
            scope=scope,
            code=None,
            names=besides,
            values_of=values_wanted(figures) if besides else spread,
        ),
        *await months.sum_months(session, measures - one_by_one, chosen.names, scope=scope),
    ]


async def _months_to_split(
    session: AsyncSession, names: set[str], codes: Codes, figures: Sequence[Figure], chosen: Plan
) -> list[dict[str, Any]]:
    """Months of what the report is narrowed to, entry by entry, to be split into groups."""
    scope, code = codes.scope
    return await months.read_months(
        session,
        needed(figures),
        chosen.names,
        scope=scope,
        code=code,
        names=names,
        values_of=values_wanted(figures),
    )


def _sampled(
    found: Found, figures: Sequence[Figure], codes: Codes, column: str | None, chosen: Plan
) -> dict[int, dict[Measure, Sample]]:
    nothing = dict.fromkeys(needed(figures), Sample(0))
    ledgers = ledgers_by(found, codes, values_wanted(figures), column)
    groups = {
        code: nothing | {measure: ledger.sample(chosen) for measure, ledger in by.items()}
        for code, by in ledgers.items()
    }
    return {code: by for code, by in groups.items() if any(sample.count for sample in by.values())}


def _busiest(group: Group) -> tuple[float, int]:
    code, figures = group
    return -(figures.get("created") or 0) - (figures.get("replies") or 0), code
