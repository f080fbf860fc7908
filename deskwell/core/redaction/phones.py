"""Phone numbers: only with a plus, a telling shape or a word that announces one.

A valid-number check alone either misses most numbers people write or takes order numbers for phones,
so that the surroundings decide.
"""

import re

from .findings import Finding, Kind
from .references import follows_reference

_CANDIDATE = re.compile(
    r"(?<![\w@#/+$€£])(?<!\d[.,:])(?<!\w[.])(?<!\w[-_])(?P<number>(?:\+\s?|\(\+|\(?00)?\(?\d(?:[ \t]?[().\-/]{0,2}[ \t]?\d){4,17}\)?)"
    r"(?P<extension>[ \t]?(?:x|ext\.?|extension|poste|durchwahl)[ \t]?\.?\d{1,6})?(?![\w@%$€£]|[.,:/\-]\d)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(
    r"(?:\b(?:(?:tele|smart)?phones?|telephone|tel|tél|telefono|teléfono|téléphone|telefone?|telefoon|telefon\w*|phone|mobiles?|mobil\w*|móvil|m[oó]vel|celular|cellulare|cell"
    r"|handy\w*|gsm|fax\w*|whatsapp|viber|signal|sms|hotline|landline|rufnummer|festnetz|rückruf|kontakt"
    r"|dial(?:l?ing)?|ring|text(?: me| us)?(?: at| on)|contact(?:ed)?(?: \w+){0,2}|reach(?:ed|able)?(?: \w+){0,3}|answering(?: at)?"
    r"|call(?:ed|ing|s|back)?|anrufen|rufen|rufe|appele[rz]?|joindre|llam\w+|chiam\w+|bel(?:len)?|ligar|ligue|dzwoni\w*|ring(?:a|e)|soita\w*"
    r"|my (?:new |work |home |direct )?number|(?:your|his|her|our|their) (?:new |work |home |direct |contact )?number|meine nummer|mon numéro|mi número"
    r"|contact number|direct line|helpline|toll.free)\b|[☎📞📱✆])[^\n]{0,25}$",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(
    r"^[\s,;:()\\|\-]{0,3}(?:office|fax|mobile?|cell|home|work|phone|tel|handy|landline|voicemail|is my (?:\w+ )?(?:number|phone|mobile|cell|whatsapp|fax)|to (?:reach|call))\b",
    re.IGNORECASE,
)
# A piece of a longer code ("1Z 999 AA1 01 2345 6784"), or a price.
_CODE_BEFORE = re.compile(
    r"\b(?:(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{2,}[ \-]|(?:costs?|prices?|priced|kostet|coûte|cuesta)\s(?:at\s|is\s)?)$"
)
_AMOUNT_AFTER = re.compile(
    r"^\s?(?:usd|eur|gbp|chf|jpy|inr|idr|cad|aud|brl|mxn|pln|czk|sek|nok|dkk|huf|krw|cny|rub|try|zar|vnd|dollars?|euros?|pounds?|units?|pieces?|pcs|items?|times|days?|hours?|minutes?|users?|people|kg|km|mb|gb|tb|bytes|px|rows|points|miles)\b",
    re.IGNORECASE,
)
_STREET_AFTER = re.compile(
    r"^(?:[A-Z]?,?\s+(?:[NSEW]\.?\s)?(?:[A-Z][\w'.-]+\s){0,3}|\s)(?i:street|st|road|rd|lane|ln|avenue|ave|drive|dr|court|ct|circle|way|place|boulevard|blvd|square|terrace|parkway|highway|straat|straße|strasse|weg|rue|via|calle)\b"
)
_NORTH_AMERICA = re.compile(
    r"(?:(?:\+|00)?1[ .\-])?(?:\([2-9]\d\d\)[ .\-]{0,2}|[2-9]\d\d[ .\-/])[2-9]?\d\d[ .\-]\d{4}"
)
_AREA_IN_BRACKETS = re.compile(r"(?:\d{1,3}[ .\-])?\(0?\d{1,5}\)[ .\-/]?\d[\d .\-/]{4,}")
_TRUNK = re.compile(r"0[1-9]\d{0,4}(?:[ \-./]\d{1,8}){1,5}")
_ABROAD = re.compile(r"00[ .\-]?[1-9]\d{0,2}[ .\-/()\d]{6,}")
_DATE_INSIDE = re.compile(r"(?<!\d)(?:(?:19|20)\d\d[/.\-]\d\d[/.\-]\d\d|\d\d[/.]\d\d[/.](?:19|20)\d\d)(?!\d)")
_NEVER = [
    re.compile(pattern)
    for pattern in (
        r"(?:19|20)\d\d[.\-/ ]\d{1,2}[.\-/ ]\d{1,2}(?: \d{1,2})?",  # dates
        r"\d{1,2}[.\-/ ]\d{1,2}[.\-/ ](?:19|20)\d\d(?:[ \-]\d{1,2})?",
        r"(?:19|20)\d\d[ ]?[\-/][ ]?(?:19|20)\d\d",  # years
        r"\d{1,3}(?:\.\d{1,3}){3}",  # addresses of machines, versions
        r"\d{3}-\d\d-\d{4}",  # social security
        r"\d{5}-\d{4}",  # ZIP+4
        r"97[89][ \-]\d[\d \-]*",  # ISBN
        r"\d+\.\d+",  # decimals
        r"\d{1,3}(?:[ .]\d{3}){1,3}",  # thousands; a leading 0 is handled below
        r"\d{1,2}(?:[ .\-/]\d){3,}",
        r"(?:19|20)\d\d[ \-/.]\d+",  # 2024-000123
        r"\d{8}[ \-]\d{1,6}",  # 20240517-0042
    )
]  # fmt: skip


def find_phones(text: str) -> list[Finding]:
    found = []
    for match in _CANDIDATE.finditer(text):
        start, number = match.start("number"), match["number"]
        if number.count("(") > number.count(")"):
            continue
        end = match.end()
        if number.count(")") > number.count("("):
            end = match.end("number") - 1
            number = number[:-1]
        if _is_phone(text, start, end, number, has_extension=bool(match["extension"])):
            found.append(Finding(Kind.PHONE, start, end))
    return found


def _is_phone(text: str, start: int, end: int, number: str, *, has_extension: bool) -> bool:
    digits = sum(char.isdigit() for char in number)
    if (
        not 6 <= digits <= 15
        or _AMOUNT_AFTER.match(text[end : end + 12])
        or _STREET_AFTER.match(text[end : end + 50])
    ):
        return False
    line = text[max(0, start - 80) : start].rpartition("\n")[2]
    announced = _WORD_BEFORE.search(line)
    if follows_reference(text, start) and not _phone_wins(line, text[:start]):
        return False
    if number.lstrip("(").startswith("+"):
        return digits >= 7
    if _WORD_AFTER.match(text[end : end + 25]) and not _is_date(number):
        return True
    if _CODE_BEFORE.search(line):
        return False
    never = any(pattern.fullmatch(number) for pattern in _NEVER)
    if announced:
        return not (never and _is_date(number)) and not _is_address(number)
    if has_extension and not never:
        return True
    return not (never and not number.startswith("0")) and not _is_date(number) and _has_shape(number, digits)


def _phone_wins(line: str, before: str) -> bool:
    """`phone #`, `phone number:`: the word nearest to the number says phone."""
    return bool(
        re.search(
            r"\b(?:(?:tele|smart)?phone|tele?(?:fon)?|mobile?|cell|fax|call|contact|whatsapp|handy|ruf)\w{0,6}\.?\s?(?:number|no\.?|nr\.?)?\s?[#:№]?\s?(?:is\s)?$",
            line,
            re.IGNORECASE,
        )
    ) and not re.search(r"\b(?:order|ticket|invoice|tracking)\W{0,3}$", before, re.IGNORECASE)


def _is_date(number: str) -> bool:
    return bool(_DATE_INSIDE.search(number)) or any(pattern.fullmatch(number) for pattern in _NEVER[:3])


def _is_address(number: str) -> bool:
    return (
        bool(_NEVER[3].fullmatch(number))
        and number.count(".") == 3
        and max(map(int, number.split("."))) < 256
    )


def _has_shape(number: str, digits: int) -> bool:
    if _NORTH_AMERICA.fullmatch(number):
        return True
    if _ABROAD.fullmatch(number):
        return digits >= 9 and any(c in " .-/(" for c in number)
    if _AREA_IN_BRACKETS.fullmatch(number):
        return 8 <= digits <= 13
    return bool(_TRUNK.fullmatch(number)) and 9 <= digits <= 12
