"""Handlers of the AI's jobs; each looks at its rows again and is safe to repeat."""

from .answering import answer_ticket, wake_turns
from .embedding import embed_articles
from .learning import refit_confidence
from .questions import answer_question

__all__ = ["answer_question", "answer_ticket", "embed_articles", "refit_confidence", "wake_turns"]
