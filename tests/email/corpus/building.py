"""Small builders for mails as programs write them, byte by byte: the library would write them too well."""

import base64
import quopri
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Case:
    """A mail and what must be read from it. `expected` names attributes checked by test_corpus."""

    name: str
    raw: bytes
    expected: dict[str, Any] = field(default_factory=dict)


def mail(
    body: bytes | str = b"Hello\n", *headers: bytes | str, charset: str = "utf-8", **named: str
) -> bytes:
    """A mail with usual headers; `headers` are added raw, `named` replace the usual ones (None-like '' drops)."""
    usual = {
        "From": "Ann Lee <ann@example.org>",
        "To": "help@desk.example",
        "Subject": "Printer",
        "Date": "Tue, 5 Mar 2024 10:00:00 +0100",
        "Message-ID": "<one@example.org>",
    }
    usual.update({key.replace("_", "-"): value for key, value in named.items()})
    lines = [f"{key}: {value}".encode(charset) for key, value in usual.items() if value]
    lines += [h.encode(charset) if isinstance(h, str) else h for h in headers]
    return b"\n".join(lines) + b"\n\n" + (body.encode(charset) if isinstance(body, str) else body)


def part(body: bytes | str, *headers: str) -> bytes:
    return "\n".join(headers).encode() + b"\n\n" + (body.encode() if isinstance(body, str) else body)


def multipart(kind: str, *parts: bytes, boundary: str = "=_b1", close: bool = True) -> tuple[str, bytes]:
    """The Content-Type header and the body."""
    marker = f"--{boundary}".encode()
    body = b"".join(marker + b"\n" + p + b"\n" for p in parts) + (marker + b"--\n" if close else b"")
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"', body


def nested(kind: str, *parts: bytes, boundary: str) -> bytes:
    header, body = multipart(kind, *parts, boundary=boundary)
    return header.encode() + b"\n\n" + body


def b64(data: bytes | str) -> bytes:
    return base64.encodebytes(data.encode() if isinstance(data, str) else data)


def qp(text: str, charset: str = "utf-8") -> bytes:
    return quopri.encodestring(text.encode(charset))


def text(content: str, charset: str = "utf-8") -> bytes:
    return part(
        content.encode(charset),
        f"Content-Type: text/plain; charset={charset}",
        "Content-Transfer-Encoding: 8bit",
    )


def html(content: str) -> bytes:
    return part(content, "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit")


def file(name: str, data: bytes = b"data", kind: str = "application/pdf", *headers: str) -> bytes:
    return part(
        b64(data),
        f'Content-Type: {kind}; name="{name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
        *headers,
    )
