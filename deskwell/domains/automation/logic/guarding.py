"""Keeps rules from setting one another off without end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

MAX_CHAIN = 5
MAX_ACTIONS_PER_HOUR = 50


class Refusal(StrEnum):
    """Why a rule that matched did not run; written on the ticket in these words."""

    ALREADY_RAN = "This rule already ran in this chain of changes, so it was stopped before it could loop."
    TOO_DEEP = f"Rules had already set one another off {MAX_CHAIN} times in a row, so the chain was stopped."
    OVER_BUDGET = f"Rules had already done {MAX_ACTIONS_PER_HOUR} things to this ticket within the hour."


def refusal_to_run(rule: str, *, chain: Sequence[str], wanted: int, used: int) -> Refusal | None:
    """Why this rule must not run now, or None.

    chain: the rules that led to this event, oldest first. wanted: the number of actions of this
    rule. used: what rules did to this ticket in the last hour.
    """
    if rule in chain:
        return Refusal.ALREADY_RAN
    if len(chain) >= MAX_CHAIN:
        return Refusal.TOO_DEEP
    if used + wanted > MAX_ACTIONS_PER_HOUR:
        return Refusal.OVER_BUDGET
    return None


_SETS_OFF: Mapping[str, frozenset[str]] = {
    "assign": frozenset({"assigned"}),
    "assign_team": frozenset({"assigned"}),
    "set_priority": frozenset({"priority_changed"}),
    "set_category": frozenset({"fields_changed"}),
    "set_context": frozenset({"fields_changed"}),
    "add_tags": frozenset({"fields_changed"}),
    "remove_tags": frozenset({"fields_changed"}),
    "set_field": frozenset({"fields_changed"}),
    "reply": frozenset({"agent_replied"}),
    "note": frozenset({"note_added"}),
    "close": frozenset({"closed"}),
    "reopen": frozenset({"reopened"}),
    "escalate": frozenset({"escalated"}),
    "ask_ai": frozenset({"ai_replied", "assigned"}),
}


def triggers_set_off(actions: Iterable[str]) -> set[str]:
    """The triggers that these types of action could pull."""
    return {trigger for action in actions for trigger in _SETS_OFF.get(action, ())}
