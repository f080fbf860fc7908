from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Role
from deskwell.core.clock import now
from deskwell.core.db import Database
from deskwell.core.errors import NotFound
from deskwell.core.security import digest

from ..errors import LinkExpired
from ..models import OneTimeToken, SignInSession, TokenKind, User

_PERSON = """u.id AS user_id, u.name, u.email, u.role, u.team_ids, u.created_at, r.permissions AS permissions,
    u.role_id IS NOT NULL AS has_own_role, u.email_verified_at IS NOT NULL AS is_confirmed"""

_BY_SESSION = f"""
SELECT {_PERSON}, s.id AS session_id, NULL::uuid AS key_id, NULL::text[] AS scopes,
       s.last_seen_at < clock_timestamp() - interval '5 minutes' AS is_stale
FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN roles r ON r.id = u.role_id
WHERE s.id = %(id)s AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND u.is_active
"""

_BY_KEY = f"""
SELECT {_PERSON}, NULL::uuid AS session_id, k.id AS key_id, k.scopes,
       coalesce(k.last_used_at, 'epoch') < clock_timestamp() - interval '5 minutes' AS is_stale
FROM api_keys k JOIN users u ON u.id = k.user_id LEFT JOIN roles r ON r.id = u.role_id
WHERE k.digest = %(digest)s AND k.revoked_at IS NULL AND u.is_active
  AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
"""


async def look_up_session(database: Database, session_id: UUID) -> dict[str, Any] | None:
    """Resolve a session to person, role and teams in one statement."""
    return await database.look_up(_BY_SESSION, id=session_id)


async def look_up_key(database: Database, key: str) -> dict[str, Any] | None:
    return await database.look_up(_BY_KEY, digest=digest(key))


async def find_user_by_email(session: AsyncSession, email: str) -> User | None:
    return (await session.scalars(select(User).where(User.email == email))).one_or_none()


async def find_user(session: AsyncSession, user_id: UUID) -> User | None:
    return await session.get(User, user_id)


async def get_user(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> User:
    user = await session.get(User, user_id, with_for_update=True if lock else None)
    if user is None:
        raise NotFound("There is no such person.")
    return user


async def find_staff(session: AsyncSession, email_or_name: str) -> User | None:
    """Find an active agent or admin by address, else by name when only one has it."""
    staff = select(User).where(User.role != Role.CUSTOMER, User.is_active)
    text = email_or_name.strip().lower()
    by_email = (await session.scalars(staff.where(User.email == text))).one_or_none()
    if by_email:
        return by_email
    by_name = (await session.scalars(staff.where(func.lower(User.name) == text).limit(2))).all()
    return by_name[0] if len(by_name) == 1 else None


async def list_staff(session: AsyncSession) -> list[User]:
    """Return all active agents and admins, by name."""
    staff = (
        select(User)
        .where(User.role != Role.CUSTOMER, User.is_active)
        .order_by(func.lower(User.name), User.id)
    )
    return list(await session.scalars(staff))


async def has_users(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(User.id).limit(1)))


async def has_admin(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(User.id).where(User.role == Role.ADMIN, User.is_active).limit(1)))


async def list_sessions(session: AsyncSession, user_id: UUID) -> list[SignInSession]:
    """Return the sign-ins of a person that are still good, newest first."""
    alive = (
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > func.clock_timestamp(),
        )
        .order_by(SignInSession.last_seen_at.desc())
    )
    return list(await session.scalars(alive))


async def get_token(
    session: AsyncSession, secret: str, kind: TokenKind, *, lock: bool = False
) -> OneTimeToken:
    """Return an unused link of this kind.

    Raises:
        LinkExpired: unknown, used or too old.

    """
    query = select(OneTimeToken).where(
        OneTimeToken.digest == digest(secret), OneTimeToken.kind == kind, OneTimeToken.used_at.is_(None)
    )
    token = (await session.scalars(query.with_for_update() if lock else query)).one_or_none()
    if token is None or token.expires_at < now():
        raise LinkExpired
    return token
