"""What fits a custom field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.fields.logic import check_values, customer_view, definition_faults
from deskwell.domains.fields.schemas import FieldDefinition, FieldLimits, FieldOption, FieldRule, FieldType

CHOICES = [FieldOption(value="s", label="Small"), FieldOption(value="l", label="Large")]


def a_field(kind: str = "text", **values) -> FieldDefinition:
    values.setdefault("key", "size")
    if kind in {"select", "multiselect"}:
        values.setdefault("options", CHOICES)
    return FieldDefinition(label="Size", kind=kind, **values)


@pytest.mark.parametrize(
    ("kind", "good", "stored", "bad"),
    [
        ("text", "  red ", "red", "two\nlines"),
        ("textarea", "two\nlines", "two\nlines", 5),
        ("number", "2.50", 2.5, "two"),
        ("date", "2026-11-24", "2026-11-24", "24.11.2026"),
        ("datetime", "2026-11-24T12:00:00+02:00", "2026-11-24T10:00:00Z", "2026-11-24"),
        ("select", "l", "l", "xl"),
        ("multiselect", ["l", "s", "l"], ["s", "l"], ["s", "xl"]),
        ("checkbox", False, False, "yes"),
        ("url", "https://example.com/a?b=c", "https://example.com/a?b=c", "javascript:alert(1)"),
        ("email", "ana@example.com", "ana@example.com", "ana@"),
    ],
)
def test_each_of_the_ten_types_takes_its_own_and_refuses_others(kind, good, stored, bad):
    field = a_field(kind)
    assert check_values([field], {"size": good}).values == {"size": stored}
    refused = check_values([field], {"size": bad})
    assert "Size" in refused.errors["size"]
    assert refused.values == {}


def test_there_are_ten_types_and_all_are_tested_above():
    marks = test_each_of_the_ten_types_takes_its_own_and_refuses_others.pytestmark[0]
    assert {row[0] for row in marks.args[1]} == set(FieldType)


@pytest.mark.parametrize(
    ("kind", "limits", "good", "bad"),
    [
        ("text", {"max_length": 3}, "abc", "abcd"),
        ("text", {"min_length": 3}, "abc", "ab"),
        ("number", {"minimum": 1, "maximum": 5}, 5, 6),
        ("number", {"is_whole": True}, 2, 2.5),
        ("date", {"earliest": "2026-01-01"}, "2026-01-01", "2025-12-31"),
        ("datetime", {"latest": "2026-01-31"}, "2026-01-31T23:59:00Z", "2026-02-01T00:00:00Z"),
        ("multiselect", {"at_most": 1}, ["s"], ["s", "l"]),
    ],
)
def test_limits_hold(kind, limits, good, bad):
    field = a_field(kind, limits=FieldLimits(**limits))
    assert not check_values([field], {"size": good}).errors
    assert check_values([field], {"size": bad}).errors


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())))
def test_no_value_ever_breaks_the_check(value):
    for kind in FieldType:
        verdict = check_values([a_field(kind)], {"size": value})
        assert set(verdict.values) | set(verdict.errors) == {"size"}


def test_required_on_creation_is_asked_then_and_may_not_be_emptied_later():
    field = a_field(required="on_creation")
    assert "size" in check_values([field], {}, moment="creation").errors
    assert not check_values([field], {}, moment="change").errors
    assert "size" in check_values([field], {"size": None}, existing={"size": "s"}).errors


def test_required_on_closing_lets_open_tickets_be():
    field = a_field(required="on_closing")
    assert not check_values([field], {}, moment="creation").errors
    assert "size" in check_values([field], {}, moment="closing").errors
    assert not check_values([field], {}, existing={"size": "s"}, moment="closing").errors


def test_a_conditional_field_is_required_only_while_it_is_shown():
    kind = a_field("select", key="kind")
    order = a_field(
        key="order", required="on_creation", shown_when=FieldRule(key="kind", operator="is", value="l")
    )
    assert not check_values([kind, order], {"kind": "s"}, moment="creation").errors
    assert set(check_values([kind, order], {"kind": "l"}, moment="creation").errors) == {"order"}


def test_a_customer_fills_in_only_what_was_opened_to_customers():
    secret, open_one = (
        a_field(key="secret", required="on_creation"),
        a_field(key="open", customer_access="write"),
    )
    verdict = check_values(
        [secret, open_one], {"secret": "x", "open": "y"}, by_customer=True, moment="creation"
    )
    assert verdict.values == {"open": "y"}
    assert set(verdict.errors) == {"secret"}
    assert customer_view([secret, open_one], {"secret": "x", "open": "y"}) == {"open": "y"}


def test_a_definition_that_makes_no_sense_is_refused():
    assert definition_faults(a_field("select", options=[]), []) == {"options": "Add at least one choice."}
    assert "limits" in definition_faults(a_field(limits=FieldLimits(minimum=3)), [])
    assert "limits" in definition_faults(a_field("number", limits=FieldLimits(minimum=3, maximum=1)), [])
    assert "shown_when" in definition_faults(
        a_field(shown_when=FieldRule(key="ghost", operator="is_set")), []
    )
    one = a_field(key="one", shown_when=FieldRule(key="two", operator="is_set"))
    two = a_field(key="two", shown_when=FieldRule(key="one", operator="is_set"))
    assert "circle" in definition_faults(one, [two])["shown_when"]
    assert not definition_faults(two.model_copy(update={"shown_when": None}), [one])
