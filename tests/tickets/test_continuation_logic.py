import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.tickets.logic.similarity import is_same_matter, similarity, threshold
from deskwell.domains.tickets.logic.subjects import normalise, without_marks


@pytest.mark.parametrize(
    "variant",
    [
        "Printer smokes",
        "Re: Printer smokes",
        "RE: re: AW: Fwd: printer   SMOKES!",
        "Re[2]: Printer smokes",
        "SV: VS: WG: Printer smokes.",
        "回复：Printer smokes",
        "[EXTERNAL] Re: Printer – smokes",
        "[#1042] Printer smokes",
        "Re: [Ticket #1042] Printer smokes",
        "Ｐrinter smokes",
    ],
)
def test_subjects_are_the_same_without_marks_case_and_punctuation(variant):
    assert normalise(variant) == "printer smokes"


@pytest.mark.parametrize("other", ["Printer", "Printer smokes again", "Reprinter smokes", "Re smokes"])
def test_other_words_make_another_subject(other):
    assert normalise(other) != normalise("Printer smokes")


def test_words_that_only_look_like_marks_stay():
    assert without_marks("Refund: order 7") == "Refund: order 7"
    assert without_marks("Trouble: x") == "Trouble: x"
    assert normalise("???") == "???"
    assert normalise("Re:") == ""
    assert normalise("") == ""


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(subject):
    once = normalise(subject)
    assert normalise(f"Re: {subject}") == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My order 48213 has not arrived yet", "Order 48213 still not arrived, where is it?"),
        ("Printer in room 12 smokes and smells burnt", "The printer smokes again, room 12 smells of burning"),
    ],
)
def test_the_same_matter_in_other_words_is_recognised(one, other):
    matches, score = is_same_matter(one, other)
    assert matches
    assert score == round(similarity(other, one), 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My order 48213 has not arrived yet", "Please change my e-mail address"),
        ("My order 48213 has not arrived", "How do I get an invoice for order 51877?"),
        ("Hello, please help me", "Hello, please help me"),
        ("", ""),
    ],
)
def test_another_matter_is_another_ticket(one, other):
    assert not is_same_matter(one, other)[0]


def test_short_texts_must_agree_more():
    assert threshold(2) > threshold(10) > threshold(60)
