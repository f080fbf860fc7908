"""How near the questions come that nothing answers: a knowledge base, asked about its own articles without them.

Each title and some sentences are asked as questions while the article they stand in is hidden. What then comes out best
is what a question without an article would find here. In a base of overlapping articles that is a cosine of 0.65, in
a mixed one 0.40: the same cosine means little in the one and much in the other. Against this background the shipped
confidence counts, so that it fits a base that has not seen a single outcome.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]
QUESTIONS = 300
"""Of titles and of sentences at most so many are asked."""
NEAREST = 5
DOUBT = 5
"""A base of so many articles is half believed."""


@dataclass(frozen=True)
class Background:
    """Best cosine of questions whose article is hidden: its mean and spread, the mean of the nearest five, the lead."""

    cosine: float
    spread: float
    nearest: float
    lead: float


USUAL = Background(0.56, 0.12, 0.49, 0.06)
"""Of the public sets."""


@dataclass(frozen=True)
class Pieces:
    """Vectors of titles (one an article, in order), passages and sentences; `of_…` is the article's place."""

    titles: Vectors
    passages: Vectors
    of_passage: Places
    sentences: Vectors
    of_sentence: Places


def measure_background(pieces: Pieces, *, seed: int = 0) -> Background:
    """What a question without an article finds here, drawn to the usual where there are few articles."""
    count = len(pieces.titles)
    if count < 2 or not len(pieces.passages):
        return USUAL
    asked, own = _questions(pieces, np.random.default_rng(seed))
    cosines = _cosines(pieces, asked)
    cosines[np.arange(len(own)), own] = -1.0
    best = np.sort(cosines, axis=1)[:, ::-1][:, : min(NEAREST, count - 1)]
    lead = best[:, 0] - best[:, 1] if best.shape[1] > 1 else np.full(len(best), USUAL.lead)
    measured = Background(
        float(best[:, 0].mean()), float(best[:, 0].std()), float(best.mean()), float(lead.mean())
    )
    return drawn_to_usual(measured, count)


def drawn_to_usual(measured: Background, articles: int) -> Background:
    """Between what was measured and the usual: the more articles, the more it is believed."""
    trust = articles / (articles + DOUBT)

    def between(own: float, usual: float) -> float:
        return round(trust * own + (1 - trust) * usual, 5)

    return Background(
        between(measured.cosine, USUAL.cosine),
        max(between(measured.spread, USUAL.spread), USUAL.spread / 3),
        between(measured.nearest, USUAL.nearest),
        max(between(measured.lead, USUAL.lead), USUAL.lead / 3),
    )


def _questions(pieces: Pieces, rng: np.random.Generator) -> tuple[Vectors, Places]:
    """Titles and sentences to ask, each article with the same chance, and the articles they stand in."""
    count = len(pieces.titles)
    titles = rng.permutation(count)[:QUESTIONS]
    if not len(pieces.sentences):
        return pieces.titles[titles], titles
    share = 1.0 / np.bincount(pieces.of_sentence, minlength=count)[pieces.of_sentence]
    size = min(QUESTIONS, len(share))
    sentences = rng.choice(len(share), size, replace=False, p=share / share.sum())
    asked = np.vstack([pieces.titles[titles], pieces.sentences[sentences]])
    return asked, np.concatenate([titles, pieces.of_sentence[sentences]])


def _cosines(pieces: Pieces, asked: Vectors) -> NDArray[np.float32]:
    """Per question and article, as `ranking.Candidate.cosine` mixes them."""
    count = len(pieces.titles)
    passage = _best(asked @ pieces.passages.T, pieces.of_passage, count)
    best = np.maximum(asked @ pieces.titles.T, passage)
    if len(pieces.sentences):
        best = np.maximum(best, _best(asked @ pieces.sentences.T, pieces.of_sentence, count))
    mixed: NDArray[np.float32] = (0.5 * passage + 0.5 * best).astype(np.float32)
    return mixed


def _best(cosines: NDArray[np.float32], of: Places, count: int) -> NDArray[np.float32]:
    """The best cosine of each article; -1 where it has no such piece."""
    found = np.full((count, len(cosines)), -1.0, dtype=np.float32)
    np.maximum.at(found, of, cosines.T)
    return found.T
