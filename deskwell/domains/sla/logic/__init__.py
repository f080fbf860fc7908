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
from .clock import Clock
from .facts import Fact, Kind, Metric, Miss, Pause, Policy, Reading, State, Step, StepKind
from .policies import (
    calendar_from,
    minutes_of,
    pack_facts,
    place_of,
    places,
    policy_from,
    simple_calendar,
    time_zones,
    unpack_facts,
)
from .running import next_check, run

__all__ = [
    "Calendar",
    "Clock",
    "Fact",
    "Kind",
    "Metric",
    "Miss",
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
    "calendar_from",
    "minutes_between",
    "minutes_of",
    "next_check",
    "pack_facts",
    "place_of",
    "places",
    "policy_from",
    "public_holidays",
    "run",
    "simple_calendar",
    "time_between",
    "time_zones",
    "unpack_facts",
]
