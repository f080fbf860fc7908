"""What actions would do, before they do it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from deskwell.domains.actions.logic import State, World, foresee, mails_of
from deskwell.domains.actions.logic.vocabulary import CHANGED_BY, NOT_CHANGED
from deskwell.domains.actions.schemas import Actions
from deskwell.domains.teams.logic import Roster
from deskwell.domains.tickets.models import Ticket

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANA, BEN, TEAM, TAG, CATEGORY = (UUID(int=n) for n in range(1, 6))
NAMES = {ANA: "Ana", BEN: "Ben", TEAM: "Billing", TAG: "refund", CATEGORY: "Invoices"}
WORLD = World(now=NOW, names=NAMES, rosters={TEAM: Roster([ANA, BEN])}, me=BEN)
FRESH = State(status="open", priority="medium", customer_email="kim@example.com")
ACTIONS = TypeAdapter(Actions)


def foreseen(*actions, state=FRESH, world=WORLD):
    return foresee(ACTIONS.validate_python(list(actions)), state, world)


def sentences(outcome):
    return [change.text for change in outcome.changes]


def test_a_chain_of_actions_is_foreseen_in_order():
    outcome = foreseen(
        {"type": "set_priority", "priority": "urgent"},
        {"type": "assign_team", "team_id": str(TEAM), "method": "load"},
        {"type": "add_tags", "tag_ids": [str(TAG)]},
        {"type": "set_category", "category_id": str(CATEGORY)},
        {"type": "set_field", "key": "size", "value": "l"},
    )
    assert sentences(outcome) == [
        "Priority: medium → urgent",
        "Team: none → Billing",
        "Assignee: none → Ana",
        "Status: open → human_assigned",
        "Adds the tag refund",
        "Category: none → Invoices",
        "size: none → l",
    ]
    assert (outcome.state.assignee, outcome.state.team, outcome.state.tags) == (ANA, TEAM, {TAG})


def test_doing_it_twice_changes_nothing_the_second_time():
    actions = [
        {"type": "assign_to_me"},
        {"type": "add_tags", "tag_ids": [str(TAG), str(TAG)]},
        {"type": "add_watchers", "user_ids": [str(ANA)]},
        {"type": "snooze", "until": (NOW + timedelta(hours=2)).isoformat()},
    ]
    first = foreseen(*actions)
    assert len(first.changes) == 5
    assert foreseen(*actions, state=first.state).changes == []


def test_load_is_shared_over_several_tickets():
    world, got = WORLD, []
    for _ in range(4):
        outcome = foreseen({"type": "assign_team", "team_id": str(TEAM), "method": "load"}, world=world)
        world = outcome.world
        got.append(outcome.state.assignee)
    assert got == [ANA, BEN, ANA, BEN]


def test_a_ticket_of_a_member_stays_with_them():
    state = State(status="human_assigned", priority="low", assignee=BEN)
    outcome = foreseen({"type": "assign_team", "team_id": str(TEAM), "method": "round_robin"}, state=state)
    assert outcome.state.assignee == BEN
    assert sentences(outcome) == ["Team: none → Billing"]


def test_closing_reopening_and_escalating_know_the_state():
    closed = foreseen({"type": "close"}).state
    assert closed.status == "closed"
    assert foreseen({"type": "snooze", "hours": 2}, {"type": "escalate"}, state=closed).changes == []
    assert foreseen({"type": "reopen"}, state=closed).state.status == "open"
    assert foreseen({"type": "reopen"}).changes == []
    assert foreseen({"type": "escalate"}).state.status == "human_assigned"


def test_mails_are_foreseen():
    outcome = foreseen(
        {"type": "reply", "body": "We are on it."},
        {"type": "mail", "to": ["boss@example.com"], "subject": "Look", "body": "Please look."},
        {"type": "note", "body": "Told the boss."},
        {"type": "notify", "user_ids": [str(ANA)], "message": "Have a look"},
    )
    assert mails_of(outcome.changes) == ["kim@example.com", "boss@example.com"]
    assert sentences(outcome)[-1] == "Notifies Ana: Have a look"


@pytest.mark.parametrize(
    "action",
    [
        {"type": "explode"},
        {"type": "set_priority", "priority": "huge"},
        {"type": "reply", "body": "  "},
        {"type": "add_tags", "tag_ids": []},
        {"type": "close", "when": "now"},
        {"type": "snooze", "hours": -1},
    ],
)
def test_an_action_that_makes_no_sense_is_refused(action):
    with pytest.raises(ValidationError):
        ACTIONS.validate_python([action])


def test_every_action_can_be_foreseen():
    examples = {
        "assign": {"agent_id": str(ANA)},
        "assign_team": {"team_id": str(TEAM)},
        "set_priority": {"priority": "low"},
        "set_category": {"category_id": str(CATEGORY)},
        "set_context": {"context": "Garden"},
        "add_tags": {"tag_ids": [str(TAG)]},
        "remove_tags": {"tag_ids": [str(UUID(int=9))]},
        "set_field": {"key": "size", "value": True},
        "reply": {"body": "Hello"},
        "note": {"body": "Hello"},
        "mail": {"to": ["a@example.com"], "subject": "Hi", "body": "Hello"},
        "notify": {"user_ids": [str(ANA)], "message": "Hello"},
        "snooze": {"hours": 1},
        "add_watchers": {"user_ids": [str(BEN)]},
        "remove_watchers": {"user_ids": [str(ANA)]},
    }
    full = State(status="open", priority="medium", tags=frozenset({UUID(int=9)}), watchers=frozenset({ANA}))
    schema = ACTIONS.json_schema()["items"]["discriminator"]["mapping"]
    for name in schema:
        state = State(status="closed", priority="low") if name == "reopen" else full
        outcome = foreseen({"type": name, **examples.get(name, {})}, state=state)
        assert outcome.changes, name
        assert all(change.action == name and change.text for change in outcome.changes)


def test_every_field_of_a_ticket_is_changed_by_an_action_or_left_alone_for_a_reason():
    """A new column of tickets must join the vocabulary of actions, or the list of those left out with a reason."""
    columns = set(Ticket.__table__.columns.keys())
    assert columns - set(CHANGED_BY) - set(NOT_CHANGED) == set()
    assert set(CHANGED_BY) | set(NOT_CHANGED) <= columns
    assert set(CHANGED_BY).isdisjoint(NOT_CHANGED)
    known = set(ACTIONS.json_schema()["items"]["discriminator"]["mapping"])
    assert {name for names in CHANGED_BY.values() for name in names} <= known
