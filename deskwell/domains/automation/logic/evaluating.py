"""Whether conditions are true of a ticket, with the truth of each, so that a person can see why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..schemas import Comparison, ComparisonTruth, Condition, Group, GroupTruth
from .vocabulary import PRIORITIES, FieldKind, FieldSpec

Facts = Mapping[str, Any]

_FOUND_LENGTH = 200
_RANKS: Mapping[str, int] = {option.value: rank for rank, option in enumerate(PRIORITIES)}
_TRUTH_OF_MATCH: Mapping[str, Callable[[Collection[bool]], bool]] = {
    "all": all,
    "any": any,
    "none": lambda truths: not any(truths),
}


def evaluate(conditions: Group, facts: Facts, fields: Mapping[str, FieldSpec], now: datetime) -> GroupTruth:
    """Compare every condition with the ticket's facts; none is skipped, so the log tells all.

    A field that no longer exists is never true, whatever the operator: a rule about a deleted
    field must not suddenly match every ticket.
    """
    parts = [_truth(part, facts, fields, now) for part in conditions.conditions]
    truths = [part.truth for part in parts]
    return GroupTruth(
        match=conditions.match, truth=_TRUTH_OF_MATCH[conditions.match](truths), conditions=parts
    )


def _truth(
    condition: Condition, facts: Facts, fields: Mapping[str, FieldSpec], now: datetime
) -> GroupTruth | ComparisonTruth:
    if isinstance(condition, Group):
        return evaluate(condition, facts, fields, now)
    spec = fields.get(condition.field)
    found = facts.get(condition.field)
    return ComparisonTruth(
        field=condition.field,
        operator=condition.operator,
        value=condition.value,
        found=_shown(found),
        truth=spec is not None and _holds(spec.kind, condition, found, now),
    )


def _shown(found: Any) -> Any:
    if isinstance(found, str):
        return found if len(found) <= _FOUND_LENGTH else found[: _FOUND_LENGTH - 1] + "…"
    if isinstance(found, datetime | date):
        return found.isoformat()
    if isinstance(found, set | frozenset | tuple):
        return sorted(found)
    return found


def without_texts(truth: GroupTruth, fields: Mapping[str, FieldSpec]) -> dict[str, Any]:
    """The same verdict without what people wrote, as it is kept in the log."""
    return {
        "match": truth.match,
        "truth": truth.truth,
        "conditions": [
            without_texts(part, fields) if isinstance(part, GroupTruth) else _without_text(part, fields)
            for part in truth.conditions
        ],
    }


def _without_text(part: ComparisonTruth, fields: Mapping[str, FieldSpec]) -> dict[str, Any]:
    kept = part.model_dump(mode="json")
    spec = fields.get(part.field)
    if spec is None or spec.is_personal:
        kept["found"] = None
    return kept


def _holds(kind: FieldKind, test: Comparison, found: Any, now: datetime) -> bool:
    if test.operator == "is_set":
        return not _is_empty(found)
    if test.operator == "is_not_set":
        return _is_empty(found)
    return _COMPARISONS[kind](test.operator, found, test.value, now)


def _is_empty(found: Any) -> bool:
    return found is None or (isinstance(found, str | list | set | frozenset | tuple) and not found)


def plain(text: object) -> str:
    """Text as it is compared: without case, accents and doubled spaces."""
    decomposed = unicodedata.normalize("NFKD", str(text)).casefold()
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def mentions(text: str, phrase: str) -> bool:
    """Whether the words stand in the text as words: “art” is not in “start”."""
    return bool(phrase) and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def _many(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [text for text in (plain(v) for v in values) if text]


def _compare_text(operator: str, found: Any, value: Any, _now: datetime) -> bool:
    text = plain("" if found is None else found)
    many = _many(value)
    one = many[0] if many else ""
    match operator:
        case "is":
            return text == one
        case "is_not":
            return text != one
        case "is_any_of":
            return text in many
        case "is_none_of":
            return text not in many
        case "contains":
            return bool(one) and one in text
        case "does_not_contain":
            return not one or one not in text
        case "starts_with":
            return bool(one) and text.startswith(one)
        case "ends_with":
            return bool(one) and text.endswith(one)
        case "mentions_any":
            return any(mentions(text, phrase) for phrase in many)
        case "mentions_all":
            return bool(many) and all(mentions(text, phrase) for phrase in many)
        case "mentions_none":
            return not any(mentions(text, phrase) for phrase in many)
    return False


def _compare_choice(operator: str, found: Any, value: Any, _now: datetime) -> bool:
    chosen = None if found is None else str(found)
    many = [str(v) for v in (value if isinstance(value, list) else [value])]
    match operator:
        case "is" | "is_any_of":
            return chosen is not None and chosen in many
        case "is_not" | "is_none_of":
            return chosen is None or chosen not in many
    return False


def _compare_rank(operator: str, found: Any, value: Any, now: datetime) -> bool:
    if operator not in {"is_at_least", "is_at_most"}:
        return _compare_choice(operator, found, value, now)
    rank, wanted = _RANKS.get(str(found)), _RANKS.get(str(value))
    if rank is None or wanted is None:
        return False
    return rank >= wanted if operator == "is_at_least" else rank <= wanted


def _compare_set(operator: str, found: Any, value: Any, _now: datetime) -> bool:
    has = {str(v) for v in (found or ())}
    wanted = {str(v) for v in (value if isinstance(value, list) else [value])}
    match operator:
        case "includes_any":
            return bool(has & wanted)
        case "includes_all":
            return bool(wanted) and wanted <= has
        case "includes_none":
            return not has & wanted
    return False


def _compare_number(operator: str, found: Any, value: Any, _now: datetime) -> bool:
    if found is None or not isinstance(value, int | float):
        return operator == "is_not"
    number = float(found)
    match operator:
        case "is":
            return number == value
        case "is_not":
            return number != value
        case "is_less_than":
            return number < value
        case "is_at_most":
            return number <= value
        case "is_at_least":
            return number >= value
        case "is_more_than":
            return number > value
    return False


def _compare_moment(operator: str, found: Any, value: Any, now: datetime) -> bool:
    moment = as_moment(found)
    if moment is None:
        return False
    if operator in {"is_before", "is_after"}:
        limit = as_moment(value)
        return limit is not None and (moment < limit if operator == "is_before" else moment > limit)
    if not isinstance(value, int | float):
        return False
    span = timedelta(hours=value)
    match operator:
        case "is_more_than_hours_ago":
            return moment < now - span
        case "is_less_than_hours_ago":
            return now - span < moment <= now
        case "is_within_hours":
            return now <= moment <= now + span
    return False


def as_moment(value: Any) -> datetime | None:
    """A point in time from a datetime, a date or ISO text; None where it is none of them. Dates begin at 0:00 UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return None


def _compare_flag(_operator: str, found: Any, value: Any, _now: datetime) -> bool:
    return bool(found) is (value is True or str(value).lower() == "true")


_COMPARISONS: Mapping[FieldKind, Callable[[str, Any, Any, datetime], bool]] = {
    FieldKind.TEXT: _compare_text,
    FieldKind.CHOICE: _compare_choice,
    FieldKind.RANK: _compare_rank,
    FieldKind.SET: _compare_set,
    FieldKind.NUMBER: _compare_number,
    FieldKind.MOMENT: _compare_moment,
    FieldKind.FLAG: _compare_flag,
}
