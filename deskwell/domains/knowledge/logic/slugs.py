"""Addresses made of titles: readable, ASCII, stable."""

import re
import unicodedata

MAX_LENGTH = 80
FALLBACK = "untitled"

# NFKD splits accents off letters, but these letters have no decomposition.
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "&": " and ", "@": " at ", "€": " euro ", "%": " percent ",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)


def slugify(text: str, *, fallback: str = FALLBACK) -> str:
    """Turn a title into an address part: ``Größe & Maße`` becomes ``groesse-and-masse``.

    Letters of scripts without a transliteration here (Chinese, Arabic, …) are kept as they are:
    browsers show them readable, and an address of nothing but hyphens would help nobody.
    """
    composed = unicodedata.normalize("NFC", text).lower().translate(_TABLE)
    bare = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    bare = bare.translate(_TABLE).replace("'", "").replace("’", "")
    joined = re.sub(r"[^\w]+|_+", "-", bare).strip("-")
    if len(joined) > MAX_LENGTH:
        joined = joined[: MAX_LENGTH + 1].rsplit("-", 1)[0][:MAX_LENGTH]
    return joined.strip("-") or fallback


def unique(slug: str, taken: set[str]) -> str:
    """The slug itself, or the first of ``slug-2``, ``slug-3``, … that is free."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
