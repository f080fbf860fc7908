"""Rolling up whole months that are past, from the days they are made of."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.measures import Measure
from ..logic.months import Scope, following, roll_up, stored
from ..queries import columns, months
from .folding import hold


async def roll_month(session: AsyncSession, measure: Measure, month: date) -> None:
    """Roll up one measure of a month anew; nobody else changes its days meanwhile."""
    await hold(session)
    by_tag = await columns.load_month(session, measure, month, following(month))
    everything = by_tag.pop(0, None)
    parts = roll_up(everything) if everything else {}
    parts |= {(Scope.TAG, tag): stored(entries) for tag, entries in by_tag.items()}
    await months.write_month(session, measure, month, parts)
