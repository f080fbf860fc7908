"""Whether a new message is about the same matter as an older one, by words alone.

A wrong match hides a new question inside an old ticket, a missed one only opens a second ticket: the
threshold is set for precision. Measured by `bench/continuation.py`; figures in
`docs/reference/continuation.md`.
"""

import math
import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST = 4000
ENDINGS = ("ing", "ed", "es", "er", "ly", "en", "s", "e", "n")
STOP = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "dear",
        "did",
        "do",
        "does",
        "down",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "hello",
        "help",
        "hi",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "know",
        "like",
        "me",
        "more",
        "my",
        "need",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "please",
        "she",
        "should",
        "so",
        "some",
        "than",
        "thank",
        "thanks",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "very",
        "want",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "der",
        "die",
        "das",
        "und",
        "oder",
        "ist",
        "sind",
        "ein",
        "eine",
        "einen",
        "ich",
        "wir",
        "sie",
        "mein",
        "meine",
        "nicht",
        "mit",
        "für",
        "von",
        "zu",
        "auf",
        "im",
        "in",
        "den",
        "dem",
        "bitte",
        "danke",
        "hallo",
        "le",
        "la",
        "les",
        "un",
        "une",
        "de",
        "des",
        "et",
        "est",
        "je",
        "mon",
        "ma",
        "pas",
        "pour",
        "avec",
        "bonjour",
        "merci",
    ]
)
FLOOR, BASE, SLOPE = 0.24, 0.62, 0.10
SUBJECTS = 0.6


def terms(text: str) -> frozenset[str]:
    """The words that carry the matter, cut to their stems."""
    words = WORD.findall(text[:LONGEST].casefold())
    return frozenset(_stem(word) for word in words if len(word) > 1 and word not in STOP)


def _stem(word: str) -> str:
    if len(word) > 5 and word.isalpha():
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word if _is_code(word) else word[:7]


def _is_code(word: str) -> bool:
    """An order number or the like: rarely the same by chance."""
    return len(word) >= 4 and any(c.isdigit() for c in word)


def _weight(words: frozenset[str]) -> float:
    """Long words and codes say more than short ones."""
    return sum(2.5 if _is_code(word) else 1 + min(len(word), 10) / 10 for word in words)


def similarity(one: str, other: str) -> float:
    """0 for nothing in common up to 1 for the same words (a weighted Dice coefficient)."""
    return _similarity(terms(one), terms(other))


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    both = _weight(one) + _weight(other)
    return 2 * _weight(one & other) / both if both else 0.0


def threshold(count: int) -> float:
    """How alike two texts must be when the shorter has `count` terms: short ones agree by chance."""
    return max(FLOOR, BASE - SLOPE * math.log(max(count, 1)))


@dataclass(frozen=True)
class Matter:
    """What somebody wrote about: a subject, and the text under it."""

    subject: str
    text: str


def is_same_matter(one: Matter, other: Matter) -> tuple[bool, float]:
    """Whether both are about one matter, and how alike they are.

    The subjects must have most of their words in common and no different numbers or codes: people who write two
    tickets with the same greeting or the same form text mean two things. Then subject and text together decide.
    """
    if _has_other_codes(one.subject, other.subject):
        return False, 0.0
    if similarity(one.subject, other.subject) < SUBJECTS:
        return False, 0.0
    a, b = (terms(f"{matter.subject}\n{matter.text}") for matter in (one, other))
    score = _similarity(a, b)
    return bool(a and b) and score >= threshold(min(len(a), len(b))), round(score, 3)


def _has_other_codes(one: str, other: str) -> bool:
    """Whether each names a number, a code or a single letter that the other does not."""
    a, b = _marks(one), _marks(other)
    return bool(a - b) and bool(b - a)


def _marks(text: str) -> frozenset[str]:
    words = WORD.findall(text.casefold())
    return frozenset(word for word in words if len(word) == 1 or any(c.isdigit() for c in word))
