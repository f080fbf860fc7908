"""Who may look after mail."""

from typing import Annotated

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.domains.accounts.access import requires

EMAIL_MANAGE = Permission("email.manage", "Manage e-mail accounts and templates", by_default=False)
EMAIL_SEND = Permission("email.send", "Write e-mails from tickets")
EMAIL_OPERATE = Permission("email.operate", "See and retry mails that failed")

MailManager = Annotated[Actor, Depends(requires(EMAIL_MANAGE))]
MailWriter = Annotated[Actor, Depends(requires(EMAIL_SEND))]
Operator = Annotated[Actor, Depends(requires(EMAIL_OPERATE))]
