"""Who wrote: a person, or one of the machines that must never be answered automatically."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .addresses import Address
from .auto_reply_phrases import (
    AUTO_SUBJECT,
    AUTO_TEXT,
    NOTES_SUBJECT,
    TRAILING_SUBJECT,
    WEAK_SUBJECT,
)
from .bounces import looks_like_bounce, opens_like_bounce
from .headers import Headers
from .mime import Part
from .quoting import Reply
from .subjects import is_forward, is_reply


class Kind(StrEnum):
    """What a mail is, by who or what wrote it."""

    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAY = "delay"
    RECEIPT = "receipt"
    COMPLAINT = "complaint"
    LIST = "mailing_list"
    AUTOMATIC = "automatic"
    OWN = "own"


@dataclass(frozen=True)
class Classification:
    """The kind of a mail and the header or phrase that told it."""

    kind: Kind
    reason: str = ""

    @property
    def may_be_answered(self) -> bool:
        return self.kind is Kind.PERSON


LOOP_HEADER = "x-deskwell-loop"
_DAEMONS = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|mail\.daemon|mdaemon|maildaemon|post_?master|mailer|mail-delivery-subsystem|"
    r"microsoftexchange[0-9a-f]+|noreply-dmarc-support|double-bounce|bounce[sd]?|mail\.delivery|mailerdaemon|"
    r"delivery-?(?:status|notification|failure)s?|undeliverable|complaints|mmsmtprelay|non-?delivery)(?:[+.\-=_].*)?@",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"(?:no[._-]?reply|do[._-]?not[._-]?reply|dont[._-]?reply|keine[._-]?antwort|ne[._-]?pas[._-]?repondre|nao[._-]?responda|no[._-]?responder|"
    r"noresponder|non[._-]?rispondere|auto-?confirm|auto-?reply|autoresponder|nobody|notifications?|alerts?|mailings?|newsletter)(?:[+.\-_].*)?@",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"(?:\W*(?:re|fw|fwd|aw)\s*:\s*)?\W*(?:undeliver(?:ed|able)|mail (?:delivery|system)\s?:? (?:failed|failure|error|problem|subsystem|report|status)|delivery (?:status )?notification|"
    r"(?:mail|message|e-?mail)?\s?delivery (?:has )?fail(?:ed|ure)|failure notice|returned (?:mail|e-?mail|to sender)|mail returned|non[- ]?delivery|"
    r"(?:warning|notice): (?:message|could not send|mail)|delivery (?:problem|report|error|delayed|incomplete)|could not (?:send|deliver)|message (?:status - )?undeliver|"
    r"undelivered mail|unzustellbar|nicht zustellbar|zustellung (?:fehlgeschlagen|der nachricht)|non remis|échec de (?:la )?(?:remise|distribution)|"
    r"non distribuable|courrier non distribu|message non (?:remis|distribu)|no se (?:puede|pudo) entregar|devuelto|entrega fallida|correo no entregado|mensaje no entregado|"
    r"não entregue|não é possível entregar|falha na entrega|mensagem não entregue|impossibile recapitare|mancata consegna|mancato recapito|non recapitabile|onbestelbaar|niet bezorgd|kan niet worden afgeleverd|"
    r"går inte att leverera|olevererbart|kan ikke leveres|kunne ikke leveres|kan ikke levere|nie (?:można|udało się) dostarczyć|niedostarczal|zwrot|nedoručiteln|nelze doručit|"
    r"недоставлен|не доставлен|не удалось доставить|сообщение не может быть|配信(?:不能|できません|に失敗)|配達(?:不能|できません)|未配信|送信できません|メール配信エラー|"
    r"toimittaminen epäonnistui|toimittamaton|iletilemedi|teslim edilemedi|无法(?:投递|送达)|(?:系统)?退信|退回|未送达|未傳遞|無法傳遞|배달(?:되지|할 수)|kézbesíthetetlen|message (?:you sent )?(?:was )?blocked|rejected mail|address not found|"
    r"user unknown|permanent delivery failure|considered unsolicited bulk)",
    re.IGNORECASE,
)
_DELAY_WORDS = re.compile(
    r"delay|still being retried|not yet been delivered|has not been delivered yet|will (?:be|keep|continue)[^.]{0,30}(?:retr|try)|no action is required|"
    r"warning message only|do not need to resend|verzögert|retard[ée]|retraso|ritardo|atraso|vertraagd|fördröj|forsink|opóźni|zpožd|задерж|遅延|遅れて",
    re.IGNORECASE,
)
_FAILED_WORDS = re.compile(
    r"permanent|giving up|given up|gave up|fatal error|could not be delivered|failed permanently|unable to deliver|5\d\d[ -]5\.|undeliverable",
    re.IGNORECASE,
)
_AUTO_REPLY_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply", "x-autoreply-from", "x-autoreply-domain",
    "x-autorespond-from", "x-fc-machinegenerated", "x-aol-oof", "x-auto-response", "x-autoresponse", "x-auto-reply-from", "x-yandex-autoreply", "x-gmail-auto-reply",
    "x-post-messageclass", "x-vacation",
)  # fmt: skip
_LIST_HEADERS = (
    "list-id",
    "list-post",
    "x-mailing-list",
    "mailing-list",
    "x-mailman-version",
    "list-archive",
    "x-beenthere",
    "x-listname",
    "x-list-id",
)


def classify(
    headers: Headers, root: Part, sender: Address | None, subject: str, text: str, reply: Reply
) -> Classification:
    """The kind of a mail; the surer evidence comes first. `text` is whole, `reply` the same in pieces."""
    return (
        _by_report(headers, root, text)
        or _by_auto_reply_header(headers, sender, subject, text)
        or _by_daemon(headers, sender, subject, text)
        or _by_auto_subject(headers, subject, reply)
        or _by_bulk_header(headers, sender)
        or Classification(Kind.PERSON)
    )


def _by_report(headers: Headers, root: Part, text: str) -> Classification | None:
    kinds = {part.content_type for part in root.walk() if part.depth <= 3}
    report = root.parameters.get("report-type", "").lower()
    if "message/feedback-report" in kinds or report == "feedback-report":
        return Classification(Kind.COMPLAINT, "feedback-report")
    if "message/disposition-notification" in kinds or report == "disposition-notification":
        return Classification(Kind.RECEIPT, "disposition-notification")
    status = next(
        (
            p
            for p in root.walk()
            if p.depth <= 3
            and p.content_type in {"message/delivery-status", "message/global-delivery-status"}
        ),
        None,
    )
    if status is not None or report == "delivery-status":
        action = re.search(r"(?im)^action:\s*(\w+)", status.text()) if status else None
        word = action[1].lower() if action else ""
        if word == "delayed":
            return Classification(Kind.DELAY, "action: delayed")
        if word in {"delivered", "relayed", "expanded"}:
            return Classification(Kind.RECEIPT, f"action: {word}")
        if not word and _is_delay(headers.text("subject"), text):
            return Classification(Kind.DELAY, "delivery-status")
        return Classification(Kind.BOUNCE, "delivery-status")
    if headers.has("x-failed-recipients"):
        kind = Kind.DELAY if _is_delay(headers.text("subject"), text) else Kind.BOUNCE
        return Classification(kind, "x-failed-recipients")
    return None


def _is_delay(subject: str, text: str) -> bool:
    head = f"{subject}\n{text[:1500]}"
    return bool(_DELAY_WORDS.search(head)) and not _FAILED_WORDS.search(head)


def _by_auto_reply_header(
    headers: Headers, sender: Address | None, subject: str, text: str
) -> Classification | None:
    submitted = headers.text("auto-submitted").lower().partition(";")[0].strip()
    is_daemon = _is_daemon(headers, sender) and bool(_BOUNCE_SUBJECT.match(subject))
    if is_daemon:
        return None
    if submitted.startswith("auto-replied"):
        return Classification(Kind.AUTO_REPLY, f"auto-submitted: {submitted}")
    for name in _AUTO_REPLY_HEADERS:
        if headers.has(name) and headers.text(name).lower() not in {"no", "false", "0"}:
            return Classification(Kind.AUTO_REPLY, name)
    if headers.text("x-autogenerated").lower() in {"reply", "yes"} or headers.text("precedence").lower() in {
        "auto_reply",
        "auto-reply",
    }:
        return Classification(Kind.AUTO_REPLY, "precedence: auto_reply")
    delivered_by = headers.text("preference").lower() in {"auto_reply", "auto-reply"} or headers.text(
        "x-precedence"
    ).lower() in {"auto_reply", "auto-reply"}
    if delivered_by:
        return Classification(Kind.AUTO_REPLY, "x-precedence: auto_reply")
    suppress = headers.text("x-auto-response-suppress").lower()
    is_automatic = (
        submitted not in {"", "no"}
        or bool(suppress and suppress != "none")
        or headers.text("precedence").lower() in {"bulk", "junk"}
        or headers.has("x-ms-exchange-inbox-rules-loop")
    )
    if headers.text("x-apple-action").lower() == "vacation":
        return Classification(Kind.AUTO_REPLY, "x-apple-action")
    if headers.text("delivered-to").lower() == "autoresponder":
        return Classification(Kind.AUTO_REPLY, "delivered-to: autoresponder")
    if is_automatic and (
        AUTO_SUBJECT.match(subject) or WEAK_SUBJECT.match(subject) or AUTO_TEXT.search(text[:1500])
    ):
        return Classification(Kind.AUTO_REPLY, "automatic, and says so")
    return None


def _is_daemon(headers: Headers, sender: Address | None) -> bool:
    if sender and _DAEMONS.match(sender.email):
        return True
    if sender and re.search(
        r"mail delivery (?:sub)?system|mailer[- ]daemon|mail administrator|mail delivery service|system administrator|postmaster",
        sender.name,
        re.IGNORECASE,
    ):
        return True
    return headers.has("return-path") and headers.undecoded("return-path").strip() in {
        "<>",
        "",
        "<MAILER-DAEMON>",
    }


def _by_daemon(headers: Headers, sender: Address | None, subject: str, text: str) -> Classification | None:
    is_daemon = _is_daemon(headers, sender)
    says_so = bool(_BOUNCE_SUBJECT.match(subject))
    if not is_daemon and (is_forward(subject) or is_reply(subject) or not opens_like_bounce(text)):
        return None  # somebody who writes about a bounce
    if sum((is_daemon, says_so, looks_like_bounce(text))) >= 2:
        kind = Kind.DELAY if _is_delay(subject, text) else Kind.BOUNCE
        return Classification(kind, "mailer daemon" if is_daemon else "subject and text of a bounce")
    return None


def _by_auto_subject(headers: Headers, subject: str, reply: Reply) -> Classification | None:
    if AUTO_SUBJECT.match(subject) or NOTES_SUBJECT.match(subject):
        return Classification(Kind.AUTO_REPLY, "subject of an automatic reply")
    is_answer = headers.has("in-reply-to") or headers.has("references")
    if is_answer and (WEAK_SUBJECT.match(subject) or TRAILING_SUBJECT.match(subject)):
        return Classification(Kind.AUTO_REPLY, "subject of an automatic reply")
    has_null_sender = headers.has("return-path") and headers.undecoded("return-path").strip() == "<>"
    # A machine quotes nothing; who answers with a quote and mentions a holiday is a person.
    if (has_null_sender or (is_answer and not reply.quoted)) and AUTO_TEXT.search(reply.visible[:400]):
        return Classification(Kind.AUTO_REPLY, "text of an automatic reply")
    if has_null_sender:
        return Classification(Kind.AUTOMATIC, "null return path")
    return None


def _by_bulk_header(headers: Headers, sender: Address | None) -> Classification | None:
    for name in _LIST_HEADERS:
        if headers.has(name):
            return Classification(Kind.LIST, name)
    precedence = headers.text("precedence").lower()
    if precedence == "list":
        return Classification(Kind.LIST, "precedence: list")
    if precedence in {"bulk", "junk"}:
        return Classification(Kind.AUTOMATIC, f"precedence: {precedence}")
    submitted = headers.text("auto-submitted").lower().partition(";")[0].strip()
    if submitted not in {"", "no"}:
        return Classification(Kind.AUTOMATIC, f"auto-submitted: {submitted}")
    suppress = headers.text("x-auto-response-suppress").lower()
    if re.search(r"\b(?:all|oof|autoreply)\b", suppress):
        return Classification(Kind.AUTOMATIC, "x-auto-response-suppress")
    for name in (
        "list-unsubscribe",
        "x-autogenerated",
        "feedback-id",
        "x-auto-generated",
        "x-csa-complaints",
        "x-campaign-id",
        "x-mailgun-tag",
    ):
        if headers.has(name):
            return Classification(Kind.AUTOMATIC, name)
    if sender and _NO_REPLY.match(sender.email):
        return Classification(Kind.AUTOMATIC, "sender takes no replies")
    if sender and _DAEMONS.match(sender.email):
        return Classification(Kind.AUTOMATIC, "mailer daemon")
    return None
