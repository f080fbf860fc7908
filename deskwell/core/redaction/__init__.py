"""Personal data and profanity in text: found with offsets, and taken out.

Texts are folded first (NFKC, full-width digits, zero-width characters), so that a disguise does not
help; findings point into the text as it was given.
"""

from collections.abc import Collection, Iterable

from .findings import Finding, Kind, Redacted, disjoint
from .folding import fold
from .numbers import find_cards, find_ibans
from .phones import find_phones
from .profanity import find_profanity, profane_words
from .reading import find_emails

__all__ = [
    "Finding",
    "Kind",
    "Redacted",
    "find_personal_data",
    "mask_cards",
    "profane_words",
    "redact",
    "replace",
]

LABELS = {Kind.EMAIL: "[e-mail]", Kind.PHONE: "[phone]", Kind.CARD: "[card]", Kind.IBAN: "[IBAN]"}


def find_personal_data(text: str, *, allowed: Collection[str] = ()) -> list[Finding]:
    """E-mail addresses, phone numbers, payment cards and IBANs, in text order, never overlapping.

    `allowed` holds addresses and numbers that may stand, such as a shop's own contact list.
    """
    folded = fold(text)
    emails = find_emails(folded.text)
    cards, ibans = find_cards(folded.text), find_ibans(folded.text)
    phones = find_phones(folded.text)
    found = disjoint([*emails, *ibans, *cards, *phones])
    permitted = _Permitted(allowed)
    return [folded.back(f) for f in found if not permitted.has(f.kind, folded.text[f.start : f.end])]


def redact(text: str, *, allowed: Collection[str] = (), extra_words: Iterable[str] = ()) -> Redacted:
    """The text without personal data and profanity, and what was found where."""
    folded = fold(text)
    profane = [folded.back(f) for f in find_profanity(folded.text, extra_words=tuple(extra_words))]
    findings = disjoint([*find_personal_data(text, allowed=allowed), *profane])
    return Redacted(replace(text, findings), tuple(findings))


def replace(text: str, findings: Iterable[Finding]) -> str:
    """The text with each finding replaced: a label for data, asterisks for a swear word."""
    parts: list[str] = []
    position = 0
    for finding in findings:
        parts.append(text[position : finding.start])
        length = finding.end - finding.start
        parts.append("*" * length if finding.kind == Kind.PROFANITY else LABELS[finding.kind])
        position = finding.end
    return "".join([*parts, text[position:]])


def mask_cards(text: str) -> str:
    """The text with payment card numbers reduced to their last four digits, for storage."""
    folded = fold(text)
    parts: list[str] = []
    position = 0
    for found in find_cards(folded.text):
        finding = folded.back(found)
        digits = "".join(c for c in folded.text[found.start : found.end] if c.isdigit())
        parts += [text[position : finding.start], f"•••• {digits[-4:]}"]
        position = finding.end
    return "".join([*parts, text[position:]]) if parts else text


class _Permitted:
    """Addresses and numbers that may stand, compared without case, spaces or country prefix."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._words = {entry.strip().casefold() for entry in allowed}
        self._numbers = [digits for entry in allowed if len(digits := _digits(entry)) >= 5]

    def has(self, kind: Kind, value: str) -> bool:
        if not self._words:
            return False
        if kind == Kind.PHONE:
            number = _digits(value)
            return any(_same_number(number, other) for other in self._numbers)
        return value.strip().casefold() in self._words


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _same_number(one: str, other: str) -> bool:
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return long == short or (len(short) >= 7 and long.endswith(short))
