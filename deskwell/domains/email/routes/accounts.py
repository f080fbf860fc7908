from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.mail import MailAccount, MailGateway, MailUnreachable

from .. import queries, schemas, service
from ..access import MailManager
from ..errors import ServerRefused
from ..models import EmailAccount

router = APIRouter(prefix="/admin/email-accounts")


@router.post("")
async def save(
    data: schemas.AccountWrite, session: Session, actor: MailManager, context: Ctx
) -> schemas.AccountSaved:
    """Add an account, or change the one of this id or address."""
    account = await service.save_account(session, context.settings, actor, data)
    return schemas.AccountSaved(account=schemas.AccountRead.model_validate(account))


@router.get("", response_model=schemas.Accounts)
async def list_all(session: Session, _: MailManager) -> Any:
    return {"accounts": await queries.list_accounts(session)}


@router.delete("/{account_id}")
async def delete(
    account_id: UUID, session: Session, actor: MailManager, *, confirm: Annotated[bool, Query()] = False
) -> schemas.Done:
    """Remove an account; what depends on it is told first (409), `confirm=true` does it anyway."""
    account = await queries.get_account(session, account_id)
    await service.delete_account(session, actor, account, is_confirmed=confirm)
    return schemas.Done(message="The account is gone; its mails stay in their tickets.")


@router.post("/{account_id}/test")
async def check_sending(account_id: UUID, context: Ctx, _: MailManager) -> schemas.Done:
    """Connect and sign in for real; nothing is sent."""
    account = await _plain(context, account_id)
    gateway = context.gateway(MailGateway)
    try:
        return schemas.Done(message=await gateway.check(account))
    except MailUnreachable as error:
        raise ServerRefused(f"The server said: {error}") from error


@router.post("/{account_id}/test-imap")
async def check_fetching(account_id: UUID, context: Ctx, _: MailManager) -> schemas.Done:
    account = await _plain(context, account_id)
    if not account.imap_host:
        raise ServerRefused("No IMAP server is set for this account.")
    gateway = context.gateway(MailGateway)
    try:
        return schemas.Done(message=await gateway.check_mailbox(account))
    except MailUnreachable as error:
        raise ServerRefused(f"The server said: {error}") from error


async def _plain(context: Context, account_id: UUID) -> MailAccount:
    async with context.transaction() as session:
        return service.plain_account(context.settings, await queries.get_account(session, account_id))


@router.post("/{account_id}/enable-polling")
async def enable_polling(account_id: UUID, session: Session, actor: MailManager) -> schemas.AccountSaved:
    account = await queries.get_account(session, account_id)
    await service.set_polling(session, actor, account, is_on=True)
    return _saved(account, "The mailbox is fetched from now on.")


@router.post("/{account_id}/disable-polling")
async def disable_polling(account_id: UUID, session: Session, actor: MailManager) -> schemas.AccountSaved:
    account = await queries.get_account(session, account_id)
    await service.set_polling(session, actor, account, is_on=False)
    return _saved(account, "The mailbox is fetched no more.")


@router.get("/{account_id}/polling-status")
async def polling_status(account_id: UUID, session: Session, _: MailManager) -> schemas.PollingStatus:
    account = await queries.get_account(session, account_id)
    return schemas.PollingStatus(
        account_id=account.id,
        email=account.email,
        imap_enabled=account.imap_enabled,
        is_active=account.is_active,
        last_polled_at=account.last_polled_at,
        imap_host=account.imap_host,
        imap_port=account.imap_port,
        can_poll=bool(account.is_active and account.imap_host and "smtp_password" in account.secret_names),
        poll_error=account.poll_error,
    )


def _saved(account: EmailAccount, message: str) -> schemas.AccountSaved:
    return schemas.AccountSaved(message=message, account=schemas.AccountRead.model_validate(account))
