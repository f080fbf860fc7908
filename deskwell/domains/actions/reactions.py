"""Shares out tickets that come to a team without an assignee, as the team has chosen."""

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.domains.teams import service as teams
from deskwell.domains.teams.logic import pick
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.events import TeamAssigned

from . import queries


async def share_out(session: AsyncSession, event: TeamAssigned) -> None:
    """Give the ticket to somebody of its new team, unless somebody has it."""
    if event.after is None:
        return
    roster = (await queries.rosters_of(session, [event.after])).get(event.after)
    if roster is None or roster.default == "team_only":
        return
    ticket = await tickets.lock_ticket(session, event.ticket_id)
    agent = pick(roster, roster.default) if ticket.assignee_id not in roster.members else None
    if agent and ticket.team_id == event.after:
        await tickets.assign(session, event.actor, ticket, agent)
        await teams.note_turn(session, event.after, agent)
