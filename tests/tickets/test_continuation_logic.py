import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.tickets.logic.similarity import Matter, is_same_matter, threshold
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
        (
            ("Order not arrived", "My order 48213 is late"),
            ("Where is my order?", "Order 48213 still has not arrived"),
        ),
        (
            ("Printer smokes", "The printer in room 12 smells burnt"),
            ("Printer smokes again", "It smells of burning in room 12, the printer"),
        ),
    ],
)
def test_the_same_matter_in_other_words_is_recognised(one, other):
    one, other = Matter(*one), Matter(*other)
    matches, score = is_same_matter(one, other)
    assert matches
    assert is_same_matter(other, one) == (True, score)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Order not arrived", "My order 48213 is late"),
            ("Change my address", "Please change my e-mail address"),
        ),
        (("Printer issue", "Test message"), ("Login problem", "Test message")),
        (("Ticket 1", "It does not work"), ("Ticket 2", "It does not work")),
        (("Question A", "It does not work"), ("Question B", "It does not work")),
        (("First ticket", "It does not work"), ("Second ticket", "It does not work")),
        (("Invoice RE-2041", "Please send it again"), ("Invoice RE-2077", "Please send it again")),
        (("Hello", "please help me"), ("Hello there", "please help me")),
        (("", ""), ("", "")),
    ],
)
def test_another_matter_is_another_ticket(one, other):
    assert not is_same_matter(Matter(*one), Matter(*other))[0]


def test_short_texts_must_agree_more():
    assert threshold(2) > threshold(10) > threshold(60)
