from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

PriorityName = Literal["low", "medium", "high", "urgent"]


class SlaIn(BaseModel):
    """A service level as it is saved. Unknown fields are ignored, null is taken for every optional one.

    With `calendar_id` the calendar's hours count; without it, and with `business_hours_only`, the hours
    given here (9 to 17 from Monday to Friday in UTC unless told).
    """

    id: UUID | None = None
    name: str
    description: str | None = None
    priority: str
    context: str | None = None
    team_id: UUID | None = None
    response_time_minutes: int
    resolution_time_minutes: int
    business_hours_only: bool | None = False
    calendar_id: UUID | None = None
    business_hours_start: str | None = None
    business_hours_end: str | None = None
    business_days: list[int] | None = None
    timezone: str | None = None
    holidays: list[str] | None = None
    pauses_while_waiting: bool | None = True
    pauses_while_snoozed: bool | None = True
    ai_answer_counts: bool | None = False
    warn_percent: int | None = 75
    is_active: bool | None = True


class SlaRead(BaseModel):
    id: UUID
    name: str
    description: str | None
    priority: PriorityName
    context: str | None
    team_id: UUID | None
    team: str | None
    response_time_minutes: int
    resolution_time_minutes: int
    business_hours_only: bool
    calendar_id: UUID | None
    calendar: str | None
    business_hours_start: str | None
    business_hours_end: str | None
    business_days: list[int] | None
    timezone: str | None
    holidays: list[str] | None
    pauses_while_waiting: bool
    pauses_while_snoozed: bool
    ai_answer_counts: bool
    warn_percent: int
    position: int
    is_active: bool
    created_at: datetime
    updated_at: datetime


class SlaAnswer(BaseModel):
    sla: SlaRead


class SlaList(BaseModel):
    slas: list[SlaRead]


class SlaOrder(BaseModel):
    """All service levels in the order in which they are tried."""

    model_config = ConfigDict(extra="forbid")

    sla_ids: list[UUID]


class SlaPreviewIn(SlaIn):
    name: str = "Preview"


class PreviewTicket(BaseModel):
    """A ticket that the definition would hold for, and what it would change."""

    id: UUID
    number: int
    subject: str
    created_at: datetime
    sla_now: str | None
    due_now: datetime | None
    due_then: datetime | None
    state_then: str


class SlaPreview(BaseModel):
    """Open tickets the definition would match first; `is_capped` when there are more than were looked at."""

    matching: int
    is_capped: bool
    already_late: int
    tickets: list[PreviewTicket]
    shadowed_by: str | None
    """An earlier service level that takes all of these tickets, so that this one is never used."""


class PeriodIn(BaseModel):
    """An opening of a weekday (1 = Monday), "HH:MM" to "HH:MM"; an end at or before the start is on the next day."""

    model_config = ConfigDict(extra="forbid")

    weekday: int
    start: str
    end: str


class HolidayIn(BaseModel):
    """A day of one's own on which nobody works."""

    model_config = ConfigDict(extra="forbid")

    date: date
    name: Annotated[str, Field(max_length=200)] = "Holiday"
    yearly: bool = False


class CalendarIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    name: Annotated[str, Field(max_length=200)]
    timezone: str
    periods: list[PeriodIn]
    country: str | None = None
    subdivision: str | None = None
    holidays: list[HolidayIn] = []
    is_default: bool = False


class CalendarRead(BaseModel):
    id: UUID
    name: str
    timezone: str
    periods: list[PeriodIn]
    country: str | None
    subdivision: str | None
    holidays: list[HolidayIn]
    is_default: bool
    weekly_minutes: int
    used_by: int
    created_at: datetime
    updated_at: datetime


class CalendarAnswer(BaseModel):
    calendar: CalendarRead


class CalendarList(BaseModel):
    calendars: list[CalendarRead]


class CalendarPreviewIn(BaseModel):
    """A calendar and a target to try: when would it be due, had a ticket come in at `start`?"""

    model_config = ConfigDict(extra="forbid")

    calendar: CalendarIn
    start: datetime | None = None
    minutes: Annotated[int, Field(gt=0, le=1_000_000)] = 240


class Opening(BaseModel):
    opens: datetime
    closes: datetime


class Day(BaseModel):
    """One local day: its openings, or the holiday it is."""

    date: date
    holiday: str | None
    openings: list[Opening]


class CalendarPreview(BaseModel):
    start: datetime
    minutes: int
    due_at: datetime
    days: list[Day]
    holidays: list[HolidayIn]
    """Public and own ones of the next twelve months."""


class Places(BaseModel):
    """Countries and their parts whose public holidays are known, and the time zones."""

    countries: dict[str, list[str]]
    timezones: list[str]


class Violation(BaseModel):
    """A missed target; `actual_time` is null and the minutes count on while it is still running late."""

    expected_time: datetime
    actual_time: datetime | None
    violation_minutes: int


class Target(BaseModel):
    """One clock: expected and actual time, and how it stands."""

    expected: datetime | None
    actual: datetime | None
    violation: Violation | None
    state: str
    target_minutes: int
    used_minutes: int
    remaining_minutes: int
    is_running: bool
    paused_because: str | None
    warn_at: datetime | None


class SlaSummary(BaseModel):
    id: UUID
    name: str
    priority: PriorityName
    response_time_minutes: int
    resolution_time_minutes: int


class SlaStatus(BaseModel):
    """How a ticket stands to its service level."""

    sla_defined: Literal[True]
    sla: SlaSummary
    response_time: Target
    resolution_time: Target
    state: str
    as_of: datetime


class NoSla(BaseModel):
    """A ticket that no service level holds for."""

    sla_defined: Literal[False]
    message: str


class Step(BaseModel):
    """A line of a clock's explanation."""

    at: datetime
    kind: str
    cause: str
    note: str
    used_minutes: int


class Explanation(BaseModel):
    metric: Literal["response", "resolution"]
    state: str
    steps: list[Step]


class SlaTimeline(BaseModel):
    """Why the clocks of a ticket stand as they do: every start, pause, resume and reset."""

    sla: SlaSummary | None
    calendar: str | None
    timezone: str | None
    clocks: list[Explanation]


class Done(BaseModel):
    success: bool = True
    message: str
