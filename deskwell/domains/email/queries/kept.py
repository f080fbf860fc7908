"""Accounts and templates, as each process keeps them: every message needs them, and they hardly ever change."""

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.configuration import Kept
from deskwell.core.db import rows
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.contexts.logic import context_key

from ..models import EmailAccount, EmailTemplate, Provider, TemplateType


async def _read_accounts(session: AsyncSession) -> tuple[EmailAccount, ...]:
    found = await rows(session, "SELECT * FROM email_accounts ORDER BY is_default DESC, id")
    return tuple(EmailAccount(**{**row, "provider": Provider(row["provider"])}) for row in found)


async def _read_templates(session: AsyncSession) -> tuple[EmailTemplate, ...]:
    found = await rows(session, "SELECT * FROM email_templates ORDER BY is_active DESC, id DESC")
    return tuple(
        EmailTemplate(**{**row, "template_type": TemplateType(row["template_type"])}) for row in found
    )


_accounts = Kept("mail", read=_read_accounts)
_templates = Kept("mail", read=_read_templates)


async def kept_accounts(session: AsyncSession) -> tuple[EmailAccount, ...]:
    """All accounts, the default one first. Not of this session: to be read only, and without their polling state."""
    return await _accounts.get(session)


async def find_template(session: AsyncSession, kind: TemplateType, context: str) -> EmailTemplate | None:
    """The template of a type that counts here. A context's own one decides alone, also when it is switched off.

    It is kept by the process: to be read only.
    """
    of_kind = [template for template in await _templates.get(session) if template.template_type is kind]
    brand = await contexts.brand_id(session, context_key(context))
    own = [template for template in of_kind if brand and template.context_id == brand]
    found = own or [template for template in of_kind if template.context_id is None]
    return found[0] if found and found[0].is_active else None
