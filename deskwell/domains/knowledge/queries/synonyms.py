"""Words that mean the same: those that come with the product, and the desk's own."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows

from ..logic.synonyms import GROUPS, SYNONYMS, Synonyms, index_of

_indexes: dict[tuple[int, Any], Synonyms] = {(0, None): SYNONYMS}  # by version, which each search asks for


async def list_synonyms(session: AsyncSession) -> list[dict[str, Any]]:
    """All groups, the desk's own first; `id` is null for one that comes with the product."""
    stored = await rows(session, "SELECT id, words, is_built_in FROM synonym_groups ORDER BY id DESC")
    off = {tuple(row["words"]) for row in stored if row["is_built_in"]}
    own = [
        {"id": row["id"], "words": row["words"], "is_built_in": False, "is_active": True}
        for row in stored
        if not row["is_built_in"]
    ]
    return own + [
        {"id": None, "words": list(group), "is_built_in": True, "is_active": group not in off}
        for group in GROUPS
    ]


async def read_synonyms(session: AsyncSession) -> Synonyms:
    """All groups in use, as the search needs them."""
    version = await one(session, "SELECT count(*) AS number, max(updated_at) AS at FROM synonym_groups")
    assert version
    key = (version["number"], version["at"])
    if key not in _indexes:
        groups = await list_synonyms(session)
        _indexes.clear()
        _indexes[key] = index_of(group["words"] for group in groups if group["is_active"])
    return _indexes[key]
