"""What happens to a ticket as far as its clocks care, and what the clocks say about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .calendar import Calendar


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
