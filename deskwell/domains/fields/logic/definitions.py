"""What is wrong with a custom field's own definition, said before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..schemas import FieldDefinition, FieldType

_LIMITS_OF: Mapping[FieldType, set[str]] = {
    FieldType.TEXT: {"min_length", "max_length"},
    FieldType.TEXTAREA: {"min_length", "max_length"},
    FieldType.NUMBER: {"minimum", "maximum", "is_whole"},
    FieldType.DATE: {"earliest", "latest"},
    FieldType.DATETIME: {"earliest", "latest"},
    FieldType.MULTISELECT: {"at_most"},
}
_RULE_OPERATORS: Mapping[FieldType, set[str]] = {
    FieldType.SELECT: {"is", "is_not", "is_any_of", "is_set", "is_not_set"},
    FieldType.MULTISELECT: {"includes", "is_set", "is_not_set"},
    FieldType.CHECKBOX: {"is", "is_not"},
}


def definition_faults(definition: FieldDefinition, others: Iterable[FieldDefinition]) -> dict[str, str]:
    """What is wrong with a field's own definition, by the name of the part to mend."""
    faults: dict[str, str] = {}
    values = [option.value for option in definition.options]
    has_choices = definition.kind in {FieldType.SELECT, FieldType.MULTISELECT}
    if has_choices and not values:
        faults["options"] = "Add at least one choice."
    elif not has_choices and values:
        faults["options"] = "Only a select or multiselect has choices."
    elif len(set(values)) != len(values):
        faults["options"] = "Two choices have the same value."
    if message := _limits_fault(definition):
        faults["limits"] = message
    if message := _rule_fault(definition, {other.key: other for other in others}):
        faults["shown_when"] = message
    return faults


def _limits_fault(definition: FieldDefinition) -> str | None:
    limits = definition.limits
    used = {name for name, value in limits.model_dump().items() if value not in (None, False)}
    if foreign := used - _LIMITS_OF.get(definition.kind, set()):
        return f"A field of type {definition.kind} has no limit “{min(foreign)}”."
    pairs = (
        (limits.min_length, limits.max_length),
        (limits.minimum, limits.maximum),
        (limits.earliest, limits.latest),
    )
    if any(low is not None and high is not None and low > high for low, high in pairs):  # type: ignore[operator]
        return "The lower limit lies above the upper one."
    for value in (limits.earliest, limits.latest):
        try:
            _ = datetime.fromisoformat(value) if value else None
        except ValueError:
            return f"“{value}” is not a date."
    return None


def _rule_fault(definition: FieldDefinition, others: Mapping[str, FieldDefinition]) -> str | None:
    rule = definition.shown_when
    if rule is None:
        return None
    if rule.key == definition.key or rule.key not in others:
        return f"There is no other field “{rule.key}” to depend on."
    seen = {definition.key}
    step: str | None = rule.key
    while step:
        if step in seen:
            return "These fields depend on each other in a circle."
        seen.add(step)
        depends = others[step].shown_when if step in others else None
        step = depends.key if depends else None
    other = others[rule.key]
    allowed = _RULE_OPERATORS.get(other.kind, {"is", "is_not", "is_any_of", "is_set", "is_not_set"})
    if rule.operator not in allowed:
        return f"“{other.label}” cannot be compared by “{rule.operator}”."
    return None
