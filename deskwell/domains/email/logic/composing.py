"""From words to the bytes of a mail that looks right in mail programs."""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from markdown_it import MarkdownIt

from .addresses import normalise_email
from .html import sanitise
from .html_text import CUT, to_text
from .machines import LOOP_HEADER

MAX_REFERENCES = 20
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_LINK = re.compile(r"(?<![\"'=>\w/])(https?://[^\s<>\"']{3,500}[^\s<>\"'.,;:!?)\]}])")


@dataclass(frozen=True)
class Draft:
    """A mail before it has bytes."""

    message_id: str
    sender: tuple[str, str]
    to: Sequence[str]
    subject: str
    text: str
    html: str
    sent_at: datetime
    cc: Sequence[str] = ()
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, str, bytes]] = ()
    images: Sequence[tuple[str, str, str, bytes]] = ()
    """Pictures shown by the HTML: content id, name, type, bytes."""


def compose(draft: Draft) -> bytes:
    """The bytes, CRLF line ends, no line too long, every header safe."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(*draft.sender)
    if draft.to:
        mail["To"] = [_address("", email) for email in draft.to]
    if draft.cc:
        mail["Cc"] = [_address("", email) for email in draft.cc]
    if draft.reply_to:
        mail["Reply-To"] = _address("", draft.reply_to)
    mail["Subject"] = one_header_line(draft.subject)
    mail["Date"] = format_datetime(draft.sent_at)
    mail["Message-ID"] = f"<{draft.message_id}>"
    if draft.in_reply_to:
        mail["In-Reply-To"] = f"<{_safe_id(draft.in_reply_to)}>"
    if draft.references:
        mail["References"] = " ".join(
            f"<{_safe_id(i)}>" for i in draft.references[-MAX_REFERENCES:] if _safe_id(i)
        )
    for name, value in draft.headers.items():
        mail[name] = one_header_line(value)
    mail.set_content(draft.text or " ", charset="utf-8", cte="quoted-printable")
    if draft.html:
        mail.add_alternative(draft.html, subtype="html", charset="utf-8", cte="quoted-printable")
        rich = mail.get_payload()[-1]  # type: ignore[index]
        for content_id, name, kind, data in draft.images:
            main, _, sub = kind.partition("/")
            rich.add_related(data, maintype=main, subtype=sub, cid=f"<{content_id}>", filename=name)  # type: ignore[union-attr]
    for name, kind, data in draft.files:
        main, _, sub = kind.partition("/") if "/" in kind else ("application", "/", "octet-stream")
        if main in {"text", "message", "multipart"}:
            main, sub = "application", "octet-stream"
        mail.add_attachment(
            data, maintype=main, subtype=sub or "octet-stream", filename=one_header_line(name)
        )
    return _unbroken(mail)


def _unbroken(mail: EmailMessage) -> bytes:
    """The bytes, when they hold exactly the headers that were set.

    Raises:
        ValueError: a value has broken out of its header.

    """
    written = mail.as_bytes()
    head = written.partition(b"\r\n\r\n")[0]
    found = [
        line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in {b" ", b"\t"}
    ]
    if found != mail.keys():
        raise ValueError("A header of this mail cannot be written safely.")
    return written


_SHOWN = re.compile(
    r"""(?P<before>\ssrc=["'])(?:https?://[^\s"'/]{1,250})?/attachment/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=["'])"""
)
_DATA_IMAGE = re.compile(
    r"""(?P<before>\ssrc=["'])data:image/(?P<kind>png|gif|jpe?g|webp);base64,(?P<data>[A-Za-z0-9+/=\s]+)(?=["'])""",
    re.IGNORECASE,
)
_SHOWN_IN_TEXT = re.compile(
    r"!\[([^\[\]\n]{0,200})\]\((?:https?://[^\s()/]{1,250})?/attachment/[0-9a-f-]{36}[^()\n]{0,200}\)"
)


def images_shown(source: str) -> list[UUID]:
    """The files of ours that HTML shows as pictures, in their order."""
    return list(dict.fromkeys(UUID(match["id"]) for match in _SHOWN.finditer(source)))


def with_content_ids(source: str, content_ids: Mapping[UUID, str]) -> str:
    """The HTML with those pictures named as parts of the mail; the others, which the mail does not hold, stay."""

    def named(match: re.Match[str]) -> str:
        content_id = content_ids.get(UUID(match["id"]))
        return f"{match['before']}cid:{content_id}" if content_id else match.group()

    return _SHOWN.sub(named, source)


def take_data_images(source: str, domain: str) -> tuple[str, list[tuple[str, str, str, bytes]]]:
    """Pictures written into the HTML become parts of the mail: most mail programs do not show them otherwise."""
    images: dict[str, tuple[str, str, str, bytes]] = {}

    def taken(match: re.Match[str]) -> str:
        try:
            data = base64.b64decode(match["data"])
        except binascii.Error:
            return match.group()
        kind = match["kind"].lower()
        content_id = f"{hashlib.sha256(data).hexdigest()[:32]}@{domain}"
        name = f"image-{len(images) + 1}.{'jpg' if kind.startswith('jp') else kind}"
        images.setdefault(content_id, (content_id, name, f"image/{kind}", data))
        return f"{match['before']}cid:{content_id}"

    return _DATA_IMAGE.sub(taken, source), list(images.values())


def without_image_links(text: str) -> str:
    """The plain twin: a picture is its name, for whoever reads text cannot open our address."""
    return _SHOWN_IN_TEXT.sub(lambda match: f"[{match[1] or 'image'}]", text)


def one_header_line(text: str) -> str:
    """No line break and no control character ever gets into a header, nor what only looks like an encoded word.

    The library decodes `=?utf-8?q?=0D=0ABcc:…?=` in a value it is given, and would write the line break out.
    """
    plain = re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", text)).strip()[:900]
    return plain.replace("=?", "=\u2060?")


def _safe_id(value: str) -> str:
    return re.sub(r"[^\x21-\x7e]|[<>]|=\?", "", value)[:250]


def _address(name: str, email: str) -> HeaderAddress:
    known = normalise_email(email)
    if known is None:
        raise ValueError("This is no e-mail address.")
    local, _, domain = known.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode()
    return HeaderAddress(display_name=one_header_line(name)[:200], username=local, domain=domain)


def automatic_headers() -> dict[str, str]:
    """What tells other machines not to answer (RFC 3834)."""
    return {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}


def loop_headers(mark: str) -> dict[str, str]:
    return {LOOP_HEADER.title(): mark}


def markdown_to_html(text: str) -> str:
    """A message as a mail shows it: Markdown without raw HTML, links made clickable."""
    linked = text if re.search(r"\]\(|<https?:", text) else _LINK.sub(r"<\1>", text)
    return sanitise(_MARKDOWN.render(linked)).replace('src="remote:', 'src="')


def text_to_html(text: str) -> str:
    """Plain text with paragraphs and links."""
    paragraphs = [p for p in re.split(r"\n{2,}", html.escape(text, quote=False).strip()) if p.strip()]
    return "".join(f"<p>{_link(p)}</p>".replace("\n", "<br>") for p in paragraphs)


def _link(escaped: str) -> str:
    return _LINK.sub(r'<a href="\1">\1</a>', escaped)


def html_to_plain(source: str) -> str:
    return to_text(source).replace(CUT, "").strip()


_SHELL = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{title}</title></head>
<body style="margin:0;padding:0;background:#ffffff">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="left" style="padding:20px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px"><tr>
<td style="font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.55;color:#1f2328">{body}</td>
</tr>{footer}</table></td></tr></table></body></html>"""
_FOOTER = (
    '<tr><td style="padding-top:20px;border-top:1px solid #e5e7eb;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;'
    'font-size:12px;line-height:1.5;color:#6b7280">{text}</td></tr>'
)


def in_layout(body: str, *, title: str, footer: str = "", language: str = "en") -> str:
    """The HTML of a mail around its body: tables and inline styles, as mail programs need them."""
    shown = _FOOTER.format(text=footer) if footer else ""
    return _SHELL.format(body=body, title=html.escape(title), footer=shown, language=language)
