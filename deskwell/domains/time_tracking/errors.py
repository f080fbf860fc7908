from deskwell.core.errors import Conflict, NotFound


class TimerRunsElsewhere(Conflict):
    """An agent has one timer, and it counts for another ticket."""

    code = "timer_runs_elsewhere"


class NoTimer(NotFound):
    """The caller has no timer."""

    code = "no_timer"


class NoSuchEntry(NotFound):
    """There is no such time entry, or its ticket is not visible to the caller."""

    code = "time_entry_not_found"
