"""What of others' facts concerns whom."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one
from deskwell.domains.sla.events import SlaViolated, SlaWarned
from deskwell.domains.teams import queries as teams
from deskwell.domains.tickets.events import (
    MessageAdded,
    MessageRated,
    TeamAssigned,
    TicketAssigned,
    TicketEscalated,
)

from . import queries, service
from .logic import find_mentions

LOW_RATING = 2


async def may_concern_somebody(session: AsyncSession, event: MessageAdded) -> bool:
    """False for a new ticket on a desk where nobody wants to hear of every one."""
    is_new = event.author == "customer" and event.is_first and not event.is_internal
    return not is_new or await queries.is_wanted(session, "new_ticket")


async def tell_of_message(session: AsyncSession, event: MessageAdded) -> None:
    """Tell assignee and watchers of what was written, and those whom a note calls."""
    if event.is_internal:
        await _tell_of_note(session, event)
        return
    if event.author == "customer" and event.is_first:
        staff = await queries.all_staff(session)
        await service.notify(session, event.actor, "new_ticket", staff, **_about(event))
        return
    kind = {"customer": "customer_replied", "agent": "agent_replied"}.get(event.author)
    if kind:
        people = await queries.concerned(session, event.ticket_id)
        await service.notify(session, event.actor, kind, people, **_about(event))


async def _tell_of_note(session: AsyncSession, event: MessageAdded) -> None:
    called = await _called(session, event)
    await service.notify(session, event.actor, "mentioned", called, **_about(event))
    others = await queries.concerned(session, event.ticket_id) - called
    await service.notify(session, event.actor, "note_added", others, **_about(event))


async def _called(session: AsyncSession, event: MessageAdded) -> set[UUID]:
    note = await one(session, "SELECT body FROM messages WHERE id = %(id)s", id=event.message_id)
    if note is None or "@" not in note["body"]:
        return set()
    names = {team.id: team.name for team in await teams.list_teams(session)}
    found = find_mentions(note["body"], await queries.all_staff(session), names)
    people = set(found.people)
    for team_id in found.teams:
        people |= set(await teams.member_ids(session, team_id))
    return people


def _about(event: MessageAdded) -> dict[str, Any]:
    return {"ticket_id": event.ticket_id, "message_id": event.message_id}


async def tell_of_assignment(session: AsyncSession, event: TicketAssigned) -> None:
    """Tell who got a ticket."""
    if event.after:
        await service.notify(session, event.actor, "assigned", [event.after], ticket_id=event.ticket_id)


async def tell_of_team(session: AsyncSession, event: TeamAssigned) -> None:
    """Tell the team a ticket came to."""
    if event.after:
        people = await teams.member_ids(session, event.after)
        await service.notify(session, event.actor, "team_assigned", people, ticket_id=event.ticket_id)


async def tell_of_escalation(session: AsyncSession, event: TicketEscalated) -> None:
    """Tell those who can help that a customer waits: the assignee, else the team, else all staff."""
    ticket = await one(
        session, "SELECT assignee_id, team_id FROM tickets WHERE id = %(id)s", id=event.ticket_id
    )
    if ticket is None:
        return
    if ticket["assignee_id"]:
        people: set[UUID] = {ticket["assignee_id"]}
    elif ticket["team_id"]:
        people = set(await teams.member_ids(session, ticket["team_id"]))
    else:
        people = set(await queries.all_staff(session))
    await service.notify(session, event.actor, "escalated", people, ticket_id=event.ticket_id)


async def tell_of_rating(session: AsyncSession, event: MessageRated) -> None:
    """Tell whose ticket it is that an answer was rated low."""
    if event.after <= LOW_RATING:
        people = await queries.concerned(session, event.ticket_id)
        await service.notify(
            session,
            event.actor,
            "rated_low",
            people,
            ticket_id=event.ticket_id,
            message_id=event.message_id,
        )


async def tell_of_deadline(session: AsyncSession, event: SlaWarned | SlaViolated) -> None:
    """Tell whose ticket is close to a deadline or past it; nobody's ticket concerns its team."""
    kind = "sla_warned" if isinstance(event, SlaWarned) else "sla_broken"
    people = await queries.concerned(session, event.ticket_id)
    if not people:
        ticket = await one(session, "SELECT team_id FROM tickets WHERE id = %(id)s", id=event.ticket_id)
        people = (
            set(await teams.member_ids(session, ticket["team_id"])) if ticket and ticket["team_id"] else set()
        )
    await service.notify(session, event.actor, kind, people, ticket_id=event.ticket_id)
