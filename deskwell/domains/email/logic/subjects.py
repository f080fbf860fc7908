"""Subjects: what remains when the prefixes of answers and forwards are taken off."""

import re

MAX_SUBJECT = 500
_REPLY = (
    "re|aw|antw|antwort|sv|vs|vá|rv|r|res|resp|rif|odp|ynt|yanıt|bls|balas|atb|ats|hồi âm|σχετ|απ|"
    "ответ|отв|回复|回覆|答复|答覆|返信|회신|답장|רד|תשובה|رد"
)
_FORWARD = "fw|fwd|wg|tr|rv|i|enc|vb|vl|vs|vidarebefordrat|doorst|fs|pd|i̇lt|ilt|trs|далее|пересл|пер|fwd.|转发|轉寄|轉發|転送|전달|הועבר|إعادة توجيه"
_PREFIX = re.compile(
    rf"\s*(?:{_REPLY}|{_FORWARD})\s*(?:[\[(]\d{{1,3}}[\])]|\^\d{{1,3}}|\*\d{{1,3}})?\s*[:：]\s*",
    re.IGNORECASE,
)
_REPLY_ONLY = re.compile(rf"\s*(?:{_REPLY})\s*(?:[\[(]\d{{1,3}}[\])]|\^\d{{1,3}})?\s*[:：]", re.IGNORECASE)
_FORWARD_ONLY = re.compile(
    r"\s*(?:fw|fwd|wg|tr|enc|vb|i̇lt|ilt|doorst|pd|转发|轉寄|転送)\s*(?:[\[(]\d{1,3}[\])])?\s*[:：]",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*\[[^\[\]]{1,40}\]\s*")
_NOISE = re.compile(
    r"\s*(?:\[(?:external|ext|extern|spam|\*+spam\*+)\]|\*{3,5}\s?spam\s?\*{3,5}|external:|\(external\))\s*",
    re.IGNORECASE,
)


def without_prefixes(subject: str) -> str:
    """The subject a ticket gets: `RE[2]: AW: Fwd: Printer` → `Printer`."""
    text = re.sub(r"\s+", " ", subject).strip()[:MAX_SUBJECT]
    while True:
        shorter = _NOISE.sub("", text, count=1) if _NOISE.match(text) else text
        shorter = _PREFIX.sub("", shorter, count=1) if _PREFIX.match(shorter) else shorter
        if shorter == text:
            return text.strip()
        text = shorter


def comparable(subject: str) -> str:
    """A form in which the subject of a question and of its answers are equal: no prefixes, no list tags, no case."""
    text = without_prefixes(subject)
    while _TAG.match(text):
        shorter = without_prefixes(_TAG.sub("", text, count=1))
        if not shorter:
            break
        text = shorter
    return re.sub(r"[\s\W_]+", " ", text.casefold()).strip()


def is_reply(subject: str) -> bool:
    return bool(_REPLY_ONLY.match(_NOISE.sub("", subject)))


def is_forward(subject: str) -> bool:
    return bool(_FORWARD_ONLY.match(subject))
