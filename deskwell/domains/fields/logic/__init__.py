"""Decides about custom fields: whether values fit them, and whether a definition makes sense."""

from .definitions import definition_faults
from .values import Moment, Verdict, check_values, customer_view, is_shown

__all__ = ["Moment", "Verdict", "check_values", "customer_view", "definition_faults", "is_shown"]
