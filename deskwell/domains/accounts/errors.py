from deskwell.core.errors import Conflict, Invalid, Unauthorized


class WrongCredentials(Unauthorized):
    """Unknown account or wrong password: one answer for both."""

    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("E-mail or password is wrong.", code=self.code)


class CodeRequired(Unauthorized):
    """The password is right; the code of the second factor is missing, wrong or used."""

    code = "totp_required"


class EmailTaken(Invalid):
    """An account with this address exists."""

    code = "email_taken"

    def __init__(self) -> None:
        message = "An account with this e-mail exists already. Please sign in instead."
        super().__init__(message, errors=[{"field": "email", "message": message}])


class LinkExpired(Invalid):
    """A one-time link that was used, has expired or never was."""

    code = "link_expired"

    def __init__(self) -> None:
        super().__init__("This link has expired or was used already. Please ask for a new one.")


class LastAdmin(Conflict):
    """A desk keeps at least one admin."""

    code = "last_admin"

    def __init__(self) -> None:
        super().__init__("This is the last admin. Please make somebody else an admin first.")
