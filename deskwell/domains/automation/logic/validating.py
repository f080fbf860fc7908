"""What is wrong with conditions, said where it is wrong, before a rule is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..schemas import MAX_COMPARISONS, MAX_DEPTH, Comparison, Group
from .evaluating import as_moment
from .vocabulary import OPERATORS, FieldKind, FieldSpec, Takes

_TEXT_LENGTH = 500
_HOURS = 24 * 366 * 5


@dataclass(frozen=True)
class Fault:
    """Something a person must mend: where (`conditions.0.value`) and what."""

    field: str
    message: str


def faults_in(conditions: Group, fields: Mapping[str, FieldSpec], *, path: str = "conditions") -> list[Fault]:
    """All that is wrong with the conditions; an empty list means they may be saved."""
    faults = list(_group_faults(conditions, fields, path, depth=1))
    if _count(conditions) > MAX_COMPARISONS:
        faults.append(Fault(path, f"A rule may hold at most {MAX_COMPARISONS} conditions."))
    return faults


def _count(group: Group) -> int:
    return sum(_count(c) if isinstance(c, Group) else 1 for c in group.conditions)


def _group_faults(group: Group, fields: Mapping[str, FieldSpec], path: str, depth: int) -> Iterator[Fault]:
    if depth > MAX_DEPTH:
        yield Fault(path, f"Groups may be nested at most {MAX_DEPTH} deep.")
        return
    if depth > 1 and not group.conditions:
        yield Fault(path, "This group is empty. Add a condition or remove the group.")
    for index, condition in enumerate(group.conditions):
        here = f"{path}.conditions.{index}"
        if isinstance(condition, Group):
            yield from _group_faults(condition, fields, here, depth + 1)
        else:
            yield from _test_faults(condition, fields, here)


def _test_faults(test: Comparison, fields: Mapping[str, FieldSpec], path: str) -> Iterator[Fault]:
    spec = fields.get(test.field)
    if spec is None:
        yield Fault(f"{path}.field", f"There is no field “{test.field}”.")
        return
    operator = OPERATORS[spec.kind].get(test.operator)
    if operator is None:
        known = ", ".join(OPERATORS[spec.kind])
        yield Fault(
            f"{path}.operator", f"“{spec.label}” cannot be compared by “{test.operator}”. Known: {known}."
        )
        return
    message = _value_fault(spec, operator.takes, test.value)
    if message:
        yield Fault(f"{path}.value", message)


def _value_fault(spec: FieldSpec, takes: Takes, value: Any) -> str | None:
    match takes:
        case Takes.NOTHING:
            return None
        case Takes.NUMBER:
            return _number_fault(spec, value)
        case Takes.MOMENT:
            return None if as_moment(value) else f"“{spec.label}” needs a date, such as 2026-11-24."
        case Takes.MANY:
            if not isinstance(value, list) or not value:
                return f"Choose at least one value for “{spec.label}”."
            return next((fault for one in value if (fault := _one_fault(spec, one))), None)
    return _one_fault(spec, value)


def _number_fault(spec: FieldSpec, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"“{spec.label}” needs a number."
    if spec.kind is FieldKind.MOMENT and not 0 <= value <= _HOURS:
        return f"Hours must lie between 0 and {_HOURS}."
    return None


def _one_fault(spec: FieldSpec, value: Any) -> str | None:
    if spec.kind is FieldKind.FLAG:
        return None if isinstance(value, bool) else f"“{spec.label}” is either true or false."
    if not isinstance(value, str) or not value.strip():
        return f"“{spec.label}” needs a value."
    if len(value) > _TEXT_LENGTH:
        return f"A value may hold at most {_TEXT_LENGTH} characters."
    is_free = spec.kind is FieldKind.TEXT or spec.options is None
    if is_free or any(option.value == value for option in spec.options or ()):
        return None
    return f"“{value}” is not a known value of “{spec.label}”."
