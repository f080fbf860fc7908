"""A text as search terms: folded, without filler words, stemmed; ideographs as pairs."""

import re
import unicodedata
from collections import Counter

from .languages import STOP_WORDS
from .stemming import stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{1,2}\b)?")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
MAX_TERM = 60
MIN_JOINED = 8
WORD_RULES = 2
"""Counts the changes of what a term is; articles indexed by older rules are indexed anew."""


def terms(text: str, language: str = "en") -> list[str]:
    """Search terms in text order, with repetitions."""
    found: list[str] = []
    for word in content_words(text, language):
        if _IDEOGRAPHS.search(word):
            found.extend(_pairs(word))
        elif len(word) <= MAX_TERM:
            found.append(_unaccented(stem(word, language)))
    return found


def content_words(text: str, language: str = "en") -> list[str]:
    """The words that carry meaning, in lower case; a joined name (`DataNodeManager`) and what it is made of."""
    stop = STOP_WORDS.get(language, frozenset())
    found: list[str] = []
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text)):
        word = re.sub(r"['’][^\W\d_]{1,2}$", "", match[0])
        parts = _SEAM.split(word) if len(word) >= MIN_JOINED else [word]
        names = [word, *parts] if len(parts) > 1 else parts
        found += [name for name in map(str.lower, names) if name not in stop]
    return found


def term_counts(title: str, body: str, language: str = "en", *, title_weight: int = 2) -> Counter[str]:
    """How often each term stands in an article; its title counts more than once."""
    counts = Counter(terms(body, language))
    for term in terms(title, language):
        counts[term] += title_weight
    return counts


def _pairs(word: str) -> list[str]:
    """Ideographs are written without spaces: neighbouring pairs stand for words."""
    return [word] if len(word) < 2 else [word[i : i + 2] for i in range(len(word) - 1)]


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
