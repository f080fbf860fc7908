"""Which permission each action needs; the same ones as the screens' own buttons."""

from collections.abc import Iterable, Mapping

from deskwell.core.actor import Actor, Permission
from deskwell.domains.tickets.access import (
    TICKETS_ASSIGN,
    TICKETS_CLOSE,
    TICKETS_EDIT,
    TICKETS_NOTE,
    TICKETS_REPLY,
)

from .schemas import Action

NEEDED: Mapping[str, Permission] = {
    "assign": TICKETS_ASSIGN,
    "assign_to_me": TICKETS_ASSIGN,
    "assign_team": TICKETS_ASSIGN,
    "set_priority": TICKETS_EDIT,
    "set_category": TICKETS_EDIT,
    "set_context": TICKETS_EDIT,
    "add_tags": TICKETS_EDIT,
    "remove_tags": TICKETS_EDIT,
    "set_field": TICKETS_EDIT,
    "reply": TICKETS_REPLY,
    "note": TICKETS_NOTE,
    "mail": TICKETS_REPLY,
    "notify": TICKETS_NOTE,
    "snooze": TICKETS_CLOSE,
    "close": TICKETS_CLOSE,
    "reopen": TICKETS_CLOSE,
    "escalate": TICKETS_ASSIGN,
    "add_watchers": TICKETS_NOTE,
    "remove_watchers": TICKETS_NOTE,
    "ask_ai": TICKETS_REPLY,
}


def may_all(actor: Actor, actions: Iterable[Action]) -> bool:
    """Whether the actor may do every one of the actions."""
    return all(actor.can(NEEDED[action.type]) for action in actions)


def must_all(actor: Actor, actions: Iterable[Action]) -> None:
    """Refuse unless the actor may do every one of the actions; nothing is done by halves.

    Raises:
        Forbidden: the role lacks a permission.

    """
    for action in actions:
        actor.must(NEEDED[action.type])
