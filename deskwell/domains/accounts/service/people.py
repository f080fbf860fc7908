from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor, Role
from deskwell.core.clock import now
from deskwell.core.db import execute
from deskwell.core.errors import Conflict, Forbidden, Invalid, NotFound
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.core.settings import Settings

from .. import queries
from ..errors import EmailTaken, LastAdmin
from ..events import SendInvitationMail, UserChanged, UserInvited
from ..logic import clean_name, normal_email
from ..models import CustomRole, TokenKind, User
from .companies import company_of_domain
from .roles import refuse_more_than_own
from .signing import as_actor, end_sessions, forget_tokens, make_token, set_password


async def invite(
    session: AsyncSession,
    settings: Settings,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    role_id: UUID | None = None,
) -> tuple[User, str]:
    """Add an agent or admin and return the link to copy; it is mailed as well.

    Raises:
        EmailTaken: somebody with an account has this address.
        Forbidden: only admins make admins; nobody gives more than they hold.

    """
    email = normal_email(email)
    await refuse_role(session, actor, role, role_id)
    user = await queries.find_user_by_email(session, email)
    if user and (user.password_hash or user.role is not Role.CUSTOMER):
        raise EmailTaken
    if user is None:
        user = User(id=new_id(), email=email)
        session.add(user)
    user.name, user.role = clean_name(name), role
    user.role_id = role_id if role is Role.AGENT else None
    await session.flush()
    secret = await make_token(session, TokenKind.INVITATION, user.id)
    await enqueue(session, SendInvitationMail(user.id))
    await publish(session, UserInvited(actor=actor, user_id=user.id, role=role.value))
    return user, f"{settings.public_url}/invitation?token={secret}"


async def accept_invitation(
    session: AsyncSession, settings: Settings, *, token: str, name: str, password: str
) -> User:
    """Join the desk with the link of an invitation."""
    link = await queries.get_token(session, token, TokenKind.INVITATION, lock=True)
    assert link.user_id is not None
    user = await queries.get_user(session, link.user_id)
    user.name = clean_name(name)
    await set_password(session, settings, as_actor(user), user, password)
    user.email_verified_at = link.used_at = now()
    await session.flush()
    await forget_tokens(session, TokenKind.INVITATION, user.id)
    return user


async def find_or_make_customer(session: AsyncSession, *, email: str, name: str = "") -> User:
    """Return the person of this address; a new one becomes a customer without a password."""
    email = normal_email(email)
    known = await queries.find_user_by_email(session, email)
    if known:
        return known
    name = name.strip()[:200] or email.partition("@")[0]
    made = await session.scalars(
        insert(User)
        .values(id=new_id(), email=email, name=name, role=Role.CUSTOMER, company_id=company_of_domain(email))
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(User)
    )
    user = made.one_or_none() or await queries.find_user_by_email(session, email)
    if user is None:
        raise NotFound("There is no such person.")
    return user


async def set_role(session: AsyncSession, actor: Actor, user: User, role: Role, role_id: UUID | None) -> None:
    """Change what somebody may do, at once and everywhere; never the last admin's.

    Raises:
        Forbidden: only admins make and unmake admins; nobody gives more than they hold.
        Invalid: a customer, or a role that does not exist.
        LastAdmin: a desk keeps at least one.

    """
    if user.role is Role.CUSTOMER:
        raise Invalid("Customers have no role. Please invite this person as an agent.", code="is_customer")
    await refuse_role(session, actor, role, role_id, before=user.role)
    if user.role is Role.ADMIN and role is not Role.ADMIN:
        await _keep_one_admin(session, user)
    before = await _role_name(session, user)
    user.role, user.role_id = role, role_id if role is Role.AGENT else None
    await session.flush()
    after = await _role_name(session, user)
    if before != after:
        event = UserChanged(
            actor=actor, user_id=user.id, fields=("role",), before={"role": before}, after={"role": after}
        )
        await publish(session, event)


async def refuse_role(
    session: AsyncSession, actor: Actor, role: Role, role_id: UUID | None, *, before: Role | None = None
) -> None:
    """Refuse to give a role that the actor may not give."""
    if not actor.is_admin and Role.ADMIN in {role, before}:
        raise Forbidden("Only admins make and unmake admins.")
    if role_id is not None:
        own = await session.get(CustomRole, role_id)
        if own is None:
            raise Invalid.field("role_id", "This role does not exist. It may have been deleted.")
        refuse_more_than_own(actor, own.permissions)


async def _role_name(session: AsyncSession, user: User) -> str:
    own = await session.get(CustomRole, user.role_id) if user.role_id else None
    return own.name if own else user.role.value


async def change_person(
    session: AsyncSession, actor: Actor, user: User, *, name: str | None, company_id: UUID | None
) -> None:
    """Correct somebody's name, or say to which company a customer belongs; null leaves the name as it is."""
    before = {"name": user.name, "company_id": user.company_id}
    if company_id is not None:
        await queries.get_company(session, company_id)
    user.name, user.company_id = clean_name(name) if name else user.name, company_id
    after = {"name": user.name, "company_id": user.company_id}
    changed = tuple(key for key in after if before[key] != after[key])
    await session.flush()
    if changed:
        event = UserChanged(
            actor=actor,
            user_id=user.id,
            fields=changed,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
        await publish(session, event)


async def renew_invitation(session: AsyncSession, settings: Settings, actor: Actor, user: User) -> str:
    """Send a new link to join; the old one stops working.

    Raises:
        Conflict: they have joined already.

    """
    if user.password_hash is not None or user.role is Role.CUSTOMER:
        raise Conflict("This person has joined already.", code="already_joined")
    secret = await make_token(session, TokenKind.INVITATION, user.id)
    await enqueue(session, SendInvitationMail(user.id))
    await publish(session, UserInvited(actor=actor, user_id=user.id, role=user.role.value))
    return f"{settings.public_url}/invitation?token={secret}"


async def deactivate(session: AsyncSession, actor: Actor, user: User) -> None:
    """Close an account: its sign-ins end at once, and its keys stop working.

    Raises:
        Forbidden: only admins close an admin's account.
        LastAdmin: a desk keeps at least one.

    """
    if user.role is Role.ADMIN:
        if not actor.is_admin:
            raise Forbidden("Only admins close an admin's account.")
        await _keep_one_admin(session, user)
    if not user.is_active:
        return
    user.is_active = False
    await end_sessions(session, actor, user.id, reason="deactivated")
    event = UserChanged(
        actor=actor,
        user_id=user.id,
        fields=("is_active",),
        before={"is_active": True},
        after={"is_active": False},
    )
    await publish(session, event)


async def activate(session: AsyncSession, actor: Actor, user: User) -> None:
    """Open a closed account again."""
    if user.is_active:
        return
    user.is_active = True
    event = UserChanged(
        actor=actor,
        user_id=user.id,
        fields=("is_active",),
        before={"is_active": False},
        after={"is_active": True},
    )
    await publish(session, event)


async def set_teams(session: AsyncSession, user_id: UUID, team_ids: list[UUID]) -> None:
    """Called by the teams domain, which knows who is in which."""
    await session.execute(update(User).where(User.id == user_id).values(team_ids=team_ids))


async def _keep_one_admin(session: AsyncSession, leaving: User) -> None:
    await execute(session, "SELECT pg_advisory_xact_lock(hashtextextended('first-admin', 0))")
    others = select(User.id).where(User.role == Role.ADMIN, User.is_active, User.id != leaving.id).limit(1)
    if not await session.scalar(others):
        raise LastAdmin
