from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.errors import NotFound

from .logic import context_key
from .models import Context


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
