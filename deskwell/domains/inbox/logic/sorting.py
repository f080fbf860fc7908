"""The orders a list may have, and the keys by which the next page is found without counting up to it."""

from dataclasses import dataclass

RANK = "CASE {}.priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END"


@dataclass(frozen=True)
class Sort:
    """An order: what to sort by, of which type it is in a cursor, and which way it goes by itself."""

    key: str
    cast: str
    descending: bool = True

    def expression(self, alias: str = "t") -> str:
        """The SQL to sort by."""
        return self.key.format(alias)

    def order_by(self, alias: str = "t", *, descending: bool) -> str:
        """The ORDER BY, made total by the id."""
        way = "DESC" if descending else "ASC"
        if self.key == "{}.id":
            return f"{alias}.id {way}"
        return f"{self.expression(alias)} {way}, {alias}.id {way}"

    def beyond(self, value: str, last_id: str, *, descending: bool, alias: str = "t") -> str:
        """The condition for rows behind the last one seen."""
        sign = "<" if descending else ">"
        if self.key == "{}.id":
            return f"{alias}.id {sign} {last_id}::uuid"
        return f"({self.expression(alias)}, {alias}.id) {sign} ({value}::{self.cast}, {last_id}::uuid)"


SORTS = {
    "created_at": Sort("{}.id", "uuid"),
    "updated_at": Sort("{}.updated_at", "timestamptz"),
    "last_message_at": Sort("{}.last_message_at", "timestamptz"),
    "priority": Sort(RANK, "int"),
    "number": Sort("{}.number", "bigint"),
    "next_due_at": Sort("coalesce({}.next_due_at, 'infinity'::timestamptz)", "timestamptz", descending=False),
}
ALIASES = {
    "activity": "updated_at",
    "created": "created_at",
    "updated": "updated_at",
    "due": "next_due_at",
    "sla": "next_due_at",
    "sla_due": "next_due_at",
}
DEFAULT = "updated_at"
RELEVANCE = "relevance"
