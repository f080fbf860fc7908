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


class StaleReply(Conflict):
    """Others wrote after the last message the writer has seen."""

    code = "stale_reply"

    def __init__(self, count: int, last_position: int) -> None:
        what = "A message has" if count == 1 else f"{count} messages have"
        super().__init__(
            f"{what} arrived while you were writing. Read first, then send again.",
            extra={"new_messages": count, "last_position": last_position},
        )


class TicketMerged(Conflict):
    """Somebody wrote to a ticket that has become part of another one."""

    code = "ticket_merged"

    def __init__(self) -> None:
        super().__init__("This ticket has been merged into another one. Please write there.")
