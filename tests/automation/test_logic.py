"""Conditions: what may be asked, and whether it is true."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.automation.logic import (
    FIELDS,
    OPERATORS,
    FieldKind,
    Option,
    Refusal,
    evaluate,
    faults_in,
    narrowed,
    refusal_to_run,
    vocabulary,
    without_texts,
)
from deskwell.domains.automation.schemas import Group

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEFINITIONS = [
    {"key": "order", "label": "Order", "kind": "text", "options": []},
    {"key": "size", "label": "Size", "kind": "select", "options": [{"value": "s", "label": "Small"}]},
    {"key": "vip", "label": "VIP", "kind": "checkbox", "options": []},
]
KNOWN = vocabulary(DEFINITIONS, {"tags": [Option("t1", "Billing"), Option("t2", "Refund")]})
FACTS = {
    "priority": "high",
    "status": "open",
    "subject": "Ré: My  Straße start",
    "assignee": None,
    "tags": ["t1"],
    "number": 12,
    "created_at": NOW - timedelta(hours=5),
    "sla.next_due_at": NOW + timedelta(hours=1),
    "is_snoozed": False,
    "custom.vip": True,
    "message.text": "",
}


def asks(field, operator, value=None):
    return {"field": field, "operator": operator, "value": value}


def is_true(*conditions, match="all", facts=FACTS):
    return evaluate(Group(match=match, conditions=list(conditions)), facts, KNOWN, NOW).truth


@pytest.mark.parametrize(
    ("field", "operator", "yes", "no"),
    [
        ("subject", "is", "re: my strasse START", "start"),
        ("subject", "is_not", "start", "Re: my straße start"),
        ("subject", "is_any_of", ["x", "re: my strasse start"], ["x"]),
        ("subject", "is_none_of", ["x"], ["re: my strasse start"]),
        ("subject", "contains", "STRASSE", "gasse"),
        ("subject", "does_not_contain", "gasse", "STRASSE"),
        ("subject", "mentions_any", ["art", "start"], ["art", "star"]),
        ("subject", "mentions_all", ["my", "start"], ["my", "art"]),
        ("subject", "mentions_none", ["art"], ["my"]),
        ("subject", "starts_with", "re:", "my"),
        ("subject", "ends_with", "START", "my"),
        ("status", "is", "open", "closed"),
        ("status", "is_not", "closed", "open"),
        ("status", "is_any_of", ["open", "closed"], ["closed"]),
        ("status", "is_none_of", ["closed"], ["open"]),
        ("assignee", "is_not", "someone", None),
        ("priority", "is_at_least", "high", "urgent"),
        ("priority", "is_at_most", "high", "medium"),
        ("tags", "includes_any", ["t1", "t2"], ["t2"]),
        ("tags", "includes_all", ["t1"], ["t1", "t2"]),
        ("tags", "includes_none", ["t2"], ["t1"]),
        ("number", "is", 12, 13),
        ("number", "is_not", 13, 12),
        ("number", "is_less_than", 13, 12),
        ("number", "is_at_most", 12, 11),
        ("number", "is_at_least", 12, 13),
        ("number", "is_more_than", 11, 12),
        ("created_at", "is_more_than_hours_ago", 4, 6),
        ("created_at", "is_less_than_hours_ago", 6, 4),
        ("sla.next_due_at", "is_within_hours", 2, 0.5),
        ("created_at", "is_before", "2026-11-25", "2026-11-24"),
        ("created_at", "is_after", "2026-11-24T06:00:00Z", "2026-11-25"),
        ("is_snoozed", "is", False, True),
        ("custom.vip", "is", True, False),
    ],
)
def test_each_operator_says_yes_and_no(field, operator, yes, no):
    assert is_true(asks(field, operator, yes))
    if no is not None:
        assert not is_true(asks(field, operator, no))


def test_every_operator_of_every_kind_is_tested_above():
    rows = test_each_operator_says_yes_and_no.pytestmark[0].args[1]
    tested = {(KNOWN[field].kind, operator) for field, operator, *_ in rows}
    kinds = {FieldKind.CHOICE: FieldKind.CHOICE, FieldKind.RANK: FieldKind.CHOICE}
    wanted = {
        (kinds.get(kind, kind) if operator in OPERATORS[FieldKind.CHOICE] else kind, operator)
        for kind, operators in OPERATORS.items()
        for operator in operators
        if operator not in {"is_set", "is_not_set"}
    }
    assert wanted <= tested


def test_set_and_not_set():
    assert is_true(asks("assignee", "is_not_set"), asks("tags", "is_set"), asks("message.text", "is_not_set"))
    assert not is_true(asks("assignee", "is_set"))


def test_all_any_none_and_nesting():
    yes, no = asks("status", "is", "open"), asks("status", "is", "closed")
    assert is_true()
    assert is_true(yes, yes)
    assert not is_true(yes, no)
    assert is_true(no, yes, match="any")
    assert not is_true(no, match="any")
    assert is_true(no, no, match="none")
    assert not is_true(no, yes, match="none")
    assert is_true(yes, {"match": "any", "conditions": [no, {"match": "none", "conditions": [no]}]})


def test_the_verdict_tells_the_truth_of_every_condition():
    group = Group.model_validate(
        {
            "match": "any",
            "conditions": [
                asks("status", "is", "open"),
                {"match": "all", "conditions": [asks("subject", "contains", "zzz")]},
            ],
        }
    )
    verdict = evaluate(group, FACTS, KNOWN, NOW)
    first, second = verdict.conditions
    assert (first.truth, first.found, second.truth) == (True, "open", False)
    assert second.conditions[0].found == "Ré: My  Straße start"
    kept = without_texts(verdict, KNOWN)
    assert kept["conditions"][0]["found"] == "open"
    assert kept["conditions"][1]["conditions"][0]["found"] is None


def test_a_field_that_is_gone_is_never_true():
    for operator in ("is", "is_not", "is_not_set", "includes_none"):
        assert not is_true(asks("custom.ghost", operator, "x"))


@pytest.mark.parametrize(
    ("condition", "path", "message"),
    [
        (asks("ghost", "is", 1), "conditions.conditions.0.field", "no field"),
        (asks("priority", "contains", "x"), "conditions.conditions.0.operator", "cannot be compared"),
        (asks("priority", "is", "huge"), "conditions.conditions.0.value", "not a known value"),
        (asks("tags", "includes_any", []), "conditions.conditions.0.value", "at least one"),
        (asks("tags", "includes_any", ["t9"]), "conditions.conditions.0.value", "not a known value"),
        (asks("number", "is", "12"), "conditions.conditions.0.value", "a number"),
        (asks("created_at", "is_before", "soon"), "conditions.conditions.0.value", "a date"),
        (asks("created_at", "is_more_than_hours_ago", -1), "conditions.conditions.0.value", "Hours"),
        (asks("is_snoozed", "is", "yes"), "conditions.conditions.0.value", "true or false"),
        (asks("subject", "contains", " "), "conditions.conditions.0.value", "needs a value"),
        ({"match": "any", "conditions": []}, "conditions.conditions.0", "empty"),
    ],
)
def test_faults_say_where_and_what(condition, path, message):
    (fault,) = faults_in(Group(conditions=[condition]), KNOWN)
    assert fault.field == path
    assert message in fault.message


def test_good_conditions_have_no_faults_and_deep_ones_do():
    good = [
        asks("priority", "is", "urgent"),
        asks("tags", "includes_any", ["t1"]),
        asks("custom.size", "is", "s"),
        asks("custom.order", "is_set"),
        asks("context", "is", "Shop"),
    ]
    assert faults_in(Group(conditions=good), KNOWN) == []
    nested = asks("status", "is", "open")
    for _ in range(5):
        nested = {"match": "all", "conditions": [nested]}
    assert "nested" in faults_in(Group.model_validate(nested), KNOWN)[0].message


@given(
    st.sampled_from(sorted(FIELDS)),
    st.sampled_from(sorted({o for operators in OPERATORS.values() for o in operators})),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=20),
        st.lists(st.text(max_size=5), max_size=3),
    ),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=20),
        st.lists(st.text(max_size=5), max_size=3),
    ),
)
def test_what_passes_validation_never_breaks_and_opposites_disagree(field, operator, value, found):
    group = Group(conditions=[asks(field, operator, value)])
    if faults_in(group, FIELDS):
        return
    spec = FIELDS[field]
    if spec.kind in {FieldKind.SET, FieldKind.NUMBER} and not isinstance(
        found, list if spec.kind is FieldKind.SET else int
    ):
        found = None
    truth = evaluate(group, {field: found}, FIELDS, NOW).truth
    opposite = {
        "is": "is_not",
        "contains": "does_not_contain",
        "is_set": "is_not_set",
        "includes_any": "includes_none",
    }
    other = opposite.get(operator)
    if other in OPERATORS[spec.kind]:
        assert (
            evaluate(Group(conditions=[asks(field, other, value)]), {field: found}, FIELDS, NOW).truth
            is not truth
        )


def test_a_rule_never_runs_twice_in_a_chain_nor_too_deep_nor_over_budget():
    assert refusal_to_run("a", chain=["b"], wanted=2, used=0) is None
    assert refusal_to_run("a", chain=["a", "b"], wanted=1, used=0) is Refusal.ALREADY_RAN
    assert refusal_to_run("a", chain=list("bcdef"), wanted=1, used=0) is Refusal.TOO_DEEP
    assert refusal_to_run("a", chain=[], wanted=2, used=48) is None
    assert refusal_to_run("a", chain=[], wanted=3, used=48) is Refusal.OVER_BUDGET


def test_the_database_leaves_out_only_what_cannot_be_true():
    conditions = [
        asks("status", "is_not", "closed"),
        asks("priority", "is_any_of", ["high", "urgent"]),
        asks("last_message_at", "is_more_than_hours_ago", 24),
        asks("subject", "contains", "'; DROP TABLE tickets; --"),
        {"match": "any", "conditions": [asks("status", "is", "open")]},
    ]
    sql, params = narrowed(Group(conditions=conditions), NOW)
    assert sql.count(" AND ") == 2
    assert "DROP" not in sql
    assert list(params.values()) == [["closed"], ["high", "urgent"], NOW - timedelta(hours=24)]
    assert narrowed(Group(match="any", conditions=conditions), NOW) == ("true", {})
