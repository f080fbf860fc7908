from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import Session
from deskwell.core.errors import Forbidden
from deskwell.domains.accounts.access import Staff, requires

from . import queries, schemas, service
from .access import MANAGE_TEAMS
from .models import Team

router = APIRouter(tags=["Teams"])
ADMIN = [Depends(requires(MANAGE_TEAMS))]


@router.get("/admin/teams")
async def list_teams(_: Staff, session: Session) -> schemas.Teams:
    """All teams with their people."""
    people = await queries.members(session)
    return schemas.Teams(
        teams=[_read(team, people.get(team.id, [])) for team in await queries.list_teams(session)]
    )


@router.post("/admin/teams", dependencies=ADMIN)
async def create_team(data: schemas.TeamWrite, actor: Staff, session: Session) -> schemas.TeamSaved:
    team = await service.create_team(session, actor, data)
    return schemas.TeamSaved(team=await _read_one(session, team))


@router.put("/admin/teams/{team_id}", dependencies=ADMIN)
async def change_team(
    team_id: UUID, data: schemas.TeamWrite, actor: Staff, session: Session
) -> schemas.TeamSaved:
    team = await queries.get_team(session, team_id)
    await service.change_team(session, actor, team, data)
    return schemas.TeamSaved(team=await _read_one(session, team))


@router.delete("/admin/teams/{team_id}", dependencies=ADMIN)
async def delete_team(team_id: UUID, actor: Staff, session: Session) -> schemas.Done:
    team = await queries.get_team(session, team_id)
    await service.delete_team(session, actor, team)
    return schemas.Done(message=f"The team “{team.name}” was deleted. Its tickets have no team now.")


@router.put("/admin/teams/{team_id}/members/{user_id}/availability")
async def set_availability(
    team_id: UUID, user_id: UUID, data: schemas.Availability, actor: Staff, session: Session
) -> schemas.TeamSaved:
    """Say whether somebody is given tickets in turn: one's own choice, or that of who manages teams."""
    if actor.user_id != user_id and not actor.can(MANAGE_TEAMS):
        raise Forbidden("You may change only your own availability.")
    team = await queries.get_team(session, team_id)
    await service.set_availability(session, actor, team, user_id, takes_tickets=data.takes_tickets)
    return schemas.TeamSaved(team=await _read_one(session, team))


async def _read_one(session: AsyncSession, team: Team) -> schemas.TeamRead:
    return _read(team, (await queries.members(session, team.id)).get(team.id, []))


def _read(team: Team, people: list[dict[str, object]]) -> schemas.TeamRead:
    return schemas.TeamRead(
        id=team.id,
        name=team.name,
        description=team.description,
        color=team.color,
        is_restricted=team.is_restricted,
        assignment=team.assignment,
        created_at=team.created_at,
        members=[schemas.MemberRead.model_validate(person) for person in people],
    )
