"""Handlers of the AI's jobs; each looks at its rows again and is safe to repeat."""

from .answering import answer_ticket, wake_turns
from .embedding import embed_articles, embed_tickets
from .learning import refit_confidence
from .questions import KINDS, answer_question

__all__ = [
    "KINDS",
    "answer_question",
    "answer_ticket",
    "embed_articles",
    "embed_tickets",
    "refit_confidence",
    "wake_turns",
]
