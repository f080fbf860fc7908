from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute
from deskwell.core.events import publish

from ..events import ReportZoneChanged
from ..queries.stats import read_state


async def set_timezone(session: AsyncSession, actor: Actor, timezone: str) -> None:
    """Choose the zone whose days are the days of the reports."""
    before = (await read_state(session))["timezone"]
    if before != timezone:
        await execute(session, "UPDATE report_state SET timezone = %(zone)s WHERE id = 1", zone=timezone)
        await publish(session, ReportZoneChanged(actor=actor, before=before, after=timezone))
