"""How much words and meaning count in one knowledge base, learnt from questions whose article is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .confidence import Features, Floats, features
from .ranking import Candidate, Question, Ranked, ranked

MIN_CASES = 40
KEPT = 6
"""Of each ranking (mix, words, meaning) this many candidates are kept with a run."""
DOUBT = 0.1
"""How far, as a standard deviation, the best share of a base lies from what its words suggest."""
SHARES = np.arange(0.05, 0.851, 0.05)
SHARPNESS = (8.0, 12.0, 18.0, 26.0)


@dataclass(frozen=True)
class Case:
    """A question with its candidates; `right` is the article that solved it, None when nobody said which."""

    question: Question
    candidates: tuple[Candidate, ...]
    right: str | None
    was_right: bool
    share: float
    """The share its words had when it was asked."""
    usual: float
    """The share that the base's own words suggest."""

    def at(self, share: float) -> list[Ranked]:
        return ranked(self.question, self.candidates, share)


def signals(question: Question, ranking: Sequence[Ranked], *, share: float, usual: float) -> dict[str, Any]:
    """What a run keeps, to be ranked again with another share."""
    by_words = sorted(ranking, key=lambda r: -r.candidate.words)
    by_meaning = sorted(ranking, key=lambda r: -r.candidate.cosine)
    kept = dict.fromkeys(r.candidate for some in (ranking, by_words, by_meaning) for r in some[:KEPT])
    return {
        "terms": question.terms, "ideal": round(question.ideal, 4), "share": round(share, 3), "usual": round(usual, 3),
        "candidates": [
            [str(c.key), *(round(v, 4) for v in (c.words, c.title_cosine, c.passage_cosine, c.sentence_cosine))]
            for c in kept
        ],
    }  # fmt: skip


def read_case(kept: Mapping[str, Any], right: str | None, *, was_right: bool) -> Case:
    candidates = tuple(Candidate(key, *values) for key, *values in kept["candidates"])
    question = Question(int(kept["terms"]), float(kept["ideal"]))
    case = Case(question, candidates, right, was_right, float(kept["share"]), float(kept["usual"]))
    if right is None and was_right:
        pick = str(case.at(case.share)[0].candidate.key)
        return Case(question, candidates, pick, was_right, case.share, case.usual)
    return case


def learn_share(cases: Sequence[Case]) -> float | None:
    """The share under which the right articles come out best, held back by what the base's words suggest."""
    known = [c for c in cases if c.right in {str(k.key) for k in c.candidates}]
    if len(known) < MIN_CASES:
        return None
    usual = float(np.median([c.usual for c in known]))
    words, meaning = _table(known)
    worth = [_likelihood(words, meaning, s) - ((s - usual) / DOUBT) ** 2 / 2 for s in SHARES]
    return round(float(SHARES[int(np.argmax(worth))]), 3)


def _table(cases: Sequence[Case]) -> tuple[Floats, Floats]:
    """Per case the words' and the meaning's score of the right article, then of its rivals; -inf where there is none."""
    width = max(len(c.candidates) for c in cases)
    words, meaning = (np.full((len(cases), width), -np.inf) for _ in range(2))
    for row, case in enumerate(cases):
        first_right = sorted(case.candidates, key=lambda c: str(c.key) != case.right)
        words[row, : len(first_right)] = [case.question.coverage(c.words) for c in first_right]
        meaning[row, : len(first_right)] = [c.cosine for c in first_right]
    return words, meaning


def _likelihood(words: Floats, meaning: Floats, share: float) -> float:
    """Of the right articles, each against its rivals, at the sharpness that suits best."""
    scores = np.where(np.isfinite(words), share * words + (1 - share) * meaning, -np.inf)
    gaps = scores - scores[:, :1]
    return max(-float(np.log(np.exp(t * gaps).sum(axis=1)).sum()) for t in SHARPNESS)


def seen_again(case: Case, share: float) -> tuple[Features, bool] | None:
    """The facts of a question and whether its pick is right, had words counted this much; None when nobody can say."""
    ranking = case.at(share)
    pick = str(ranking[0].candidate.key)
    if case.right is not None:
        return features(case.question, ranking), pick == case.right
    same = pick == str(case.at(case.share)[0].candidate.key)
    return (features(case.question, ranking), False) if same else None
