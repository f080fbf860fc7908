"""The facts of tickets, in the words of the vocabulary."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import rows

from ..logic import FIELDS, FieldKind


@dataclass(frozen=True)
class Occasion:
    """What made a rule look at a ticket: the values of `event.…`, and the message it is about."""

    ticket_id: UUID
    by: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    message_id: UUID | None = None
    at: datetime | None = None


_TICKETS = """
SELECT t.*, u.email AS customer_email, u.name AS customer_name, u.company_id AS customer_company,
       ARRAY(SELECT tag_id::text FROM ticket_tags g WHERE g.ticket_id = t.id) AS tags,
       m.id AS message_id, m.body AS message_text, m.author AS message_author, m.is_internal AS message_is_note,
       m.confidence AS message_confidence
FROM tickets t
JOIN users u ON u.id = t.customer_id
LEFT JOIN LATERAL (
    SELECT * FROM messages x
    WHERE x.ticket_id = t.id AND (x.id = ANY(%(messages)s) OR NOT x.is_internal AND x.author <> 'system')
    ORDER BY (x.id = ANY(%(messages)s)) DESC, x.position DESC LIMIT 1
) m ON true
WHERE t.id = ANY(%(tickets)s)
"""

_EXTRAS: Mapping[str, str] = {
    "rating": """SELECT DISTINCT ON (m.ticket_id) m.ticket_id, m.rating AS value FROM messages m
        WHERE m.ticket_id = ANY(%(tickets)s) AND m.rating IS NOT NULL ORDER BY m.ticket_id, m.position DESC""",
    "customer.tickets": """SELECT t.id AS ticket_id, (SELECT count(*) FROM tickets o
        WHERE o.customer_id = t.customer_id AND o.trashed_at IS NULL) AS value
        FROM tickets t WHERE t.id = ANY(%(tickets)s)""",
    "conversation.text": """SELECT m.ticket_id, string_agg(m.body, E'\n' ORDER BY m.position) AS value FROM messages m
        WHERE m.ticket_id = ANY(%(tickets)s) AND NOT m.is_internal AND m.author <> 'system'
        GROUP BY m.ticket_id""",
    "message.has_files": """SELECT a.ticket_id, true AS value FROM attachments a
        WHERE a.message_id = ANY(%(messages)s) GROUP BY a.ticket_id""",
}
"""Facts that cost a statement of their own, read only when a condition asks."""


async def facts_of(
    session: AsyncSession, occasions: Sequence[Occasion], asked: Collection[str]
) -> dict[UUID, dict[str, Any]]:
    """The facts of the tickets of these occasions. `asked` names the fields that conditions look at."""
    tickets = [occasion.ticket_id for occasion in occasions]
    messages = [occasion.message_id for occasion in occasions if occasion.message_id]
    found = await rows(session, _TICKETS, tickets=tickets, messages=messages)
    by_ticket = {occasion.ticket_id: occasion for occasion in occasions}
    facts = {row["id"]: _facts(row, by_ticket[row["id"]]) for row in found}
    about = [row["message_id"] for row in found if row["message_id"]]
    for key in _EXTRAS.keys() & set(asked):
        for row in await rows(session, _EXTRAS[key], tickets=tickets, messages=about):
            facts[row["ticket_id"]][key] = row["value"]
    return facts


def _facts(row: Mapping[str, Any], occasion: Occasion) -> dict[str, Any]:
    facts = {
        spec.key: _value(spec.kind, row[spec.column])
        for spec in FIELDS.values()
        if spec.column is not None and spec.column in row
    }
    return {
        **facts,
        **{f"custom.{key}": value for key, value in row["custom_fields"].items()},
        "tags": row["tags"],
        "customer.email": row["customer_email"],
        "customer.name": row["customer_name"],
        "customer.domain": row["customer_email"].rpartition("@")[2],
        "customer.company": str(row["customer_company"]) if row["customer_company"] else None,
        "message.text": row["message_text"],
        "message.author": row["message_author"],
        "message.is_note": bool(row["message_is_note"]),
        "message.confidence": row["message_confidence"],
        "event.by": occasion.by,
        "event.field": occasion.field,
        "event.before": _words(occasion.before),
        "event.after": _words(occasion.after),
    }


def _value(kind: FieldKind, value: Any) -> Any:
    if kind is FieldKind.FLAG:
        return value is not None
    return str(value) if isinstance(value, UUID) else value


def _words(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return None if value is None else str(value)


_OCCASIONS = """
SELECT * FROM (
    SELECT DISTINCT ON (e.ticket_id) e.ticket_id, e.kind, e.actor_kind, e.at, e.data, d.data AS personal,
           a.role AS actor_role
    FROM events e
    JOIN tickets t ON t.id = e.ticket_id AND t.trashed_at IS NULL
    LEFT JOIN event_details d ON d.event_id = e.id
    LEFT JOIN users a ON a.id = e.actor_id
    WHERE e.at >= %(since)s AND ({conditions})
    ORDER BY e.ticket_id, e.id DESC
) AS latest ORDER BY at DESC LIMIT %(limit)s
"""

OCCASION_OF: Mapping[str, str] = {
    "ticket_opened": "e.kind = 'message.added' AND (e.data->>'is_first')::boolean",
    "customer_replied": "e.kind = 'message.added' AND e.data->>'author' = 'customer' AND NOT (e.data->>'is_first')::boolean",
    "agent_replied": "e.kind = 'message.added' AND e.data->>'author' = 'agent' AND NOT (e.data->>'is_internal')::boolean",
    "ai_replied": "e.kind = 'message.added' AND e.data->>'author' = 'ai'",
    "note_added": "e.kind = 'message.added' AND (e.data->>'is_internal')::boolean",
    "assigned": "e.kind IN ('ticket.assigned', 'ticket.team_assigned')",
    "escalated": "e.kind = 'ticket.escalated'",
    "priority_changed": "e.kind = 'ticket.priority_changed'",
    "fields_changed": "e.kind = 'ticket.field_changed'",
    "closed": "e.kind = 'ticket.closed'",
    "reopened": "e.kind = 'ticket.reopened'",
    "rated": "e.kind = 'message.rated'",
    "sla_warned": "e.kind = 'sla.warned'",
    "sla_broken": "e.kind = 'sla.violated'",
}


async def past_occasions(
    session: AsyncSession, triggers: Iterable[str], *, since: datetime, limit: int
) -> list[Occasion]:
    """The last occasion of each ticket on which a rule with these triggers would have looked at it."""
    kinds = [OCCASION_OF[trigger] for trigger in triggers if trigger in OCCASION_OF]
    occasions: list[Occasion] = []
    if kinds:
        sql = _OCCASIONS.format(conditions=" OR ".join(f"({kind})" for kind in kinds))
        occasions = [_occasion(row) for row in await rows(session, sql, since=since, limit=limit)]
    if "time_passed" in triggers:
        known = {occasion.ticket_id for occasion in occasions}
        found = await rows(
            session,
            """SELECT id FROM tickets WHERE trashed_at IS NULL AND updated_at >= %(since)s
               ORDER BY updated_at DESC LIMIT %(limit)s""",
            since=since,
            limit=limit,
        )
        occasions += [Occasion(row["id"]) for row in found if row["id"] not in known]
    return occasions[:limit]


def _occasion(row: Mapping[str, Any]) -> Occasion:
    data = {**row["data"], **(row["personal"] or {})}
    message = data.get("message_id")
    return Occasion(
        row["ticket_id"],
        by=hand(row["actor_kind"], row["actor_role"]),
        field=changed_field(row["kind"], data),
        before=data.get("before"),
        after=data.get("after"),
        message_id=UUID(message) if message else None,
        at=row["at"],
    )


def hand(kind: str, role: str | None) -> str:
    """Who did it, in the words of `event.by`."""
    if kind == "staff":
        return "admin" if role == "admin" else "agent"
    return "automation" if kind == "rule" else kind


def changed_field(kind: str, data: Mapping[str, Any]) -> str | None:
    """Which field an event changed, in the words of `event.field`."""
    known = {
        "ticket.assigned": "assignee",
        "ticket.team_assigned": "team",
        "ticket.priority_changed": "priority",
        "message.rated": "rating",
    }
    return known.get(kind) or data.get("field")
