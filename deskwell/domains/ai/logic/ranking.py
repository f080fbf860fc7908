"""Which article answers: BM25 on words and cosine on meaning, mixed by one weight per knowledge base.

Neither wins everywhere (words on product names, meaning on paraphrases); rank fusion lands between them. The word
score is divided by what a perfect match of the question would reach, so that a weak best match stays weak. How much
words count depends on the articles: the more of their words the embedding model knows only in pieces, the less it
understands of them. A desk's own solved questions move that share further (`weighing`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")
K1 = 1.2
B = 0.75
DEFAULT_WEIGHT = 0.10
"""Share of the words in the mix where the model knows the language of the articles."""
JARGON_WEIGHT = 0.60
PLAIN, JARGON = 0.12, 0.26
"""Shares of strange words: everyday language lies below the one, technical reports lie above the other."""
WORDS_ONLY = 1.0


@dataclass(frozen=True)
class Candidate:
    """One article as the question sees it; cosines are 0 where there is no embedding."""

    key: object
    words: float
    title_cosine: float = 0.0
    passage_cosine: float = 0.0
    sentence_cosine: float = 0.0

    @property
    def cosine(self) -> float:
        """Half the best passage (with its title), half the best of all."""
        best = max(self.title_cosine, self.passage_cosine, self.sentence_cosine)
        return 0.5 * self.passage_cosine + 0.5 * best


@dataclass(frozen=True)
class Question:
    """What the words of a question could reach: `ideal` is the BM25 score of an article made of them.

    `strange` is the share of the searched articles' words that the embedding model knows only in pieces.
    """

    terms: int
    ideal: float
    strange: float = 0.0

    def coverage(self, words: float) -> float:
        return words / self.ideal if self.ideal > 0 else 0.0


@dataclass(frozen=True)
class Ranked:
    candidate: Candidate
    score: float


def word_share(strange: float) -> float:
    """How much words count among articles of which this share is strange to the embedding model."""
    part = min(max((strange - PLAIN) / (JARGON - PLAIN), 0.0), 1.0)
    return DEFAULT_WEIGHT + (JARGON_WEIGHT - DEFAULT_WEIGHT) * part


def idf(documents: int, holding: int) -> float:
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def ideal_score(documents: int, holding: Iterable[int]) -> float:
    """BM25 of a question's terms at saturation; `holding` counts the articles with each term, 0 included."""
    return sum(idf(documents, count) for count in holding) * (K1 + 1)


def term_score(count: float, length: float, average: float, weight: float) -> float:
    """BM25's share of one term in one article."""
    return weight * count * (K1 + 1) / (count + K1 * (1 - B + B * length / max(average, 1e-9)))


def bm25(query: Iterable[str], documents: Mapping[K, Mapping[str, int]]) -> dict[K, float]:
    """Scores of all documents that share a term with the query; the statement in `queries` says the same in SQL."""
    lengths = {key: sum(counts.values()) for key, counts in documents.items()}
    average = sum(lengths.values()) / max(len(lengths), 1)
    scores: dict[K, float] = {}
    for term in set(query):
        holding = [key for key, counts in documents.items() if term in counts]
        weight = idf(len(documents), len(holding))
        for key in holding:
            share = term_score(documents[key][term], lengths[key], average, weight)
            scores[key] = scores.get(key, 0.0) + share
    return scores


def ranked(
    question: Question, candidates: Sequence[Candidate], weight: float = DEFAULT_WEIGHT
) -> list[Ranked]:
    """Candidates by the convex mix of words and meaning, best first."""
    scored = [Ranked(c, _mixed(question.coverage(c.words), c.cosine, weight)) for c in candidates]
    return sorted(scored, key=lambda r: (-r.score, str(r.candidate.key)))


def _mixed(coverage: float, cosine: float, weight: float) -> float:
    """An article that was just written has no vectors yet: its words speak for it alone."""
    return weight * coverage + (1 - weight) * cosine if cosine else coverage
