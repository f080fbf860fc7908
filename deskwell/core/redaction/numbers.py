"""Payment cards and IBANs: numbers that carry their own checksum."""

import re
from itertools import accumulate

from .findings import Finding, Kind
from .references import follows_reference

_RUN = re.compile(r"(?<![\w.,+])\d(?:[ .\-_/\t]{0,3}\d){11,40}(?![\w])")
_GROUP = re.compile(r"\d+")
_CARD_WORD = re.compile(
    r"\b(?:cards?|cc|visa|master\s?card|amex|american express|discover|maestro|diners|jcb|unionpay|pan"
    r"|\w*kart[ey]n?(?:nummer)?|carte|tarjeta|carta|cart[aã]o|kaart|kort|karta)\b",
    re.IGNORECASE,
)
_SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 3, 3, 3)}
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}[ \-.]?\d[ \-.]?\d(?:[ \-.]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE)
# Length of an IBAN by country, from the registry of SWIFT.
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FK FI FO GL NL SD", 19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST",
        26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip


def find_cards(text: str) -> list[Finding]:
    """Numbers of 12 to 19 digits that a card network hands out and whose Luhn digit is right."""
    spans = (_card_in(text, run.start(), run.end()) for run in _RUN.finditer(text))
    return [Finding(Kind.CARD, *span) for span in spans if span]


def find_ibans(text: str) -> list[Finding]:
    found = []
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match[0][:2].upper())
        end = length and _end_after(text, match.start(), length)
        if end and _is_iban("".join(c for c in text[match.start() : end] if c.isalnum())):
            found.append(Finding(Kind.IBAN, match.start(), end))
    return found


def luhn(digits: str) -> bool:
    total = sum(sum(divmod(int(digit) * (1 + index % 2), 10)) for index, digit in enumerate(reversed(digits)))
    return total % 10 == 0 and digits.strip("0") != ""


def _card_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a run of digit groups that is a card number."""
    groups = [(start + g.start(), start + g.end()) for g in _GROUP.finditer(text[start:end])]
    sizes = [0, *accumulate(stop - begin for begin, stop in groups)]
    wanted = bool(_CARD_WORD.search(text[max(0, start - 60) : start])) or bool(
        _CARD_WORD.search(text[end : end + 25])
    )
    if not wanted and follows_reference(text, start):
        return None
    windows = [
        (first, last)
        for first in range(len(groups))
        for last in range(first, len(groups))
        if 12 <= sizes[last + 1] - sizes[first] <= 19
    ]
    for first, last in sorted(windows, key=lambda w: -(sizes[w[1] + 1] - sizes[w[0]])):
        digits = "".join(text[b:e] for b, e in groups[first : last + 1])
        shape = tuple(e - b for b, e in groups[first : last + 1])
        whole = (first, last) == (0, len(groups) - 1)
        if (whole or shape in _SHAPES or wanted) and luhn(digits) and (wanted or _is_issued(digits, shape)):
            return groups[first][0], groups[last][1]
    return None


def _is_issued(digits: str, shape: tuple[int, ...]) -> bool:
    """Whether a network issues such numbers; short ones, which barcodes share, only in card shape."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    if digits[0] == "4":
        return size in {16, 19} or (size == 13 and shape in _SHAPES)
    if 51 <= two <= 55 or 2221 <= four <= 2720 or 2200 <= four <= 2204:
        return size == 16
    if two in {34, 37}:
        return size == 15
    if two in {30, 36, 38, 39}:
        return size in {14, 16} and (size == 16 or shape in _SHAPES)
    if 3528 <= four <= 3589:
        return 16 <= size <= 19
    if digits[0] == "6" or two in {50, 56, 57, 58}:
        return 16 <= size <= 19 or (13 <= size < 16 and shape in _SHAPES)
    return four in {2131, 1800} and size == 15


def _end_after(text: str, start: int, count: int) -> int | None:
    """Where the `count`-th letter or digit ends, if nothing but separators stood between."""
    seen = 0
    for index in range(start, len(text)):
        if text[index].isalnum() and text[index].isascii():
            seen += 1
            if seen == count:
                beyond = text[index + 1 : index + 2]
                return None if beyond.isalnum() or beyond == "_" else index + 1
        elif text[index] not in " -.":
            return None
    return None


def _is_iban(value: str) -> bool:
    turned = (value[4:] + value[:4]).upper()
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
