"""Search and confidence, as pure functions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.ai.logic.calibration import (
    calibration_error,
    choose_threshold,
    curve,
    lower_bound,
    shipped_threshold,
)
from deskwell.domains.ai.logic.confidence import NAMES, features, refit, shipped
from deskwell.domains.ai.logic.languages import detect_language
from deskwell.domains.ai.logic.ranking import Candidate, Question, bm25, ideal_score, ranked, word_share
from deskwell.domains.ai.logic.sentences import compared, sentences
from deskwell.domains.ai.logic.weighing import learn_share, read_case, seen_again, signals
from deskwell.domains.ai.logic.words import term_counts, terms
from deskwell.gateways.llm.embedded import ALIKE, BATCH_TOKENS, batches

SHOP = {
    "returns": term_counts("Return an item", "You can send an item back within 30 days."),
    "parcel": term_counts("Track your parcel", "The tracking link shows where the parcel is."),
    "invoice": term_counts("Download an invoice", "Invoices are under Account, Billing."),
}


def test_words_find_the_article_in_any_form():
    scores = bm25(terms("Where can I track my parcels?"), SHOP)
    assert max(scores, key=scores.__getitem__) == "parcel"


def test_a_perfect_match_covers_the_question():
    query = terms("tracking parcel")
    holding = [sum(term in counts for counts in SHOP.values()) for term in query]
    question = Question(len(query), ideal_score(len(SHOP), holding))
    assert 0.5 < question.coverage(bm25(query, SHOP)["parcel"]) <= 1
    assert question.coverage(0) == 0


def test_stems_follow_porter():
    assert terms("relational hopping caresses agreed conflated generalizations") == [
        "relat",
        "hop",
        "caress",
        "agre",
        "conflat",
        "gener",
    ]


def test_joined_names_are_found_by_their_parts():
    assert terms("NullPointerException in DataNodeManager") == [
        "nullpointerexcept", "null", "pointer", "except", "datanodemanag", "data", "node", "manag",
    ]  # fmt: skip
    assert terms("PayPal and iPhone") == ["paypal", "iphon"]


def test_ideographs_are_searched_as_pairs():
    assert terms("订单在哪里", "zh") == ["订单", "单在", "在哪", "哪里"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"), ("Wo ist meine Bestellung?", "de"), ("Où est ma commande ?", "fr"), ("¿Dónde está mi pedido?", "es"),
        ("Onde está o meu pedido?", "pt"), ("Dov'è il mio ordine?", "it"), ("Waar is mijn bestelling?", "nl"), ("Gdzie jest moje zamówienie?", "pl"),
        ("Где мой заказ?", "ru"), ("Де моє замовлення?", "uk"), ("注文はどこですか", "ja"), ("我的订单在哪里", "zh"), ("أين طلبي", "ar"), ("xyz-42", "en"),
    ],
)  # fmt: skip
def test_language_is_told_from_letters_and_common_words(text, language):
    assert detect_language(text) == language


def test_sentences_are_verbatim_and_abbreviations_do_not_end_one():
    assert sentences("Open Settings, e.g. Billing. Then click Cancel! Done") == [
        "Open Settings, e.g. Billing.",
        "Then click Cancel!",
        "Done",
    ]
    assert compared("Title", "Title\n\n- First thing to do\n- First thing to do\n- x") == [
        "First thing to do"
    ]


def test_meaning_and_words_together_pick_what_either_alone_misses():
    question = Question(terms=2, ideal=10.0)
    by_words, by_both, by_meaning = (
        Candidate("words", 9.0, 0.2, 0.2, 0.2), Candidate("both", 8.0, 0.6, 0.6, 0.6), Candidate("meaning", 0.0, 0.65, 0.65, 0.65),
    )  # fmt: skip
    ranking = ranked(question, [by_words, by_both, by_meaning])
    assert [r.candidate.key for r in ranking] == ["both", "meaning", "words"]


def test_words_count_more_the_less_the_model_knows_of_them():
    assert word_share(0.05) == word_share(0.12) < word_share(0.18) < word_share(0.26) == word_share(0.5)


def solved(count, *, by_words):
    """Questions whose right article is the best by words, or the best by meaning; the other comes second."""
    question = Question(terms=3, ideal=10.0, strange=0.05)
    jargon, prose = Candidate("jargon", 8.0, 0.5, 0.5, 0.5), Candidate("prose", 2.0, 0.7, 0.7, 0.7)
    ranking = ranked(question, [jargon, prose, Candidate("other", 1.0, 0.2, 0.2, 0.2)])
    kept = signals(question, ranking, share=0.1, usual=word_share(question.strange))
    right = "jargon" if by_words else "prose"
    return [read_case(kept, right, was_right=ranking[0].candidate.key == right)] * count


def test_solved_questions_teach_how_much_words_count():
    assert learn_share(solved(30, by_words=True)) is None  # too few
    taught = learn_share(solved(200, by_words=True))
    assert taught > 0.3
    assert learn_share(solved(200, by_words=False)) <= 0.1
    (case,) = solved(1, by_words=True)
    assert case.was_right is False
    facts, is_right = seen_again(case, taught)
    assert is_right is True
    assert facts == features(case.question, case.at(taught))


def test_who_only_knows_that_the_pick_was_wrong_learns_nothing_from_another_pick():
    (case,) = solved(1, by_words=True)
    unknown = replace(case, right=None)
    assert seen_again(unknown, 0.1)[1] is False
    assert seen_again(unknown, 0.8) is None


def test_texts_of_like_length_share_a_batch_within_the_budget():
    lengths = [200, 5, 12, 6, 13, 250, 5, 150]
    groups = batches(lengths)
    assert sorted(i for group in groups for i in group) == list(range(len(lengths)))
    for group in groups:
        widest = max(lengths[i] for i in group)
        assert len(group) == 1 or len(group) * widest <= BATCH_TOKENS
        assert widest <= ALIKE * min(lengths[i] for i in group) + 2
    assert [1, 6, 3] in groups


def test_a_clear_hit_is_trusted_and_a_stray_one_is_not():
    question = Question(terms=4, ideal=20.0)
    clear = ranked(question, [Candidate("a", 14.0, 0.8, 0.85, 0.85), Candidate("b", 2.0, 0.2, 0.3, 0.3)])
    stray = ranked(question, [Candidate("a", 2.0, 0.2, 0.24, 0.25), Candidate("b", 1.9, 0.2, 0.23, 0.24)])
    assert len(features(question, clear)) == len(NAMES)
    assert shipped().probability(features(question, clear)) > 0.9
    assert shipped().probability(features(question, stray)) < 0.1


def _outcomes(count, seed, shift):
    """A desk on which the shipped numbers are too sure of themselves, by `shift` on the logit."""
    rng = np.random.RandomState(seed)
    model = shipped()
    rows = rng.normal(0.4, 1, (count, len(NAMES))) * model.scales + 0.3
    logits = rows @ model.weights + model.intercept - shift
    return rows.tolist(), (rng.rand(count) < 1 / (1 + np.exp(-logits))).tolist()


def test_refitting_makes_the_confidence_the_desks_own():
    rows, outcomes = _outcomes(300, 1, shift=2.0)
    unseen, truth = _outcomes(1500, 2, shift=2.0)
    before = calibration_error(shipped().probabilities(np.array(unseen)).tolist(), truth)
    after = calibration_error(
        refit(rows, outcomes, shipped()).probabilities(np.array(unseen)).tolist(), truth
    )
    assert after < before / 2


def test_a_handful_of_outcomes_moves_nothing():
    rows, _ = _outcomes(29, 1, shift=0.0)
    assert refit(rows, [False] * 29, shipped()) == shipped()
    assert refit([*rows, rows[0]], [False] * 30, shipped()).intercept < shipped().intercept


def test_the_threshold_keeps_the_target_with_room_for_chance():
    confidences = [0.5 + i / 800 for i in range(400)]
    outcomes, owed = [], 0.0
    for confidence in confidences:  # wrong just as often as promised
        owed += 1 - confidence
        outcomes.append(owed < 1)
        owed -= owed >= 1
    threshold = choose_threshold(confidences, outcomes, 0.95)
    answered = [y for c, y in zip(confidences, outcomes, strict=True) if c >= threshold]
    assert sum(answered) / len(answered) >= 0.95
    assert len(answered) > 50
    assert choose_threshold(confidences[:10], outcomes[:10], 0.95) == shipped_threshold(0.95)


def test_many_outcomes_weigh_more_than_what_was_promised():
    confidences = [i / 3000 for i in range(3000)]
    outcomes = [c > 0.5 for c in confidences]
    assert choose_threshold(confidences, outcomes, 0.95) < 0.55
    assert choose_threshold(confidences[::15], outcomes[::15], 0.95) > 0.7  # of few, both are heard


def test_a_base_that_is_never_right_gets_no_threshold_within_reach():
    confidences = [i / 100 for i in range(100)]
    assert choose_threshold(confidences, [i % 2 == 0 for i in range(100)], 0.95) >= 0.99


def test_the_curve_covers_all_questions_in_the_end():
    points = curve([0.9, 0.9, 0.5], [True, False, True])
    assert [(p.coverage, p.precision) for p in points] == [(2 / 3, 0.5), (1.0, 2 / 3)]


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_lower_bound_lies_below_the_share(right, wrong):
    assert (
        -1e-9 <= lower_bound(right, right + wrong) <= (right / (right + wrong) if right + wrong else 0) + 1e-9
    )
