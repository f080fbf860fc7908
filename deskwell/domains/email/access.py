"""Who may look after mail."""

from deskwell.core.actor import Permission

EMAIL_MANAGE = Permission("email.manage", "Manage e-mail accounts and templates", by_default=False)
EMAIL_SEND = Permission("email.send", "Write e-mails from tickets")
EMAIL_OPERATE = Permission("email.operate", "See and retry mails that failed")
