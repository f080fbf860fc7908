from deskwell.core.actor import Permission

VIEWS_SHARE = Permission("views.share", "Share views with others")
