"""Who of a team gets the next ticket. Pure: the roster in, a person out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

Method = Literal["team_only", "round_robin", "load"]


@dataclass(frozen=True)
class Roster:
    """The people of a team who take tickets now, and how they are loaded.

    members: in the team's own order. loads: open tickets by person. capacities: how many open
    tickets a person takes at most; who has none takes any number. last: who got the last ticket
    in turn. default: how the team shares out a ticket that comes to it without an assignee.
    """

    members: Sequence[UUID]
    loads: Mapping[UUID, int] = field(default_factory=dict)
    capacities: Mapping[UUID, int] = field(default_factory=dict)
    last: UUID | None = None
    default: Method = "team_only"

    def with_ticket_for(self, member: UUID) -> Roster:
        """The roster after this person got one more ticket."""
        loads = {**self.loads, member: self.loads.get(member, 0) + 1}
        return replace(self, loads=loads, last=member)


def pick(roster: Roster, method: Method) -> UUID | None:
    """Who gets the next ticket; None when it stays with the team, or everybody is full or away.

    Round robin goes on behind the one who had the last turn. Load takes the one with the fewest
    open tickets and breaks ties by turn, so that an idle team shares evenly.
    """
    if method == "team_only":
        return None
    free = [m for m in _in_turn(roster) if roster.loads.get(m, 0) < roster.capacities.get(m, 10**9)]
    if not free:
        return None
    return free[0] if method == "round_robin" else min(free, key=lambda m: roster.loads.get(m, 0))


def _in_turn(roster: Roster) -> list[UUID]:
    members = list(roster.members)
    if roster.last not in members:
        return members
    start = members.index(roster.last) + 1
    return members[start:] + members[:start]
