"""Clocks of a ticket, recomputed from its facts.

A clock is never stepped forward in place: it is a function of the policy and of everything that
happened to the ticket. A change of priority is the same facts under another policy, and a merge or a
split is another list of facts, so no history of corrections can leave it wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from .calendar import Calendar, add_time, time_between

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


class Metric(StrEnum):
    RESPONSE = "response"
    RESOLUTION = "resolution"


class Kind(StrEnum):
    """What happened to a ticket, as far as its clocks care."""

    OPENED = "opened"
    CUSTOMER_WROTE = "customer_wrote"
    AGENT_ANSWERED = "agent_answered"
    AI_ANSWERED = "ai_answered"
    HANDED_OVER = "handed_over"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRASHED = "trashed"
    RESTORED = "restored"
    SLA_CHANGED = "sla_changed"


class Pause(StrEnum):
    """Why a clock stands still."""

    WAITING = "waiting_for_customer"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    TRASHED = "trashed"


class StepKind(StrEnum):
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESET = "reset"
    MET = "met"
    STOPPED = "stopped"
    WARNED = "warned"
    VIOLATED = "violated"
    SLA = "sla"


class State(StrEnum):
    """How a clock, or a whole ticket, stands at a moment."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    PAUSED = "paused"
    BREACHED = "breached"
    MET = "met"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened. `note` is shown in the explanation, such as the new priority."""

    at: datetime
    kind: Kind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an SLA demands. Targets are minutes; no calendar means round the clock."""

    response: int | None
    resolution: int | None
    calendar: Calendar | None = None
    pauses_while_waiting: bool = True
    pauses_while_snoozed: bool = True
    ai_answer_counts: bool = False
    warn_percent: int = 75


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the explanation: what the clock did, why, and how much it had used by then."""

    at: datetime
    kind: StepKind
    cause: str
    used: timedelta
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it stands at one moment."""

    state: State
    used: timedelta
    left: timedelta
    expected_at: datetime
    late_minutes: int | None


@dataclass(frozen=True, slots=True)
class Miss:
    """A target that was not met in time; `ended_at` is None and the minutes still grow while it runs late."""

    due_at: datetime
    ended_at: datetime | None
    late_minutes: int


@dataclass
class Clock:
    """One target of one ticket, after all facts so far."""

    metric: Metric
    target: timedelta
    calendar: Calendar | None
    warn_after: timedelta
    started_at: datetime
    used: timedelta = NOTHING
    running_since: datetime | None = None
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    earlier_misses: list[Miss] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.met_at is not None or self.stopped_at is not None

    @property
    def due_at(self) -> datetime | None:
        """When the target is missed if nothing stops the clock; None while it stands still."""
        if self.breached_at:
            return self.breached_at
        if self.running_since is None:
            return None
        return add_time(self.calendar, self.running_since, self.target - self.used)

    @property
    def warn_at(self) -> datetime | None:
        if self.warned_at:
            return self.warned_at
        if self.running_since is None:
            return None
        return add_time(self.calendar, self.running_since, self.warn_after - self.used)

    def read(self, now: datetime) -> Reading:
        """State, time used and time left at `now`, which lies after the last fact."""
        end = self.met_at or self.stopped_at or now
        used = self.used
        if self.running_since:
            used += time_between(self.calendar, self.running_since, now)
        due = self.due_at
        is_late = self.breached_at is not None or (due is not None and now > due and not self.is_over)
        expected = due or add_time(self.calendar, end, self.target - used)
        late = max(used - self.target, NOTHING) // MINUTE if is_late else None
        return Reading(self._state(now, is_late=is_late), used, self.target - used, expected, late)

    def misses(self, now: datetime) -> list[Miss]:
        """Every time this target was missed: before reopenings, and now."""
        if self.breached_at is None:
            return self.earlier_misses
        late = self.read(now).late_minutes or 0
        return [*self.earlier_misses, Miss(self.breached_at, self.met_at or self.stopped_at, late)]

    def start(self, at: datetime, *, kind: StepKind, cause: str) -> None:
        self.earlier_misses = self.misses(at)
        self.started_at, self.used, self.running_since = at, NOTHING, None
        self.met_at = self.stopped_at = self.warned_at = self.breached_at = None
        self.note(at, kind, cause)

    def go(self, at: datetime, *, cause: str | None) -> None:
        self.running_since = at
        if cause:
            self.note(at, StepKind.RESUMED, cause)

    def halt(self, at: datetime) -> None:
        """Count what ran, and fix a warning and a breach that fell into it."""
        if self.running_since is None:
            return
        self.reach(at)
        self.used += time_between(self.calendar, self.running_since, at)
        self.running_since = None

    def reach(self, at: datetime) -> None:
        warn, due = self.warn_at, self.due_at
        if not self.warned_at and warn and at >= warn:
            self.warned_at = warn
            self.note(warn, StepKind.WARNED, "warning", used=self.warn_after)
        if not self.breached_at and due and at > due:
            self.breached_at = due
            self.note(due, StepKind.VIOLATED, "target", used=self.target)

    def note(
        self, at: datetime, kind: StepKind, cause: str, *, note: str = "", used: timedelta | None = None
    ) -> None:
        self.steps.append(Step(at, kind, cause, self.used if used is None else used, note))

    def _state(self, now: datetime, *, is_late: bool) -> State:
        if is_late:
            return State.BREACHED
        if self.is_over:
            return State.MET if self.met_at else State.STOPPED
        if self.running_since is None:
            return State.PAUSED
        return State.AT_RISK if self.warn_at and now >= self.warn_at else State.RUNNING


@dataclass
class _Ticket:
    """The part of a ticket's state that decides whether its clocks run."""

    waits_for_customer: bool = False
    is_snoozed: bool = False
    is_closed: bool = False
    is_trashed: bool = False

    def pauses(self, policy: Policy) -> list[Pause]:
        return [
            pause
            for pause, holds in (
                (Pause.TRASHED, self.is_trashed),
                (Pause.CLOSED, self.is_closed),
                (Pause.SNOOZED, self.is_snoozed and policy.pauses_while_snoozed),
                (Pause.WAITING, self.waits_for_customer and policy.pauses_while_waiting),
            )
            if holds
        ]

    def apply(self, kind: Kind) -> None:
        match kind:
            case Kind.OPENED:
                self.waits_for_customer = False
            case Kind.CUSTOMER_WROTE | Kind.HANDED_OVER:
                self.waits_for_customer = self.is_snoozed = False
            case Kind.AGENT_ANSWERED | Kind.AI_ANSWERED:
                self.waits_for_customer = True
            case Kind.SNOOZED | Kind.WOKEN:
                self.is_snoozed = kind is Kind.SNOOZED
            case Kind.CLOSED:
                self.is_closed, self.is_snoozed = True, False
            case Kind.REOPENED:
                self.is_closed = self.waits_for_customer = False
            case Kind.TRASHED | Kind.RESTORED:
                self.is_trashed = kind is Kind.TRASHED
            case Kind.SLA_CHANGED:
                pass


def run(policy: Policy, facts: Iterable[Fact], *, until: datetime | None = None) -> dict[Metric, Clock]:
    """The clocks after these facts. `until` writes a warning or breach due by then into the steps."""
    clocks: dict[Metric, Clock] = {}
    ticket = _Ticket()
    for fact in sorted(facts, key=lambda fact: fact.at):
        ticket.apply(fact.kind)
        if not clocks:
            clocks = _started(policy, fact.at)
        pauses = ticket.pauses(policy)
        for clock in clocks.values():
            _advance(clock, fact, policy, pauses)
    for clock in clocks.values():
        if until and clock.running_since and not clock.is_over:
            clock.reach(until)
    return clocks


def next_check(clocks: Iterable[Clock]) -> datetime | None:
    """The next moment at which a running clock warns or breaks."""
    moments = [
        moment
        for clock in clocks
        if clock.running_since and not clock.is_over
        for moment in (
            clock.due_at if not clock.breached_at else None,
            clock.warn_at if not clock.warned_at else None,
        )
        if moment
    ]
    return min(moments, default=None)


def _started(policy: Policy, at: datetime) -> dict[Metric, Clock]:
    clocks = {}
    for metric, minutes in ((Metric.RESPONSE, policy.response), (Metric.RESOLUTION, policy.resolution)):
        if minutes:
            target = minutes * MINUTE
            clocks[metric] = Clock(
                metric, target, policy.calendar, target * policy.warn_percent / 100, started_at=at
            )
            clocks[metric].start(at, kind=StepKind.STARTED, cause=Kind.OPENED)
    return clocks


def _advance(clock: Clock, fact: Fact, policy: Policy, pauses: list[Pause]) -> None:
    if fact.kind is Kind.SLA_CHANGED:
        clock.note(fact.at, StepKind.SLA, fact.kind, note=fact.note, used=_used(clock, fact.at))
    if fact.kind is Kind.REOPENED and _restarts(clock):
        clock.start(fact.at, kind=StepKind.RESET, cause=fact.kind)
    if clock.is_over:
        return
    if _is_met(clock.metric, fact.kind, policy):
        clock.halt(fact.at)
        clock.met_at = fact.at
        clock.note(fact.at, StepKind.MET, fact.kind)
    elif fact.kind is Kind.CLOSED:
        clock.halt(fact.at)
        clock.stopped_at = fact.at
        clock.note(fact.at, StepKind.STOPPED, fact.kind)
    elif pauses and clock.running_since:
        clock.halt(fact.at)
        clock.note(fact.at, StepKind.PAUSED, pauses[0], note=fact.note)
    elif not pauses and clock.running_since is None:
        is_fresh = clock.steps[-1].kind in {StepKind.STARTED, StepKind.RESET}
        clock.go(fact.at, cause=None if is_fresh else fact.kind)


def _restarts(clock: Clock) -> bool:
    """A first response stays given; what was never answered, and the resolution, begin anew."""
    return clock.stopped_at is not None or (clock.metric is Metric.RESOLUTION and clock.is_over)


def _is_met(metric: Metric, kind: Kind, policy: Policy) -> bool:
    if metric is Metric.RESOLUTION:
        return kind is Kind.CLOSED
    return kind is Kind.AGENT_ANSWERED or (kind is Kind.AI_ANSWERED and policy.ai_answer_counts)


def _used(clock: Clock, at: datetime) -> timedelta:
    if clock.running_since is None:
        return clock.used
    return clock.used + time_between(clock.calendar, clock.running_since, at)
