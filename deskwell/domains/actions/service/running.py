from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import placeholders
from deskwell.core.actor import Actor, Kind
from deskwell.core.errors import Invalid
from deskwell.core.jobs import enqueue
from deskwell.core.settings import get_settings
from deskwell.domains.ai.events import AnswerTicket
from deskwell.domains.email import service as email
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields.models import Category
from deskwell.domains.notifications import service as notifications
from deskwell.domains.teams import queries as teams
from deskwell.domains.teams import service as team_service
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Priority, Status, Ticket

from .. import access, queries, schemas
from ..logic import State, World, foresee
from ..schemas import Action, Change


async def run(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    actions: Sequence[Action],
    *,
    world: World | None = None,
) -> list[Change]:
    """Do the actions to a locked ticket, in order, by the same verbs the screens use.

    What each will do is foreseen first, from the ticket as it is then, and returned as it was done.

    Raises:
        Forbidden: the actor's role lacks a permission for one of them; nothing is done then.
        Invalid: a text holds a placeholder that has no value on this ticket.

    """
    access.must_all(actor, actions)
    changes: list[Change] = []
    for action in actions:
        state = (await queries.states(session, [ticket.id]))[ticket.id]
        if world is None:
            world = await queries.world(session, actor, actions, [state])
        outcome = foresee([action], state, world)
        if outcome.changes:
            await _do(action, session, actor, ticket, state, outcome.state)
        world = outcome.world
        changes += outcome.changes
    return changes


@singledispatch
async def _do(
    action: Action, _session: AsyncSession, _actor: Actor, _ticket: Ticket, _before: State, _after: State
) -> None:
    """Do one action whose outcome is known to be a change."""
    raise TypeError(f"Nobody has said how “{action.type}” is done.")


@_do.register(schemas.Assign)
@_do.register(schemas.AssignToMe)
async def _assign(
    _action: Action, session: AsyncSession, actor: Actor, ticket: Ticket, _before: State, after: State
) -> None:
    await tickets.assign(session, actor, ticket, after.assignee)


@_do.register
async def _assign_team(
    action: schemas.AssignTeam,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    before: State,
    after: State,
) -> None:
    # The person first: the team's own way of sharing then finds the ticket taken.
    if after.assignee != before.assignee:
        await tickets.assign(session, actor, ticket, after.assignee)
        if action.team_id and after.assignee:
            await team_service.note_turn(session, action.team_id, after.assignee)
    await tickets.assign_team(session, actor, ticket, action.team_id)


@_do.register
async def _set_priority(
    action: schemas.SetPriority,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_priority(session, actor, ticket, Priority(action.priority))


@_do.register
async def _set_category(
    action: schemas.SetCategory,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    category = await fields.get_label(session, Category, action.category_id) if action.category_id else None
    await tickets.set_category(session, actor, ticket, category)


@_do.register
async def _set_context(
    action: schemas.SetContext,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_context(session, actor, ticket, action.context)


@_do.register
async def _add_tags(
    action: schemas.AddTags,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_tags(session, actor, ticket, add=action.tag_ids)


@_do.register
async def _remove_tags(
    action: schemas.RemoveTags,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_tags(session, actor, ticket, remove=action.tag_ids)


@_do.register
async def _set_field(
    action: schemas.SetField,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_custom_fields(session, actor, ticket, {action.key: action.value})


@_do.register
async def _reply(
    action: schemas.Reply,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    text = await _filled_in(session, actor, ticket, action.body)
    first = ticket.first_response_at
    await tickets.reply_as_staff(session, actor, ticket, text, **_by_rule(actor))
    if actor.kind is Kind.RULE:
        ticket.first_response_at = first  # a machine's text is no human's first response


@_do.register
async def _note(
    action: schemas.Note,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    text = await _filled_in(session, actor, ticket, action.body)
    await tickets.reply_as_staff(session, actor, ticket, text, is_internal=True, **_by_rule(actor))


def _by_rule(actor: Actor) -> dict[str, Any]:
    return {"data": {"by_rule": actor.name}} if actor.kind is Kind.RULE else {}


async def _filled_in(session: AsyncSession, actor: Actor, ticket: Ticket, text: str) -> str:
    values = await queries.placeholder_values(session, actor, ticket.id, get_settings().public_url)
    filled = placeholders.render(text, values)
    missing = [name for name in placeholders.names(text) if name not in values]
    if missing:
        shown = ", ".join("{{" + name + "}}" for name in missing)
        raise Invalid(
            f"{shown} has no value on ticket #{ticket.number}, so the text was not sent.",
            code="placeholder_unresolved",
        )
    return filled


@_do.register
async def _mail(
    action: schemas.SendMail,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    to = await _addresses(session, ticket, action.to)
    subject = await _filled_in(session, actor, ticket, action.subject)
    body = await _filled_in(session, actor, ticket, action.body)
    for address in to:  # one mail each: the addressees need not know of one another
        await email.queue_mail(
            session,
            to=[address],
            subject=subject,
            text=body,
            actor=actor,
            is_automatic=actor.kind is Kind.RULE,
        )


async def _addresses(session: AsyncSession, ticket: Ticket, to: Sequence[str]) -> list[str]:
    people = list(to)
    found = [address for address in people if "@" in address]
    if "assignee" in people and ticket.assignee_id:
        found += await queries.addresses(session, [ticket.assignee_id])
    if "team" in people and ticket.team_id:
        found += await queries.addresses(session, await teams.member_ids(session, ticket.team_id))
    return list(dict.fromkeys(address.lower() for address in found))


@_do.register
async def _notify(
    action: schemas.Notify,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    people = set(action.user_ids)
    for team_id in action.team_ids:
        people |= set(await teams.member_ids(session, team_id))
    text = await _filled_in(session, actor, ticket, action.message)
    await notifications.notify(session, actor, "rule", people, ticket_id=ticket.id, data={"text": text})


@_do.register
async def _snooze(
    _action: schemas.Snooze,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    after: State,
) -> None:
    assert after.snoozed_until is not None
    await tickets.snooze(session, actor, ticket, after.snoozed_until)


@_do.register
async def _close(
    _action: schemas.Close,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.refuse_unfilled(session, actor, ticket)
    await tickets.close(session, actor, ticket)


@_do.register
async def _reopen(
    _action: schemas.Reopen,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.reopen(session, actor, ticket, reason="rule" if actor.kind is Kind.RULE else "staff")


@_do.register
async def _escalate(
    action: schemas.Escalate,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.hand_over(session, ticket, actor=actor, reason_code="staff_asked", reason=action.reason)


@_do.register
async def _add_watchers(
    action: schemas.AddWatchers,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_watchers(session, actor, ticket, add=action.user_ids)


@_do.register
async def _remove_watchers(
    action: schemas.RemoveWatchers,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    await tickets.set_watchers(session, actor, ticket, remove=action.user_ids)


@_do.register
async def _ask_ai(
    _action: schemas.AskAI,
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    _before: State,
    _after: State,
) -> None:
    if ticket.status is not Status.OPEN or ticket.assignee_id:
        await tickets.give_back_to_ai(session, actor, ticket)
    if await tickets.wait_again(session, ticket):
        await enqueue(session, AnswerTicket(ticket.id))
