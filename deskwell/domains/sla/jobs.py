from uuid import UUID

from deskwell.core.actor import SYSTEM
from deskwell.core.context import Context

from . import queries
from .events import ReapplySlas, SweepClocks
from .service import settle
from .service.clocks import apply_match

BATCH = 100


async def sweep_clocks(context: Context, _: SweepClocks) -> None:
    """Warn and record what was missed, the moment it happens."""
    while True:
        async with context.transaction() as session:
            due = await queries.lock_due_clocks(session, limit=BATCH)
            for row in due:
                await settle(session, row)
        if len(due) < BATCH:
            return


async def reapply_slas(context: Context, request: ReapplySlas) -> None:
    """Let every open ticket of these priorities find its service level anew."""
    after: UUID | None = None
    while True:
        async with context.transaction() as session:
            tickets = await queries.lock_open_tickets(session, request.priorities, after=after, limit=BATCH)
            for row in tickets:
                await apply_match(session, SYSTEM, row)
        if len(tickets) < BATCH:
            return
        after = tickets[-1]["id"]
