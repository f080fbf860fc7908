from typing import Annotated

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.domains.accounts.access import requires

SLA_MANAGE = Permission("sla.manage", "Manage service levels and calendars", by_default=False)

SlaManager = Annotated[Actor, Depends(requires(SLA_MANAGE))]
