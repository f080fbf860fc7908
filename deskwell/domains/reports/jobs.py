from uuid import UUID

from deskwell.core import clock
from deskwell.core.context import Context
from deskwell.core.db import rows

from .events import FoldReports, RebuildReports, RollMonths
from .queries.months import unrolled
from .service.folding import fold, fold_counts, hold, recount
from .service.rolling import roll_month

BATCH = 1_000


async def fold_reports(context: Context, _: FoldReports) -> None:
    """Bring the figures up to date with the log."""
    async with context.transaction() as session:
        await fold_counts(session)
    async with context.transaction() as session:
        await fold(session)


async def rebuild_reports(context: Context, _: RebuildReports) -> None:
    """Count every ticket anew, and forget those that are gone; the figures stay readable meanwhile."""
    after: UUID | None = None
    while True:
        async with context.transaction() as session:
            await hold(session)
            found = await rows(
                session,
                """SELECT id FROM (
                     (SELECT id FROM tickets WHERE %(after)s::uuid IS NULL OR id > %(after)s ORDER BY id LIMIT %(limit)s)
                     UNION
                     (SELECT ticket_id FROM report_tickets WHERE %(after)s::uuid IS NULL OR ticket_id > %(after)s
                      ORDER BY ticket_id LIMIT %(limit)s)
                   ) both_kinds ORDER BY id LIMIT %(limit)s""",
                after=after,
                limit=BATCH,
            )
            await recount(session, [row["id"] for row in found])
        if len(found) < BATCH:
            return
        after = found[-1]["id"]


async def roll_months(context: Context, _: RollMonths) -> None:
    """Roll up every whole month that is past, one measure at a time."""
    async with context.transaction() as session:
        waiting = await unrolled(session, before=clock.now().date())
    for measure, month in waiting:
        async with context.transaction() as session:
            await roll_month(session, measure, month)
