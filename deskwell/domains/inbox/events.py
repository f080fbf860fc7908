from dataclasses import dataclass

from deskwell.core.jobs import JobRequest


@dataclass(frozen=True)
class FoldCounts(JobRequest):
    """Add up the changes that were appended to the kept counts."""

    @property
    def once(self) -> str:
        return "fold_counts"
