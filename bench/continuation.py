"""How often smart continuation is right: precision and recall on public sets.

    uv run python bench/continuation.py FOLDER

FOLDER holds `intents-banking-test.csv` (two messages of one intent count as the same matter) and
`tickets-hadoop.csv` with `tickets-hadoop-duplicates.csv` (reports that people marked as duplicates).
Pairs are drawn with a fixed seed; precision is given for as many true as false pairs.
"""

import csv
import random
import sys
from collections import defaultdict
from pathlib import Path

from deskwell.domains.tickets.logic.similarity import Matter, is_same_matter

Pair = tuple[Matter, Matter]


def banking(folder: Path) -> tuple[list[Pair], list[Pair]]:
    by_intent: dict[str, list[Matter]] = defaultdict(list)
    with (folder / "intents-banking-test.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_intent[row["category"]].append(Matter(row["text"], ""))
    intents = list(by_intent)
    same, other = [], []
    for _ in range(20_000):
        one = random.choice(intents)
        same.append(tuple(random.sample(by_intent[one], 2)))
        one, two = random.sample(intents, 2)
        other.append((random.choice(by_intent[one]), random.choice(by_intent[two])))
    return same, other


def hadoop(folder: Path) -> tuple[list[Pair], list[Pair]]:
    with (folder / "tickets-hadoop.csv").open(encoding="utf-8") as lines:
        texts = {row["id"]: Matter(row["summary"], row["description"]) for row in csv.DictReader(lines)}
    marked = set()
    with (folder / "tickets-hadoop-duplicates.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for other in row["Duplicate id"].split(", "):
                if row["Issue id"] in texts and other in texts:
                    marked.add(tuple(sorted((row["Issue id"], other))))
    ids = list(texts)
    same = [(texts[a], texts[b]) for a, b in sorted(marked)]
    other = [(texts[a], texts[b]) for a, b in (random.sample(ids, 2) for _ in range(20_000))]
    return same, other


def main() -> None:
    folder = Path(sys.argv[1])
    random.seed(7)
    print(
        f"{'set':<10}{'true pairs':>12}{'false pairs':>12}{'precision':>11}{'recall':>8}{'false matches':>15}"
    )
    for name, load in (("banking", banking), ("hadoop", hadoop)):
        same, other = load(folder)
        recall = sum(is_same_matter(*pair)[0] for pair in same) / len(same)
        wrong = sum(is_same_matter(*pair)[0] for pair in other) / len(other)
        precision = recall / (recall + wrong) if recall + wrong else 0.0
        print(f"{name:<10}{len(same):>12}{len(other):>12}{precision:>11.3f}{recall:>8.3f}{wrong:>14.2%}")


if __name__ == "__main__":
    main()
