"""The views every desk begins with."""

from typing import Any

STANDARD: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("mine", "My tickets", "user", {"assigned_to": ["me"], "is": ["active"]}),
    ("unassigned", "Unassigned", "inbox", {"assigned_to": ["none"], "is": ["active"]}),
    ("waiting", "Waiting for a person", "hand", {"is": ["escalated"]}),
    ("overdue", "Overdue", "alarm", {"sla_state": ["breached"], "is": ["active"], "sort": "next_due_at"}),
    ("at_risk", "At risk", "timer", {"sla_state": ["at_risk"], "is": ["active"], "sort": "next_due_at"}),
    ("watched", "Watched", "eye", {"is": ["watched"]}),
    ("snoozed", "Snoozed", "moon", {"is": ["snoozed"]}),
    ("open", "All open", "circle", {"is": ["active"]}),
    ("closed", "Closed", "check", {"status": ["closed"]}),
    ("all", "All tickets", "list", {}),
)
