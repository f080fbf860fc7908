"""How likely the best article answers: a logistic over twelve facts of the search.

A similarity threshold is no confidence: what is similar differs from one knowledge base to the next. Thirteen shipped
numbers, trained on public sets (`bench/ai/train.py`), serve from the first question; own outcomes refit them.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .ranking import Candidate, Question, Ranked

NAMES = (
    "top_cosine", "cosine_margin", "mean_of_top_5", "word_coverage", "word_margin", "word_score_per_term", "do_both_agree",
    "cosine_of_best_words", "mixed_margin", "query_length", "title_cosine", "passage_cosine",
)  # fmt: skip
Features = tuple[float, ...]
Floats = NDArray[np.float64]
CANDIDATES = 5
MIN_OUTCOMES = 30


@dataclass(frozen=True)
class Model:
    """Weights in the units of the features, the last one alone; `scales` are the features' usual spreads."""

    weights: tuple[float, ...]
    intercept: float
    scales: tuple[float, ...]

    def probability(self, features: Features) -> float:
        return _sigmoid(self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True)))

    def probabilities(self, rows: Floats) -> Floats:
        return np.asarray(1 / (1 + np.exp(-(rows @ np.array(self.weights) + self.intercept))))


@lru_cache
def shipped(name: str = "mixed") -> Model:
    """The numbers the product starts with: `mixed`, or `words` where there are no usable embeddings."""
    stored = json.loads(Path(__file__).with_name("confidence.json").read_text(encoding="utf-8"))[name]
    return Model(tuple(stored["weights"]), stored["intercept"], tuple(stored["scales"]))


def features(question: Question, ranking: Sequence[Ranked]) -> Features:
    """The twelve facts about a ranking that is not empty, in the order of `NAMES`."""
    candidates = [r.candidate for r in ranking]
    pick = candidates[0]
    by_cosine = sorted(candidates, key=lambda c: -c.cosine)
    by_words = sorted(candidates, key=lambda c: -c.words)
    top = by_cosine[:CANDIDATES]
    first, second = by_words[0].words, by_words[1].words if len(by_words) > 1 else 0.0
    return (
        by_cosine[0].cosine,
        by_cosine[0].cosine - (by_cosine[1].cosine if len(by_cosine) > 1 else 0.0),
        sum(c.cosine for c in top) / len(top),
        question.coverage(first),
        (first - second) / first if first > 0 else 0.0,
        first / max(question.terms, 1),
        float(by_words[0].key == by_cosine[0].key and first > 0),
        by_words[0].cosine if first > 0 else 0.0,
        ranking[0].score - (ranking[1].score if len(ranking) > 1 else 0.0),
        math.log1p(question.terms),
        pick.title_cosine,
        pick.passage_cosine,
    )


def word_features(question: Question, ranking: Sequence[Ranked]) -> Features:
    """The same facts with nothing known about meaning."""
    blind = [
        Ranked(Candidate(r.candidate.key, r.candidate.words), question.coverage(r.candidate.words))
        for r in ranking
    ]
    return features(question, sorted(blind, key=lambda r: -r.score))


def refit(
    rows: Sequence[Features], outcomes: Sequence[bool], prior: Model, *, strength: float = 8.0
) -> Model:
    """The model nearest to `prior` that explains the outcomes (maximum a posteriori, Newton's method).

    `strength` is how many outcomes a standard deviation of doubt about each shipped number is worth: a handful of
    outcomes moves little, some hundred make the model the desk's own. Fewer than `MIN_OUTCOMES` move nothing.
    """
    if len(rows) < MIN_OUTCOMES:
        return prior
    scales = np.array([*prior.scales, 1.0])
    x = np.column_stack([np.array(rows, dtype=float), np.ones(len(rows))]) / scales
    y = np.array(outcomes, dtype=float)
    start = np.array([*prior.weights, prior.intercept]) * scales
    trust = np.full(len(start), strength)
    trust[-1] = strength / 4  # the level of a knowledge base differs more than the worth of a feature
    w = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + trust * (w - start)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(trust), gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    w = w / scales
    return Model(tuple(map(float, w[:-1])), float(w[-1]), prior.scales)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
