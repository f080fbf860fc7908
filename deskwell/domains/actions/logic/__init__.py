"""Decides about actions: what they would do, and which placeholders their texts may hold."""

from .foreseeing import Outcome, State, World, foresee, mails_of
from .placeholders import PLACEHOLDERS, Placeholder, samples, unknown_placeholders

__all__ = [
    "PLACEHOLDERS",
    "Outcome",
    "Placeholder",
    "State",
    "World",
    "foresee",
    "mails_of",
    "samples",
    "unknown_placeholders",
]
