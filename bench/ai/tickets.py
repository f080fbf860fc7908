"""Category from ten examples a class, and duplicates among the five most similar tickets.

uv run python -m bench.ai.tickets DATA=folder
"""

import csv
import random

import numpy as np

from bench.ai.data import Embeddings, folder
from deskwell.domains.ai.logic.similar import rank_similar, ticket_texts, ticket_vector
from deskwell.domains.copilot.logic.classifying import predict

NEAR = 60


def category(embeddings: Embeddings) -> None:
    train = list(csv.DictReader((folder() / "intents-banking-train.csv").open()))
    test = list(csv.DictReader((folder() / "intents-banking-test.csv").open()))
    names = sorted({row["category"] for row in train})
    asked = embeddings.of([row["text"] for row in test])
    truth = np.array([names.index(row["category"]) for row in test])
    for seed in (0, 1, 2):
        rng = random.Random(seed)
        chosen = [
            row for name in names for row in rng.sample([r for r in train if r["category"] == name], 10)
        ]
        classes = np.array([names.index(row["category"]) for row in chosen])
        scores = predict(asked, embeddings.of([row["text"] for row in chosen]), classes, len(names))
        print(
            f"category, 10 examples of each of {len(names)}: {(scores.argmax(1) == truth).mean():.3f} (goal 0.86)"
        )


def similar(embeddings: Embeddings) -> None:
    rows = list(csv.DictReader((folder() / "tickets-hadoop.csv").open()))
    place = {row["id"]: i for i, row in enumerate(rows)}
    pairs = [(place[r["Issue id"]], place[r["Duplicate id"]]) for r in csv.DictReader((folder() / "tickets-hadoop-duplicates.csv").open())
             if r["Issue id"] in place and r["Duplicate id"] in place]  # fmt: skip
    texts = [ticket_texts(row["summary"], row["description"]) for row in rows]
    flat = embeddings.of([text for group in texts for text in group]).reshape(len(rows), 3, -1)
    vectors = np.array([ticket_vector(group) for group in flat])
    hits = {5: 0, 10: 0}
    asked = [(a, b) for pair in pairs for a, b in (pair, pair[::-1])]
    for query, other in asked:
        cosines = vectors @ vectors[query]
        near = [i for i in np.argsort(-cosines)[: NEAR + 1] if i != query][:NEAR]
        ranking = rank_similar(
            rows[query]["summary"], rows[query]["description"], [(str(i), float(cosines[i])) for i in near],
            {str(i): (rows[i]["summary"], rows[i]["description"]) for i in near},
        )  # fmt: skip
        for k in hits:
            hits[k] += str(other) in [key for key, _ in ranking[:k]]
    for k, count in hits.items():
        print(
            f"duplicates among the {k} most similar: {count / len(asked):.3f}"
            + (" (goal 0.78)" if k == 5 else "")
        )


def main() -> None:
    embeddings = Embeddings()
    category(embeddings)
    similar(embeddings)
    embeddings.save()


if __name__ == "__main__":
    main()
