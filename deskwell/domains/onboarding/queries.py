from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows

_FACTS = """
SELECT EXISTS (SELECT 1 FROM contexts) AS brand,
       EXISTS (SELECT 1 FROM articles WHERE status = 'published') AS article,
       EXISTS (SELECT 1 FROM email_accounts) AS email,
       (SELECT count(*) FROM (SELECT 1 FROM users WHERE role <> 'customer' AND is_active LIMIT 2) s) > 1
           OR EXISTS (SELECT 1 FROM one_time_tokens WHERE kind = 'invitation') AS colleague,
       EXISTS (SELECT 1 FROM tickets) AS ticket,
       EXISTS (SELECT 1 FROM messages WHERE author IN ('ai', 'agent') AND NOT is_internal) AS answer
"""


async def facts(session: AsyncSession) -> dict[str, bool]:
    """What the desk already has, seen from the desk itself, not from clicks."""
    found = await one(session, _FACTS)
    assert found is not None
    return found


async def skipped(session: AsyncSession) -> frozenset[str]:
    return frozenset(row["key"] for row in await rows(session, "SELECT key FROM onboarding_steps"))
