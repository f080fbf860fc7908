"""Words to stems: Porter's algorithm for English, careful endings for other European languages.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.
"""

import re
from functools import lru_cache

_VOWEL = r"(?:[aeiou]|(?<=[^aeiou])y)"
_MEASURE = re.compile(r"(?:[aeiou]|(?<=[^aeiouy])y)+(?:[^aeiouy]|(?<=[aeiou])y|^y)+")
_HAS_VOWEL = re.compile(_VOWEL)
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_CVC = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]$")

_STEP2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "isation": "ize", "ization": "ize", "abli": "able",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive",
    "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log", "bli": "ble",
}  # fmt: skip
_STEP3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "alise": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize", "ise", "al", "er", "ic", "ou",
)  # fmt: skip

# Endings taken off once, longest first, when enough of the word is left.
_ENDINGS = {
    "de": "ungen heiten keiten ung heit keit isch lich ern em en er es e n s t",
    "nl": "heden ingen heid ing en er e s t",
    "fr": "issements issement ations ation ements ement euses euse eurs eur ives ive ées és ée er ez es é e s",
    "es": "aciones ación amientos amiento mente ados idos adas idas ado ido ada ida ar er ir os as es o a e s",
    "pt": "ações ação amentos amento mente ados idos adas idas ado ido ada ida ar er ir os as es o a e s",
    "it": "azioni azione amenti amento mente ati iti ate ite ato ito ata ita are ere ire i e o a",
    "sv": "heterna heten arna erna orna ande ade are ast en et ar er or a e t s",
    "da": "hederne heden erne ende ede er en et e s", "no": "hetene heten ene ende ede er en et e s",
    "pl": "owania owanie ami ach ego emu ych ymi owi om ów ą ę i y e a o u",
    "ru": "иями ями ами иях ях ах ого его ому ему ыми ими ых их ий ый ой ая яя ое ее ть ешь ет ют ут ов ев ам ям ы и а я о е у ю ь",
}  # fmt: skip
_SUFFIXES = {language: tuple(text.split()) for language, text in _ENDINGS.items()}
_MIN_LEFT = 4


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "en") -> str:
    """The stem of a lower-case word; unknown languages get the word itself."""
    if language == "en":
        return _porter(word) if word.isascii() and word.isalpha() else word
    for suffix in _SUFFIXES.get(language, ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_LEFT:
            return word[: -len(suffix)]
    return word


def _measure(text: str) -> int:
    return len(_MEASURE.findall(text))


def _porter(word: str) -> str:
    if len(word) <= 2:
        return word
    return _step5(_step4(_swap(_swap(_step1(word), _STEP2), _STEP3)))


def _step1(word: str) -> str:
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if _measure(word[:-3]) else word
    else:
        for suffix in ("ed", "ing"):
            if word.endswith(suffix) and _HAS_VOWEL.search(word[: -len(suffix)]):
                word = _repair(word[: -len(suffix)])
                break
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    return word


def _repair(word: str) -> str:
    """hop(p)ing → hop, fil(e)ing → file."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _CVC.search(word) else word


def _swap(word: str, table: dict[str, str]) -> str:
    for suffix, replacement in table.items():
        if word.endswith(suffix):
            left = word[: -len(suffix)]
            return left + replacement if _measure(left) else word
    return word


def _step4(word: str) -> str:
    for suffix in _STEP4:
        if word.endswith(suffix):
            left = word[: -len(suffix)]
            if _measure(left) > 1 and (suffix != "ion" or left.endswith(("s", "t"))):
                return left
            return word
    return word


def _step5(word: str) -> str:
    if word.endswith("e"):
        left = word[:-1]
        if _measure(left) > 1 or (_measure(left) == 1 and not _CVC.search(left)):
            word = left
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
