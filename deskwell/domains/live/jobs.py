from deskwell.core.context import Context

from . import service
from .events import SweepLive


async def sweep_live(context: Context, _: SweepLive) -> None:
    async with context.transaction() as session:
        await service.sweep(session)
