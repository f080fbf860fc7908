"""Decides about rules: what may be asked, whether it is true, whether a rule may run again."""

from .evaluating import evaluate, without_texts
from .guarding import Refusal, refusal_to_run
from .validating import Fault, faults_in
from .vocabulary import FIELDS, OPERATORS, FieldKind, FieldSpec, Option, custom_field_specs, vocabulary

__all__ = [
    "FIELDS",
    "OPERATORS",
    "Fault",
    "FieldKind",
    "FieldSpec",
    "Option",
    "Refusal",
    "custom_field_specs",
    "evaluate",
    "faults_in",
    "refusal_to_run",
    "vocabulary",
    "without_texts",
]
