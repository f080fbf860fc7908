"""Swear words, also spelled f.u.c.k or sh1t, by glin-profanity's word list and some of our own.

Mild or double words that a help desk meets in innocence (a butt joint, "sex: male") are left out;
an owner adds words of their own.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from .findings import Finding, Kind
from .words import INNOCENT, MORE, PHRASES

if TYPE_CHECKING:  # it takes long to load and is needed by the worker alone
    from glin_profanity import Filter
    from glin_profanity.filters.scanner import Scanner

_LONGEST = 20_000


def find_profanity(text: str, *, extra_words: tuple[str, ...] = ()) -> list[Finding]:
    scanner = _scanner(extra_words)
    found = []
    for offset in range(0, max(len(text), 1), _LONGEST):
        hits = scanner.scan(text[offset : offset + _LONGEST])
        found += [
            Finding(Kind.PROFANITY, offset + hit.start, offset + hit.end)
            for hit in hits
            if any(char.isalpha() for char in text[offset + hit.start : offset + hit.end])  # 455 is no word
            or not text[offset + hit.start : offset + hit.end].isascii()
        ]
    return sorted(set(found), key=lambda f: (f.start, f.start - f.end))


def profane_words() -> frozenset[str]:
    """The words looked for when the owner added none."""
    return frozenset(_filter(()).words) - INNOCENT


@lru_cache(maxsize=32)
def _scanner(extra_words: tuple[str, ...]) -> "Scanner":
    # The public result has no end offsets, the scanner behind it has.
    scanner = _filter(extra_words)._scanner  # noqa: SLF001
    assert scanner is not None
    return scanner


def _filter(extra_words: tuple[str, ...]) -> "Filter":
    from glin_profanity import Filter

    return Filter(
        {
            "languages": ["english"],
            "detect_leetspeak": True,
            "leetspeak_level": "moderate",
            "normalize_unicode": True,
            "obfuscation": "standard",
            "custom_words": [*MORE, *extra_words],
            "ignore_words": sorted(INNOCENT - {word.lower() for word in extra_words}),
            "whitelist": list(PHRASES),
        }
    )
