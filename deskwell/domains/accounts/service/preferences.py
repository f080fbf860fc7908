"""What a person sets for themselves and nobody else needs to know."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor

from .. import queries
from ..models import User


async def change_shortcuts(session: AsyncSession, actor: Actor, shortcuts: dict[str, str]) -> User:
    """Keep one's own keys by command; other preferences stay as they are."""
    assert actor.user_id is not None
    user = await queries.get_user(session, actor.user_id)
    kept: dict[str, Any] = dict(shortcuts)
    user.preferences = {**user.preferences, "shortcuts": kept}
    return user
