"""A whole mail, read: from raw bytes to what the product works with. Pure, bounded, never raises for a mail."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from . import html as mail_html
from .addresses import Address, find_emails, parse_addresses
from .bounces import Bounce, read_bounce
from .charsets import clean
from .headers import Headers
from .html_text import CUT, to_text
from .machines import Classification, Kind, classify
from .mime import parse
from .parts import Content, collect
from .quoting import Reply, split_reply
from .spam import SpamScore, score

MAX_SIZE = 25 * 1024 * 1024
MAX_TEXT = 1_000_000
MAX_BODY = 100_000
_IDS = re.compile(r"<([^<>]{1,998})>")


@dataclass
class Mail:
    """A mail as it was read. Texts are clean; `text` is whole, `reply` is `text` in pieces."""

    message_id: str = ""
    in_reply_to: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    subject: str = ""
    sender: Address | None = None
    is_sender_certain: bool = True
    reply_to: list[Address] = field(default_factory=list)
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    delivered_to: list[str] = field(default_factory=list)
    sent_at: datetime | None = None
    text: str = ""
    html: str = ""
    reply: Reply = field(default_factory=lambda: Reply(""))
    content: Content = field(default_factory=Content)
    classification: Classification = field(default_factory=lambda: Classification(Kind.PERSON))
    bounce: Bounce | None = None
    spam: SpamScore = field(default_factory=SpamScore)
    headers: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_mail(raw: bytes) -> Mail:
    """Everything a mail says."""
    root = parse(raw)
    headers = root.headers
    mail = Mail(headers=list(headers.readable())[:300])
    _read_head(headers, mail)
    mail.content = collect(root)
    _read_body(mail)
    about = mail.text if mail.text.strip() else mail.content.report_text
    mail.classification = classify(headers, root, mail.sender, mail.subject, about, mail.reply)
    if mail.classification.kind in {Kind.BOUNCE, Kind.DELAY, Kind.COMPLAINT, Kind.RECEIPT}:
        mail.bounce = read_bounce(
            headers,
            root,
            f"{about}\n{mail.content.report_text}" if about is not mail.content.report_text else about,
        )
    mail.spam = score(headers, mail.subject, mail.text, mail.html)
    return mail


def _read_head(headers: Headers, mail: Mail) -> None:
    mail.subject = re.sub(r"\s+", " ", headers.text("subject")).strip()[:998]
    mail.message_id = _first_id(headers.undecoded("message-id"))
    mail.in_reply_to = _ids(headers, "in-reply-to")
    mail.references = _ids(headers, "references")
    mail.sender, mail.is_sender_certain = _sender(headers)
    mail.reply_to = _addresses(headers, "reply-to")
    mail.to = _addresses(headers, "to")
    mail.cc = _addresses(headers, "cc")
    for name in (
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "x-forwarded-to",
        "apparently-to",
        "x-rcpt-to",
    ):
        for value in headers.all_undecoded(name):
            mail.delivered_to += [a.email for a in parse_addresses(value) if a.email not in mail.delivered_to]
    mail.sent_at = _date(headers.text("date"))


def _sender(headers: Headers) -> tuple[Address | None, bool]:
    """The writer, and whether that is beyond doubt: one From header with exactly one mailbox."""
    values = headers.all_undecoded("from")
    found = [address for value in values for address in parse_addresses(value)]
    if found:
        return found[0], len(values) == 1 and len(found) == 1
    for name in ("sender", "x-sender", "reply-to", "return-path", "x-original-from", "resent-from"):
        addresses = parse_addresses(headers.undecoded(name))
        if addresses:
            name_shown = re.sub(r"[<>\"]", "", headers.text("from")).strip()
            return Address(
                addresses[0].email, addresses[0].name or ("" if "@" in name_shown else name_shown[:200])
            ), False
    loose = find_emails(headers.text("from"))
    return (Address(loose[0]), False) if len(loose) == 1 else (None, False)


def _addresses(headers: Headers, name: str) -> list[Address]:
    found: list[Address] = []
    for value in headers.all_undecoded(name):
        found += [address for address in parse_addresses(value) if address not in found]
    return found[:200]


def _first_id(value: str) -> str:
    match = _IDS.search(value)
    return re.sub(r"\s+", "", match[1] if match else value.strip("<> "))[:998]


def _ids(headers: Headers, name: str) -> list[str]:
    found: list[str] = []
    for value in headers.all_undecoded(name):
        ids = _IDS.findall(value) or [word for word in value.split() if "@" in word]
        found += [re.sub(r"\s+", "", i) for i in ids]
    return list(dict.fromkeys(found))[-200:]


def _date(value: str) -> datetime | None:
    if not value:
        return None
    try:
        when = parsedate_to_datetime(value[:200])
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _read_body(mail: Mail) -> None:
    content = mail.content
    if len(content.html) > mail_html.MAX_HTML:
        mail.problems.append("The HTML is too big to be shown whole.")
    mail.html = mail_html.sanitise(content.html[: mail_html.MAX_HTML]) if content.html.strip() else ""
    from_html = to_text(content.html) if content.html.strip() else ""
    plain = content.text if _is_usable(content.text, from_html) else ""
    whole = plain or from_html.replace(CUT, "")
    mail.text = clean(mail_html.tidy(whole))[:MAX_TEXT]
    reply = split_reply((plain and mail_html.tidy(plain)) or from_html)
    if plain and from_html and not reply.quoted:
        other = split_reply(from_html)
        if other.quoted and other.visible.strip():
            reply = other
    mail.reply = reply
    if content.is_cut:
        mail.problems.append("Some parts lie deeper or are more than are read; they are attached unread.")


def _is_usable(plain: str, from_html: str) -> bool:
    """Whether the plain part says what the HTML part says; some programs put only an excuse there."""
    words = plain.strip()
    if not words:
        return False
    if not from_html.strip() or len(words) > 400:
        return True
    excuse = re.search(
        r"(?:does not|doesn't|cannot|can't|not|ne|nicht|no) (?:support|display|view|read|peut|unterst|soporta)[^.]{0,60}html|html[- ](?:message|mail|format|version|e-?mail)|view (?:this|the) (?:message|e-?mail) in|"
        r"html[- ]?(?:fähig|nachricht)|use an html",
        words,
        re.IGNORECASE,
    )
    return not (excuse and len(from_html) > len(words) // 2)


def first_text(mail: Mail) -> str:
    """The text of a mail that opens a ticket: whole."""
    return split_reply(mail.text, is_first=True).visible
