from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from deskwell.core.pages import Pagination

from .models import EntryType


class NewEntry(BaseModel):
    """A time entry as it is logged. `worked_at` is now when it is left out."""

    duration_minutes: int
    description: str | None = None
    entry_type: str | None = EntryType.WORK
    billable: bool | None = True
    worked_at: datetime | None = None


class EntryChange(BaseModel):
    """The fields to change; others stay as they are."""

    model_config = ConfigDict(extra="forbid")

    duration_minutes: int | None = None
    description: str | None = None
    entry_type: str | None = None
    billable: bool | None = None
    worked_at: datetime | None = None


class Entry(BaseModel):
    id: UUID
    ticket_id: UUID
    ticket_number: int
    ticket_subject: str
    user_id: UUID
    user_name: str
    user_email: str
    duration_minutes: int
    entry_type: EntryType
    billable: bool
    description: str | None
    worked_at: datetime
    created_at: datetime
    updated_at: datetime


class Totals(BaseModel):
    """Sums in minutes, and in hours with two decimals. `by_type` holds minutes of all five kinds."""

    total_minutes: int
    total_hours: float
    billable_minutes: int
    billable_hours: float
    by_type: dict[EntryType, int]


class EntryAnswer(BaseModel):
    time_entry: Entry


class TicketEntries(BaseModel):
    time_entries: list[Entry]
    totals: Totals


class EntryPage(BaseModel):
    time_entries: list[Entry]
    totals: Totals
    pagination: Pagination


class Group(BaseModel):
    """Time of one agent, customer, context, ticket, day or kind."""

    key: str
    label: str
    entries: int
    total_minutes: int
    total_hours: float
    billable_minutes: int
    billable_hours: float
    by_type: dict[EntryType, int]


class Groups(BaseModel):
    by: str
    groups: list[Group]
    totals: Totals


class TimerStart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    entry_type: EntryType = EntryType.WORK
    billable: bool = True
    description: Annotated[str, Field(max_length=2000)] = ""


class TimerChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    entry_type: EntryType | None = None
    billable: bool | None = None
    description: Annotated[str | None, Field(max_length=2000)] = None


class TimerStop(TimerChange):
    """What the entry shall say; `duration_minutes` corrects what the timer counted."""

    duration_minutes: int | None = None


class Timer(BaseModel):
    """`elapsed_seconds` is as of `now`; add what has passed since while `is_running`."""

    ticket_id: UUID
    ticket_number: int
    ticket_subject: str
    is_running: bool
    elapsed_seconds: int
    entry_type: EntryType
    billable: bool
    description: str
    now: datetime


class TimerAnswer(BaseModel):
    timer: Timer | None


class Done(BaseModel):
    success: bool = True
    message: str
