"""Train the thirteen shipped numbers of the confidence on public sets, and write them into the product.

    uv run python -m bench.ai.train DATA=folder

Knowledge bases: FAQ answers, banking intents as articles of 1 to 31 examples, bug reports cut in two or found by their
summary. From each, articles are taken away, so that a good quarter of the questions has no answer; questions of the other
sets come on top. Cosines are counted against the background of each base, as the product does.
"""

import csv
import json
import pickle
import random
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.ai.data import (
    CACHE,
    Base,
    Embeddings,
    banking,
    covid,
    covid_with_examples,
    folder,
    matrix,
    search,
)
from deskwell.domains.ai.logic import confidence
from deskwell.domains.ai.logic.background import Background
from deskwell.domains.ai.logic.sentences import sentences
from deskwell.domains.ai.logic.weighing import Case

STRANGER_WEIGHT = 0.3
SHARES = ((1.0, 0), (0.7, 1), (0.7, 2), (0.7, 3), (0.5, 4))
"""Which share of the articles is kept, and a seed."""
SHARE_WEIGHT = {1.0: 0.5, 0.7: 1.0, 0.5: 0.5}


def reports(first: int, last: int) -> Base:
    """Bug reports as articles; one sentence of each, taken out, is the question."""
    titles, bodies, questions, gold = [], [], [], []
    for row in list(csv.DictReader((folder() / "tickets-hadoop.csv").open()))[first:last]:
        parts = [s for s in sentences(row["description"].replace("\n", " ")) if 25 < len(s) < 200]
        if len(parts) > 2:
            titles.append(row["summary"])
            bodies.append(" ".join(parts[:-2]))
            questions += parts[-2:]
            gold += [len(titles) - 1] * 2
    return Base(f"reports-{first}", titles, bodies, questions, np.array(gold))


def summaries(first: int, last: int) -> Base:
    """Bug reports as articles titled by their first words; their summary is the question."""
    titles, bodies, questions = [], [], []
    for row in list(csv.DictReader((folder() / "tickets-hadoop.csv").open()))[first:last]:
        text = " ".join(row["description"].split())
        if len(text) >= 120:
            titles.append(" ".join(text.split()[:8]))
            bodies.append(text)
            questions.append(row["summary"])
    return Base(f"summaries-{first}", titles, bodies, questions, np.arange(len(titles)))


def strangers(*but: str, count: int = 150) -> list[str]:
    """Questions that have nothing to do with the base."""
    data, rng = folder(), random.Random(5)
    lists = {
        "covid": [
            r["question"]
            for r in json.loads((data / "faq-covid.json").read_text())
            if r["query_type"] != "faq"
        ],
        "banking": [r["text"] for r in csv.DictReader((data / "intents-banking-test.csv").open())],
        "reports": [r["summary"] for r in csv.DictReader((data / "tickets-hadoop.csv").open())],
        "chatter": [r["full_text"] for r in json.loads((data / "pii-synthetic.json").read_text())],
    }
    return [text for name, texts in lists.items() if name not in but for text in rng.sample(texts, count)]


def bases() -> list[tuple[str, Base]]:
    kinds = (
        (0, True, 1, 77), (1, False, 2, 77), (3, False, 4, 77), (5, True, 6, 77), (10, False, 11, 77), (30, True, 31, 77),
        (1, True, 21, 25), (3, False, 22, 25), (10, True, 23, 25), (5, False, 24, 40),
    )  # fmt: skip
    faqs = [covid(), covid(titled=False), covid_with_examples(3, seed=1), covid_with_examples(8, seed=2)]
    banks = [banking(n, named=named, seed=seed, keep=keep) for n, named, seed, keep in kinds]
    bugs = [reports(a, b) for a, b in ((0, 120), (300, 600), (900, 1000), (1500, 1900), (1000, 2500))]
    bugs += [summaries(0, 300), summaries(1200, 1900)]
    return [
        *(("covid", base) for base in faqs), *(("banking", base) for base in banks), *(("reports", base) for base in bugs),
    ]  # fmt: skip


class Table(NamedTuple):
    """All questions asked of one base of which a share of the articles was kept."""

    family: str
    base: str
    share: float
    x: np.ndarray
    right: np.ndarray
    own: np.ndarray  # whether the question belongs to the base
    blind: np.ndarray
    blind_right: np.ndarray
    cases: list[Case]
    background: Background


def tables(embeddings: Embeddings) -> list[Table]:
    kept_tables = CACHE / "tables.pkl"
    if kept_tables.exists() and "--fresh" not in sys.argv:
        return [Table(*row) for row in pickle.loads(kept_tables.read_bytes())]
    found = []
    for family, base in bases():
        m = matrix(base, embeddings, strangers(family))
        embeddings.save()
        for share, seed in SHARES:
            rng = np.random.RandomState(seed * 7 + len(base.titles))
            kept = sorted(
                rng.choice(len(base.titles), max(8, int(len(base.titles) * share)), replace=False).tolist()
            )
            s = search(m, kept)
            found.append(
                Table(
                    family,
                    base.name,
                    share,
                    s.features,
                    s.right,
                    s.gold >= 0,
                    s.blind,
                    s.blind_right,
                    s.cases,
                    m.background(kept),
                )
            )
    kept_tables.write_bytes(pickle.dumps([tuple(row) for row in found]))
    return found


def fit(rows: list[Table], *, c: float = 0.3) -> confidence.Model:
    """Numbers for facts in units of their background (of word facts, which have none, as they are)."""
    x = np.vstack([(r.x - zero) / unit for r in rows for zero, unit in [confidence.units(r.background)]])
    y = np.concatenate([r.right for r in rows])
    weight = np.concatenate(
        [np.where(r.own, 1, STRANGER_WEIGHT) * SHARE_WEIGHT[r.share] / len(r.right) for r in rows]
    )
    scales, mean = x.std(axis=0) + 1e-9, x.mean(axis=0)
    model = LogisticRegression(C=c, max_iter=5000).fit(
        (x - mean) / scales, y, sample_weight=weight / weight.mean()
    )
    weights = model.coef_[0] / scales
    return confidence.Model(tuple(weights), float(model.intercept_[0] - weights @ mean), tuple(scales))


def numbers(model: confidence.Model) -> dict:
    return {
        "weights": [round(w, 5) for w in model.weights],
        "intercept": round(model.intercept, 5),
        "scales": [round(s, 5) for s in model.scales],
    }


def main() -> None:
    rows = tables(Embeddings())
    model = fit(rows)
    none = Background(0.0, 1.0, 0.0, 1.0)
    by_words = fit([r._replace(x=r.blind, right=r.blind_right, background=none) for r in rows])
    target = Path(confidence.__file__).with_name("confidence.json")
    target.write_text(json.dumps({"mixed": numbers(model), "words": numbers(by_words)}, indent=1) + "\n")
    for name, value, words in zip(confidence.NAMES, model.weights, by_words.weights, strict=True):
        print(f"{name:24} {value:9.3f} {words:9.3f}")


if __name__ == "__main__":
    main()
