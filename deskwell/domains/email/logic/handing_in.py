"""Mail that other systems hand in as JSON or forms, turned into the bytes of a mail. One way in for all of them."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from .addresses import parse_addresses
from .composing import one_header_line


class NotAMail(ValueError):
    """What came cannot be a mail; the text says what is missing."""


@dataclass(frozen=True)
class HandedIn:
    """The bytes and for whom they were."""

    content: bytes
    via: str
    envelope_to: Sequence[str] = ()


Files = Sequence[tuple[str, str, bytes]]


def from_json(data: Mapping[str, Any]) -> HandedIn:
    """Our own JSON, Postmark's, or SES content that came without SNS."""
    if isinstance(data.get("raw_email"), str):
        return HandedIn(_raw(data["raw_email"]), "json", _emails(data.get("to_email")))
    if "FromFull" in data or "MailboxHash" in data:
        return _from_postmark(data)
    if isinstance(data.get("RawEmail"), str):
        return HandedIn(_raw(data["RawEmail"]), "postmark")
    if not data.get("from_email"):
        raise NotAMail("from_email or raw_email is missing.")
    headers = {
        "From": data.get("from_email"),
        "To": data.get("to_email"),
        "Cc": data.get("cc_email") or data.get("cc_emails"),
        "Subject": data.get("subject"),
        "Message-ID": data.get("message_id"),
        "In-Reply-To": data.get("in_reply_to"),
        "References": data.get("references"),
        "Date": data.get("date"),
        "Reply-To": data.get("reply_to"),
    }
    text = data.get("body") or data.get("body_text") or data.get("text") or ""
    rich = data.get("body_html") or data.get("html") or ""
    if not isinstance(text, str) or not isinstance(rich, str):
        raise NotAMail("body must be text.")
    return HandedIn(
        _build(headers, text, rich, _json_files(data.get("attachments"))),
        "json",
        _emails(data.get("to_email")),
    )


def _raw(text: str) -> bytes:
    """A raw mail in JSON: as it is, or in base64 when it is nothing else."""
    compact = "".join(text.split())
    if compact and ":" not in text[:2000]:
        try:
            return base64.b64decode(compact, validate=True)
        except binascii.Error:
            pass
    return text.encode("utf-8", "surrogateescape")


def _from_postmark(data: Mapping[str, Any]) -> HandedIn:
    if isinstance(data.get("RawEmail"), str):
        return HandedIn(_raw(data["RawEmail"]), "postmark", _emails(data.get("OriginalRecipient")))
    headers: dict[str, Any] = {"From": data.get("From"), "To": data.get("To"), "Cc": data.get("Cc"), "Subject": data.get("Subject"),
                               "Date": data.get("Date"), "Reply-To": data.get("ReplyTo")}  # fmt: skip
    for entry in data.get("Headers") or ():
        if isinstance(entry, dict) and isinstance(entry.get("Name"), str):
            headers.setdefault(entry["Name"].title().replace("Message-Id", "Message-ID"), entry.get("Value"))
    headers.setdefault("Message-ID", data.get("MessageID") and f"<{data['MessageID']}@postmark>")
    files = [
        (str(f.get("Name") or ""), str(f.get("ContentType") or ""), _decoded(f.get("Content")))
        for f in data.get("Attachments") or ()
        if isinstance(f, dict)
    ]
    return HandedIn(
        _build(headers, str(data.get("TextBody") or ""), str(data.get("HtmlBody") or ""), files),
        "postmark",
        _emails(data.get("OriginalRecipient")),
    )


def from_form(fields: Mapping[str, str], files: Files) -> HandedIn:
    """SendGrid Inbound Parse (raw or parsed) and Mailgun routes (MIME or parsed)."""
    if fields.get("email") and ("envelope" in fields or "SPF" in fields or "dkim" in fields):
        return HandedIn(_form_bytes(fields["email"]), "sendgrid", _envelope(fields))
    if fields.get("body-mime"):
        return HandedIn(_form_bytes(fields["body-mime"]), "mailgun", _emails(fields.get("recipient")))
    raw_headers = fields.get("headers") or ""
    if "body-plain" in fields or "stripped-text" in fields or "message-headers" in fields:
        return _from_mailgun(fields, files)
    if "from" in fields or raw_headers:
        return _from_sendgrid(fields, files, raw_headers)
    if fields.get("raw_email"):
        return HandedIn(_form_bytes(fields["raw_email"]), "form")
    if fields.get("from_email"):
        return from_json(dict(fields))
    raise NotAMail("This form holds no mail.")


def _from_sendgrid(fields: Mapping[str, str], files: Files, raw_headers: str) -> HandedIn:
    headers: dict[str, Any] = {
        "From": fields.get("from"),
        "To": fields.get("to"),
        "Cc": fields.get("cc"),
        "Subject": fields.get("subject"),
    }
    headers |= {name: value for name, value in _header_lines(raw_headers) if name.lower() in _KEPT}
    return HandedIn(
        _build(headers, fields.get("text", ""), fields.get("html", ""), files), "sendgrid", _envelope(fields)
    )


def _from_mailgun(fields: Mapping[str, str], files: Files) -> HandedIn:
    headers: dict[str, Any] = {
        "From": fields.get("from") or fields.get("From") or fields.get("sender"),
        "To": fields.get("To") or fields.get("recipient"),
        "Cc": fields.get("Cc"),
        "Subject": fields.get("subject") or fields.get("Subject"),
        "Message-ID": fields.get("Message-Id"),
        "In-Reply-To": fields.get("In-Reply-To"),
        "References": fields.get("References"),
        "Date": fields.get("Date"),
    }
    try:
        pairs = json.loads(fields.get("message-headers") or "[]")
    except ValueError:
        pairs = []
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and str(pair[0]).lower() in _KEPT:
            headers[str(pair[0])] = str(pair[1])
    content = _build(headers, fields.get("body-plain", ""), fields.get("body-html", ""), files)
    return HandedIn(content, "mailgun", _emails(fields.get("recipient")))


_KEPT = {
    "message-id", "in-reply-to", "references", "date", "auto-submitted", "precedence", "x-auto-response-suppress", "list-id",
    "return-path", "reply-to", "x-autoreply", "x-spam-flag", "x-spam-status", "list-unsubscribe", "x-deskwell-loop",
    "x-failed-recipients", "sender",
}  # fmt: skip


def _header_lines(raw: str) -> list[tuple[str, str]]:
    unfolded = raw.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ")
    pairs = [line.partition(":") for line in unfolded.split("\n")[:500]]
    return [(name.strip(), value.strip()) for name, colon, value in pairs if colon and name.strip()]


def _envelope(fields: Mapping[str, str]) -> list[str]:
    try:
        data = json.loads(fields.get("envelope") or "{}")
    except ValueError:
        return []
    return _emails(data.get("to")) if isinstance(data, dict) else []


def _emails(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [a.email for v in values if isinstance(v, str) for a in parse_addresses(v)][:50]


def _form_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(value: Any) -> bytes:
    try:
        return base64.b64decode(value) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        return b""


def _json_files(value: Any) -> list[tuple[str, str, bytes]]:
    found = []
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict):
            name = entry.get("filename") or entry.get("name") or "file"
            kind = entry.get("content_type") or entry.get("type") or ""
            found.append(
                (str(name), str(kind), _decoded(entry.get("content") or entry.get("content_base64")))
            )
    return found[:100]


def _build(headers: Mapping[str, Any], text: str, rich: str, files: Files) -> bytes:
    """A mail of parsed fields. Headers are written raw, so that what cannot be parsed still reaches our own parser."""
    body = EmailMessage(policy=SMTP)
    clean = text.encode("utf-8", "replace").decode()
    body.set_content(clean or ("" if rich else " "), charset="utf-8", cte="base64")
    if rich:
        body.add_alternative(
            rich.encode("utf-8", "replace").decode(), subtype="html", charset="utf-8", cte="base64"
        )
    for name, kind, data in files:
        main, _, sub = (kind or "application/octet-stream").partition(";")[0].strip().partition("/")
        if main in {"multipart", "message", ""} or not sub.isascii():
            main, sub = "application", "octet-stream"
        body.add_attachment(
            data, maintype=main, subtype=sub or "octet-stream", filename=one_header_line(name) or "file"
        )
    lines = [f"{name}: {_plain(value)}" for name, value in headers.items() if value]
    return "\r\n".join([*lines, ""]).encode("utf-8", "surrogateescape") + body.as_bytes()


def _plain(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return (
        text.replace("\r", " ")
        .replace("\n", " ")
        .replace("\0", "")
        .encode("utf-8", "replace")
        .decode()[:20_000]
    )
