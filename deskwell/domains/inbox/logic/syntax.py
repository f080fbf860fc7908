"""Reads what a person types into the search box. Any text is a valid search.

from:anna status:open,closed -tag:"very angry" "exact words" -word before:2026-11-01 #1042
"""

import re
from dataclasses import dataclass, field

OPERATORS = {
    "from": "customer",
    "customer": "customer",
    "to": "recipient",
    "cc": "recipient",
    "status": "status",
    "priority": "priority",
    "tag": "tag",
    "category": "category",
    "assignee": "assignee",
    "assigned": "assignee",
    "team": "team",
    "context": "context",
    "brand": "context",
    "source": "source",
    "is": "is",
    "has": "has",
    "sla": "sla_state",
    "before": "before",
    "after": "after",
    "number": "number",
}
LONGEST = 1000
MOST_TOKENS = 60
TOKEN = re.compile(
    r"""(?P<minus>-)?
        (?:(?P<operator>[A-Za-z]{2,10}):(?=[^\s/]))?
        (?:"(?P<quoted>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))""",
    re.VERBOSE,
)
NUMBER = re.compile(r"^#(\d{1,12})$")


@dataclass(frozen=True)
class Word:
    """A word, or a phrase whose words stand side by side."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False


@dataclass(frozen=True)
class Condition:
    """One thing a ticket must be (or must not be); several values mean: one of them."""

    name: str
    values: tuple[str, ...]
    is_excluded: bool = False


@dataclass(frozen=True)
class Search:
    """What a search text asks for."""

    words: tuple[Word, ...] = ()
    conditions: tuple[Condition, ...] = ()
    text: str = field(default="", compare=False)

    @property
    def wanted(self) -> tuple[Word, ...]:
        """The words that must occur."""
        return tuple(word for word in self.words if not word.is_excluded)

    @property
    def terms(self) -> tuple[str, ...]:
        """The wanted words as they were typed, for names, addresses and codes."""
        return tuple(word.text for word in self.wanted)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not self.words and not self.conditions


def parse(text: str | None) -> Search:
    """Read a search text; what is no operator of ours is a word."""
    shortened = _printable(text or "")[:LONGEST]
    words: list[Word] = []
    conditions: list[Condition] = []
    for match in list(TOKEN.finditer(shortened))[:MOST_TOKENS]:
        token = _condition(match) or _word(match)
        if isinstance(token, Condition):
            conditions.append(token)
        elif token:
            words.append(token)
    return Search(tuple(words), tuple(conditions), shortened)


def _printable(text: str) -> str:
    """NUL and lone surrogates are no text to PostgreSQL; typographic quotes are quotes."""
    text = text.translate({0: " ", 0x201C: '"', 0x201D: '"', 0x201E: '"', 0xAB: '"', 0xBB: '"', 0x2212: "-"})
    return text.encode("utf-8", "ignore").decode("utf-8").strip()


def _condition(match: re.Match[str]) -> Condition | None:
    excluded = match["minus"] is not None
    number = NUMBER.match(match["plain"] or "")
    if number and not match["operator"]:
        return Condition("number", (number[1],), excluded)
    name = OPERATORS.get((match["operator"] or "").lower())
    if name is None:
        return None
    values = (match["quoted"],) if match["quoted"] is not None else tuple(match["plain"].split(","))
    values = tuple(value.strip() for value in values if value.strip())
    return Condition(name, values, excluded) if values else None


def _word(match: re.Match[str]) -> Word | None:
    text = match["quoted"] if match["quoted"] is not None else match["plain"]
    is_phrase = match["quoted"] is not None
    if not any(character.isalnum() for character in text):
        return None
    if match["operator"]:  # an operator nobody knows
        text = f"{match['operator']}:{text}"
    return Word(text.strip(), is_phrase=is_phrase, is_excluded=match["minus"] is not None)


def web_search(words: tuple[Word, ...]) -> str:
    """The words as `websearch_to_tsquery` reads them, which refuses nothing."""
    parts = []
    for word in words:
        minus = "-" if word.is_excluded else ""
        quoted = word.is_phrase or word.text.lower() == "or" or not word.text.isalnum()
        text = word.text.replace('"', " ")
        parts.append(f'{minus}"{text}"' if quoted else f"{minus}{text}")
    return " ".join(parts)
