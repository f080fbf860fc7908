from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import PERMISSIONS, Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.security import digest, new_secret

from ..events import ApiKeyMade, ApiKeyRevoked
from ..models import ApiKey
from ..schemas import KeyWrite
from .roles import refuse_more_than_own

KEY_PREFIX = "dw_"
SHOWN = 9


async def make_key(session: AsyncSession, actor: Actor, data: KeyWrite) -> tuple[ApiKey, str]:
    """Make a key that acts for the actor within its scopes; the whole key is returned this once.

    Raises:
        Invalid: a scope does not exist, or it would expire in the past.
        Forbidden: a scope that the actor does not hold.

    """
    for scope in data.scopes:
        if scope not in PERMISSIONS:
            raise Invalid.field("scopes", f"There is no scope “{scope}”.")
    refuse_more_than_own(actor, data.scopes)
    if data.expires_at and (data.expires_at.tzinfo is None or data.expires_at <= now()):
        raise Invalid.field("expires_at", "Please choose a time in the future, with its time zone.")
    secret = KEY_PREFIX + new_secret()
    key = ApiKey(
        id=new_id(),
        user_id=actor.user_id,
        name=data.name,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        scopes=sorted(set(data.scopes)),
        expires_at=data.expires_at,
    )
    session.add(key)
    await session.flush()
    await publish(session, ApiKeyMade(actor=actor, key_id=key.id, name=key.name, scopes=tuple(key.scopes)))
    return key, secret


async def revoke_key(session: AsyncSession, actor: Actor, key: ApiKey) -> None:
    """Make a key stop working at once."""
    if key.revoked_at is None:
        key.revoked_at = now()
        await session.flush()
        await publish(session, ApiKeyRevoked(actor=actor, key_id=key.id, name=key.name))
