from typing import Annotated

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.domains.accounts.access import SETTINGS_MANAGE, requires

REPORTS_READ = Permission("reports.read", "See the reports")

ReportReader = Annotated[Actor, Depends(requires(REPORTS_READ))]
SettingsManager = Annotated[Actor, Depends(requires(SETTINGS_MANAGE))]
