from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from deskwell.core.pages import Pagination


class SampleTicket(BaseModel):
    """A recently active ticket."""

    ticket_id: UUID
    context: str
    subject: str
    status: str
    total_messages: int
    avg_confidence: float | None


class Stats(BaseModel):
    """Tickets outside the trash that the caller may see; open means not closed, total is the sum."""

    total_tickets: int
    open_tickets: int
    closed_tickets: int
    sample_summary: list[SampleTicket]


class FigureInfo(BaseModel):
    """What a figure means. `good` says whether more or less of it is better, if either."""

    key: str
    group: str
    label: str
    unit: Literal["count", "seconds", "minutes", "percent", "stars"]
    definition: str
    good: Literal["more", "less"] | None


class FigureList(BaseModel):
    figures: list[FigureInfo]


class FigureValue(BaseModel):
    """A figure in the period and in the one before; null where there is nothing to count."""

    value: float | None
    previous: float | None


class PeriodRead(BaseModel):
    """Days of the zone, both included."""

    first: date
    last: date
    tz: str
    previous_first: date
    previous_last: date


class Overview(BaseModel):
    """All figures of a period. `series` holds, by figure, one value for each bucket, named by its first day."""

    period: PeriodRead
    grain: Literal["day", "week", "month"]
    buckets: list[date]
    figures: dict[str, FigureValue]
    series: dict[str, list[float | None]]
    as_of: datetime


class GroupRow(BaseModel):
    """One agent, team, context or tag; `key` is null for tickets without one."""

    key: str | None
    label: str
    figures: dict[str, float | None]


class Breakdown(BaseModel):
    period: PeriodRead
    by: str
    groups: list[GroupRow]
    as_of: datetime


class BehindTicket(BaseModel):
    """A ticket behind a figure, with what it adds where the figure is made of values: the sum of its
    minutes, its seconds, or the average of its stars.
    """

    ticket_id: UUID
    number: int
    subject: str
    context: str
    status: str
    priority: str
    assigned_to: str | None
    created_at: datetime
    value: float | None


class Behind(BaseModel):
    period: PeriodRead
    figure: FigureInfo
    tickets: list[BehindTicket]
    pagination: Pagination


class ReportSettings(BaseModel):
    """The desk's time zone: its days are the days of the reports unless a person chooses another."""

    model_config = ConfigDict(extra="forbid")

    timezone: str


class Rebuilding(BaseModel):
    success: bool = True
    message: str
