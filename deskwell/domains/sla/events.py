from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class SlaAssigned(Event):
    """Another service level holds for a ticket, or none."""

    kind = "sla.assigned"
    ticket_id: UUID
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True, kw_only=True)
class SlaWarned(Event):
    """A target is close: the warning share of its time is used up."""

    kind = "sla.warned"
    ticket_id: UUID
    sla_id: UUID
    metric: str
    due_at: str | None


@dataclass(frozen=True, kw_only=True)
class SlaViolated(Event):
    """A target was missed."""

    kind = "sla.violated"
    ticket_id: UUID
    sla_id: UUID
    metric: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class SlaSaved(Event):
    kind = "sla.saved"
    sla_id: UUID
    name: str
    is_new: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SlaDeleted(Event):
    kind = "sla.deleted"
    sla_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarSaved(Event):
    kind = "sla.calendar_saved"
    calendar_id: UUID
    name: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class CalendarDeleted(Event):
    kind = "sla.calendar_deleted"
    calendar_id: UUID
    name: str


@dataclass(frozen=True)
class SweepClocks(JobRequest):
    """Look at the clocks that warn or break now."""

    retries: ClassVar[int] = 0

    @property
    def once(self) -> str | None:
        return "sla:sweep"


@dataclass(frozen=True)
class ReapplySlas(JobRequest):
    """Let open tickets of these priorities follow changed service levels."""

    priorities: tuple[str, ...]

    @property
    def once(self) -> str | None:
        return "sla:reapply:" + ",".join(self.priorities)
