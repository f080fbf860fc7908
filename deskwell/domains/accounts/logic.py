import re

from deskwell.core.errors import Invalid

_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LABEL = r"[a-z0-9\u0080-\U0010ffff](?:[a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff])?"
_EMAIL = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})+")
MAX_EMAIL = 254
MAX_NAME = 200


def normal_email(text: str, *, field: str = "email") -> str:
    """Return the address in the one form that is stored: trimmed, lower case.

    Raises:
        Invalid: it is not an address.

    """
    email = text.strip().lower()
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid.field(field, "Please enter a valid e-mail address.", code="email_invalid")
    return email


def clean_name(text: str, *, field: str = "name") -> str:
    """Return a person's name without control characters and doubled spaces.

    Raises:
        Invalid: nothing is left, or too much.

    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not name:
        raise Invalid.field(field, "Please enter a name.", code="name_missing")
    if len(name) > MAX_NAME:
        raise Invalid.field(field, f"A name may have at most {MAX_NAME} characters.", code="name_too_long")
    return name
