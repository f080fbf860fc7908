"""How likely the best article answers: a logistic over twelve facts of the search.

A similarity threshold is no confidence: what is similar differs from one knowledge base to the next. Thirteen shipped
numbers, trained on public sets (`bench/ai/train.py`), serve from the first question, counted against the base's own
background (`background`); own outcomes refit them.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .background import USUAL, Background
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


@lru_cache(maxsize=256)
def shipped(name: str = "mixed", background: Background = USUAL) -> Model:
    """The numbers a base starts with: `mixed`, or `words` where there are no usable embeddings.

    The mixed ones are kept in units of a background; here they are in those of this one.
    """
    stored = json.loads(Path(__file__).with_name("confidence.json").read_text(encoding="utf-8"))[name]
    model = Model(tuple(stored["weights"]), stored["intercept"], tuple(stored["scales"]))
    return against(model, background) if name == "mixed" else model


def against(model: Model, background: Background) -> Model:
    """A model of facts in units of a background, as one of plain facts."""
    zero, unit = (np.array(values) for values in units(background))
    weights = np.array(model.weights) / unit
    return Model(
        tuple(map(float, weights)),
        model.intercept - float(weights @ zero),
        tuple(map(float, np.array(model.scales) * unit)),
    )


def units(background: Background) -> tuple[Features, Features]:
    """Zero and unit of each fact against a background: of cosines its mean and spread, of leads its lead."""
    cosine, spread, nearest, lead = (
        background.cosine, background.spread, background.nearest, background.lead,
    )  # fmt: skip
    zero = (cosine, 0.0, nearest, 0.0, 0.0, 0.0, 0.0, cosine, 0.0, 0.0, cosine, cosine)
    return zero, (spread, lead, spread, 1.0, 1.0, 1.0, 1.0, spread, lead, 1.0, spread, spread)


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
    rows: Sequence[Features], outcomes: Sequence[bool], prior: Model, *, strength: float = 64.0
) -> Model:
    """The model nearest to `prior` that explains the outcomes (maximum a posteriori, Newton's method).

    `strength` is how many outcomes a standard deviation of doubt about each prior number is worth: a handful of
    outcomes moves little, some hundred make the model the desk's own. The level is nearly free: it is that of the facts
    about their mean, so that moving it moves no weight. Fewer than `MIN_OUTCOMES` move nothing.
    """
    if len(rows) < MIN_OUTCOMES:
        return prior
    facts, scales = np.array(rows, dtype=float), np.array(prior.scales)
    mean = facts.mean(axis=0)
    x = np.column_stack([(facts - mean) / np.where(scales > 0, scales, 1.0), np.ones(len(rows))])
    y = np.array(outcomes, dtype=float)
    start = np.append(np.array(prior.weights) * scales, prior.intercept + np.array(prior.weights) @ mean)
    trust = np.append(np.full(len(scales), strength), 1.0)
    w = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + trust * (w - start)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(trust), gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[:-1] / np.where(scales > 0, scales, 1.0)
    return Model(tuple(map(float, weights)), float(w[-1] - weights @ mean), prior.scales)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
