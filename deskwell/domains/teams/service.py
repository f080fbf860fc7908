"""Creates, changes and deletes teams, and says who is in them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor, Role
from deskwell.core.clock import now
from deskwell.core.errors import Invalid, NotFound
from deskwell.core.events import publish
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.models import User

from . import queries
from .errors import TeamNameTaken
from .events import TeamChanged
from .models import Team, TeamMember
from .schemas import MemberWrite, TeamWrite


async def create_team(session: AsyncSession, actor: Actor, data: TeamWrite) -> Team:
    """Add a team with its people.

    Raises:
        TeamNameTaken: another team has the name.
        Invalid: somebody named is not an active agent or admin.

    """
    await _refuse_taken(session, data.name)
    team = Team(**data.model_dump(exclude={"members"}))
    session.add(team)
    await session.flush()
    joined, _ = await _set_members(session, team, data.members or [])
    await _announce(session, actor, team, "created", joined=joined)
    return team


async def change_team(session: AsyncSession, actor: Actor, team: Team, data: TeamWrite) -> None:
    """Change a team; with `members` also who is in it. What people may see changes with the commit.

    Raises:
        TeamNameTaken: another team has the name.
        Invalid: somebody named is not an active agent or admin.

    """
    await _refuse_taken(session, data.name, but=team.id)
    values: dict[str, Any] = data.model_dump(exclude={"members"}, exclude_unset=True)
    changed = tuple(name for name, value in values.items() if getattr(team, name) != value)
    for name in changed:
        setattr(team, name, values[name])
    joined: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()
    if data.members is not None:
        joined, left = await _set_members(session, team, data.members)
    await session.flush()
    if changed or data.members is not None:
        await _announce(session, actor, team, "changed", fields=changed, joined=joined, left=left)


async def delete_team(session: AsyncSession, actor: Actor, team: Team) -> None:
    """Delete a team; its tickets stay, without a team."""
    people = await queries.member_ids(session, team.id)
    await session.delete(team)
    await session.flush()
    await _renew_team_ids(session, people)
    await _announce(session, actor, team, "deleted", left=tuple(people))


async def set_availability(
    session: AsyncSession, actor: Actor, team: Team, user_id: UUID, *, takes_tickets: bool
) -> None:
    """Say whether somebody is given tickets in turn.

    Raises:
        NotFound: this person is not in the team.

    """
    member = await session.get(TeamMember, (team.id, user_id))
    if member is None:
        raise NotFound("This person is not in the team.")
    if member.takes_tickets != takes_tickets:
        member.takes_tickets = takes_tickets
        await session.flush()
        await _announce(session, actor, team, "changed", fields=("takes_tickets",))


async def note_turn(session: AsyncSession, team_id: UUID, user_id: UUID) -> None:
    """Remember who got the last ticket in turn."""
    team = await queries.get_team(session, team_id)
    team.last_assigned_id = user_id


async def _set_members(
    session: AsyncSession, team: Team, wanted: Sequence[MemberWrite]
) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    people = {member.user_id: member for member in wanted}
    await _refuse_strangers(session, list(people))
    known = set(await session.scalars(select(TeamMember.user_id).where(TeamMember.team_id == team.id)))
    await session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    start = now()
    for turn, member in enumerate(people.values()):
        joined_at = start + timedelta(microseconds=turn)
        session.add(TeamMember(team_id=team.id, joined_at=joined_at, **member.model_dump()))
    await session.flush()
    await _renew_team_ids(session, known | people.keys())
    return tuple(people.keys() - known), tuple(known - people.keys())


async def _refuse_strangers(session: AsyncSession, user_ids: Sequence[UUID]) -> None:
    found = await session.scalars(
        select(User.id).where(User.id.in_(user_ids), User.role != Role.CUSTOMER, User.is_active)
    )
    if set(user_ids) - set(found):
        raise Invalid.field("members", "A team may hold active agents and admins only.")


async def _renew_team_ids(session: AsyncSession, user_ids: Sequence[UUID] | set[UUID]) -> None:
    for user_id in user_ids:
        await accounts.set_teams(session, user_id, await queries.team_ids_of(session, user_id))


async def _refuse_taken(session: AsyncSession, name: str, *, but: UUID | None = None) -> None:
    taken = await queries.find_team(session, name)
    if taken is not None and taken.id != but:
        raise TeamNameTaken(taken.name)


async def _announce(session: AsyncSession, actor: Actor, team: Team, change: str, **details: Any) -> None:
    event = TeamChanged(actor=actor, team_id=team.id, change=change, name=team.name, **details)
    await publish(session, event)
