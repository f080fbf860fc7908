import json
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.mail import MailAccount
from deskwell.core.security import seal, unseal
from deskwell.core.settings import Settings
from deskwell.domains.accounts.logic import normal_email

from .. import queries
from ..errors import AccountInUse, SecretWanted
from ..events import AccountChanged
from ..models import EmailAccount, Provider
from ..schemas import AccountWrite

PURPOSE = "email account"
SECRETS = frozenset({"smtp_password", "api_key", "secret_access_key", "webhook_signing_key", "imap_password"})
_OPEN_CREDENTIALS = frozenset(
    {"domain", "region", "access_key_id", "base_url", "topic_arn", "webhook_public_key"}
)
_WHO_AND_WHERE = ("smtp_host", "smtp_port", "smtp_username", "imap_host", "imap_port")


async def save_account(
    session: AsyncSession, settings: Settings, actor: Actor, data: AccountWrite
) -> EmailAccount:
    """Add an account, or change the one of this id or address. What is not given stays as it is.

    Raises:
        Invalid: a value that cannot be.
        SecretWanted: the secret would go to another server or user than the one it was given for.

    """
    email, provider = normal_email(data.email), _provider(data.provider)
    account = await queries.find_account(session, data.id, email)
    is_new = account is None
    if account is None:
        account = EmailAccount(
            id=new_id(), email=email, provider=provider, settings={}, secret_names=[], last_uid=0
        )
        account.smtp_port, account.imap_port = 587, 993
        account.is_active = True
        session.add(account)
    before = _where(account)
    given = {name: value for name, value in data.model_dump(exclude_unset=True).items() if value is not None}
    account.email, account.provider = email, provider
    for name in (
        "display_name",
        "smtp_host",
        "smtp_port",
        "smtp_username",
        "imap_host",
        "imap_port",
        "signature",
        "uses_reply_tokens",
    ):
        if name in given:
            setattr(account, name, given[name])
    if "context_id" in data.model_fields_set:
        account.context_id = data.context_id
    if data.is_active is not None:
        account.is_active = data.is_active
    secrets = _take_credentials(settings, account, given)
    _check(account, secrets, given, before=None if is_new else before)
    account.sealed = seal(settings, json.dumps(secrets), purpose=PURPOSE) if secrets else None
    account.secret_names = sorted(secrets)
    await _settle_default(session, account, wants=data.is_default, is_new=is_new)
    if data.imap_enabled is not None:
        _poll(account, is_on=data.imap_enabled)
    if not is_new and before["imap_host"] != account.imap_host:
        account.uid_validity, account.last_uid = None, 0
    await session.flush()
    await publish(session, AccountChanged(actor=actor, account_id=account.id, fields=tuple(sorted(given))))
    return account


def _provider(text: str) -> Provider:
    try:
        return Provider(text)
    except ValueError as error:
        known = ", ".join(p.value for p in Provider)
        raise Invalid.field("provider", f"Please choose one of these providers: {known}.") from error


def _where(account: EmailAccount) -> dict[str, Any]:
    return {name: getattr(account, name) for name in _WHO_AND_WHERE} | {
        name: (account.settings or {}).get(name) for name in ("base_url", "access_key_id", "domain", "region")
    }


def _take_credentials(settings: Settings, account: EmailAccount, given: dict[str, Any]) -> dict[str, str]:
    """Split what came into what may be shown and what is sealed; return all secrets."""
    secrets = _unsealed(settings, account)
    credentials = {str(k): str(v) for k, v in (given.get("credentials") or {}).items() if v is not None}
    unknown = [name for name in credentials if name not in SECRETS | _OPEN_CREDENTIALS]
    if unknown:
        raise Invalid.field("credentials", f"Unknown: {', '.join(unknown)}.")
    account.settings = {
        **(account.settings or {}),
        **{k: v for k, v in credentials.items() if k in _OPEN_CREDENTIALS},
    }
    fresh = {k: v for k, v in credentials.items() if k in SECRETS}
    fresh |= {name: given[name] for name in ("smtp_password", "api_key") if given.get(name)}
    return {**secrets, **{k: v for k, v in fresh.items() if v}}


def _check(
    account: EmailAccount, secrets: dict[str, str], given: dict[str, Any], *, before: dict[str, Any] | None
) -> None:
    for name in ("smtp_port", "imap_port"):
        if not 1 <= getattr(account, name) <= 65535:
            raise Invalid.field(name, "A port is a number from 1 to 65535.")
    if account.provider in {Provider.SMTP, Provider.OTHER} and not account.smtp_host:
        raise Invalid.field(
            "smtp_host", "Please enter the server that sends your mail, such as smtp.example.org."
        )
    if account.provider in {Provider.SENDGRID, Provider.MAILGUN} and not (
        secrets.get("api_key") or account.smtp_host
    ):
        raise Invalid.field("api_key", "Please enter the API key of your provider.")
    if account.provider is Provider.SES and not account.smtp_host:
        for name in ("access_key_id", "secret_access_key"):
            if not (account.settings.get(name) or secrets.get(name)):
                raise Invalid.field("credentials", f"Amazon SES needs {name}.")
    if before is None or not secrets:
        return
    moved = {name for name, value in _where(account).items() if before[name] and before[name] != value}
    if not moved:
        return
    renewed = set(given) & {"smtp_password", "api_key"} or set(given.get("credentials") or {}) & SECRETS
    if not renewed:
        raise SecretWanted(
            "You changed the server or the user. Please enter the password or key again.",
            errors=[
                {"field": "smtp_password", "message": "Please enter it again for the new server or user."}
            ],
        )


async def _settle_default(
    session: AsyncSession, account: EmailAccount, *, wants: bool | None, is_new: bool
) -> None:
    """There is exactly one default as soon as there is an account."""
    others = await session.scalar(
        select(EmailAccount.id).where(EmailAccount.is_default, EmailAccount.id != account.id)
    )
    if wants or others is None:
        await session.execute(
            update(EmailAccount).where(EmailAccount.id != account.id).values(is_default=False)
        )
        account.is_default = True
    elif wants is False or is_new:
        account.is_default = False


async def set_polling(session: AsyncSession, actor: Actor, account: EmailAccount, *, is_on: bool) -> None:
    """Fetch this mailbox from now on, or no more."""
    _poll(account, is_on=is_on)
    await session.flush()
    await publish(session, AccountChanged(actor=actor, account_id=account.id, fields=("imap_enabled",)))


def _poll(account: EmailAccount, *, is_on: bool) -> None:
    if is_on and not account.imap_host:
        raise Invalid.field("imap_host", "Please enter the IMAP server first.")
    if is_on and not account.imap_enabled:
        account.polling_since = account.polling_since or now()
        account.poll_error = None
    account.imap_enabled = is_on


async def delete_account(
    session: AsyncSession, actor: Actor, account: EmailAccount, *, is_confirmed: bool
) -> None:
    """Remove an account; its mails stay. What depends on it is told first.

    Raises:
        AccountInUse: something depends on it and nobody has confirmed.

    """
    depends = await queries.what_depends_on(session, account.id)
    if account.is_default and await queries.count_accounts(session) > 1:
        depends.append("it is the default account; another one becomes the default")
    if depends and not is_confirmed:
        raise AccountInUse(
            f"This account is in use: {'; '.join(depends)}. Delete it anyway?", extra={"depends": depends}
        )
    was_default, account_id = account.is_default, account.id
    await session.delete(account)
    await session.flush()
    if was_default:
        await _choose_default(session)
    await publish(session, AccountChanged(actor=actor, account_id=account_id, fields=("deleted",)))


async def _choose_default(session: AsyncSession) -> None:
    following = await session.scalar(
        select(EmailAccount).order_by(EmailAccount.is_active.desc(), EmailAccount.id).limit(1)
    )
    if following:
        following.is_default = True
        await session.flush()


def _unsealed(settings: Settings, account: EmailAccount) -> dict[str, str]:
    if not account.sealed:
        return {}
    found: dict[str, str] = json.loads(unseal(settings, account.sealed, purpose=PURPOSE))
    return found


def plain_account(settings: Settings, account: EmailAccount) -> MailAccount:
    """The account with its secrets, for the gateway and for nobody else."""
    secrets = _unsealed(settings, account)
    return MailAccount(
        email=account.email,
        provider=account.provider.value,
        host=account.smtp_host,
        port=account.smtp_port,
        username=account.smtp_username,
        password=secrets.get("smtp_password", ""),
        api_key=secrets.get("api_key", ""),
        credentials={
            **account.settings,
            **{k: v for k, v in secrets.items() if k not in {"smtp_password", "api_key"}},
        },
        imap_host=account.imap_host,
        imap_port=account.imap_port,
    )
