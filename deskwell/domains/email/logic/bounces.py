"""Bounces: whom a mail did not reach and which mail it was, by RFC 3464 or by the words of the big providers."""

import re
from dataclasses import dataclass, field

from .addresses import find_emails, normalise_email, parse_addresses
from .charsets import clean
from .headers import Headers, read_headers
from .mime import Part


@dataclass(frozen=True)
class FailedRecipient:
    """One address that a mail did not reach, and what the server said."""

    email: str
    status: str = ""
    action: str = ""
    diagnostic: str = ""


@dataclass(frozen=True)
class Bounce:
    """What a bounce tells about the mail it is about."""

    recipients: list[FailedRecipient] = field(default_factory=list)
    message_ids: list[str] = field(default_factory=list)
    original_subject: str = ""
    original_recipients: list[str] = field(default_factory=list)
    status: str = ""
    is_permanent: bool = True
    diagnostic: str = ""


_PHRASES = re.compile(
    r"this is the qmail-send program|i wasn't able to deliver your message|this is a permanent error|created automatically by (?:mail delivery software|the)|could not be delivered to (?:one or more|the following|all|some|these)|"
    r"this is the (?:postfix|mail system|mail delivery|sendmail|kas|sendgrid|exim|yandex)|i'm (?:sorry|afraid) (?:to have to inform|i wasn)|this is the mail (?:system|delivery)|permanent fatal errors|transcript of session|delivery to the following recipients? (?:has been|failed|has failed|was aborted)|"
    r"delivery has failed to these|did not reach (?:some or all of )?the (?:intended|following) recipient|your message (?:to|was not delivered|wasn't delivered|could not be delivered|couldn't be delivered|has been (?:blocked|rejected)|is being returned|did not reach|can(?:'|no)t be delivered)|"
    r"sorry, (?:we were|i was) unable to deliver|(?:was|were|is) not delivered to|unable to deliver (?:your |the |this )?(?:mail|message|e-?mail)|undeliverable (?:mail|message|address|to)|user unknown|unknown user|no such (?:user|recipient|mailbox|address|person|account)|mailbox (?:is )?(?:full|unavailable|not found|disabled)|"
    r"recipient(?:'s)? (?:address )?(?:rejected|unknown|not found|mailbox (?:is )?full|could not be)|account (?:is |has been )?(?:disabled|inactive|suspended)|over quota|quota exceeded|user is over|address (?:rejected|not found|couldn't be found|unknown)|delivery (?:failed|failure|error|temporarily suspended)|(?:5\d\d|4\d\d)[ -][245]\.\d\.\d|"
    r"relay (?:access )?denied|host (?:or domain name )?not found|message was undeliverable|not listed in (?:domino directory|public name)|all (?:delivery )?attempts failed|returned (?:mail|to sender)|following address(?:es)? (?:had|failed|could)|message delivery failed|the following recipients? (?:could not|did not|failed)|generating server|"
    r"konnte (?:nicht|leider nicht) zugestellt werden|nicht zugestellt|empfänger (?:unbekannt|existiert nicht)|n['’]a pas pu être (?:remis|distribué|délivré)|échec de la remise|no (?:se )?(?:pudo|ha podido|puede) (?:ser )?entrega|não (?:pôde|foi possível|foi) (?:ser )?entreg|non (?:è stato possibile|ha raggiunto|è stato) |kon niet worden (?:bezorgd|afgeleverd)|kunde inte levereras|kunne ikke leveres|"
    r"nie (?:mogła|można|udało)|nebylo možné doručit|nelze doručit|не (?:может быть|удалось|было|был[аио]?) доставл?|не доставлен|届けることができません|配信できません|配信不能|送信できませんでした|宛先不明|无法投递|无法送达|未能投递|退信",
    re.IGNORECASE,
)
_ORIGINAL_START = re.compile(
    r"(?im)^(?![^\n]{0,200}\b(?:was|has been|had)\b)[ \t>]{0,10}[-=_ ]{0,80}[ \t]{0,10}(?:this is a copy of (?:your|the) (?:message|headers)|(?:the )?(?:body of (?:the|your) )?(?:original|returned|undelivered|unsent|rejected|copy of the original|included is a copy)[^\n]{0,40}(?:message|mail|headers|below|follows)|below this line is (?:a|the)|message header|header(?:s)? of|original message follows|"
    r"message headers follow|received: |return-path: |forwarded message|ursprüngliche|message d'origine)[^\n]*$"
)
_MESSAGE_ID = re.compile(
    r"(?im)^[ \t>]*(?:message-id|x-original-message-id|original-message-id)[ \t]*:\s*<?([^<>\s]{3,250}@?[^<>\s]*)>?"
)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_SMTP_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?:[ -]|$)")
_TEMPORARY = re.compile(
    r"temporar|will (?:be )?retr|delayed|still trying|over quota|mailbox (?:is )?full|try again later|deferred",
    re.IGNORECASE,
)


# What only a mail server says, and at its beginning: enough also when its address does not show that it is one.
_OPENING = re.compile(
    r"this message was created automatically by (?:the )?mail|this is the (?:qmail-send|mail (?:system|delivery)|mailer-daemon|postfix|default)|this is a delivery status notification|"
    r"this is an automatically generated delivery|(?:i'm|we're|we are|i am) (?:sorry|afraid) (?:to have to inform you|i wasn't able)|the original message was received at|"
    r"your (?:e-?mail )?message (?:to|was|could|couldn't|has been|did|can'?t|cannot)[^\n]{0,100}(?:deliver|reject|block|reach|undeliver|returned)|delivery to the following recipients? (?:has )?(?:been )?(?:failed|delayed|aborted)|"
    r"delivery has failed to these|(?:could not|cannot|couldn't|can't) be delivered to|(?:was|were) (?:not delivered to|undeliverable)|unable to deliver (?:your|the) message to|"
    r"an error occurred while trying to deliver|the following (?:message to|addresses? had)|unknown user: |undeliverable to |your message to:? [^\n]{3,100}\n?(?:was|has been) blocked|message log follows|technical details of permanent failure|"
    r"konnte nicht zugestellt werden|n['’]a pas pu être|no (?:se )?(?:pudo|ha podido|puede) (?:ser )?entrega|não (?:pôde|foi possível)|non è stato possibile (?:consegnare|recapitare)|退信|无法投递|配信できません|не (?:удалось|может быть) доставл",
    re.IGNORECASE,
)


def opens_like_bounce(text: str) -> bool:
    """Whether the first words are a mail server's own, so that no person can have written them."""
    return bool(_OPENING.search(text[:700]))


def looks_like_bounce(text: str) -> bool:
    """Whether the words are those of a mail server that could not deliver."""
    return bool(_PHRASES.search(text[:4000]))


def read_bounce(
    headers: Headers, root: Part, text: str, own_addresses: frozenset[str] = frozenset()
) -> Bounce:
    """What can be known: recipients, server's words, and identifiers of the original mail, the surest first."""
    recipients = _recipients_by_status(root)
    original = _original_headers(root)
    body, _, below = _divide(text)
    if original is None and below:
        original, _ = read_headers(below.encode("utf-8", "replace"), 0, len(below.encode("utf-8", "replace")))
    if not recipients and headers.has("x-failed-recipients"):
        recipients = [
            FailedRecipient(a.email) for a in parse_addresses(headers.undecoded("x-failed-recipients"))
        ]
    ignored = _ignored(headers, original, own_addresses)
    to = [a.email for a in parse_addresses(original.undecoded("to") if original else "")]
    if not recipients:
        recipients = _recipients_by_words(body, to, ignored)
    ids = _message_ids(headers, original, text, root)
    status = next((r.status for r in recipients if r.status), "") or _first(_STATUS, body)
    diagnostic = next((r.diagnostic for r in recipients if r.diagnostic), "") or _reason_line(body)
    code = _first(_SMTP_CODE, diagnostic) or _first(_SMTP_CODE, body)
    return Bounce(
        recipients=recipients[:50],
        message_ids=ids,
        original_subject=original.text("subject") if original else "",
        original_recipients=to,
        status=status,
        is_permanent=_is_permanent(status, code, body),
        diagnostic=diagnostic[:500],
    )


def _recipients_by_status(root: Part) -> list[FailedRecipient]:
    found: list[FailedRecipient] = []
    for part in root.walk():
        if (
            part.content_type not in {"message/delivery-status", "message/global-delivery-status"}
            or part.depth > 5
        ):
            continue
        for block in re.split(r"\n[ \t]*\n", part.text()):
            data = block.encode("utf-8", "replace").strip() + b"\n"
            fields, _ = read_headers(data, 0, len(data))
            final, first = (
                _typed_address(fields.undecoded(name)) for name in ("final-recipient", "original-recipient")
            )
            email = (first if first and "@" in first else None) or final
            if email and not any(r.email == email for r in found):
                diagnostic = re.sub(r"^\s*[\w-]+\s*;\s*", "", fields.text("diagnostic-code"))
                found.append(
                    FailedRecipient(
                        email,
                        _first(_STATUS, fields.text("status")),
                        fields.text("action").lower(),
                        diagnostic[:500],
                    )
                )
    return found


def _typed_address(value: str) -> str | None:
    _, semicolon, address = value.partition(";")
    address = (address if semicolon else value).strip().strip("<>")
    return normalise_email(address.partition(" ")[0].strip("<>"))


def _original_headers(root: Part) -> Headers | None:
    for part in root.walk():
        if part is root or part.depth > 5:
            continue
        if part.content_type in {"message/rfc822", "message/global"} and part.children:
            return part.children[0].headers
        if part.content_type in {
            "text/rfc822-headers",
            "message/rfc822-headers",
            "text/rfc822",
            "message/global-headers",
        }:
            data = part.payload()
            return read_headers(data, 0, len(data))[0]
    return None


def _divide(text: str) -> tuple[str, str, str]:
    """The server's words and, below, the original it returns as text."""
    match = _ORIGINAL_START.search(text)
    if not match:
        found = re.search(
            r"(?im)^(?:return-path|received|from|message-id|date|subject|to):[^\n]+\n(?:[a-z-]+:[^\n]*\n|[ \t][^\n]*\n){2,}",
            text,
        )
        if not found:
            return text, "", ""
        return text[: found.start()], "", text[found.start() :]
    start = match.start() if re.match(r"(?i)received:|return-path:", match.group().strip()) else match.end()
    return text[:start], match.group(), text[start:].lstrip("\n")


def _ignored(headers: Headers, original: Headers | None, own: frozenset[str]) -> set[str]:
    ignored = set(own)
    for name in ("from", "to", "delivered-to", "reply-to"):
        ignored |= {a.email for a in parse_addresses(headers.undecoded(name))}
    if original:
        for name in ("from", "sender", "return-path", "reply-to"):
            ignored |= {a.email for a in parse_addresses(original.undecoded(name))}
    return ignored


def _recipients_by_words(body: str, original_to: list[str], ignored: set[str]) -> list[FailedRecipient]:
    identifiers = {found.lower() for found in _MESSAGE_ID.findall(body)}
    named = [
        email
        for email in find_emails(body)
        if email not in ignored
        and email not in identifiers
        and not re.match(r"(?:mailer-daemon|postmaster|abuse|support-?desk|noreply|no-reply)@", email)
    ]
    both = [email for email in named if email in original_to]
    chosen = (
        both or named[:1] or [email for email in original_to if email not in ignored][:1] or original_to[:1]
    )
    return [FailedRecipient(email, _first(_STATUS, body), "", _reason_line(body)) for email in chosen]


def _message_ids(headers: Headers, original: Headers | None, text: str, root: Part) -> list[str]:
    found: list[str] = []
    if original:
        found += re.findall(r"<([^<>\s]+)>", original.undecoded("message-id"))
    found += _MESSAGE_ID.findall(text)
    for part in root.walk():
        if part.depth and not part.children and part.main_type in {"text", "message"}:
            found += _MESSAGE_ID.findall(clean(part.payload()[:100_000].decode("latin-1")))
    for name in ("in-reply-to", "references", "x-original-message-id", "original-message-id"):
        found += re.findall(r"<([^<>\s]+)>", headers.undecoded(name))
    own = re.findall(r"<([^<>\s]+)>", headers.undecoded("message-id"))
    return [i for i in dict.fromkeys(found) if i not in own][:20]


def _reason_line(body: str) -> str:
    for line in body.split("\n"):
        if _STATUS.search(line) or re.search(r"(?<![\d.])[45]\d\d[ -]", line):
            return line.strip()[:500]
    match = _PHRASES.search(body)
    if not match:
        return ""
    start = body.rfind("\n", 0, match.start()) + 1
    return body[start : body.find("\n", match.end()) if body.find("\n", match.end()) > 0 else None].strip()[
        :500
    ]


def _is_permanent(status: str, code: str, body: str) -> bool:
    if status:
        return status.startswith("5")
    if code:
        return code.startswith("5")
    return not _TEMPORARY.search(body[:3000])


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
