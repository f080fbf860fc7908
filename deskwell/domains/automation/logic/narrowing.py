"""Which tickets the database can leave out before conditions are compared: a sweep need not read them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ..schemas import Comparison, Group
from .vocabulary import FIELDS, FieldKind

_TEXT_COLUMNS = frozenset({"status", "waiting_for", "priority", "source"})


def narrowed(conditions: Group, now: datetime) -> tuple[str, Mapping[str, Any]]:
    """A condition in SQL on `tickets t` that every ticket of which `conditions` are true fulfils, and its parameters.

    It may let more through, never less: only plain comparisons that must all be true are used.
    """
    parts: list[str] = []
    params: dict[str, Any] = {}
    plain = [part for part in conditions.conditions if isinstance(part, Comparison)]
    for index, part in enumerate(plain if conditions.match == "all" else []):
        for sql, value in _clauses(part, now, f"narrow_{index}"):
            parts.append(sql)
            params[f"narrow_{index}"] = value
    return " AND ".join(parts) or "true", params


def _clauses(part: Comparison, now: datetime, name: str) -> Iterator[tuple[str, Any]]:
    spec = FIELDS.get(part.field)
    if spec is None or spec.column is None:
        return
    column = f"t.{spec.column}"  # from our own vocabulary, never from outside
    values = [str(v) for v in (part.value if isinstance(part.value, list) else [part.value])]
    if spec.column in _TEXT_COLUMNS and part.operator in {"is", "is_any_of"}:
        yield f"{column} = ANY(%({name})s)", values
    elif spec.column in _TEXT_COLUMNS and part.operator in {"is_not", "is_none_of"}:
        yield f"NOT coalesce({column} = ANY(%({name})s), false)", values
    elif spec.kind is FieldKind.MOMENT and isinstance(part.value, int | float):
        span = timedelta(hours=part.value)
        if part.operator == "is_more_than_hours_ago":
            yield f"{column} < %({name})s", now - span
        elif part.operator == "is_less_than_hours_ago":
            yield f"{column} > %({name})s", now - span
        elif part.operator == "is_within_hours":
            yield f"{column} <= %({name})s", now + span
