"""The background of a knowledge base, and the confidence that counts against it."""

import numpy as np
import pytest

from deskwell.domains.ai.logic.background import USUAL, Background, Pieces, drawn_to_usual, measure_background
from deskwell.domains.ai.logic.confidence import NAMES, against, shipped, units

SIZE = 64


def base(articles, *, alike, seed=1):
    """Articles of a title, two passages and four sentences around it; `alike` of every vector is common to all."""
    rng = np.random.default_rng(seed)
    common = np.sqrt(alike) * np.eye(1, SIZE)[0]

    def near(middle, count):
        found = middle + 0.3 * rng.normal(size=(count, SIZE)) / np.sqrt(SIZE)
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    middles = rng.normal(size=(articles, SIZE)) / np.sqrt(SIZE) * np.sqrt(1 - alike) + common
    parts = [(near(m, 1), near(m, 2), near(m, 4)) for m in middles]
    titles, passages, sentences = (np.vstack(column) for column in zip(*parts, strict=True))
    places = np.arange(articles)
    return Pieces(titles, passages, places.repeat(2), sentences, places.repeat(4))


def test_articles_alike_have_a_nearer_background():
    mixed, alike = (measure_background(base(60, alike=share)) for share in (0.1, 0.6))
    assert mixed.cosine < alike.cosine - 0.2
    assert mixed.nearest < mixed.cosine
    assert measure_background(base(60, alike=0.1)) == mixed  # the same articles, the same numbers


def test_the_own_article_of_a_question_does_not_count():
    pieces = base(60, alike=0.0)
    own = (pieces.titles[0] @ pieces.sentences[:4].T).max()
    assert own > 0.85 > measure_background(pieces).cosine


def test_few_articles_are_hardly_believed():
    strange = Background(0.9, 0.01, 0.8, 0.2)
    assert drawn_to_usual(strange, 5).cosine == pytest.approx((0.9 + USUAL.cosine) / 2)
    assert drawn_to_usual(strange, 1000).cosine > 0.895
    assert drawn_to_usual(strange, 100_000).spread == pytest.approx(
        USUAL.spread / 3
    )  # nothing is divided by next to nothing
    nothing = Pieces(
        *(np.zeros((n, 3), dtype=np.float32) if n else np.zeros(0, dtype=np.int64) for n in (1, 1, 0, 1, 0))
    )
    assert measure_background(nothing) == USUAL


def test_the_same_cosine_promises_less_among_articles_alike():
    mixed, alike = Background(0.4, 0.12, 0.33, 0.05), Background(0.65, 0.12, 0.57, 0.05)
    facts = (0.72, 0.1, 0.5, 0.4, 0.3, 2.0, 1.0, 0.7, 0.1, 1.8, 0.65, 0.7)
    assert shipped("mixed", mixed).probability(facts) > 0.9
    assert shipped("mixed", alike).probability(facts) < shipped("mixed", mixed).probability(facts) - 0.1


def test_numbers_against_a_background_say_the_same_of_plain_facts():
    kept = shipped("words")  # any thirteen numbers
    background = Background(0.5, 0.1, 0.4, 0.05)
    zero, unit = units(background)
    facts = np.linspace(0.1, 0.9, len(NAMES))
    in_units = tuple((facts - zero) / unit)
    assert against(kept, background).probability(tuple(facts)) == pytest.approx(kept.probability(in_units))
