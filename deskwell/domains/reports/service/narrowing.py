"""What a report is narrowed to."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from ..logic.codes import UNKNOWN, Codes
from ..queries import columns

NONE: Literal["none"] = "none"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Tickets of a context, of a team or of none, with a tag; and whose they are."""

    context: str | None = None
    team_id: UUID | Literal["none"] | None = None
    agent_id: UUID | Literal["none"] | None = None
    tag_id: UUID | None = None


async def codes_of(session: AsyncSession, filters: Filters) -> Codes:
    """The filters as codes."""

    async def code(kind: str, ref: str | UUID | None) -> int | None:
        if ref is None:
            return None
        if ref == NONE:
            return 0
        found = await columns.find_code(session, kind, str(ref))
        return UNKNOWN if found is None else found

    return Codes(
        contexts=await code("context", filters.context),
        teams=await code("team", filters.team_id),
        agents=await code("agent", filters.agent_id),
        tag=await code("tag", filters.tag_id) or 0,
    )
