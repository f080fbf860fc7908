from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows

from .errors import FileNotFound
from .models import File


async def get_file(session: AsyncSession, file_id: UUID) -> File:
    """A file by its id; who may have it is the owner's question."""
    file = await session.get(File, file_id)
    if file is None:
        raise FileNotFound
    return file


async def known_keys(session: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Those of the keys that have a row."""
    found = await rows(
        session, "SELECT storage_key FROM files WHERE storage_key = ANY(%(keys)s)", keys=list(keys)
    )
    return {row["storage_key"] for row in found}
