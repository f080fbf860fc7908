"""What of a ticket actions change, and what they leave alone."""

from collections.abc import Mapping

CHANGED_BY: Mapping[str, tuple[str, ...]] = {
    "assignee_id": ("assign", "assign_to_me", "assign_team"),
    "team_id": ("assign_team",),
    "status": ("assign", "close", "reopen", "escalate"),
    "priority": ("set_priority",),
    "category_id": ("set_category",),
    "context": ("set_context",),
    "custom_fields": ("set_field",),
    "snoozed_until": ("snooze", "close"),
    "escalated_at": ("escalate",),
    "escalation_reason": ("escalate",),
}
"""Columns of `tickets`, and the actions that change them; tags, watchers and the thread have tables of their own."""

_CLOCK = "Follows from what happens to the ticket."
_SLA = "Follows from the service level."
NOT_CHANGED: Mapping[str, str] = {
    "id": "It is the ticket.",
    "number": "It is the ticket's name.",
    "version": "Counts saves.",
    "subject": "The customer's words; people correct them one by one.",
    "subject_key": "The subject, folded for matching.",
    "context_key": "The context, folded for matching.",
    "customer_id": "Who asked decides who may read; people change it one by one.",
    "source": "How it came in is a fact.",
    "language": "Read from what the customer writes.",
    "follows_id": "A fact of how it came in.",
    "merged_into_id": "Merging asks which ticket survives; people answer that.",
    "trashed_at": "Only people put tickets into the trash.",
    "message_count": _CLOCK,
    "last_position": _CLOCK,
    "waiting_for": _CLOCK,
    **dict.fromkeys(("created_at", "updated_at", "resolved_at", "reopened_at", "last_message_at"), _CLOCK),
    **dict.fromkeys(("last_customer_message_at", "last_response_at"), _CLOCK),
    **dict.fromkeys(("first_response_at", "first_ai_response_at"), _CLOCK),
    **dict.fromkeys(("sla_id", "sla_state", "next_due_at"), _SLA),
    **dict.fromkeys(("first_response_due_at", "resolution_due_at"), _SLA),
}
"""Columns that no action changes, and why. A test fails for a column that is in neither list."""
