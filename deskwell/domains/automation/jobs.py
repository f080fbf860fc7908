from deskwell.core.context import Context

from . import service
from .events import ForgetRuns, SweepRules


async def sweep_rules(context: Context, _request: SweepRules) -> None:
    """Let the time rules look at all tickets."""
    await service.sweep(context)


async def forget_runs(context: Context, _request: ForgetRuns) -> None:
    """Drop old lines of the rules' log."""
    async with context.transaction() as session:
        await service.forget_runs(session)
