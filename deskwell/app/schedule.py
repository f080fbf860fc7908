"""What is done again and again: sweeps that pick up due rows. Cron with seconds, UTC."""

from deskwell.core.jobs import Periodic
from deskwell.domains.ai.events import EmbedArticles, EmbedTickets, RefitConfidence, WakeTurns
from deskwell.domains.automation.events import ForgetRuns, SweepRules
from deskwell.domains.email.events import ForgetRawMail, SweepMail
from deskwell.domains.files.events import SweepFiles
from deskwell.domains.knowledge.events import RefreshSearchWords
from deskwell.domains.live.events import SweepLive
from deskwell.domains.reports.events import FoldReports, RollMonths
from deskwell.domains.sla.events import SweepClocks
from deskwell.domains.tickets.events import EmptyTrash, ReleaseDrafts, WakeTickets

SCHEDULE: tuple[Periodic, ...] = (
    Periodic("23 * * * * *", SweepLive()),
    Periodic("11 * * * * *", SweepRules()),
    Periodic("31 17 3 * * *", ForgetRuns()),
    Periodic("41 */10 * * * *", RefreshSearchWords()),
    Periodic("*/2 * * * * *", WakeTurns()),
    Periodic("11 * * * * *", EmbedArticles()),
    Periodic("*/20 * * * * *", EmbedTickets()),
    Periodic("37 */15 * * * *", RefitConfidence()),
    Periodic("*/5 * * * * *", SweepClocks()),
    Periodic("3-59/5 * * * * *", SweepMail()),
    Periodic("43 27 2 * * *", ForgetRawMail()),
    Periodic("2-59/5 * * * * *", FoldReports()),
    Periodic("47 */15 * * * *", RollMonths()),
    Periodic("0 17 * * * *", SweepFiles()),
    Periodic("*/2 * * * * *", ReleaseDrafts()),
    Periodic("*/5 * * * * *", WakeTickets()),
    Periodic("0 37 * * * *", EmptyTrash()),
)
