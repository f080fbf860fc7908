"""Order numbers, e-mail addresses and the like in a text: what people search by a part, or mistype."""

import re
from collections.abc import Iterable

CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w])[A-Za-z0-9](?:[A-Za-z0-9]|[-_/.#](?=[A-Za-z0-9])){3,39}(?![\w])"
)
MOST = 40
LONGEST_TEXT = 20_000


def codes_in(text: str) -> list[str]:
    """The codes and addresses of a text, lower case, in order, each once."""
    found: dict[str, None] = {}
    for match in CODE.finditer(text[:LONGEST_TEXT]):
        code = match.group().lower().strip(".-")
        if "@" in code or _is_code(code):
            found[code] = None
            if len(found) >= MOST:
                break
    return list(found)


def _is_code(code: str) -> bool:
    """At least three digits: a date or a price alone is none."""
    digits = sum(character.isdigit() for character in code)
    return digits >= 3 and len(code) >= 4


def joined(known: str | None, codes: Iterable[str]) -> str | None:
    """Codes as they are stored: one text, each once, bounded."""
    merged = dict.fromkeys((known or "").split())
    merged.update(dict.fromkeys(codes))
    return " ".join(list(merged)[:MOST]) or None


def distance(one: str, other: str, limit: int = 3) -> int:
    """How many typing mistakes lie between two words (insert, drop, replace, swap neighbours), up to `limit`."""
    if abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row, last = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], limit)


def is_close(typed: str, word: str) -> bool:
    """Whether a word is what somebody meant: it contains what was typed, or differs by a slip or two."""
    typed, word = typed.lower(), word.lower()
    if len(typed) >= 3 and typed in word:
        return True
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    return allowed > 0 and distance(typed, word) <= allowed


def patterns_of(typed: str) -> list[str]:
    """LIKE patterns for a code with one wrong, missing or swapped character; none for what is no code."""
    code = typed.strip().lower()
    if " " in code or not 5 <= len(code) <= 24 or not _is_code(code):
        return []
    escaped = [character if character not in "%_\\" else f"\\{character}" for character in code]
    patterns: dict[str, None] = {}
    for i in range(len(code)):
        patterns["".join([*escaped[:i], "_", *escaped[i + 1 :]])] = None
        patterns["".join([*escaped[:i], *escaped[i + 1 :]])] = None
        if i + 1 < len(code):
            patterns["".join([*escaped[:i], escaped[i + 1], escaped[i], *escaped[i + 2 :]])] = None
    return [f"%{pattern}%" for pattern in patterns]
