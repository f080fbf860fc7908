"""Does the AI find the right article, and does it know when it did not?

    uv run python -m bench.ai.answering DATA=folder

Cold figures use a confidence trained without any set of the same family; tuned ones add 200 outcomes of the base itself.
"""

import sys

import numpy as np
from sklearn.metrics import roc_auc_score

from bench.ai.data import Embeddings, matrix, search
from bench.ai.train import bases, fit, tables
from deskwell.domains.ai.logic import confidence
from deskwell.domains.ai.logic.calibration import calibration_error, choose_threshold, shipped_threshold
from deskwell.domains.ai.logic.weighing import learn_share, seen_again

TARGET = 0.95


def recall(embeddings: Embeddings) -> None:
    print(f"{'Recall@1':24} {'BM25':>6} {'vector':>7} {'RRF':>6} {'ours':>6}")
    for _, base in bases():
        s = search(matrix(base, embeddings), list(range(len(base.titles))))
        rank = lambda scores: (-scores).argsort(1).argsort(1)  # noqa: E731
        fused = 1 / (60 + rank(s.words)) + 1 / (60 + rank(s.cosine))
        hits = [(scores.argmax(1) == s.gold).mean() for scores in (s.words, s.cosine, fused, s.mixed)]
        print(
            f"{base.name:24} " + " ".join(f"{h:6.3f}" for h in hits),
            "" if hits[3] >= max(hits[:3]) else "  BELOW",
        )


def oracle(p: np.ndarray, right: np.ndarray) -> float:
    """The coverage that the best threshold would reach at the target precision."""
    order = np.argsort(-p)
    precision = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    good = np.where(precision >= TARGET)[0]
    return (good[-1] + 1) / len(p) if len(good) else 0.0


def measure(p: np.ndarray, right: np.ndarray, threshold: float) -> tuple[float, ...]:
    said = p >= threshold
    return (
        roc_auc_score(right, p), calibration_error(p.tolist(), right.tolist()), oracle(p, right), said.mean(),
        right[said].mean() if said.any() else 1.0, (said & ~right).mean(),
    )  # fmt: skip


def answering(rows: list) -> None:
    print(
        f"\n30 % of articles removed  {'AUROC':>6} {'ECE':>6} {'oracle':>7} {'cover':>6} {'prec.':>6} {'false':>6} {'strangers':>9}"
    )
    cold = {family: fit([r for r in rows if r[0] != family]) for family in {r[0] for r in rows}}
    for family, name, share, x, right, own, _, _, cases, background in rows:
        if share != 0.7:
            continue
        prior = confidence.against(cold[family], background)
        for label, model in (("cold", prior), ("shipped", confidence.shipped("mixed", background))):
            p = model.probabilities(x)
            figures = measure(p[own], right[own], shipped_threshold(TARGET))
            print(
                f"{name:17} {label:7} " + " ".join(f"{f:6.3f}" for f in figures),
                f"{roc_auc_score(own, p):9.3f}",
            )
        mine, truth = x[own], right[own]
        mine_cases = [c for c, is_own in zip(cases, own, strict=True) if is_own]
        kept = {str(c.key) for case in mine_cases for c in case.candidates}
        rng = np.random.RandomState(3)
        tuned, shares, better = [], [], []
        for _ in range(8):
            order = rng.permutation(len(mine))
            seen, rest = order[:200], order[200:]
            if len(rest) < 100:
                break
            learnt = learn_share([mine_cases[i] for i in seen if mine_cases[i].right in kept])
            again = mine, truth
            if learnt is not None and learnt != mine_cases[0].share:
                facts, is_right = zip(*(seen_again(case, learnt) for case in mine_cases), strict=True)
                again = np.array(facts), np.array(is_right)
            facts, is_right = again
            model = confidence.refit(facts[seen].tolist(), is_right[seen].tolist(), prior)
            threshold = choose_threshold(
                model.probabilities(facts[seen]).tolist(), is_right[seen].tolist(), TARGET
            )
            shares.append(learnt or mine_cases[0].share)
            better.append(is_right[rest].mean() - truth[rest].mean())
            tuned.append(measure(model.probabilities(facts[rest]), is_right[rest], threshold))
        if tuned:
            print(
                f"{name:17} tuned   " + " ".join(f"{f:6.3f}" for f in np.mean(tuned, axis=0)),
                f"          words {mine_cases[0].share:.2f} -> {np.mean(shares):.2f}, right {np.mean(better):+.3f}",
            )


def main() -> None:
    embeddings = Embeddings()
    if "--answers" not in sys.argv:
        recall(embeddings)
        embeddings.save()
    answering(tables(embeddings))


if __name__ == "__main__":
    main()
