"""Who of a team gets the next ticket."""

from uuid import UUID

from deskwell.domains.teams.logic import Roster, pick

ANA, BEN, CAT = (UUID(int=n) for n in (1, 2, 3))


def shared_out(roster: Roster, method: str, tickets: int) -> list[UUID | None]:
    got = []
    for _ in range(tickets):
        member = pick(roster, method)
        got.append(member)
        if member:
            roster = roster.with_ticket_for(member)
    return got


def test_round_robin_goes_on_behind_the_last_one():
    assert shared_out(Roster([ANA, BEN, CAT], last=ANA), "round_robin", 4) == [BEN, CAT, ANA, BEN]


def test_round_robin_begins_at_the_top_when_the_last_one_left():
    assert pick(Roster([BEN, CAT], last=ANA), "round_robin") == BEN


def test_load_evens_out_and_breaks_ties_by_turn():
    assert shared_out(Roster([ANA, BEN, CAT], loads={ANA: 2, BEN: 1}), "load", 5) == [CAT, BEN, CAT, ANA, BEN]


def test_full_people_are_passed_over_until_nobody_is_left():
    roster = Roster([ANA, BEN], capacities={ANA: 1, BEN: 2})
    assert shared_out(roster, "round_robin", 4) == [ANA, BEN, BEN, None]


def test_a_team_may_keep_its_ticket_and_an_empty_team_has_nobody():
    assert pick(Roster([ANA]), "team_only") is None
    assert pick(Roster([]), "load") is None
