from deskwell.core.actor import Permission

MANAGE_TEAMS = Permission("teams.manage", "Manage teams and who is in them", by_default=False)
