"""Keeps rules, runs them, and tries them on the past."""

from .keeping import change_rule, create_rule, delete_rule, order_rules, set_active
from .routing import get_routing_rule, routing_view, save_routing_rule
from .running import forget_runs, run_rules, sweep
from .trying import apply_now, dry_run

__all__ = [
    "apply_now",
    "change_rule",
    "create_rule",
    "delete_rule",
    "dry_run",
    "forget_runs",
    "get_routing_rule",
    "order_rules",
    "routing_view",
    "run_rules",
    "save_routing_rule",
    "set_active",
    "sweep",
]
