"""Pure decisions about tickets: subjects, answers on the wire, and what a message does to a ticket's state."""

from .answers import Answer, answer_to
from .states import REOPEN_WINDOW, may_reopen, state_after_reopening, turn_state_for
from .subjects import normalise, without_marks

__all__ = [
    "REOPEN_WINDOW",
    "Answer",
    "answer_to",
    "may_reopen",
    "normalise",
    "state_after_reopening",
    "turn_state_for",
    "without_marks",
]
