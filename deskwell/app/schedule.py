"""What is done again and again: sweeps that pick up due rows. Cron with seconds, UTC."""

from deskwell.core.jobs import Periodic
from deskwell.domains.knowledge.events import RefreshSearchWords
from deskwell.domains.live.events import SweepLive

SCHEDULE: tuple[Periodic, ...] = (
    Periodic("23 * * * * *", SweepLive()),
    Periodic("41 */10 * * * *", RefreshSearchWords()),
)
