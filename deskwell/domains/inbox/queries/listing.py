"""Lists: one statement for the rows and a kept total; another only where the total has to be counted."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskwell.core.actor import Actor
from deskwell.core.db import Source, one, rows
from deskwell.core.errors import Invalid
from deskwell.core.pages import COUNT_CAP, Page, Pagination, decode_cursor, encode_cursor, pagination
from deskwell.domains.tickets.access import TICKETS_READ, visibility_sql
from deskwell.domains.tickets.queries import (
    STAFF_TICKET_COLUMNS,
    STAFF_TICKET_JOINS,
    TICKET_COLUMNS,
    TICKET_JOINS,
)

from ..logic.clauses import (
    PARTIES,
    PRIORITIES,
    SLA_STATES,
    SOURCES,
    STAFF_CONDITIONS,
    STATUSES,
    Clauses,
    parse_moment,
)
from ..logic.sorting import ALIASES, DEFAULT, RELEVANCE, SORTS, Sort
from ..logic.syntax import Condition, Search, parse
from ..schemas import Filters

PREVIEW = """LEFT JOIN LATERAL (
    SELECT left(p.body, 160) AS preview, CASE p.author WHEN 'agent' THEN 'admin' ELSE p.author END AS preview_by
    FROM messages p WHERE p.ticket_id = t.id AND NOT p.is_internal ORDER BY p.position DESC LIMIT 1) p ON true"""
ATTACHED = (
    "(SELECT count(*) FROM attachments f WHERE f.ticket_id = t.id AND NOT f.is_held)::int AS attachment_count"
)
STAFF_SELECT = f"SELECT {STAFF_TICKET_COLUMNS}, p.preview, p.preview_by, {ATTACHED}"
STAFF_FROM = f"{STAFF_TICKET_JOINS} {PREVIEW}"
NOT_TRASHED = "t.trashed_at IS NULL"
ENUMS = {
    "status": STATUSES,
    "priority": PRIORITIES,
    "source": SOURCES,
    "waiting_for": PARTIES,
    "sla_state": (*SLA_STATES, "none"),
}


@dataclass
class Listing:
    """A list as it is asked for, ready to run."""

    actor: Actor
    clauses: Clauses
    search: Search
    sort: Sort | None
    descending: bool
    conditions: list[Condition] = field(default_factory=list)

    @property
    def where(self) -> str:
        return self.clauses.sql

    @property
    def is_by_relevance(self) -> bool:
        return self.sort is None


def listing(
    actor: Actor, filters: Filters, *, extra: list[Condition] | None = None, checked: bool = True
) -> Listing:
    """Turn filters into conditions.

    Raises:
        Invalid: a value of a fixed list, a date, a zone or an order that does not exist.

    """
    zone = _zone(filters.tz)
    if checked:
        _check(filters, zone)
    clauses = Clauses(me=actor.user_id, zone=zone, is_staff=not actor.is_customer)
    condition, params = visibility_sql(actor)
    clauses.params.update(params)
    clauses.texts += [NOT_TRASHED, *([condition] if condition != "true" else [])]
    search = parse(filters.search)
    conditions = [*_conditions(filters), *(extra or []), *search.conditions]
    for wanted in conditions:
        if actor.is_customer and wanted.name in STAFF_CONDITIONS:
            clauses.texts.append(clauses.hint("This cannot be searched for here."))
        else:
            clauses.add(wanted)
    sort, descending = _sort(filters, has_words=bool(search.words))
    return Listing(actor, clauses, search, sort, descending, conditions)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.field("tz", "There is no such time zone. Try Europe/Berlin or UTC.") from None


def _check(filters: Filters, zone: ZoneInfo) -> None:
    for name, allowed in ENUMS.items():
        for value in getattr(filters, name):
            if value not in allowed:
                raise Invalid.field(name, f"{name} must be one of {', '.join(allowed)}.")
    for name in ("date_from", "date_to"):
        value = getattr(filters, name)
        if value:
            try:
                parse_moment(value.strip(), zone)[0].timestamp()
            except (ValueError, OverflowError, OSError):
                raise Invalid.field(name, f"{name} must be a date such as 2026-11-24.") from None


def _conditions(filters: Filters) -> list[Condition]:
    named = {
        "status": filters.status,
        "context": filters.context,
        "assignee": filters.assigned_to,
        "priority": filters.priority,
        "source": filters.source,
        "tag": filters.tag,
        "category": filters.category,
        "team": filters.team,
        "sla_state": filters.sla_state,
        "waiting_for": filters.waiting_for,
        "customer": filters.customer,
        "date_from": [filters.date_from] if filters.date_from else [],
        "date_to": [filters.date_to] if filters.date_to else [],
    }
    each = {"is": filters.is_, "has": filters.has, "field": filters.field}
    found = [Condition(name, tuple(values)) for name, values in named.items() if values]
    return found + [Condition(name, (value,)) for name, values in each.items() for value in values]


def _sort(filters: Filters, *, has_words: bool) -> tuple[Sort | None, bool]:
    name = filters.sort or (RELEVANCE if has_words else DEFAULT)
    name = ALIASES.get(name, name)
    if name == RELEVANCE:
        return (None if has_words else SORTS[DEFAULT]), True
    if name not in SORTS:
        raise Invalid.field("sort", f"sort must be one of {', '.join([*SORTS, RELEVANCE])}.")
    sort = SORTS[name]
    return sort, sort.descending if filters.order is None else filters.order == "desc"


async def list_tickets(
    source: Source, wanted: Listing, page: Page, cursor: str | None = None
) -> tuple[list[dict[str, Any]], Pagination]:
    """Return a page of a list without words to search for; two statements at most."""
    sort = wanted.sort or SORTS[DEFAULT]
    inner = f"SELECT t.* FROM tickets t WHERE {wanted.where}"
    params = dict(wanted.clauses.params)
    if cursor:
        value, last_id = _seen(cursor, sort)
        params |= {"cursor_value": value, "cursor_id": last_id}
        beyond = sort.beyond("%(cursor_value)s", "%(cursor_id)s", descending=wanted.descending)
        inner += f" AND {beyond}"
    inner += f" ORDER BY {sort.order_by(descending=wanted.descending)} LIMIT {page.page_size + 1}"
    if not cursor and page.offset:
        inner += f" OFFSET {page.offset}"
    found = await rows(source, _select(wanted, inner, sort), **params)
    total = await _total(source, wanted, page, found, is_deep=cursor is not None)
    shown, has_more = found[: page.page_size], len(found) > page.page_size
    following = encode_cursor(shown[-1]["sort_key"], shown[-1]["id"]) if has_more else None
    return shown, pagination(page, total, has_more=has_more, cursor=following)


def _select(wanted: Listing, inner: str, sort: Sort) -> str:
    is_own = wanted.actor.is_customer
    select = f"SELECT {TICKET_COLUMNS}" if is_own else STAFF_SELECT
    joins = TICKET_JOINS if is_own else STAFF_FROM
    more = f"({sort.expression()})::text AS sort_key, {_kept_total(wanted)} AS kept_total"
    return f"{select}, {more} FROM ({inner}) t {joins} ORDER BY {sort.order_by(descending=wanted.descending)}"


def _seen(cursor: str, sort: Sort) -> tuple[str, UUID]:
    value, last_id = decode_cursor(cursor, 2)
    try:
        if sort.cast in {"int", "bigint"}:
            int(value)
        elif sort.cast == "timestamptz" and value != "infinity":
            parse_moment(str(value).replace(" ", "T", 1), ZoneInfo("UTC"))
        return str(value), UUID(str(last_id))
    except (ValueError, TypeError):
        raise Invalid.field("cursor", "This cursor is not valid. Please start from the first page.") from None


async def _total(
    source: Source, wanted: Listing, page: Page, found: list[dict[str, Any]], *, is_deep: bool
) -> int:
    """How many there are, up to one above the cap; a page that is the last one tells it by itself."""
    if not is_deep and len(found) <= page.page_size and (found or page.page == 1):
        return page.offset + len(found)
    if found and found[0]["kept_total"] is not None:
        return int(found[0]["kept_total"])
    counted = kept_count(wanted) or _counted(wanted.where, COUNT_CAP)
    row = await one(source, counted, **wanted.clauses.params)
    assert row is not None
    return int(row["n"])


def _counted(where: str, cap: int) -> str:
    return f"SELECT count(*) AS n FROM (SELECT FROM tickets t WHERE {where} LIMIT {cap + 1}) c"


KEPT = """SELECT coalesce(sum({}), 0)::bigint AS n FROM (
    SELECT total, open, assigned FROM ticket_counts
    UNION ALL SELECT total, open, assigned FROM ticket_count_deltas) kept"""
"""Sums that a trigger on tickets keeps."""
KEPT_COLUMNS = {
    ("is", frozenset({"active"})): "open",
    ("status", frozenset({"open", "human_assigned"})): "open",
    ("is", frozenset({"open"})): "open - assigned",
    ("status", frozenset({"open"})): "open - assigned",
    ("status", frozenset({"human_assigned"})): "assigned",
    ("is", frozenset({"closed"})): "total - open",
    ("status", frozenset({"closed"})): "total - open",
}
"""Which of them a condition asks for; `open` is all that is not closed, `assigned` those of them with a person."""


UNRESTRICTED = "NOT EXISTS (SELECT FROM teams WHERE is_restricted)"
"""Then an agent sees what an admin sees: no team keeps its tickets to itself."""


def _kept_total(wanted: Listing) -> str:
    """The total as a column of the list, from kept sums; null where it has to be counted.

    Counting is no part of that statement: its cost, though never paid, would have it planned anew each time.
    """
    kept = _kept(wanted) if _sees_all_teams(wanted.actor) else None
    if kept is None or visibility_sql(wanted.actor)[0] == "true":
        return f"({kept})" if kept else "NULL"
    return f"CASE WHEN {UNRESTRICTED} THEN ({kept}) END"


def kept_count(wanted: Listing, *, cap: int = COUNT_CAP) -> str | None:
    """The statement that reads the total of these filters from kept sums, or an index alone, if one of them has it."""
    kept = _kept(wanted)
    if visibility_sql(wanted.actor)[0] == "true":
        return kept
    if not _sees_all_teams(wanted.actor):
        return None
    if kept is None:  # an index alone answers, where no row must be asked for its team
        kept = _counted(" AND ".join(text for text in wanted.clauses.texts if "my_teams" not in text), cap)
    return f"SELECT CASE WHEN {UNRESTRICTED} THEN ({kept}) ELSE ({_counted(wanted.where, cap)}) END AS n"


def _sees_all_teams(actor: Actor) -> bool:
    return not actor.is_customer and actor.can(TICKETS_READ)


def _kept(wanted: Listing) -> str | None:
    if len(wanted.conditions) > 1:
        return None
    if not wanted.conditions:
        return KEPT.format("total")
    (only,) = wanted.conditions
    column = KEPT_COLUMNS.get((only.name, frozenset(value.lower() for value in only.values)))
    if column is None:
        return None
    return KEPT.format(f"total - ({column})" if only.is_excluded else column)
