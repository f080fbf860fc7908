"""Tickets about the same matter: near in meaning, ranked again by the words they share. Suggested, never merged."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from deskwell.core.llm import Vectors

from .ranking import bm25, ideal_score
from .words import term_counts, terms

WORDS = 0.6
SUBJECT = 0.45
MAX_BODY = 600


def ticket_texts(subject: str, body: str) -> list[str]:
    """What is embedded of a ticket: both together, the subject, the beginning of the message."""
    return [f"{subject}\n{body[:MAX_BODY]}", subject, body[:MAX_BODY]]


def ticket_vector(vectors: Vectors) -> Vectors:
    """One unit vector of the three."""
    mixed = vectors[0] + 0.7 * vectors[1] + 0.5 * vectors[2]
    scaled: Vectors = (mixed / max(float(np.linalg.norm(mixed)), 1e-9)).astype(np.float32)
    return scaled


def rank_similar(
    subject: str, body: str, near: Sequence[tuple[str, float]], texts: Mapping[str, tuple[str, str]]
) -> list[tuple[str, float]]:
    """Near tickets (id, cosine) ranked by meaning and words; `texts` has subject and body of each."""
    documents = {key: term_counts(s, b[:MAX_BODY], title_weight=2) for key, (s, b) in texts.items()}
    holding = Counter(term for counts in documents.values() for term in counts)

    def share(query: list[str]) -> dict[str, float]:
        ideal = ideal_score(len(documents), [holding[t] for t in set(query)]) or 1.0
        return {key: value / ideal for key, value in bm25(query, documents).items()}

    by_all, by_subject = share(terms(f"{subject} {body[:MAX_BODY]}")), share(terms(subject))
    scored = [
        (key, cosine + WORDS * by_all.get(key, 0.0) + SUBJECT * by_subject.get(key, 0.0))
        for key, cosine in near
    ]
    return sorted(scored, key=lambda pair: -pair[1])
