"""Answers to a clarifying question that offered articles."""

import pytest

from deskwell.domains.ai.logic.choosing import Answer, pick, point, read_choice
from deskwell.domains.ai.logic.composing import compose_clarifying, offered_titles
from deskwell.domains.ai.logic.prompts import Said

TWO = ("Return an item", "Exchange an item")
FIRST = (
    "The first one", "1", "1.", "#1", "option one", "number 1 please", "the former", "I mean the first", "not the second", "Das erste",
    "die erste bitte", "Nummer eins", "le premier", "La première s'il vous plaît", "el primero", "la primera por favor", "o primeiro", "il primo",
    "de eerste", "det första", "den første", "pierwszy", "to pierwsze", "první", "ensimmäinen", "первый", "первое, пожалуйста", "перший",
    "birinci", "第一个", "1番目です", "最初のほう", "첫 번째",
)  # fmt: skip
SECOND = (
    "the second one", "No, the second", "2", "2)", "the last one", "latter", "second, thanks", "not the first but the second", "not the first one",
    "das zweite", "Ich meine das zweite", "nein, das zweite", "das letzte", "le deuxième", "le second", "non, le deuxième", "el segundo",
    "la segunda opción", "a segunda", "il secondo", "la seconda opzione", "de tweede graag", "nummer twee", "den andra", "den anden",
    "nummer to", "drugi", "druhý", "toinen", "второй", "вторая, пожалуйста", "другий", "ikinci", "第二个", "二つ目です", "두 번째요", "второе",
)  # fmt: skip
NEITHER = (
    "no", "Neither", "none of these", "no, something else", "nein, keines davon", "Nein", "etwas anderes", "aucun des deux, autre chose",
    "ninguno", "otra cosa", "nenhuma", "nessuno", "geen van beide", "inget", "žádný", "żadna", "ни то, ни другое", "нет", "いいえ", "都不是",
)  # fmt: skip
ELSE = (
    "The first time I tried it failed", "2 weeks ago", "I ordered 1 jacket and got two", "My second order is missing", "How long does shipping take?",
    "one more thing: can I pay by invoice?", "What is the last day?", "erste Bestellung ist kaputt", "Both shoes are too small for me", "thank you",
    "Can you please help", "3", "I have another question", "la primera vez que entré no funcionó", "not sure",
)  # fmt: skip


@pytest.mark.parametrize("text", FIRST)
def test_the_first(text):
    assert point(text, TWO) == [0]


@pytest.mark.parametrize("text", SECOND)
def test_the_second(text):
    assert point(text, TWO) == [1]


@pytest.mark.parametrize("text", NEITHER)
def test_none_of_them(text):
    assert pick(text, TWO) is Answer.NONE


@pytest.mark.parametrize("text", ELSE)
def test_other_matters_are_no_choice(text):
    assert pick(text, TWO) is None


def test_yes_is_clear_for_one_title_only():
    for text in ("Yes", "yes please", "ja, genau", "oui", "sí", "да", "はい", "evet"):
        assert point(text, TWO[:1]) == [0], text
        assert point(text, TWO) is Answer.UNCLEAR, text


def test_both_and_the_other_one():
    assert point("both please", TWO) == point("beide", TWO) == point("les deux", TWO) == [0, 1]
    assert point("no, the other one", TWO, taken=[0]) == point("nein, das andere", TWO, taken=[0]) == [1]
    assert point("l'autre", TWO, taken=[1]) == point("el otro", TWO, taken=[1]) == [0]
    assert point("the other one", TWO) is Answer.UNCLEAR
    assert point("the third", (*TWO, "Refunds")) == [2]


def test_a_title_or_what_only_it_says():
    assert (
        pick("Exchange an item", TWO) == pick("exchange", TWO) == pick("I'd like to exchange it", TWO) == [1]
    )
    assert pick("item", TWO) is None
    titles = ("Ship to Canada", "Ship to the United States")
    assert pick("to Canada please", titles) == [0]
    assert (
        pick(
            "neither of them ships to Canada quickly enough for the wedding on Saturday, so what now, sir?",
            titles,
        )
        is None
    )


@pytest.mark.parametrize("language", ["en", "de", "ja", "xx"])
def test_what_we_offer_we_read(language):
    assert offered_titles(compose_clarifying(TWO, language=language)) == TWO
    assert offered_titles("Hello,\n\n- Open the menu\n- Choose print") == ()


def test_the_choice_keeps_the_question_it_was_about():
    asked = [Said("customer", "My shoes do not fit"), Said("ai", compose_clarifying(TWO, language="en"))]
    choice = read_choice([*asked, Said("customer", "the second one")])
    assert (choice.answer, choice.titles, choice.question) == (Answer.CHOSEN, TWO[1:], "My shoes do not fit")
    answered = [*asked, Said("customer", "the second one"), Said("ai", "Exchange within 30 days.")]
    assert read_choice([*answered, Said("customer", "no, the other one")]).titles == TWO[:1]
    assert read_choice([*answered, Said("customer", "And how long does an exchange take?")]) is None
    assert read_choice([*answered, Said("customer", "no")]) is None
    assert read_choice([Said("customer", "My shoes do not fit")]) is None
    person = [*asked, Said("agent", "Let me see."), Said("customer", "2")]
    assert read_choice(person) is None
