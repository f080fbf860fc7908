from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.events import publish
from deskwell.core.jobs import enqueue

from .. import queries
from ..errors import EmailTaken, LinkExpired
from ..events import EmailConfirmed, SendConfirmationMail, TellOldAddress, UserChanged
from ..models import TokenKind, User
from .signing import as_actor


async def request_confirmation(session: AsyncSession, user: User) -> None:
    """Mail the link that confirms the address somebody registered with, unless it is confirmed."""
    if user.email_verified_at is None:
        await enqueue(session, SendConfirmationMail(user.id))


async def confirm_account(session: AsyncSession, token: str) -> User:
    """Note that the person of an account reads the mail of its address.

    Raises:
        LinkExpired: unknown, used or too old, or the account has another address by now.

    """
    link = await queries.get_token(session, token, TokenKind.CONFIRMATION, lock=True)
    assert link.user_id is not None
    user = await queries.get_user(session, link.user_id)
    if user.email != link.data.get("email"):
        raise LinkExpired
    user.email_verified_at = link.used_at = now()
    await publish(session, EmailConfirmed(actor=as_actor(user), user_id=user.id))
    return user


async def confirm_email(session: AsyncSession, token: str) -> User:
    """Take the new address whose link was followed."""
    link = await queries.get_token(session, token, TokenKind.EMAIL_CHANGE, lock=True)
    assert link.user_id is not None
    user, email = await queries.get_user(session, link.user_id), str(link.data["email"])
    if await queries.find_user_by_email(session, email):
        raise EmailTaken
    before, user.email, user.email_verified_at, link.used_at = user.email, email, now(), now()
    await publish(
        session,
        UserChanged(
            actor=as_actor(user),
            user_id=user.id,
            fields=("email",),
            before={"email": before},
            after={"email": email},
        ),
    )
    await enqueue(session, TellOldAddress(user.id, before))
    return user
