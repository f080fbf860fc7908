"""Whether values fit the custom fields they are meant for. Pure: definitions and values in, verdict out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from ..schemas import FieldDefinition, FieldRule, FieldType

_TEXT_LENGTH = 500
_TEXTAREA_LENGTH = 10_000
_LARGEST = 1e15
_EMAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63})+"
)

Moment = Literal["creation", "change", "closing"]


@dataclass(frozen=True)
class Verdict:
    """The values as they are stored, and what a person must mend, by the field's key."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class _Refused(Exception):
    """The value does not fit; the message is for a person."""


def check_values(
    definitions: Sequence[FieldDefinition],
    given: Mapping[str, Any],
    *,
    existing: Mapping[str, Any] | None = None,
    moment: Moment = "change",
    by_customer: bool = False,
    context_id: UUID | None = None,
) -> Verdict:
    """Check what somebody fills in and return what is to be stored.

    given: only the fields that change; null empties one. existing: what the ticket holds already,
    which conditions and required fields are judged with. A customer may fill in only what the
    owner opened to customers, and is never asked for anything else.
    """
    known = {d.key: d for d in definitions if _applies(d, context_id)}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key, raw in given.items():
        definition = known.get(key)
        if definition is None or (by_customer and definition.customer_access != "write"):
            errors[key] = f"There is no field “{key}” to fill in here."
            continue
        try:
            values[key] = clean_value(definition, raw)
        except _Refused as refusal:
            errors[key] = str(refusal)
    after = {**(existing or {}), **values}
    for definition in known.values():
        is_asked = not by_customer or definition.customer_access == "write"
        if is_asked and definition.key not in errors and _is_missing(definition, values, after, moment):
            errors[definition.key] = f"Please fill in “{definition.label}”."
    return Verdict(values, errors)


def _applies(definition: FieldDefinition, context_id: UUID | None) -> bool:
    return not definition.context_ids or context_id in definition.context_ids


def _is_missing(
    definition: FieldDefinition, given: Mapping[str, Any], after: Mapping[str, Any], moment: Moment
) -> bool:
    due = {"never": (), "on_creation": ("creation", "closing"), "on_closing": ("closing",)}
    is_due = moment in due[definition.required]
    was_emptied = definition.required == "on_creation" and definition.key in given
    if not (is_due or was_emptied) or not is_shown(definition, after):
        return False
    value = after.get(definition.key)
    return value is None or value in ("", []) or (definition.kind is FieldType.CHECKBOX and value is False)


def is_shown(definition: FieldDefinition, values: Mapping[str, Any]) -> bool:
    """Whether a conditional field is asked for, given the ticket's other values."""
    return definition.shown_when is None or _holds(
        definition.shown_when, values.get(definition.shown_when.key)
    )


def _holds(rule: FieldRule, found: Any) -> bool:
    is_empty = found is None or found in ("", [])
    match rule.operator:
        case "is_set":
            return not is_empty
        case "is_not_set":
            return is_empty
        case "is":
            return bool(found == rule.value)
        case "is_not":
            return bool(found != rule.value)
        case "is_any_of":
            return isinstance(rule.value, list) and found in rule.value
        case "includes":
            return isinstance(found, list) and rule.value in found


def clean_value(definition: FieldDefinition, raw: Any) -> Any:
    """The value as it is stored (JSON), or a refusal that says what to mend."""
    if raw is None or raw in ("", []):
        return None
    return _CLEANERS[definition.kind](definition, raw)


def _text(definition: FieldDefinition, raw: Any) -> str:
    if not isinstance(raw, str):
        raise _Refused(f"“{definition.label}” needs text.")
    text = raw.replace("\x00", "").strip()
    limits, is_long = definition.limits, definition.kind is FieldType.TEXTAREA
    longest = limits.max_length or (_TEXTAREA_LENGTH if is_long else _TEXT_LENGTH)
    if not is_long and ("\n" in text or "\r" in text):
        raise _Refused(f"“{definition.label}” holds one line.")
    if len(text) > longest:
        raise _Refused(f"“{definition.label}” may hold at most {longest} characters.")
    if limits.min_length and len(text) < limits.min_length:
        raise _Refused(f"“{definition.label}” needs at least {limits.min_length} characters.")
    return text


def _number(definition: FieldDefinition, raw: Any) -> int | float:
    try:
        number = float(raw) if isinstance(raw, int | float | str) and not isinstance(raw, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or abs(number) > _LARGEST:
        raise _Refused(f"“{definition.label}” needs a number.")
    limits = definition.limits
    if limits.is_whole and not number.is_integer():
        raise _Refused(f"“{definition.label}” needs a whole number.")
    if limits.minimum is not None and number < limits.minimum:
        raise _Refused(f"“{definition.label}” must be at least {limits.minimum:g}.")
    if limits.maximum is not None and number > limits.maximum:
        raise _Refused(f"“{definition.label}” must be at most {limits.maximum:g}.")
    return int(number) if number.is_integer() else number


def _date(definition: FieldDefinition, raw: Any) -> str:
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        day = None
    if day is None:
        raise _Refused(f"“{definition.label}” needs a date, such as 2026-11-24.")
    _within(definition, day.isoformat())
    return day.isoformat()


def _datetime(definition: FieldDefinition, raw: Any) -> str:
    try:
        at = datetime.fromisoformat(raw) if isinstance(raw, str) and len(raw) > len("2026-11-24") else None
        utc = None if at is None else (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        utc = None
    if utc is None:
        raise _Refused(f"“{definition.label}” needs a date and time, such as 2026-11-24T14:30:00Z.")
    stored = utc.isoformat(timespec="seconds").replace("+00:00", "Z")
    _within(definition, stored)
    return stored


def _within(definition: FieldDefinition, value: str) -> None:
    limits = definition.limits
    # ISO text of one zone sorts like the moments it stands for; a bare date is the day's first moment.
    if limits.earliest and value < limits.earliest:
        raise _Refused(f"“{definition.label}” must not be before {limits.earliest}.")
    if limits.latest and value[: len(limits.latest)] > limits.latest:
        raise _Refused(f"“{definition.label}” must not be after {limits.latest}.")


def _select(definition: FieldDefinition, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in {option.value for option in definition.options}:
        raise _Refused(f"“{definition.label}” must be one of: {_choices(definition)}.")
    return raw


def _multiselect(definition: FieldDefinition, raw: Any) -> list[str]:
    known = [option.value for option in definition.options]
    if not isinstance(raw, list) or any(value not in known for value in raw):
        raise _Refused(f"“{definition.label}” must be some of: {_choices(definition)}.")
    at_most = definition.limits.at_most
    if at_most and len(set(raw)) > at_most:
        raise _Refused(f"“{definition.label}” takes at most {at_most} choices.")
    return [value for value in known if value in raw]


def _choices(definition: FieldDefinition) -> str:
    return ", ".join(option.label for option in definition.options)


def _checkbox(definition: FieldDefinition, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _Refused(f"“{definition.label}” is either true or false.")
    return raw


def _url(definition: FieldDefinition, raw: Any) -> str:
    text = raw.strip() if isinstance(raw, str) else ""
    try:
        parts = urlsplit(text)
        is_fine = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not re.search(r"[\s<>\"\x00-\x1f]", text)
        )
    except ValueError:
        is_fine = False
    if not is_fine or len(text) > 2_000:
        raise _Refused(f"“{definition.label}” needs an address that begins with https:// or http://.")
    return text


def _email(definition: FieldDefinition, raw: Any) -> str:
    text = raw.strip() if isinstance(raw, str) else ""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise _Refused(f"“{definition.label}” needs an e-mail address.")
    return text


_CLEANERS: Mapping[FieldType, Callable[[FieldDefinition, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.TEXTAREA: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.SELECT: _select,
    FieldType.MULTISELECT: _multiselect,
    FieldType.CHECKBOX: _checkbox,
    FieldType.URL: _url,
    FieldType.EMAIL: _email,
}


def customer_view(definitions: Iterable[FieldDefinition], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values a customer may see: only of fields that were opened to customers."""
    open_keys = {d.key for d in definitions if d.customer_access != "hidden"}
    return {key: value for key, value in values.items() if key in open_keys}
