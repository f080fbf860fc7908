"""Reads of teams and their people."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows

from .errors import NoSuchTeam
from .models import Team, TeamMember

_MEMBERS = """
SELECT m.team_id, m.user_id, u.name, u.email, u.is_active, m.is_lead, m.takes_tickets, m.capacity
FROM team_members m JOIN users u ON u.id = m.user_id
WHERE %(team)s::uuid IS NULL OR m.team_id = %(team)s
ORDER BY m.team_id, m.joined_at, m.user_id
"""


async def list_teams(session: AsyncSession) -> Sequence[Team]:
    """All teams by name."""
    return (await session.scalars(select(Team).order_by(func.lower(Team.name)))).all()


async def get_team(session: AsyncSession, team_id: UUID) -> Team:
    """Return a team.

    Raises:
        NoSuchTeam: there is none with this id.

    """
    team = await session.get(Team, team_id)
    if team is None:
        raise NoSuchTeam
    return team


async def find_team(session: AsyncSession, name: str) -> Team | None:
    """Return the team of this name, whatever its case."""
    return await session.scalar(select(Team).where(func.lower(Team.name) == name.strip().lower()))


async def members(session: AsyncSession, team_id: UUID | None = None) -> dict[UUID, list[dict[str, Any]]]:
    """The people of one team or of all, in turn."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await rows(session, _MEMBERS, team=team_id):
        found.setdefault(row.pop("team_id"), []).append(row)
    return found


async def member_ids(session: AsyncSession, team_id: UUID) -> list[UUID]:
    """The active people of a team."""
    return [row["user_id"] for row in (await members(session, team_id)).get(team_id, []) if row["is_active"]]


async def team_ids_of(session: AsyncSession, user_id: UUID) -> list[UUID]:
    """The teams somebody is in."""
    found = await session.scalars(
        select(TeamMember.team_id).where(TeamMember.user_id == user_id).order_by(TeamMember.joined_at)
    )
    return list(found)
