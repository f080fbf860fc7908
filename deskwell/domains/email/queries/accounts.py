from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one

from ..errors import AccountNotFound, TemplateNotFound
from ..models import EmailAccount, EmailTemplate, TemplateType


async def list_accounts(session: AsyncSession) -> list[EmailAccount]:
    return list(
        await session.scalars(
            select(EmailAccount).order_by(EmailAccount.is_default.desc(), EmailAccount.email)
        )
    )


async def get_account(session: AsyncSession, account_id: UUID) -> EmailAccount:
    account = await session.get(EmailAccount, account_id)
    if account is None:
        raise AccountNotFound
    return account


async def find_account(session: AsyncSession, account_id: UUID | None, email: str) -> EmailAccount | None:
    """By id, which must exist, else by address."""
    if account_id:
        return await get_account(session, account_id)
    return (await session.scalars(select(EmailAccount).where(EmailAccount.email == email))).one_or_none()


async def count_accounts(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(EmailAccount)) or 0


async def what_depends_on(session: AsyncSession, account_id: UUID) -> list[str]:
    """What would be without this account, in words."""
    row = await one(
        session,
        """SELECT (SELECT count(*) FROM outbox WHERE account_id = %(id)s AND state IN ('queued', 'leased', 'uncertain')) AS waiting,
                  (SELECT count(DISTINCT ticket_id) FROM email_messages e JOIN tickets t ON t.id = e.ticket_id
                     WHERE e.account_id = %(id)s AND t.status <> 'closed') AS tickets,
                  (SELECT imap_enabled FROM email_accounts WHERE id = %(id)s) AS polls,
                  (SELECT string_agg(DISTINCT c.name, ', ') FROM email_accounts a
                     JOIN contexts c ON c.id = a.context_id OR c.email_account_id = a.id WHERE a.id = %(id)s) AS context""",
        id=account_id,
    )
    assert row is not None
    words = []
    if row["waiting"]:
        words.append(f"{row['waiting']} mails wait to be sent by it")
    if row["tickets"]:
        words.append(f"{row['tickets']} open tickets came by it")
    if row["polls"]:
        words.append("its mailbox is being fetched")
    if row["context"]:
        words.append(f"it is the address of {row['context']}")
    return words


async def list_templates(
    session: AsyncSession, kind: TemplateType | None = None, *, is_active: bool | None = None
) -> list[EmailTemplate]:
    query = select(EmailTemplate).order_by(EmailTemplate.template_type, EmailTemplate.name, EmailTemplate.id)
    if kind is not None:
        query = query.where(EmailTemplate.template_type == kind)
    if is_active is not None:
        query = query.where(EmailTemplate.is_active == is_active)
    return list(await session.scalars(query))


async def get_template(session: AsyncSession, template_id: UUID) -> EmailTemplate:
    template = await session.get(EmailTemplate, template_id)
    if template is None:
        raise TemplateNotFound
    return template
