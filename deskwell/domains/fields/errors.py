from deskwell.core.errors import Conflict, NotFound


class NameTaken(Conflict):
    """Another one of the same kind has this name, apart from case."""

    code = "name_taken"

    def __init__(self, what: str, name: str) -> None:
        message = f"There is already a {what} “{name}”."
        super().__init__(message, errors=[{"field": "name", "message": message}])


class NoSuchDefinition(NotFound):
    """A tag, category or field that does not exist (any more)."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} does not exist. It may have been deleted.")
