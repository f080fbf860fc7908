from deskwell.core.errors import Conflict, Invalid, NotFound


class TicketNotFound(NotFound):
    """Unknown, or somebody else's: the same answer."""

    code = "ticket_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such ticket.")


class AlreadyEscalated(Invalid):
    """A person was asked for before."""

    code = "already_escalated"

    def __init__(self) -> None:
        super().__init__("You have asked for a person already. Somebody will answer as soon as possible.")


class VersionConflict(Conflict):
    """Somebody else changed the same field meanwhile."""

    code = "version_conflict"
