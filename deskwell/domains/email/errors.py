from deskwell.core.errors import Conflict, Invalid, NotFound, Problem


class NoAccount(Invalid):
    code = "no_email_account"

    def __init__(self) -> None:
        super().__init__("No e-mail account is set up. Please add one under Settings → E-mail accounts.")


class AccountNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such e-mail account.")


class TemplateNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such template.")


class MailNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such mail.")


class MailForgotten(NotFound):
    """The bytes of a mail were thrown away after their time."""

    code = "mail_forgotten"

    def __init__(self) -> None:
        super().__init__(
            "The original of this mail is no longer kept: it was older than the time set for it."
        )


class AccountInUse(Conflict):
    """Somebody wants to delete an account that others depend on, and has not said that they know."""

    code = "account_in_use"


class SecretWanted(Invalid):
    code = "secret_wanted"


class ServerRefused(Invalid):
    """A connection test that failed, in the server's own words."""

    code = "mail_server_refused"


__all__ = [
    "AccountInUse",
    "AccountNotFound",
    "MailForgotten",
    "MailNotFound",
    "NoAccount",
    "Problem",
    "SecretWanted",
    "ServerRefused",
    "TemplateNotFound",
]
