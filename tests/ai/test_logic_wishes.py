"""Asking for a person, small talk and follow-ups, in words."""

import json
from pathlib import Path

import pytest

from deskwell.domains.ai.logic.asking import search_query
from deskwell.domains.ai.logic.courtesy import says_it_failed, small_talk, with_name
from deskwell.domains.ai.logic.wishes import wants_person

PHRASES = json.loads(Path(__file__).with_name("handover.json").read_text(encoding="utf-8"))


def test_a_wish_for_a_person_is_heard_in_twenty_languages():
    asked = [(language, text) for language, texts in PHRASES.items() for text in texts["ask"]]
    missed = [pair for pair in asked if not wants_person(pair[1])]
    assert len(PHRASES) >= 20
    assert len(missed) / len(asked) <= 0.05, missed


def test_near_misses_are_not_taken_for_it():
    others = [(language, text) for language, texts in PHRASES.items() for text in texts["other"]]
    wrong = [pair for pair in others if wants_person(pair[1])]
    assert len(wrong) / len(others) <= 0.02, wrong


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thanks!", "thanks"), ("Perfect, thank you so much for your help", "thanks"), ("Danke, hat geklappt", "thanks"), ("ありがとうございます", "thanks"),
        ("Hi there", "greeting"), ("Guten Tag", "greeting"), ("Thanks, but my parcel is still missing", None), ("Hello, where is my order", None),
        ("Thanks! How do I return it?", None), ("My printer smokes", None),
    ],
)  # fmt: skip
def test_small_talk_is_nothing_but_small_talk(text, kind):
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("That didn’t help", True), ("I already tried that", True), ("It is still not here", True), ("Das hat leider nicht geholfen", True),
        ("Ça ne marche pas", True), ("Does it help with rust?", False), ("How do I track my parcel?", False),
    ],
)  # fmt: skip
def test_a_customer_says_that_it_failed(text, failed):
    assert says_it_failed(text) is failed


@pytest.mark.parametrize(
    ("message", "earlier", "subject", "query"),
    [
        ("And for Canada?", ["How long does shipping to the United States take?"], "Question", "Canada\nhow long does shipping take?"),
        ("And how do I reset my password?", ["How do I download an invoice?"], "Question", "And how do I reset my password?"),
        ("It does not work", [], "Re: Password reset link", "Password reset link\nIt does not work"),
        ("Hi,\nHow do I cancel my yearly subscription early?\nBest regards,\nEve", [], "Help", "How do I cancel my yearly subscription early?"),
        ("What about gift cards?", ["Thanks", "Can I return shoes?"], "Hello", "gift cards\nCan I return shoes?"),
    ],
)  # fmt: skip
def test_the_search_is_built_from_what_the_message_leans_on(message, earlier, subject, query):
    assert search_query(message, subject=subject, earlier=earlier) == query


def test_names_are_used_only_where_they_look_like_names():
    assert with_name("Hello{name},", "Maria Lopez") == "Hello Maria,"
    assert with_name("Hello{name},", "<script>") == "Hello,"
    assert with_name("Hello{name},", "customer 4711") == "Hello,"
