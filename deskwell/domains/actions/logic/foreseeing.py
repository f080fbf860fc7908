"""What actions would do to a ticket, step by step. Pure, so that a preview and a run cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import singledispatch
from typing import Any
from uuid import UUID

from deskwell.domains.teams.logic import Roster, pick

from .. import schemas
from ..schemas import Action, Change


@dataclass(frozen=True)
class State:
    """What of a ticket actions can change, as it stands before the next action."""

    status: str
    priority: str
    assignee: UUID | None = None
    team: UUID | None = None
    category: UUID | None = None
    context: str = ""
    tags: frozenset[UUID] = frozenset()
    custom: Mapping[str, Any] = field(default_factory=dict)
    snoozed_until: datetime | None = None
    watchers: frozenset[UUID] = frozenset()
    customer_email: str = ""
    """Where a reply is mailed to; empty when none is mailed."""
    closing_email: str = ""
    """Whom a mail tells that the ticket was closed, likewise."""
    is_escalated: bool = False


@dataclass(frozen=True)
class World:
    """What else the outcome depends on: names for sentences, the teams' rosters, who acts, the time."""

    now: datetime
    names: Mapping[UUID, str] = field(default_factory=dict)
    rosters: Mapping[UUID, Roster] = field(default_factory=dict)
    me: UUID | None = None

    def name(self, key: UUID | None) -> str | None:
        """The words for a person, team, tag or category; None for nobody."""
        return None if key is None else self.names.get(key, "(deleted)")


@dataclass(frozen=True)
class Outcome:
    """What a list of actions comes to: each change in order, the state after, the rosters after."""

    changes: list[Change]
    state: State
    world: World


def foresee(actions: Sequence[Action], state: State, world: World) -> Outcome:
    """All that the actions would change, in order. Actions that change nothing leave no line."""
    changes: list[Change] = []
    for action in actions:
        found, state, world = _step(action, state, world)
        changes += found
    return Outcome(changes, state, world)


_Step = tuple[list[Change], State, World]


def _moved(action: Action, world: World, state: State, part: str, after: Any, label: str) -> _Step:
    """One property of the ticket takes a new value; nothing happens when it has it already."""
    before = getattr(state, part)
    if before == after:
        return [], state, world
    old, new = _words(before, world), _words(after, world)
    text = f"{label}: {old or 'none'} → {new or 'none'}"
    change = Change(action=action.type, field=part, before=old, after=new, text=text)
    return [change], replace(state, **{part: after}), world


def _words(value: Any, world: World) -> Any:
    if isinstance(value, UUID):
        return world.name(value)
    return value.isoformat() if isinstance(value, datetime) else value


@singledispatch
def _step(action: Action, state: State, world: World) -> _Step:
    """What one action does. Those that only write text or call somebody leave the state alone."""
    return [Change(action=action.type, field=action.type, text=_SENTENCES[action.type])], state, world


_SENTENCES = {
    "note": "Writes an internal note",
    "reply": "Replies to the customer",
    "ask_ai": "Asks the AI to answer",
}


@_step.register
def _(action: schemas.Assign, state: State, world: World) -> _Step:
    return _given_to(action, state, world, action.agent_id)


@_step.register
def _(action: schemas.AssignToMe, state: State, world: World) -> _Step:
    return _given_to(action, state, world, world.me)


def _given_to(action: Action, state: State, world: World, agent: UUID | None) -> _Step:
    """A person's ticket is a human's: it opens again when it was closed, and the AI falls silent."""
    changes, state, world = _moved(action, world, state, "assignee", agent, "Assignee")
    if not changes or (agent is None and state.status == "closed"):
        return changes, state, world
    more, state, world = _moved(action, world, state, "status", "human_assigned", "Status")
    return changes + more, state, world


@_step.register
def _(action: schemas.AssignTeam, state: State, world: World) -> _Step:
    changes, state, world = _moved(action, world, state, "team", action.team_id, "Team")
    roster = world.rosters.get(action.team_id) if action.team_id else None
    is_taken = roster is not None and state.assignee in roster.members
    agent = None
    if roster is not None and not is_taken:
        agent = pick(roster, roster.default if action.method == "team_only" else action.method)
    if roster is None or action.team_id is None or agent is None:
        return changes, state, world
    more, state, world = _given_to(action, state, world, agent)
    rosters = {**world.rosters, action.team_id: roster.with_ticket_for(agent)}
    return changes + more, state, replace(world, rosters=rosters)


@_step.register
def _(action: schemas.SetPriority, state: State, world: World) -> _Step:
    return _moved(action, world, state, "priority", action.priority, "Priority")


@_step.register
def _(action: schemas.SetCategory, state: State, world: World) -> _Step:
    return _moved(action, world, state, "category", action.category_id, "Category")


@_step.register
def _(action: schemas.SetContext, state: State, world: World) -> _Step:
    return _moved(action, world, state, "context", action.context, "Context")


@_step.register
def _(action: schemas.AddTags, state: State, world: World) -> _Step:
    new = [tag for tag in dict.fromkeys(action.tag_ids) if tag not in state.tags]
    changes = [_item(action, "tags", world.name(tag), is_added=True) for tag in new]
    return changes, replace(state, tags=state.tags | set(new)), world


@_step.register
def _(action: schemas.RemoveTags, state: State, world: World) -> _Step:
    gone = [tag for tag in dict.fromkeys(action.tag_ids) if tag in state.tags]
    changes = [_item(action, "tags", world.name(tag), is_added=False) for tag in gone]
    return changes, replace(state, tags=state.tags - set(gone)), world


@_step.register
def _(action: schemas.AddWatchers, state: State, world: World) -> _Step:
    new = [person for person in dict.fromkeys(action.user_ids) if person not in state.watchers]
    changes = [_item(action, "watchers", world.name(person), is_added=True) for person in new]
    return changes, replace(state, watchers=state.watchers | set(new)), world


@_step.register
def _(action: schemas.RemoveWatchers, state: State, world: World) -> _Step:
    gone = [person for person in dict.fromkeys(action.user_ids) if person in state.watchers]
    changes = [_item(action, "watchers", world.name(person), is_added=False) for person in gone]
    return changes, replace(state, watchers=state.watchers - set(gone)), world


def _item(action: Action, part: str, name: str | None, *, is_added: bool) -> Change:
    noun = {"tags": "tag", "watchers": "watcher"}[part]
    before, after = (None, name) if is_added else (name, None)
    text = f"{'Adds' if is_added else 'Removes'} the {noun} {name}"
    return Change(action=action.type, field=part, before=before, after=after, text=text)


@_step.register
def _(action: schemas.SetField, state: State, world: World) -> _Step:
    before = state.custom.get(action.key)
    if before == action.value:
        return [], state, world
    text = f"{action.key}: {_plain(before)} → {_plain(action.value)}"
    change = Change(
        action=action.type, field=f"custom.{action.key}", before=before, after=action.value, text=text
    )
    return [change], replace(state, custom={**state.custom, action.key: action.value}), world


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@_step.register
def _(action: schemas.Reply, state: State, world: World) -> _Step:
    mail_to = [state.customer_email] if state.customer_email else []
    reply = Change(
        action=action.type, field="reply", after=action.body, text=_SENTENCES["reply"], mail_to=mail_to
    )
    if world.me is None or state.assignee is not None or state.status == "closed":
        return [reply], state, world
    changes, state, world = _given_to(action, state, world, world.me)
    return [*changes, reply], state, world


@_step.register
def _(action: schemas.SendMail, state: State, world: World) -> _Step:
    change = Change(
        action=action.type,
        field="mail",
        after=action.subject,
        text=f"Sends the mail “{action.subject}” to {', '.join(action.to)}",
        mail_to=list(action.to),
    )
    return [change], state, world


@_step.register
def _(action: schemas.Notify, state: State, world: World) -> _Step:
    who = ", ".join(filter(None, (world.name(key) for key in [*action.user_ids, *action.team_ids])))
    change = Change(
        action=action.type, field="notify", after=action.message, text=f"Notifies {who}: {action.message}"
    )
    return [change], state, world


@_step.register
def _(action: schemas.Snooze, state: State, world: World) -> _Step:
    until = action.until or world.now + timedelta(hours=action.hours or 0)
    if state.status == "closed":
        return [], state, world
    return _moved(action, world, state, "snoozed_until", until, "Snoozed until")


@_step.register
def _(action: schemas.Close, state: State, world: World) -> _Step:
    changes, state, world = _moved(action, world, state, "status", "closed", "Status")
    if not changes:
        return changes, state, world
    if state.closing_email:
        changes[0].mail_to = [state.closing_email]
    more, state, world = _moved(action, world, state, "snoozed_until", None, "Snoozed until")
    return changes + more, state, world


@_step.register
def _(action: schemas.Reopen, state: State, world: World) -> _Step:
    if state.status != "closed":
        return [], state, world
    status = "human_assigned" if state.assignee or state.is_escalated else "open"
    return _moved(action, world, state, "status", status, "Status")


@_step.register
def _(action: schemas.Escalate, state: State, world: World) -> _Step:
    if state.status != "open":
        return [], state, world
    changes, state, world = _moved(action, world, state, "status", "human_assigned", "Status")
    return changes, replace(state, is_escalated=True), world


@_step.register
def _(action: schemas.AskAI, state: State, world: World) -> _Step:
    if state.status == "closed":
        return [], state, world
    changes, state, world = _moved(action, world, state, "assignee", None, "Assignee")
    more, state, world = _moved(action, world, state, "status", "open", "Status")
    asked = Change(action=action.type, field="ask_ai", text=_SENTENCES["ask_ai"])
    return [*changes, *more, asked], replace(state, is_escalated=False), world


def mails_of(changes: Iterable[Change]) -> list[str]:
    """Every address the changes would write to."""
    return [address for change in changes for address in change.mail_to]
