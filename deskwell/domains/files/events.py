from dataclasses import dataclass

from deskwell.core.jobs import JobRequest


@dataclass(frozen=True)
class RemoveObjects(JobRequest):
    """Bytes whose rows are gone."""

    storage_keys: tuple[str, ...]


@dataclass(frozen=True)
class SweepFiles(JobRequest):
    """Rows nobody claimed, and bytes without a row, older than a day."""

    @property
    def once(self) -> str | None:
        return "sweep_files"
