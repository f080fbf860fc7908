"""Every field a condition may look at, and the operators each kind of field knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ..schemas import Group


class FieldKind(StrEnum):
    """What a value is, and so how it may be compared."""

    TEXT = "text"
    CHOICE = "choice"
    RANK = "rank"
    SET = "set"
    NUMBER = "number"
    MOMENT = "moment"
    FLAG = "flag"


class Takes(StrEnum):
    """What an operator wants as its value."""

    ONE = "one"
    MANY = "many"
    NOTHING = "nothing"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True)
class Operator:
    """A comparison as a person reads it."""

    label: str
    takes: Takes = Takes.ONE


_PRESENCE = {
    "is_set": Operator("is set", Takes.NOTHING),
    "is_not_set": Operator("is not set", Takes.NOTHING),
}
_EQUALITY = {
    "is": Operator("is"),
    "is_not": Operator("is not"),
    "is_any_of": Operator("is any of", Takes.MANY),
    "is_none_of": Operator("is none of", Takes.MANY),
}

OPERATORS: Mapping[FieldKind, Mapping[str, Operator]] = {
    FieldKind.TEXT: {
        **_EQUALITY,
        "contains": Operator("contains"),
        "does_not_contain": Operator("does not contain"),
        "mentions_any": Operator("mentions any of the words", Takes.MANY),
        "mentions_all": Operator("mentions all of the words", Takes.MANY),
        "mentions_none": Operator("mentions none of the words", Takes.MANY),
        "starts_with": Operator("starts with"),
        "ends_with": Operator("ends with"),
        **_PRESENCE,
    },
    FieldKind.CHOICE: {**_EQUALITY, **_PRESENCE},
    FieldKind.RANK: {
        **_EQUALITY,
        "is_at_least": Operator("is at least"),
        "is_at_most": Operator("is at most"),
    },
    FieldKind.SET: {
        "includes_any": Operator("includes any of", Takes.MANY),
        "includes_all": Operator("includes all of", Takes.MANY),
        "includes_none": Operator("includes none of", Takes.MANY),
        **_PRESENCE,
    },
    FieldKind.NUMBER: {
        "is": Operator("is", Takes.NUMBER),
        "is_not": Operator("is not", Takes.NUMBER),
        "is_less_than": Operator("is less than", Takes.NUMBER),
        "is_at_most": Operator("is at most", Takes.NUMBER),
        "is_at_least": Operator("is at least", Takes.NUMBER),
        "is_more_than": Operator("is more than", Takes.NUMBER),
        **_PRESENCE,
    },
    FieldKind.MOMENT: {
        "is_more_than_hours_ago": Operator("is more than … hours ago", Takes.NUMBER),
        "is_less_than_hours_ago": Operator("is less than … hours ago", Takes.NUMBER),
        "is_within_hours": Operator("is within the next … hours", Takes.NUMBER),
        "is_before": Operator("is before", Takes.MOMENT),
        "is_after": Operator("is after", Takes.MOMENT),
        **_PRESENCE,
    },
    FieldKind.FLAG: {
        "is": Operator("is"),
    },
}


@dataclass(frozen=True)
class Option:
    """One value a person may pick, with the words shown for it."""

    value: str
    label: str


@dataclass(frozen=True)
class FieldSpec:
    """A field of the vocabulary.

    `column` is the column of `tickets` it reads, when it reads one. `options` is None where any
    value goes. `is_personal` marks texts people wrote: a rule's log never repeats them.
    """

    key: str
    label: str
    kind: FieldKind
    group: str
    options: tuple[Option, ...] | None = None
    directory: str | None = None
    column: str | None = None
    is_personal: bool = False


def _options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, value.replace("_", " ").capitalize()) for value in values)


PRIORITIES = _options("low", "medium", "high", "urgent")
_AUTHORS = _options("customer", "agent", "ai", "system")
_SLA_STATES = _options("running", "at_risk", "paused", "breached", "met", "stopped")


def _ticket_fields() -> Iterable[FieldSpec]:
    group = "Ticket"
    statuses = _options("open", "human_assigned", "closed")
    sources = _options("web", "email", "api", "chat", "phone", "social")
    parties = _options("customer", "agent")
    yield FieldSpec("number", "Number", FieldKind.NUMBER, group, column="number")
    yield FieldSpec("context", "Context", FieldKind.TEXT, group, directory="contexts", column="context")
    yield FieldSpec("subject", "Subject", FieldKind.TEXT, group, column="subject", is_personal=True)
    yield FieldSpec("status", "Status", FieldKind.CHOICE, group, statuses, column="status")
    yield FieldSpec("waiting_for", "Waiting for", FieldKind.CHOICE, group, parties, column="waiting_for")
    yield FieldSpec("priority", "Priority", FieldKind.RANK, group, PRIORITIES, column="priority")
    yield FieldSpec("source", "Source", FieldKind.CHOICE, group, sources, column="source")
    yield FieldSpec("language", "Language", FieldKind.TEXT, group, column="language")
    yield FieldSpec("assignee", "Assignee", FieldKind.CHOICE, group, directory="agents", column="assignee_id")
    yield FieldSpec("team", "Team", FieldKind.CHOICE, group, directory="teams", column="team_id")
    yield FieldSpec(
        "category", "Category", FieldKind.CHOICE, group, directory="categories", column="category_id"
    )
    yield FieldSpec("tags", "Tags", FieldKind.SET, group, directory="tags")
    yield FieldSpec(
        "escalation_reason",
        "Reason for a human",
        FieldKind.TEXT,
        group,
        column="escalation_reason",
        is_personal=True,
    )
    yield FieldSpec("is_follow_up", "Follows a closed ticket", FieldKind.FLAG, group, column="follows_id")
    yield FieldSpec("is_merged", "Merged into another", FieldKind.FLAG, group, column="merged_into_id")
    yield FieldSpec("is_snoozed", "Snoozed", FieldKind.FLAG, group, column="snoozed_until")
    yield FieldSpec("rating", "Latest rating", FieldKind.NUMBER, group)


def _customer_fields() -> Iterable[FieldSpec]:
    group = "Customer"
    yield FieldSpec("customer.email", "Customer’s e-mail", FieldKind.TEXT, group, is_personal=True)
    yield FieldSpec("customer.name", "Customer’s name", FieldKind.TEXT, group, is_personal=True)
    yield FieldSpec("customer.domain", "Customer’s mail domain", FieldKind.TEXT, group)
    yield FieldSpec("customer.company", "Customer’s company", FieldKind.CHOICE, group, directory="companies")
    yield FieldSpec("customer.tickets", "Customer’s number of tickets", FieldKind.NUMBER, group)


def _message_fields() -> Iterable[FieldSpec]:
    group = "Message"
    yield FieldSpec("message.text", "Message text", FieldKind.TEXT, group, is_personal=True)
    yield FieldSpec("message.author", "Message written by", FieldKind.CHOICE, group, _AUTHORS)
    yield FieldSpec("message.is_note", "Message is a note", FieldKind.FLAG, group)
    yield FieldSpec("message.has_files", "Message has files", FieldKind.FLAG, group)
    yield FieldSpec("message.confidence", "Confidence of the AI", FieldKind.NUMBER, group)
    yield FieldSpec("conversation.text", "Any public message", FieldKind.TEXT, group, is_personal=True)
    yield FieldSpec(
        "conversation.messages", "Number of messages", FieldKind.NUMBER, group, column="message_count"
    )


def _time_fields() -> Iterable[FieldSpec]:
    group = "Time"
    moments = (
        ("created_at", "Opened", "created_at"),
        ("updated_at", "Last changed", "updated_at"),
        ("last_message_at", "Last message", "last_message_at"),
        ("customer_wrote_at", "Customer last wrote", "last_customer_message_at"),
        ("answered_at", "Last answered", "last_response_at"),
        ("first_response_at", "First answered by a human", "first_response_at"),
        ("first_ai_response_at", "First answered by the AI", "first_ai_response_at"),
        ("escalated_at", "A human was asked for", "escalated_at"),
        ("closed_at", "Closed", "resolved_at"),
        ("reopened_at", "Reopened", "reopened_at"),
        ("snoozed_until", "Snoozed until", "snoozed_until"),
    )
    for key, label, column in moments:
        yield FieldSpec(key, label, FieldKind.MOMENT, group, column=column)


def _sla_fields() -> Iterable[FieldSpec]:
    group = "Service level"
    yield FieldSpec("sla.state", "SLA state", FieldKind.CHOICE, group, _SLA_STATES, column="sla_state")
    yield FieldSpec("sla.policy", "SLA policy", FieldKind.CHOICE, group, directory="slas", column="sla_id")
    yield FieldSpec(
        "sla.response_due_at", "First response due", FieldKind.MOMENT, group, column="first_response_due_at"
    )
    yield FieldSpec(
        "sla.resolution_due_at", "Resolution due", FieldKind.MOMENT, group, column="resolution_due_at"
    )
    yield FieldSpec("sla.next_due_at", "Next due", FieldKind.MOMENT, group, column="next_due_at")


def _event_fields() -> Iterable[FieldSpec]:
    group = "What happened"
    yield FieldSpec(
        "event.by",
        "Done by",
        FieldKind.CHOICE,
        group,
        _options("customer", "agent", "admin", "ai", "automation", "system"),
    )
    yield FieldSpec("event.field", "Changed field", FieldKind.TEXT, group)
    yield FieldSpec("event.before", "Value before", FieldKind.TEXT, group, is_personal=True)
    yield FieldSpec("event.after", "Value after", FieldKind.TEXT, group, is_personal=True)


NOT_ASKED: Mapping[str, str] = {
    "id": "A rule is about what a ticket is like, not about one ticket.",
    "version": "Counts saves; it says nothing about the ticket.",
    "context_key": "The context, folded for matching.",
    "subject_key": "The subject, folded for matching.",
    "customer_id": "Asked as `customer.…`.",
    "custom_fields": "Asked as `custom.…`.",
    "last_position": "Counts entries of the thread, system lines among them.",
    "trashed_at": "Rules never look at the trash.",
}
"""Columns of `tickets` that conditions leave out, and why. A test fails for a column that is in neither list."""

FIELDS: Mapping[str, FieldSpec] = {
    spec.key: spec
    for specs in (
        _ticket_fields(),
        _customer_fields(),
        _message_fields(),
        _time_fields(),
        _sla_fields(),
        _event_fields(),
    )
    for spec in specs
}

KIND_OF_CUSTOM_FIELD: Mapping[str, FieldKind] = {
    "text": FieldKind.TEXT,
    "textarea": FieldKind.TEXT,
    "url": FieldKind.TEXT,
    "email": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "date": FieldKind.MOMENT,
    "datetime": FieldKind.MOMENT,
    "select": FieldKind.CHOICE,
    "multiselect": FieldKind.SET,
    "checkbox": FieldKind.FLAG,
}


def custom_field_specs(definitions: Iterable[Mapping[str, object]]) -> Iterable[FieldSpec]:
    """The vocabulary's entries for an owner's own fields: `custom.<key>`."""
    for definition in definitions:
        kind = KIND_OF_CUSTOM_FIELD[str(definition["kind"])]
        raw = definition.get("options") or []
        options = tuple(Option(str(o["value"]), str(o["label"])) for o in raw)  # type: ignore[attr-defined]
        yield FieldSpec(
            f"custom.{definition['key']}",
            str(definition["label"]),
            kind,
            "Custom fields",
            options if kind in {FieldKind.CHOICE, FieldKind.SET} else None,
            is_personal=kind is FieldKind.TEXT,
        )


def vocabulary(
    definitions: Iterable[Mapping[str, object]] = (),
    directories: Mapping[str, Iterable[Option]] | None = None,
) -> dict[str, FieldSpec]:
    """All fields of this desk, each with the people, teams, tags … that may be picked for it."""
    known = directories or {}
    fields = {key: _with_options(spec, known) for key, spec in FIELDS.items()}
    return fields | {spec.key: spec for spec in custom_field_specs(definitions)}


def _with_options(spec: FieldSpec, directories: Mapping[str, Iterable[Option]]) -> FieldSpec:
    if spec.directory is None or spec.directory not in directories:
        return spec
    return replace(spec, options=tuple(directories[spec.directory]))


def fields_asked(conditions: Iterable[Group]) -> set[str]:
    """The keys of all fields that these conditions look at."""
    asked: set[str] = set()
    for group in conditions:
        inner = [part for part in group.conditions if isinstance(part, Group)]
        asked |= {part.field for part in group.conditions if not isinstance(part, Group)}
        asked |= fields_asked(inner)
    return asked
