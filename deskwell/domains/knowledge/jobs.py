from deskwell.core.context import Context

from . import service
from .events import RefreshSearchWords


async def refresh_search_words(context: Context, _: RefreshSearchWords) -> None:
    async with context.transaction() as session:
        await service.refresh_search_words(session)
