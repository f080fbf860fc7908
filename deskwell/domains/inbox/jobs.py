from deskwell.core.context import Context
from deskwell.core.db import execute

from .events import FoldCounts

_FOLD = """WITH gone AS (DELETE FROM ticket_counts RETURNING status, is_assigned, count)
    INSERT INTO ticket_counts (status, is_assigned, count)
    SELECT status, is_assigned, sum(count) FROM gone GROUP BY status, is_assigned HAVING sum(count) <> 0"""


async def fold_counts(context: Context, _: FoldCounts) -> None:
    """Replace many small changes by one row a kind; rows appended meanwhile stay for the next time."""
    async with context.transaction() as session:
        await execute(session, "SELECT pg_advisory_xact_lock(hashtextextended('fold_counts', 0))")
        await execute(session, _FOLD)
