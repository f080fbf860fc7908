"""Mail of the desk itself: links for passwords, invitations and new addresses. The secret is made when it is sent."""

from uuid import UUID

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.ids import new_id
from deskwell.core.logs import get_logger
from deskwell.core.mail import Envelope, MailGateway, Outcome
from deskwell.domains.accounts.events import (
    SendConfirmationMail,
    SendEmailChangeMail,
    SendInvitationMail,
    SendResetMail,
    TellOldAddress,
)
from deskwell.domains.accounts.models import TokenKind, User
from deskwell.domains.accounts.service import make_token

from .. import service
from ..logic.composing import Draft, compose, in_layout, loop_headers, text_to_html
from ..logic.tokens import make_message_id
from ..service.queueing import NOBODY
from ..service.signing import loop_mark, signer

log = get_logger(__name__)


class NotSent(Exception):
    """The job is tried again by the queue."""


async def send_reset_mail(context: Context, request: SendResetMail) -> None:
    """Mail a link to set a new password."""
    link = await _link(context, request.user_id, TokenKind.RESET, "reset")
    if link:
        words = "Somebody asked for a new password for your account. Set it here, within one hour:\n\n{link}\n\nIf it was not you, ignore this mail: nothing has changed."
        await _send(context, link[0], link[0].email, "Set a new password", words, link[1])


async def send_invitation_mail(context: Context, request: SendInvitationMail) -> None:
    """Mail a link to join the desk."""
    link = await _link(context, request.user_id, TokenKind.INVITATION, "invitation")
    if link:
        words = (
            "You have been invited to the help desk. Choose your password here, within seven days:\n\n{link}"
        )
        await _send(context, link[0], link[0].email, "Your invitation to the help desk", words, link[1])


async def send_email_change_mail(context: Context, request: SendEmailChangeMail) -> None:
    """Mail a link to the new address that confirms it."""
    data = {"email": request.new_email}
    link = await _link(context, request.user_id, TokenKind.EMAIL_CHANGE, "confirm-email", data=data)
    if link:
        words = "Please confirm that this is your new e-mail address, within one hour:\n\n{link}"
        await _send(context, link[0], request.new_email, "Confirm your new e-mail address", words, link[1])


async def send_confirmation_mail(context: Context, request: SendConfirmationMail) -> None:
    """Mail a link to the address somebody registered with, by which its owner confirms it."""
    async with context.transaction() as session:
        user = await session.get(User, request.user_id)
    if user is None or user.email_verified_at:
        return
    data = {"email": user.email}
    link = await _link(context, user.id, TokenKind.CONFIRMATION, "confirm-email", data=data)
    if link:
        words = (
            "An account was opened at our help desk with this e-mail address. If it was you, confirm it here, within seven days:\n\n{link}"
            "\n\nYou will then also see there what you write to us by e-mail. If it was not you, do not open the link; nobody sees your mails."
        )
        await _send(
            context, link[0], user.email, "Confirm your e-mail address", words, f"{link[1]}&of=account"
        )


async def tell_old_address(context: Context, request: TellOldAddress) -> None:
    """Mail the address that was left, so that its owner can object."""
    async with context.transaction() as session:
        user = await session.get(User, request.user_id)
    if user:
        words = "The e-mail address of your account was changed; this one no longer signs in. If it was not you, please write to us at once."
        await _send(context, user, request.old_email, "Your e-mail address was changed", words, "")


async def _link(
    context: Context,
    user_id: UUID,
    kind: TokenKind,
    page: str,
    *,
    data: dict[str, str] | None = None,
) -> tuple[User, str] | None:
    async with context.transaction() as session:
        user = await session.get(User, user_id)
        account = await service.pick_account(session)
        if user is None or account is None:
            log.warning(
                "system_mail_without_account" if user else "system_mail_without_person", user=str(user_id)
            )
            return None
        # an invitation's link was copied from the screen as well: both lead in
        secret = await make_token(session, kind, user_id, data, keeps_earlier=kind is TokenKind.INVITATION)
    return user, f"{context.settings.public_url}/{page}?token={secret}"


async def _send(context: Context, user: User, to: str, subject: str, words: str, link: str) -> None:
    async with context.transaction() as session:
        row = await service.pick_account(session)
        if row is None:
            return
        account, name = service.plain_account(context.settings, row), row.display_name
    text = f"Hello {user.name or to},\n\n{words.format(link=link)}"
    message_id = make_message_id(signer(context.settings), NOBODY, new_id(), account.email.rpartition("@")[2])
    content = compose(
        Draft(
            message_id=message_id,
            sender=(name, account.email),
            to=[to],
            subject=subject,
            text=text,
            html=in_layout(text_to_html(text), title=subject),
            sent_at=now(),
            headers={**loop_headers(loop_mark(context.settings)), "Auto-Submitted": "auto-generated"},
        )
    )
    gateway = context.gateway(MailGateway)
    result = await gateway.send(account, Envelope(message_id, account.email, [to], content))
    if result.outcome is Outcome.LATER:
        raise NotSent(result.words)
    if result.outcome is Outcome.REFUSED:
        log.warning("system_mail_refused", user=str(user.id))
