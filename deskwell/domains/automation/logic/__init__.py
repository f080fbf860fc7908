"""Decides about rules: what may be asked, whether it is true, whether a rule may run again."""

from .evaluating import evaluate, without_texts
from .guarding import Refusal, refusal_to_run, triggers_set_off
from .narrowing import narrowed
from .validating import Fault, faults_in
from .vocabulary import (
    FIELDS,
    NOT_ASKED,
    OPERATORS,
    FieldKind,
    FieldSpec,
    Option,
    custom_field_specs,
    fields_asked,
    vocabulary,
)

__all__ = [
    "FIELDS",
    "NOT_ASKED",
    "OPERATORS",
    "Fault",
    "FieldKind",
    "FieldSpec",
    "Option",
    "Refusal",
    "custom_field_specs",
    "evaluate",
    "faults_in",
    "fields_asked",
    "narrowed",
    "refusal_to_run",
    "triggers_set_off",
    "vocabulary",
    "without_texts",
]
