"""Pure rules of service levels: business calendars and the clocks that run by them."""

from .calendar import (
    Calendar,
    NeverOpenError,
    OwnHoliday,
    Period,
    add_minutes,
    add_time,
    minutes_between,
    public_holidays,
    time_between,
)
from .clock import Clock, Fact, Kind, Metric, Pause, Policy, Reading, State, Step, StepKind, next_check, run

__all__ = [
    "Calendar",
    "Clock",
    "Fact",
    "Kind",
    "Metric",
    "NeverOpenError",
    "OwnHoliday",
    "Pause",
    "Period",
    "Policy",
    "Reading",
    "State",
    "Step",
    "StepKind",
    "add_minutes",
    "add_time",
    "minutes_between",
    "next_check",
    "public_holidays",
    "run",
    "time_between",
]
