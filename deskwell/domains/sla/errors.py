from deskwell.core.errors import Conflict, NotFound


class SlaNotFound(NotFound):
    """There is no such service level."""

    code = "sla_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such service level.")


class CalendarNotFound(NotFound):
    """There is no such calendar."""

    code = "calendar_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such calendar.")


class CalendarInUse(Conflict):
    """A calendar that service levels count by cannot be deleted."""

    code = "calendar_in_use"
