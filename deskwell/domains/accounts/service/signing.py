import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor, Kind, Role, Through
from deskwell.core.clock import now
from deskwell.core.db import execute
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.core.security import (
    check_password_rules,
    digest,
    hash_password,
    new_secret,
    sign_token,
    verify_password,
)
from deskwell.core.settings import Settings

from .. import queries
from ..errors import EmailTaken, WrongCredentials
from ..events import (
    PasswordChanged,
    SendEmailChangeMail,
    SendResetMail,
    SessionsEnded,
    SignInRefused,
    UserChanged,
    UserRegistered,
    UserSignedIn,
)
from ..logic import clean_name, normal_email
from ..models import OneTimeToken, SignInSession, TokenKind, User
from .companies import join_by_domain

LIFETIMES = {
    TokenKind.RESET: timedelta(hours=1),
    TokenKind.INVITATION: timedelta(days=7),
    TokenKind.SETUP: timedelta(hours=24),
    TokenKind.EMAIL_CHANGE: timedelta(hours=1),
    TokenKind.CONFIRMATION: timedelta(days=7),
}


@dataclass(frozen=True)
class Device:
    """From where somebody signs in."""

    address: str = ""
    user_agent: str = ""


async def register(
    session: AsyncSession,
    settings: Settings,
    *,
    email: str,
    password: str,
    name: str,
    role: Role = Role.CUSTOMER,
) -> User:
    """Make an account. A customer known by mail only keeps their tickets and gets a password by the reset link.

    Until the link that is mailed to a customer was followed, they see what they wrote while signed in and nothing
    else: somebody else may have registered with their address.
    """
    email, name = normal_email(email), clean_name(name)
    check_password_rules(password, is_staff=role is not Role.CUSTOMER)
    hashed = await hash_password(settings, password)
    statement = (
        insert(User)
        .values(id=new_id(), email=email, name=name, role=role, password_hash=hashed)
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(User)
    )
    user = (await session.scalars(statement)).one_or_none()
    if user is None:
        raise EmailTaken
    if role is Role.CUSTOMER:
        await join_by_domain(session, user)
    await publish(session, UserRegistered(actor=as_actor(user), user_id=user.id, role=role.value))
    return user


async def register_first_admin(
    session: AsyncSession, settings: Settings, *, email: str, password: str, name: str
) -> User | None:
    """Make the first admin; None when there is one already. Two at once: one wins."""
    await execute(session, "SELECT pg_advisory_xact_lock(hashtextextended('first-admin', 0))")
    if await queries.has_admin(session):
        return None
    return await register(session, settings, email=email, password=password, name=name, role=Role.ADMIN)


def is_bootstrap_key(settings: Settings, given: str) -> bool:
    """Whether this is the configured key; without one, nothing is."""
    key = settings.bootstrap_key.get_secret_value()
    return bool(key) and hmac.compare_digest(key.encode(), given.encode())


async def sign_in(
    session: AsyncSession, settings: Settings, user: User, device: Device
) -> tuple[str, SignInSession]:
    """Start a session; return its bearer token and its row."""
    row = SignInSession(
        id=new_id(),
        user_id=user.id,
        expires_at=now() + timedelta(hours=settings.token_hours),
        address=device.address[:64],
        user_agent=device.user_agent[:300],
    )
    session.add(row)
    user.last_seen_at = now()
    await session.flush()
    await publish(session, UserSignedIn(actor=as_actor(user), user_id=user.id, session_id=row.id))
    return sign_token(settings, user.id, row.id, row.expires_at), row


async def authenticate(session: AsyncSession, settings: Settings, *, email: str, password: str) -> User:
    """Return the person of this pair, upgrading an old password hash.

    Raises:
        WrongCredentials: wrong pair, unknown account, no password or deactivated, after the same time.

    """
    user = await queries.find_user_by_email(session, email.strip().lower())
    usable = user.password_hash if user and user.is_active else None
    matches, updated = await verify_password(settings, password, usable)
    if not (matches and user):
        raise WrongCredentials
    if updated:
        user.password_hash = updated
    return user


async def note_refused_sign_in(session: AsyncSession, email: str) -> None:
    user = await queries.find_user_by_email(session, email.strip().lower())
    await publish(
        session, SignInRefused(actor=SYSTEM, user_id=user.id if user else None, reason="wrong_credentials")
    )


async def end_sessions(
    session: AsyncSession,
    actor: Actor,
    user_id: UUID,
    *,
    reason: str,
    keep: UUID | None = None,
    only: UUID | None = None,
) -> int:
    """End a person's sign-ins (all, all but one, or one); their tokens stop working at once."""
    alive = update(SignInSession).where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
    if keep:
        alive = alive.where(SignInSession.id != keep)
    if only:
        alive = alive.where(SignInSession.id == only)
    ended = (
        await session.scalars(alive.values(ended_at=func.clock_timestamp()).returning(SignInSession.id))
    ).all()
    if ended:
        await publish(session, SessionsEnded(actor=actor, user_id=user_id, reason=reason))
    return len(ended)


async def touch_session(session: AsyncSession, session_id: UUID | None, key_id: UUID | None) -> None:
    """Note that a session or key was used."""
    if session_id:
        await execute(
            session, "UPDATE sessions SET last_seen_at = clock_timestamp() WHERE id = %(id)s", id=session_id
        )
    if key_id:
        await execute(
            session, "UPDATE api_keys SET last_used_at = clock_timestamp() WHERE id = %(id)s", id=key_id
        )


async def make_token(
    session: AsyncSession,
    kind: TokenKind,
    user_id: UUID | None = None,
    data: dict[str, Any] | None = None,
    *,
    keeps_earlier: bool = False,
) -> str:
    """Return the secret of a new one-time link; earlier ones of this kind and person stop working.

    `keeps_earlier`: the link that was copied from the screen and the one in the mail both lead in.
    """
    if not keeps_earlier:
        await forget_tokens(session, kind, user_id)
    secret = new_secret()
    session.add(
        OneTimeToken(
            kind=kind,
            digest=digest(secret),
            user_id=user_id,
            data=data or {},
            expires_at=now() + LIFETIMES[kind],
        )
    )
    await session.flush()
    return secret


async def forget_tokens(session: AsyncSession, kind: TokenKind, user_id: UUID | None) -> None:
    """Let a person's links of this kind stop working."""
    unused = delete(OneTimeToken).where(OneTimeToken.kind == kind, OneTimeToken.used_at.is_(None))
    await session.execute(unused.where(OneTimeToken.user_id.is_not_distinct_from(user_id)))


async def make_setup_link(session: AsyncSession, settings: Settings) -> str | None:
    """Return the link that makes the first admin, or None when the desk has people."""
    if await queries.has_users(session):
        return None
    return f"{settings.public_url}/setup?token={await make_token(session, TokenKind.SETUP)}"


async def set_up(
    session: AsyncSession, settings: Settings, *, token: str, email: str, name: str, password: str
) -> User:
    """Make the first admin with the set-up link."""
    link = await queries.get_token(session, token, TokenKind.SETUP, lock=True)
    user = await register_first_admin(session, settings, email=email, password=password, name=name)
    if user is None:
        raise Invalid("This desk is set up already. Please sign in.", code="already_set_up")
    link.used_at = now()
    return user


async def request_reset(session: AsyncSession, email: str) -> None:
    """Mail a link for a new password, when there is such a person; nobody can tell from outside."""
    user = await queries.find_user_by_email(session, email.strip().lower())
    if user and user.is_active:
        await enqueue(session, SendResetMail(user.id))


async def reset_password(session: AsyncSession, settings: Settings, *, token: str, password: str) -> User:
    """Set a new password with the link from the mail; all sign-ins end."""
    link = await queries.get_token(session, token, TokenKind.RESET, lock=True)
    assert link.user_id is not None
    user = await queries.get_user(session, link.user_id)
    await set_password(session, settings, as_actor(user), user, password)
    link.used_at = now()
    user.email_verified_at = user.email_verified_at or now()
    return user


async def change_password(
    session: AsyncSession, settings: Settings, actor: Actor, *, current_password: str, new_password: str
) -> None:
    """Change one's own password with the old one; other sign-ins end."""
    user = await queries.get_user(session, _own_id(actor))
    await _check_current_password(settings, user, current_password)
    await set_password(session, settings, actor, user, new_password, keep=actor.session_id)


async def _check_current_password(settings: Settings, user: User, password: str | None) -> None:
    matches, _ = await verify_password(settings, password or "", user.password_hash)
    if not matches:
        raise Invalid.field("current_password", "The current password is wrong.", code="wrong_password")


async def set_password(
    session: AsyncSession,
    settings: Settings,
    actor: Actor,
    user: User,
    password: str,
    *,
    keep: UUID | None = None,
) -> None:
    """Give a person a new password; their sign-ins end, all but one to keep."""
    check_password_rules(password, is_staff=user.role is not Role.CUSTOMER)
    user.password_hash = await hash_password(settings, password)
    await end_sessions(session, actor, user.id, reason="password_changed", keep=keep)
    await publish(session, PasswordChanged(actor=actor, user_id=user.id))


async def change_me(
    session: AsyncSession,
    settings: Settings,
    actor: Actor,
    *,
    name: str | None,
    email: str | None,
    current_password: str | None,
    locale: str | None,
    timezone: str | None,
) -> tuple[User, bool]:
    """Change one's own profile; a new address counts once its link was followed. Returns whether one was mailed."""
    user = await queries.get_user(session, _own_id(actor))
    before = {"name": user.name, "locale": user.locale, "timezone": user.timezone}
    after = {
        "name": clean_name(name) if name is not None else user.name,
        "locale": locale if locale is not None else user.locale,
        "timezone": timezone if timezone is not None else user.timezone,
    }
    for key, value in after.items():
        setattr(user, key, value)
    changed = tuple(key for key in after if after[key] != before[key])
    if changed:
        await publish(
            session,
            UserChanged(
                actor=actor,
                user_id=user.id,
                fields=changed,
                before={key: before[key] for key in changed},
                after={key: after[key] for key in changed},
            ),
        )
    if email is None or normal_email(email) == user.email:
        return user, False
    await _check_current_password(settings, user, current_password)
    if await queries.find_user_by_email(session, normal_email(email)):
        raise EmailTaken
    await enqueue(session, SendEmailChangeMail(user.id, normal_email(email)))
    return user, True


def as_actor(user: User) -> Actor:
    """Who this person is when they act for themselves."""
    kind = Kind.CUSTOMER if user.role is Role.CUSTOMER else Kind.STAFF
    return Actor(
        kind,
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        through=Through.SCREEN,
    )


def _own_id(actor: Actor) -> UUID:
    assert actor.user_id is not None
    return actor.user_id
