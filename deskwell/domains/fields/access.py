from deskwell.core.actor import Permission

MANAGE_FIELDS = Permission("fields.manage", "Manage tags, categories and custom fields", by_default=False)
