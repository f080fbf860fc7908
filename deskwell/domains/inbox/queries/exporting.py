"""A list as lines of a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from deskwell.core.db import Database, rows
from deskwell.core.pages import SEARCH_CAP, Page
from deskwell.domains.fields.schemas import FieldDefinition

from ..logic.sorting import DEFAULT, SORTS
from .listing import Listing, list_tickets
from .searching import search_tickets

MOST_LINES = 20_000
MOST_IDS = 10_000
PIECE = 1_000
HEADER = (
    "number", "subject", "status", "priority", "context", "source", "customer", "customer e-mail", "assignee", "team",
    "category", "tags", "opened", "changed", "first answered", "closed",
)  # fmt: skip
_CELLS = (
    "number", "subject", "status", "priority", "context", "source", "customer_name", "customer_email", "assigned_name",
    "team", "category", "tags", "created_at", "updated_at", "first_response_at", "resolved_at",
)  # fmt: skip


async def all_tickets(database: Database, wanted: Listing) -> list[dict[str, Any]]:
    """The tickets of a list in its order, as many as a spreadsheet takes; the best ones where words are searched."""
    if wanted.search.words:
        found, _ = await search_tickets(database, wanted, Page(page_size=SEARCH_CAP))
        return found
    tickets: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(tickets) < MOST_LINES:
        piece, paging = await list_tickets(database, wanted, Page(page_size=PIECE), cursor)
        tickets += piece
        cursor = paging.next_cursor
        if cursor is None:
            break
    return tickets


async def all_ids(database: Database, wanted: Listing) -> tuple[list[UUID], bool]:
    """The ids of a list in its order, and whether there are more; the best ones where words are searched."""
    if wanted.search.words:
        found, paging = await search_tickets(database, wanted, Page(page_size=SEARCH_CAP))
        return [ticket["id"] for ticket in found], paging.total_is_capped
    order = (wanted.sort or SORTS[DEFAULT]).order_by(descending=wanted.descending)
    text = f"SELECT t.id FROM tickets t WHERE {wanted.where} ORDER BY {order} LIMIT {MOST_IDS + 1}"
    ids = [row["id"] for row in await rows(database, text, **wanted.clauses.params)]
    return ids[:MOST_IDS], len(ids) > MOST_IDS


def as_lines(
    tickets: Sequence[dict[str, Any]], fields: Sequence[FieldDefinition]
) -> tuple[list[str], list[list[Any]]]:
    """Header and lines, with a column for each custom field."""
    header = [*HEADER, *(field.label for field in fields)]
    lines = [
        [
            *(_cell(ticket[name]) for name in _CELLS),
            *(_cell(ticket["custom_fields"].get(field.key)) for field in fields),
        ]
        for ticket in tickets
    ]
    return header, lines


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list):
        return ", ".join(str(item["name"] if isinstance(item, dict) else item) for item in value)
    return value
