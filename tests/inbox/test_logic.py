import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.inbox.logic.highlighting import marked
from deskwell.domains.inbox.logic.syntax import Condition, Search, Word, parse, web_search


@pytest.mark.parametrize(
    ("text", "words", "conditions"),
    [
        (None, [], []),
        ("   ", [], []),
        ("printer smokes", [Word("printer"), Word("smokes")], []),
        ('"paper jam" -ink', [Word("paper jam", is_phrase=True), Word("ink", is_excluded=True)], []),
        ('-"paper jam"', [Word("paper jam", is_phrase=True, is_excluded=True)], []),
        ("status:open,closed", [], [Condition("status", ("open", "closed"))]),
        ("-Tag:Refund x", [Word("x")], [Condition("tag", ("Refund",), is_excluded=True)]),
        ('tag:"very angry"', [], [Condition("tag", ("very angry",))]),
        ("tag:“very angry”", [], [Condition("tag", ("very angry",))]),
        ("from:anna@example.com", [], [Condition("customer", ("anna@example.com",))]),
        (
            "has:attachment is:unassigned",
            [],
            [Condition("has", ("attachment",)), Condition("is", ("unassigned",))],
        ),
        ("before:2026-11-01", [], [Condition("before", ("2026-11-01",))]),
        ("#1042", [], [Condition("number", ("1042",))]),
        ("-#7", [], [Condition("number", ("7",), is_excluded=True)]),
        ("#A-17", [Word("#A-17")], []),
        ("https://example.com/a", [Word("https://example.com/a")], []),
        ("10:30 foo:bar", [Word("10:30"), Word("foo:bar")], []),
        ("status: open", [Word("status:"), Word("open")], []),
        ('tag:""', [], []),
        ('"half a phrase', [Word("half a phrase", is_phrase=True)], []),
        ("- -- ! & | ( ) :* <-> ' \\", [], []),
        ("a\0b", [Word("a"), Word("b")], []),
    ],
)
def test_a_search_text_is_read(text, words, conditions):
    found = parse(text)
    assert (list(found.words), list(found.conditions)) == (words, conditions)


@given(st.text(max_size=300))
def test_any_text_is_a_search(text):
    found = parse(text)
    assert isinstance(found, Search)
    web_search(found.words).encode("utf-8")
    assert "\0" not in web_search(found.words)


@given(st.lists(st.sampled_from(["from:", 'a"b', '"', "-", "#", "#9", "is:x", ",", " ", 'tag:",'])))
def test_broken_operators_are_words_or_nothing(parts):
    parse("".join(parts))
    parse(" ".join(parts))


def test_a_very_long_search_is_cut():
    assert len(parse("word " * 5000).words) <= 60


def test_words_reach_the_database_as_it_reads_them():
    assert (
        web_search(parse('printer "paper jam" -ink or A-17').words) == 'printer "paper jam" -ink "or" "A-17"'
    )


@pytest.mark.parametrize(
    ("text", "stems", "hits"),
    [
        ("Printing invoices", {"print", "invoic"}, ["Printing", "invoices"]),
        ("sprint printer", {"print"}, ["printer"]),
        ("Companies agree", {"compani"}, ["Companies"]),
        ("Müller fährt", {"muller", "fahrt"}, ["Müller", "fährt"]),
        ("go gone", {"go"}, ["go"]),
        ("nothing", set(), []),
    ],
)
def test_words_with_a_stem_are_marked_and_nothing_is_lost(text, stems, hits):
    pieces = marked(text, frozenset(stems))
    assert [piece["text"] for piece in pieces if piece["hit"]] == hits
    assert "".join(piece["text"] for piece in pieces) == text
