"""Counts that stay cheap at a million tickets: kept ones, or counted up to a cap."""

from typing import Any

from deskwell.core.actor import Actor
from deskwell.core.db import Source, rows
from deskwell.core.errors import Invalid

from ..schemas import Filters
from .listing import kept_count, listing

VIEW_CAP = 999


async def count_views(source: Source, actor: Actor, views: dict[str, Filters]) -> dict[str, int]:
    """Count what each view shows, in one statement; a count above the cap is given as the cap plus one."""
    parts: list[str] = []
    params: dict[str, Any] = {}
    for number, (key, filters) in enumerate(views.items()):
        try:
            wanted = listing(actor, filters.model_copy(update={"search": None}))
        except Invalid:
            continue
        name = f"key{number}"
        params[name] = key
        if filters.search:  # a search is for reading, not for counting
            continue
        kept = kept_count(wanted, cap=VIEW_CAP)
        counted = (
            kept
            or f"SELECT count(*) FROM (SELECT FROM tickets t WHERE {wanted.where} LIMIT {VIEW_CAP + 1}) c"
        )
        for old, value in wanted.clauses.params.items():
            params[f"v{number}_{old}"] = value
            counted = counted.replace(f"%({old})s", f"%(v{number}_{old})s")
        parts.append(f"SELECT %({name})s::text AS key, ({counted}) AS n")
    if not parts:
        return {}
    found = await rows(source, " UNION ALL ".join(parts), **params)
    return {row["key"]: min(int(row["n"]), VIEW_CAP + 1) for row in found}
