from typing import Annotated

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.domains.accounts.access import requires

COPILOT_USE = Permission("copilot.use", "Use the co-pilot when writing to customers")

CopilotUser = Annotated[Actor, Depends(requires(COPILOT_USE))]
