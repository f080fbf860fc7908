from deskwell.core.errors import Conflict, NotFound


class NoSuchTeam(NotFound):
    """A team that does not exist (any more)."""

    def __init__(self) -> None:
        super().__init__("This team does not exist. It may have been deleted.")


class TeamNameTaken(Conflict):
    """Another team has this name, apart from case."""

    code = "name_taken"

    def __init__(self, name: str) -> None:
        message = f"There is already a team “{name}”."
        super().__init__(message, errors=[{"field": "name", "message": message}])
