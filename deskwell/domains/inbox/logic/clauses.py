"""Turns conditions into SQL by a fixed map. Values are parameters; only words of our own are text.

Statuses, priorities and the like come from closed lists and stand in the text: the plan of a prepared statement
then knows how many tickets are open. Everything a person typed is a parameter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from .syntax import Condition

STATUSES = ("open", "human_assigned", "closed")
PRIORITIES = ("low", "medium", "high", "urgent")
SOURCES = ("web", "email", "api", "chat", "phone", "social")
SLA_STATES = ("running", "at_risk", "paused", "breached", "met", "stopped")
SLA_WORDS = {
    "overdue": "breached",
    "broken": "breached",
    "warned": "at_risk",
    "warning": "at_risk",
    "ok": "running",
}
PARTIES = ("customer", "agent")
NOTHING = "false"
NOBODY = frozenset({"none", "nobody", "unassigned", "-"})
STATUS_WORDS = {
    "assigned": "human_assigned",
    "pending": "human_assigned",
    "new": "open",
    "resolved": "closed",
}
LARGEST_NUMBER = 2**62


@dataclass
class Clauses:
    """SQL conditions on the alias `t` of `tickets`, with their parameters and what could not be understood."""

    me: UUID | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    is_staff: bool = True
    texts: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    hints: list[str] = field(default_factory=list)

    @property
    def sql(self) -> str:
        """All conditions as one."""
        return " AND ".join(self.texts) or "true"

    def bind(self, value: Any) -> str:
        """Add a parameter and return its placeholder."""
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"

    def add(self, condition: Condition) -> None:
        """Add one condition; a value that makes no sense matches nothing and leaves a hint."""
        text = BUILDERS[condition.name](self, condition.values)
        self.texts.append(f"({text}) IS NOT TRUE" if condition.is_excluded else text)

    def hint(self, text: str) -> str:
        self.hints.append(text)
        return NOTHING


Builder = Callable[[Clauses, Sequence[str]], str]


def _closed_list(
    column: str, allowed: Sequence[str], label: str, words: dict[str, str] | None = None
) -> Builder:
    def build(clauses: Clauses, values: Sequence[str]) -> str:
        known = []
        for value in values:
            word = value.strip().lower().replace(" ", "_")
            word = (words or {}).get(word, word)
            if word in allowed:
                known.append(f"'{word}'")
            else:
                clauses.hint(f"There is no {label} “{value}”. Known are: {', '.join(allowed)}.")
        if not known:
            return NOTHING
        return f"{column} = {known[0]}" if len(known) == 1 else f"{column} IN ({', '.join(known)})"

    return build


def _lowered(values: Sequence[str]) -> list[str]:
    return [" ".join(value.casefold().split()) for value in values]


def _context(clauses: Clauses, values: Sequence[str]) -> str:
    return f"t.context_key = ANY({clauses.bind(_lowered(values))}::text[])"


def _named(column: str, table: str) -> Builder:
    """A row named by id or name; `none` means there is none."""

    def build(clauses: Clauses, values: Sequence[str]) -> str:
        parts = []
        if any(value.lower() in NOBODY for value in values):
            parts.append(f"{column} IS NULL")
        ids, names = _ids_and_names(values)
        if ids:
            parts.append(f"{column} = ANY({clauses.bind(ids)}::uuid[])")
        if names:
            found = f"SELECT id FROM {table} WHERE lower(name) = ANY({clauses.bind(_lowered(names))}::text[])"
            parts.append(f"{column} = ANY(ARRAY({found}))")
        return f"({' OR '.join(parts)})" if parts else NOTHING

    return build


def _ids_and_names(values: Sequence[str]) -> tuple[list[UUID], list[str]]:
    ids, names = [], []
    for value in values:
        if value.lower() in NOBODY:
            continue
        try:
            ids.append(UUID(value))
        except ValueError:
            names.append(value)
    return ids, names


def _assignee(clauses: Clauses, values: Sequence[str]) -> str:
    parts = []
    if any(value.lower() in NOBODY for value in values):
        parts.append("t.assignee_id IS NULL")
    if clauses.me and any(value.lower() == "me" for value in values):
        parts.append(f"t.assignee_id = {clauses.bind(clauses.me)}")
    ids, names = _ids_and_names([value for value in values if value.lower() != "me"])
    if ids:
        parts.append(f"t.assignee_id = ANY({clauses.bind(ids)}::uuid[])")
    if names:
        who = clauses.bind(_lowered(names))
        found = f"SELECT id FROM users WHERE role <> 'customer' AND (email = ANY({who}::text[]) OR lower(name) = ANY({who}::text[]))"
        parts.append(f"t.assignee_id = ANY(ARRAY({found}))")
    return f"({' OR '.join(parts)})" if parts else NOTHING


def _customer(clauses: Clauses, values: Sequence[str]) -> str:
    """A whole address is one person; anything else is a part of a name or an address."""
    parts = []
    ids, names = _ids_and_names(values)
    if ids:
        parts.append(f"t.customer_id = ANY({clauses.bind(ids)}::uuid[])")
    for name in names:
        text = " ".join(name.split())
        if "@" in text.strip("@"):
            found = f"SELECT id FROM users WHERE email = {clauses.bind(text.casefold())}"
        else:
            like = clauses.bind(f"%{like_escaped(text)}%")
            found = f"SELECT id FROM users WHERE email ILIKE {like} OR name ILIKE {like} LIMIT 500"
        parts.append(f"t.customer_id = ANY(ARRAY({found}))")
    return f"({' OR '.join(parts)})" if parts else NOTHING


def like_escaped(text: str) -> str:
    """The text for LIKE, its wildcards taken as characters."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _recipient(clauses: Clauses, values: Sequence[str]) -> str:
    """An address, or a part of one, in copy of the ticket or among those one of its mails went to."""
    parts = []
    for value in values:
        like = clauses.bind(f"%{like_escaped(value.casefold())}%")
        parts += [
            f"EXISTS (SELECT FROM ticket_ccs r WHERE r.ticket_id = t.id AND r.email LIKE {like})",
            f"""EXISTS (SELECT FROM email_messages e WHERE e.ticket_id = t.id
                AND array_to_string(e.to_email || e.cc_email, ' ') ILIKE {like})""",
        ]
    return f"({' OR '.join(parts)})"


def _tag(clauses: Clauses, values: Sequence[str]) -> str:
    ids, names = _ids_and_names(values)
    parts = []
    if any(value.lower() in NOBODY for value in values):
        parts.append("NOT EXISTS (SELECT FROM ticket_tags g WHERE g.ticket_id = t.id)")
    wanted = []
    if ids:
        wanted.append(f"g.tag_id = ANY({clauses.bind(ids)}::uuid[])")
    if names:
        found = f"SELECT id FROM tags WHERE lower(name) = ANY({clauses.bind(_lowered(names))}::text[])"
        wanted.append(f"g.tag_id = ANY(ARRAY({found}))")
    if wanted:
        parts.append(f"t.id IN (SELECT g.ticket_id FROM ticket_tags g WHERE {' OR '.join(wanted)})")
    return f"({' OR '.join(parts)})" if parts else NOTHING


def _sla_state(clauses: Clauses, values: Sequence[str]) -> str:
    known = [value for value in values if value.lower() not in NOBODY]
    parts = ["t.sla_state IS NULL"] if len(known) < len(values) else []
    if known:
        parts.append(_sla_word(clauses, known))
    return f"({' OR '.join(parts)})"


_sla_word = _closed_list("t.sla_state", SLA_STATES, "SLA state", SLA_WORDS)


HAS = {
    "attachment": "EXISTS (SELECT FROM attachments f WHERE f.ticket_id = t.id AND NOT f.is_held)",
    "note": "EXISTS (SELECT FROM messages n WHERE n.ticket_id = t.id AND n.is_internal)",
    "tag": "EXISTS (SELECT FROM ticket_tags g WHERE g.ticket_id = t.id)",
    "link": "EXISTS (SELECT FROM ticket_links l WHERE t.id IN (l.ticket_id, l.other_id))",
    "cc": "EXISTS (SELECT FROM ticket_ccs r WHERE r.ticket_id = t.id)",
    "rating": "EXISTS (SELECT FROM messages n WHERE n.ticket_id = t.id AND n.rating IS NOT NULL)",
}
HAS |= {f"{word}s": text for word, text in HAS.items()} | {
    "file": HAS["attachment"],
    "files": HAS["attachment"],
}


PUBLIC_FILE = """EXISTS (SELECT FROM attachments f LEFT JOIN messages n ON n.id = f.message_id
    WHERE f.ticket_id = t.id AND NOT f.is_held AND n.is_internal IS NOT TRUE)"""


def _has(clauses: Clauses, values: Sequence[str]) -> str:
    parts = []
    for value in values:
        word = value.lower()
        if not clauses.is_staff and word in {"attachment", "attachments", "file", "files"}:
            parts.append(PUBLIC_FILE)
        elif word in HAS and clauses.is_staff:
            parts.append(HAS[word])
        else:
            clauses.hint(f"“has:{value}” is not known. Try has:attachment, has:note, has:tag or has:link.")
    return f"({' OR '.join(parts)})" if parts else NOTHING


ACTIVE = "t.status IN ('open', 'human_assigned')"
"""Word for word as the partial indexes have it."""
IS = {
    "open": "t.status = 'open'",
    "closed": "t.status = 'closed'",
    "resolved": "t.status = 'closed'",
    "active": ACTIVE,
    "assigned": "t.assignee_id IS NOT NULL",
    "unassigned": "t.assignee_id IS NULL",
    "escalated": "(t.status = 'human_assigned' AND t.assignee_id IS NULL)",
    "snoozed": "t.snoozed_until IS NOT NULL",
    "waiting": f"({ACTIVE} AND t.waiting_for = 'agent')",
    "answered": "t.last_response_at IS NOT NULL",
    "unanswered": "t.last_response_at IS NULL",
    "overdue": f"({ACTIVE} AND t.sla_state = 'breached')",
    "breached": "t.sla_state = 'breached'",
    "merged": "t.merged_into_id IS NOT NULL",
}


PUBLIC_STATES = frozenset({"open", "closed", "resolved", "active", "answered", "unanswered"})


def _is(clauses: Clauses, values: Sequence[str]) -> str:
    parts = []
    for value in values:
        word = value.lower()
        if word in {"mine", "watched"} and clauses.me:
            me = clauses.bind(clauses.me)
            watched = f"EXISTS (SELECT FROM ticket_watchers w WHERE w.ticket_id = t.id AND w.user_id = {me})"
            parts.append(f"t.assignee_id = {me}" if word == "mine" else watched)
        elif word in IS and (clauses.is_staff or word in PUBLIC_STATES):
            parts.append(IS[word])
        else:
            clauses.hint(
                f"“is:{value}” is not known. Try is:open, is:closed, is:unassigned, is:snoozed or is:overdue."
            )
    return f"({' OR '.join(parts)})" if parts else NOTHING


def _number(clauses: Clauses, values: Sequence[str]) -> str:
    numbers = [
        int(v.lstrip("#"))
        for v in values
        if v.lstrip("#").isdecimal() and int(v.lstrip("#")) < LARGEST_NUMBER
    ]
    return f"t.number = ANY({clauses.bind(numbers)}::bigint[])" if numbers else NOTHING


def parse_moment(text: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """A day or a moment, and whether it was a day. Raises ValueError."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone), True
    except ValueError:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)), False


def _before(clauses: Clauses, values: Sequence[str]) -> str:
    """Before that day begins."""
    return _moment(clauses, values, "<", next_day=False)


def _until(clauses: Clauses, values: Sequence[str]) -> str:
    """Up to the end of that day, or up to that moment."""
    return _moment(clauses, values, "<=", next_day=True)


def _since(clauses: Clauses, values: Sequence[str]) -> str:
    """From that day or moment on."""
    return _moment(clauses, values, ">=", next_day=False)


def _after(clauses: Clauses, values: Sequence[str]) -> str:
    """After that day has ended."""
    return _moment(clauses, values, ">", next_day=True)


def _moment(clauses: Clauses, values: Sequence[str], operator: str, *, next_day: bool) -> str:
    try:
        moment, is_day = parse_moment(values[0].strip(), clauses.zone)
        if is_day and next_day:
            moment = datetime.combine(moment.date() + timedelta(days=1), time(), clauses.zone)
            operator = {"<=": "<", ">": ">="}[operator]
        moment.timestamp()
    except (ValueError, OverflowError, OSError):
        return clauses.hint(f"“{values[0]}” is no date. Please write it as 2026-11-24.")
    return f"t.created_at {operator} {clauses.bind(moment)}"


def _field(clauses: Clauses, values: Sequence[str]) -> str:
    """A custom field by its key: `key=value`."""
    key, _, value = values[0].partition("=")
    k, v = clauses.bind(key), clauses.bind(value)
    return f"(t.custom_fields->>{k} = {v} OR t.custom_fields->{k} @> to_jsonb({v}::text))"


BUILDERS: dict[str, Builder] = {
    "status": _closed_list("t.status", STATUSES, "status", STATUS_WORDS),
    "priority": _closed_list("t.priority", PRIORITIES, "priority", {"normal": "medium"}),
    "source": _closed_list("t.source", SOURCES, "source", {"mail": "email", "e-mail": "email"}),
    "waiting_for": _closed_list("t.waiting_for", PARTIES, "party", {"us": "agent"}),
    "context": _context,
    "customer": _customer,
    "recipient": _recipient,
    "assignee": _assignee,
    "team": _named("t.team_id", "teams"),
    "category": _named("t.category_id", "categories"),
    "tag": _tag,
    "sla_state": _sla_state,
    "has": _has,
    "is": _is,
    "number": _number,
    "before": _before,
    "after": _after,
    "date_from": _since,
    "date_to": _until,
    "field": _field,
}
STAFF_CONDITIONS = frozenset({"customer", "recipient", "tag", "team", "sla_state", "field", "waiting_for"})
