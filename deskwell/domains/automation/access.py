from deskwell.core.actor import Permission

MANAGE_RULES = Permission("rules.manage", "Manage automation rules", by_default=False)
READ_RULES = Permission("rules.read", "See why automation rules ran or did not")
