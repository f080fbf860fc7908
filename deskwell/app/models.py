"""All tables in one place, for the migrations and the test that compares them with the schema."""

from deskwell.core import configuration, events, faults, idempotency, limits
from deskwell.core.db import Base
from deskwell.domains.accounts import models as accounts
from deskwell.domains.ai import models as ai
from deskwell.domains.automation import models as automation
from deskwell.domains.contexts import models as contexts
from deskwell.domains.email import models as email
from deskwell.domains.fields import models as fields
from deskwell.domains.files import models as files
from deskwell.domains.inbox import models as inbox
from deskwell.domains.knowledge import models as knowledge
from deskwell.domains.live import models as live
from deskwell.domains.macros import models as macros
from deskwell.domains.notifications import models as notifications
from deskwell.domains.onboarding import models as onboarding
from deskwell.domains.reports import models as reports
from deskwell.domains.sla import models as sla
from deskwell.domains.teams import models as teams
from deskwell.domains.tickets import models as tickets
from deskwell.domains.time_tracking import models as time_tracking

OWNERS = (
    configuration,
    events,
    faults,
    idempotency,
    limits,
    accounts,
    automation,
    contexts,
    ai,
    fields,
    knowledge,
    onboarding,
    files,
    inbox,
    live,
    macros,
    notifications,
    teams,
    tickets,
    sla,
    time_tracking,
    reports,
    email,
)
metadata = Base.metadata
