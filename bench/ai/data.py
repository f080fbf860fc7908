"""Knowledge bases and questions made from public sets, for the benches. All embedded texts are cached."""

import csv
import hashlib
import itertools
import json
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deskwell.domains.ai.logic.background import Background, Pieces, measure_background
from deskwell.domains.ai.logic.confidence import features, word_features
from deskwell.domains.ai.logic.ranking import (
    WORDS_ONLY,
    Candidate,
    Question,
    bm25,
    ideal_score,
    ranked,
    word_share,
)
from deskwell.domains.ai.logic.sentences import compared
from deskwell.domains.ai.logic.weighing import Case, read_case, signals
from deskwell.domains.ai.logic.words import content_words, term_counts, terms
from deskwell.domains.knowledge.logic.passages import passages
from deskwell.gateways.llm.embedded import EmbeddedEmbedder

CACHE = Path(os.environ.get("BENCH_CACHE", Path(tempfile.gettempdir()) / "deskwell-bench"))


def folder() -> Path:
    given = next(
        (a.removeprefix("DATA=") for a in sys.argv[1:] if a.startswith("DATA=")), os.environ.get("DATA")
    )
    if not given:
        raise SystemExit("Say where the data lies: DATA=folder")
    return Path(given)


@dataclass
class Base:
    """Articles and questions; `gold[i]` is the article that answers question i."""

    name: str
    titles: list[str]
    bodies: list[str]
    questions: list[str]
    gold: np.ndarray


class Embeddings:
    """Text to vector, kept on disk."""

    def __init__(self) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        self.path = CACHE / "vectors.npz"
        self.known: dict[str, np.ndarray] = {}
        if self.path.exists():
            stored = np.load(self.path)
            self.known = dict(zip(stored["keys"].tolist(), stored["vectors"].astype(np.float32), strict=True))
        self.stored = len(self.known)
        self.model = EmbeddedEmbedder()

    def of(self, texts: list[str]) -> np.ndarray:
        keys = [hashlib.sha1(t.encode()).hexdigest() for t in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self.known}
        if missing:
            for key, vector in zip(missing, self.model.embed_now(list(missing.values())), strict=True):
                self.known[key] = vector
        return np.array([self.known[k] for k in keys], dtype=np.float32)

    def save(self) -> None:
        if len(self.known) == self.stored:
            return
        np.savez(
            self.path,
            keys=np.array(list(self.known)),
            vectors=np.array(list(self.known.values()), dtype=np.float16),
        )


def covid(*, titled: bool = True) -> Base:
    rows = json.loads((folder() / "faq-covid.json").read_text())
    answers = {}
    for row in rows:
        if row["query_type"] == "faq":
            answers.setdefault(row["answer"], row["question"].strip())
    bodies = list(answers)
    asked = [r for r in rows if r["query_type"] != "faq" and r["answer"] in answers]
    place = {b: i for i, b in enumerate(bodies)}
    titles = [answers[b] if titled else " ".join(b.split()[:8]) for b in bodies]
    return Base(
        f"covid{'' if titled else '-untitled'}", titles, bodies,
        [r["question"] for r in asked], np.array([place[r["answer"]] for r in asked]),
    )  # fmt: skip


def banking(examples: int, *, named: bool, seed: int = 0, keep: int = 77) -> Base:
    """Intents as articles: the name or the first example as title, other examples as body."""
    rng = random.Random(seed)
    by_class = defaultdict(list)
    for row in csv.DictReader((folder() / "intents-banking-train.csv").open()):
        by_class[row["category"]].append(row["text"])
    names = sorted(by_class)
    rng.shuffle(names)
    names = names[:keep]
    titles, bodies = [], []
    for name in names:
        chosen = rng.sample(by_class[name], examples + 1)
        titles.append(name.replace("_", " ").capitalize() if named else chosen[0])
        bodies.append("\n".join(chosen[1:]) if examples else titles[-1])
    tests = [
        r for r in csv.DictReader((folder() / "intents-banking-test.csv").open()) if r["category"] in names
    ]
    return Base(
        f"banking-{examples}{'-named' if named else ''}-{keep}", titles, bodies,
        [r["text"] for r in tests], np.array([names.index(r["category"]) for r in tests]),
    )  # fmt: skip


def covid_with_examples(examples: int, *, seed: int) -> Base:
    """Answers that quote some of the users' questions; the other questions are asked."""
    rows = json.loads((folder() / "faq-covid.json").read_text())
    titles_of, asked = {}, defaultdict(list)
    for row in rows:
        if row["query_type"] == "faq":
            titles_of.setdefault(row["answer"], row["question"].strip())
    for row in rows:
        if row["query_type"] != "faq" and row["answer"] in titles_of:
            asked[row["answer"]].append(row["question"])
    rng = random.Random(seed)
    titles, bodies, questions, gold = [], [], [], []
    for answer, texts in asked.items():
        if len(texts) < examples + 2:
            continue
        rng.shuffle(texts)
        titles.append(titles_of[answer])
        bodies.append(answer + "\n\n" + "\n".join(texts[:examples]))
        questions += texts[examples:]
        gold += [len(titles) - 1] * (len(texts) - examples)
    return Base(f"covid-examples-{examples}", titles, bodies, questions, np.array(gold))


@dataclass
class Matrix:
    """Per question and article: term counts of the articles, terms of the questions, cosines of title, passage, sentence."""

    base: Base
    documents: list[dict[str, int]]
    terms: list[list[str]]
    title: np.ndarray
    passage: np.ndarray
    sentence: np.ndarray
    gold: np.ndarray  # -1 for questions that no article answers by design
    strange: np.ndarray  # per article, the share of words the model knows only in pieces
    pieces: Pieces

    def background(self, kept: list[int]) -> Background:
        """Of these articles, as the product measures it."""
        place = np.full(len(self.base.titles), -1)
        place[kept] = np.arange(len(kept))
        p = self.pieces
        has_passage, has_sentence = place[p.of_passage] >= 0, place[p.of_sentence] >= 0
        return measure_background(
            Pieces(
                p.titles[kept], p.passages[has_passage], place[p.of_passage[has_passage]],
                p.sentences[has_sentence], place[p.of_sentence[has_sentence]],
            )
        )  # fmt: skip


def matrix(base: Base, embeddings: Embeddings, strangers: list[str] = ()) -> Matrix:
    """Everything a search needs, worked out once for all articles of a base."""
    questions = [*base.questions, *strangers]
    asked = embeddings.of(questions)
    pairs = list(zip(base.titles, base.bodies, strict=True))
    groups = (
        [[f"{t}\n{p.text}" for p in passages(t, b)] for t, b in pairs],
        [compared(t, b) or [t] for t, b in pairs],
    )
    (passage, of_passage), (sentence, of_sentence) = (_embedded(embeddings, group) for group in groups)
    titles = embeddings.of(base.titles)
    return Matrix(
        base,
        [dict(term_counts(title, body)) for title, body in pairs],
        [list(dict.fromkeys(terms(q))) for q in questions],
        asked @ titles.T,
        _best(asked, passage, of_passage),
        _best(asked, sentence, of_sentence),
        np.concatenate([base.gold, np.full(len(strangers), -1)]),
        np.array([embeddings.model.strange_share(content_words(f"{t}\n{b}")) for t, b in pairs]),
        Pieces(titles, passage, of_passage, sentence, of_sentence),
    )


def _embedded(embeddings: Embeddings, groups: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of all pieces, and the place of the article of each."""
    of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return embeddings.of([piece for group in groups for piece in group]), of


def _best(asked: np.ndarray, vectors: np.ndarray, of: np.ndarray) -> np.ndarray:
    edges = np.searchsorted(of, np.arange(of[-1] + 2))
    cosines = asked @ vectors.T
    return np.column_stack([cosines[:, a:b].max(axis=1) for a, b in itertools.pairwise(edges)])


@dataclass
class Search:
    """The outcome of asking all questions: pick, whether it is right, features, and the raw rankings."""

    features: np.ndarray
    right: np.ndarray
    gold: np.ndarray
    words: np.ndarray
    cosine: np.ndarray
    mixed: np.ndarray
    blind: np.ndarray
    blind_right: np.ndarray
    cases: list[Case]


def search(m: Matrix, kept: list[int], weight: float | None = None) -> Search:
    """Ask all questions of the articles `kept`, with the functions of the product."""
    usual = word_share(float(m.strange[kept].mean()))
    weight = usual if weight is None else weight
    cases: list[Case] = []
    documents = {i: m.documents[i] for i in kept}
    holding = Counter(term for counts in documents.values() for term in counts)
    rows, right, words, cosine, mixed, blind, blind_right = [], [], [], [], [], [], []
    for q, query in enumerate(m.terms):
        scores = bm25(query, documents)
        question = Question(len(query), ideal_score(len(kept), [holding[t] for t in query]))
        candidates = [
            Candidate(
                i, scores.get(i, 0.0), float(m.title[q, i]), float(m.passage[q, i]), float(m.sentence[q, i])
            )
            for i in kept
        ]
        ranking = ranked(question, candidates, weight)
        rows.append(features(question, ranking))
        right.append(ranking[0].candidate.key == m.gold[q])
        kept_signals = signals(question, ranking, share=weight, usual=usual)
        cases.append(read_case(kept_signals, str(m.gold[q]), was_right=bool(right[-1])))
        by_words = ranked(question, candidates, WORDS_ONLY)
        blind.append(word_features(question, by_words))
        blind_right.append(by_words[0].candidate.key == m.gold[q])
        words.append([c.words for c in candidates])
        cosine.append([max(c.title_cosine, c.passage_cosine, c.sentence_cosine) for c in candidates])
        by_key = {r.candidate.key: r.score for r in ranking}
        mixed.append([by_key[i] for i in kept])
    return Search(
        np.array(rows),
        np.array(right),
        m.gold,
        np.array(words),
        np.array(cosine),
        np.array(mixed),
        np.array(blind),
        np.array(blind_right),
        cases,
    )
