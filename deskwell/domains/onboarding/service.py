from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute


async def skip(session: AsyncSession, actor: Actor, key: str) -> None:
    """Put a step, or the whole list, aside."""
    await execute(
        session,
        """INSERT INTO onboarding_steps (key, skipped_by_id) VALUES (%(key)s, %(by)s) ON CONFLICT DO NOTHING""",
        key=key,
        by=actor.user_id,
    )


async def take_up(session: AsyncSession, key: str) -> None:
    """Take a step, or the whole list, up again."""
    await execute(session, "DELETE FROM onboarding_steps WHERE key = %(key)s", key=key)
