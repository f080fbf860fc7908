"""Identifiers of our own that nobody can guess: Message-IDs and reply addresses with a MAC."""

import base64
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

Sign = Callable[[bytes], bytes]  # a keyed MAC of at least 16 bytes
_MAC_BYTES = 9
_ID = re.compile(r"dw\.([a-z2-7]{26})\.([a-z2-7]{26})\.([a-z2-7]{15})@", re.IGNORECASE)
_REPLY = re.compile(r"[+=]([a-z2-7]{26})([a-z2-7]{13})([a-z2-7]{15})@", re.IGNORECASE)


@dataclass(frozen=True)
class SignedReference:
    """What a verified Message-ID of ours says: the ticket and the outgoing message."""

    ticket_id: UUID
    message_id: UUID


@dataclass(frozen=True)
class ReplyToken:
    """What a verified reply address says: the ticket, and a fingerprint of the person it was given to."""

    ticket_id: UUID
    person: str


def make_message_id(sign: Sign, ticket_id: UUID, message_id: UUID, domain: str) -> str:
    """A stable Message-ID, without brackets: the same for the same message, however often it is sent."""
    mac = _encode(sign(b"message-id" + ticket_id.bytes + message_id.bytes)[:_MAC_BYTES])
    return f"dw.{_encode(ticket_id.bytes)}.{_encode(message_id.bytes)}.{mac}@{domain}"


def read_message_id(verifiers: Sequence[Sign], value: str) -> SignedReference | None:
    """The reference in a Message-ID, when one of the keys (the present one, older ones) has signed it."""
    match = _ID.search(value)
    if not match:
        return None
    try:
        ticket, message, mac = (_decode(group) for group in match.groups())
    except ValueError:
        return None
    if len(ticket) != 16 or len(message) != 16:
        return None
    expected = (sign(b"message-id" + ticket + message)[:_MAC_BYTES] for sign in verifiers)
    if not any(hmac.compare_digest(mac, mine) for mine in expected):
        return None
    return SignedReference(UUID(bytes=ticket), UUID(bytes=message))


def make_reply_address(sign: Sign, ticket_id: UUID, person: str, address: str) -> str | None:
    """`support+<token>@example.org` for one person and ticket; None where the local part has no room."""
    local, _, domain = address.partition("@")
    mark = _fingerprint(sign, person)
    mac = sign(b"reply-to" + ticket_id.bytes + mark)[:_MAC_BYTES]
    token = f"{local}+{_encode(ticket_id.bytes)}{_encode(mark)}{_encode(mac)}"
    return f"{token}@{domain}" if len(token) <= 64 + 8 and len(local) <= 9 else None


def read_reply_address(verifiers: Sequence[Sign], address: str) -> ReplyToken | None:
    """The token of a reply address, when one of the keys has signed it."""
    match = _REPLY.search(address)
    if not match:
        return None
    try:
        ticket, mark, mac = (_decode(group) for group in match.groups())
    except ValueError:
        return None
    if not any(
        hmac.compare_digest(mac, sign(b"reply-to" + ticket + mark)[:_MAC_BYTES]) for sign in verifiers
    ):
        return None
    return ReplyToken(UUID(bytes=ticket), mark.hex())


def person_mark(sign: Sign, person: str) -> str:
    """The fingerprint that a reply token carries for this address."""
    return _fingerprint(sign, person).hex()


def _fingerprint(sign: Sign, person: str) -> bytes:
    return sign(b"person" + person.lower().encode())[:8]


def _encode(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def _decode(text: str) -> bytes:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
