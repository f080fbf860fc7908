"""Reads of rules and their log, and the facts that conditions are compared with."""

from .facts import Occasion, facts_of, past_occasions
from .rules import (
    active_rules,
    counters,
    desk_vocabulary,
    get_rule,
    known_fields,
    list_rules,
    list_runs,
    rules_pulled_by,
    runs_of_ticket,
    used_budget,
)

__all__ = [
    "Occasion",
    "active_rules",
    "counters",
    "desk_vocabulary",
    "facts_of",
    "get_rule",
    "known_fields",
    "list_rules",
    "list_runs",
    "past_occasions",
    "rules_pulled_by",
    "runs_of_ticket",
    "used_budget",
]
