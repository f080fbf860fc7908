from deskwell.core.actor import Permission

USE_MACROS = Permission("macros.use", "Use macros and canned responses, and keep personal ones")
SHARE_MACROS = Permission(
    "macros.share", "Manage macros and canned responses of teams and of everybody", by_default=False
)
