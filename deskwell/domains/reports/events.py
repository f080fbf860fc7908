from dataclasses import dataclass
from typing import ClassVar

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class ReportZoneChanged(Event):
    kind = "reports.zone_changed"
    before: str
    after: str


@dataclass(frozen=True)
class FoldReports(JobRequest):
    """Follow the log and bring the figures up to date."""

    retries: ClassVar[int] = 0

    @property
    def once(self) -> str | None:
        return "reports:fold"


@dataclass(frozen=True)
class RebuildReports(JobRequest):
    """Count every ticket anew: after an import, or when business time means something else."""

    @property
    def once(self) -> str | None:
        return "reports:rebuild"


@dataclass(frozen=True)
class RollMonths(JobRequest):
    """Roll up whole months that are past and changed since, or never were."""

    retries: ClassVar[int] = 0

    @property
    def once(self) -> str | None:
        return "reports:roll"
