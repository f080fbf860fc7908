from collections.abc import Iterable

from deskwell.core.errors import Invalid

from ..logic.addresses import parse_addresses

MAX_RECIPIENTS = 50


def clean_recipients(values: Iterable[str] | None, field: str) -> list[str]:
    """Typed recipients as addresses, each once.

    Raises:
        Invalid: one of them is none, or too many.

    """
    found: list[str] = []
    for value in values or ():
        addresses = parse_addresses(value)
        if len(addresses) != 1 or "\n" in value or "\r" in value:
            raise Invalid.field(field, f"“{value[:80]}” is not an e-mail address.", code="email_invalid")
        if addresses[0].email not in found:
            found.append(addresses[0].email)
    if len(found) > MAX_RECIPIENTS:
        raise Invalid.field(field, f"A mail may have at most {MAX_RECIPIENTS} recipients.")
    return found
