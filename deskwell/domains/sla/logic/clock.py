"""One target of one ticket: a clock that starts, pauses, warns and breaks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .calendar import Calendar, add_time, time_between
from .facts import Metric, Miss, Reading, State, Step, StepKind

MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)


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
