"""Passages, for those who search and cite them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..models import Passage


async def passages_of(session: AsyncSession, article_id: UUID) -> list[Passage]:
    """The passages of an article in reading order."""
    query = select(Passage).where(Passage.article_id == article_id).order_by(Passage.position)
    return list(await session.scalars(query))
