from typing import Annotated

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.domains.accounts.access import requires

AI_READ = Permission("ai.read", "See why the AI answered and try it out")
AI_MANAGE = Permission("ai.manage", "Change how the AI behaves", by_default=False)

AiReader = Annotated[Actor, Depends(requires(AI_READ))]
AiManager = Annotated[Actor, Depends(requires(AI_MANAGE))]
