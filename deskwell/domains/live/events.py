from dataclasses import dataclass

from deskwell.core.jobs import JobRequest


@dataclass(frozen=True)
class SweepLive(JobRequest):
    """Remove signals and presences that have passed."""

    @property
    def once(self) -> str:
        return "sweep_live"
