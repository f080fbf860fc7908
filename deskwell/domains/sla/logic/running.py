"""Clocks of a ticket, recomputed from its facts.

A clock is never stepped forward in place: it is a function of the policy and of everything that
happened to the ticket. A change of priority is the same facts under another policy, and a merge or a
split is another list of facts, so no history of corrections can leave it wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .calendar import time_between
from .clock import MINUTE, Clock
from .facts import Fact, Kind, Metric, Pause, Policy, StepKind


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
