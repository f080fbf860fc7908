"""What is counted: one ticket's history as entries, each at the moment it happened.

A report is a selection over entries, nothing else. Screen, CSV, API and drill-down share them, so that
a figure and the tickets behind it cannot differ.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID


class Measure(IntEnum):
    """Kinds of entries. The numbers are stored; never give one to something else."""

    CREATED = 1
    CLOSED = 2
    REOPENED = 3
    FIRST_RESPONSE = 4
    FIRST_RESPONSE_BUSINESS = 5
    FIRST_REPLY = 6
    RESOLUTION = 7
    RESOLUTION_BUSINESS = 8
    RESPONSE_IN_TIME = 10
    RESPONSE_VIOLATED = 11
    RESOLUTION_IN_TIME = 12
    RESOLUTION_VIOLATED = 13
    RATING = 20
    AI_ANSWERED = 21
    AI_CLARIFIED = 22
    AI_HANDED_OVER = 23
    AI_RESOLVED_CONFIRMED = 24
    AI_RESOLVED_ASSUMED = 25
    AI_REOPENED = 26
    AGENT_REPLY = 30
    TIME_WORK = 40
    TIME_WAITING = 41
    TIME_RESEARCH = 42
    TIME_COMMUNICATION = 43
    TIME_OTHER = 44
    TIME_BILLABLE = 45


VALUED = frozenset(
    {
        Measure.FIRST_RESPONSE,
        Measure.FIRST_RESPONSE_BUSINESS,
        Measure.FIRST_REPLY,
        Measure.RESOLUTION,
        Measure.RESOLUTION_BUSINESS,
        Measure.RESPONSE_VIOLATED,
        Measure.RESOLUTION_VIOLATED,
        Measure.RATING,
        Measure.TIME_WORK,
        Measure.TIME_WAITING,
        Measure.TIME_RESEARCH,
        Measure.TIME_COMMUNICATION,
        Measure.TIME_OTHER,
        Measure.TIME_BILLABLE,
    }
)
"""Measures whose entries carry a value: seconds, minutes late, stars or minutes worked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a ticket, with what one may filter by. `agent` is whose it is."""

    measure: Measure
    at: datetime
    value: int = 0
    agent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One ticket's raw history, as read from the tickets, their messages, turns, clocks and time entries.

    `closings` and `reopenings` are in time order; durations are seconds.
    """

    created_at: datetime
    assignee: UUID | None = None
    closings: tuple[datetime, ...] = ()
    reopenings: tuple[datetime, ...] = ()
    first_response_at: datetime | None = None
    first_responder: UUID | None = None
    first_response_business: int | None = None
    first_reply_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution_business: int | None = None
    response_met_at: datetime | None = None
    resolution_met_at: datetime | None = None
    violations: tuple[tuple[str, datetime, int], ...] = ()
    ratings: tuple[tuple[datetime, int], ...] = ()
    turns: tuple[tuple[datetime, str], ...] = ()
    ai_resolutions: tuple[tuple[datetime, bool, datetime | None], ...] = ()
    replies: tuple[tuple[datetime, UUID | None], ...] = ()
    time: tuple[tuple[datetime, str, int, bool, UUID], ...] = ()


_TURNS = {
    "answered": Measure.AI_ANSWERED,
    "clarified": Measure.AI_CLARIFIED,
    "handed_over": Measure.AI_HANDED_OVER,
}
_TIME = {
    "work": Measure.TIME_WORK,
    "waiting": Measure.TIME_WAITING,
    "research": Measure.TIME_RESEARCH,
    "communication": Measure.TIME_COMMUNICATION,
    "other": Measure.TIME_OTHER,
}
_SLA = {
    "response": (Measure.RESPONSE_IN_TIME, Measure.RESPONSE_VIOLATED),
    "resolution": (Measure.RESOLUTION_IN_TIME, Measure.RESOLUTION_VIOLATED),
}


def entries_of(life: Life) -> list[Entry]:
    """Everything one ticket adds to the reports."""
    return [
        *_flow(life),
        *_durations(life),
        *_service_levels(life),
        *_answers(life),
        *(Entry(Measure.AGENT_REPLY, at, agent=agent) for at, agent in life.replies),
        *_work(life),
    ]


def _flow(life: Life) -> list[Entry]:
    return [
        Entry(Measure.CREATED, life.created_at, agent=life.assignee),
        *(Entry(Measure.CLOSED, at, agent=life.assignee) for at in life.closings),
        *(Entry(Measure.REOPENED, at, agent=life.assignee) for at in life.reopenings),
    ]


def _durations(life: Life) -> list[Entry]:
    found: list[Entry] = []

    def add(measure: Measure, at: datetime | None, seconds: int | None, agent: UUID | None) -> None:
        if at and seconds is not None:
            found.append(Entry(measure, at, max(seconds, 0), agent))

    def since_start(at: datetime | None) -> int | None:
        return int((at - life.created_at).total_seconds()) if at else None

    first, replied, resolved = life.first_response_at, life.first_reply_at, life.resolved_at
    add(Measure.FIRST_RESPONSE, first, since_start(first), life.first_responder)
    add(Measure.FIRST_RESPONSE_BUSINESS, first, life.first_response_business, life.first_responder)
    add(Measure.FIRST_REPLY, replied, since_start(replied), None)
    add(Measure.RESOLUTION, resolved, since_start(resolved), life.assignee)
    add(Measure.RESOLUTION_BUSINESS, resolved, life.resolution_business, life.assignee)
    return found


def _service_levels(life: Life) -> list[Entry]:
    violated = {metric for metric, _, _ in life.violations}
    found = [Entry(_SLA[metric][1], due, late, life.assignee) for metric, due, late in life.violations]
    for metric, met_at in (("response", life.response_met_at), ("resolution", life.resolution_met_at)):
        if met_at and metric not in violated:
            found.append(Entry(_SLA[metric][0], met_at, agent=life.assignee))
    return found


def _answers(life: Life) -> list[Entry]:
    found = [Entry(Measure.RATING, at, stars) for at, stars in life.ratings]
    found += [Entry(_TURNS[state], at) for at, state in life.turns if state in _TURNS]
    for at, is_confirmed, reopened_at in life.ai_resolutions:
        if reopened_at:
            found.append(Entry(Measure.AI_REOPENED, reopened_at))
        else:
            measure = Measure.AI_RESOLVED_CONFIRMED if is_confirmed else Measure.AI_RESOLVED_ASSUMED
            found.append(Entry(measure, at))
    return found


def _work(life: Life) -> list[Entry]:
    found = []
    for at, kind, minutes, is_billable, agent in life.time:
        found.append(Entry(_TIME[kind], at, minutes, agent))
        if is_billable:
            found.append(Entry(Measure.TIME_BILLABLE, at, minutes, agent))
    return found
