from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.configuration import Kept
from deskwell.core.db import rows
from deskwell.core.errors import NotFound

from .logic import context_key
from .models import Context


@dataclass(frozen=True)
class Brand:
    """A configured context, as far as every message needs it."""

    id: UUID
    key: str
    name: str
    is_active: bool
    email_account_id: UUID | None


async def _read_brands(session: AsyncSession) -> tuple[Brand, ...]:
    return tuple(
        Brand(**row)
        for row in await rows(
            session, "SELECT id, key, name, is_active, email_account_id FROM contexts ORDER BY id"
        )
    )


_brands = Kept("contexts", read=_read_brands)


async def brands(session: AsyncSession) -> tuple[Brand, ...]:
    """All configured contexts, those switched off too, the oldest first."""
    return await _brands.get(session)


async def find_brand(session: AsyncSession, key: str) -> Brand | None:
    """The configured context with this key, also when it is switched off."""
    return next((brand for brand in await brands(session) if brand.key == key), None)


async def brand_id(session: AsyncSession, key: str) -> UUID | None:
    """The id of the configured context with this key."""
    brand = await find_brand(session, key)
    return brand.id if brand else None


async def find_context(session: AsyncSession, name: str) -> Context | None:
    """Find the configured context of this name; an unconfigured one is None and uses the defaults."""
    query = select(Context).where(Context.key == context_key(name), Context.is_active)
    return (await session.scalars(query)).one_or_none()


async def get_context(session: AsyncSession, context_id: UUID) -> Context:
    context = await session.get(Context, context_id)
    if context is None:
        raise NotFound("There is no such context.")
    return context


async def list_contexts(session: AsyncSession) -> list[Context]:
    return list(await session.scalars(select(Context).order_by(Context.name)))


def logo_url(context: Context) -> str | None:
    """Where everybody finds the logo of a context."""
    if context.logo_file_id:
        return f"/contexts/{context.id}/logo/{context.logo_file_id}"
    return context.settings.get("logo_url")
