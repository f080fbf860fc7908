"""Shows where a search hit: pieces of text, each with whether it matched. Never markup."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypedDict

SNIPPET = 180
LEXEME = re.compile(r"'((?:[^']|'')+)'")
NEGATED = re.compile(r"!'(?:[^']|'')+'(?::\*?[A-D]*)?|!\((?:[^()]|\([^()]*\))*\)")


class Piece(TypedDict):
    """A stretch of text."""

    text: str
    hit: bool


def lexemes_of(tsquery: str) -> frozenset[str]:
    """The wanted stems in a query as PostgreSQL prints it; excluded ones are left out."""
    wanted = NEGATED.sub(" ", tsquery)
    return frozenset(found.replace("''", "'") for found in LEXEME.findall(wanted))


def plain(text: str) -> str:
    """Lower case without accents, character by character of the same length where that is possible."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character.isascii():
        return character.lower()
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


@lru_cache(maxsize=256)
def _pattern(lexemes: frozenset[str]) -> re.Pattern[str]:
    """Words with one of these stems (in texts already `plain`); short ones must be the whole word."""
    forms = []
    for lexeme in sorted(lexemes, key=len, reverse=True):
        stem = lexeme[:-1] if lexeme.endswith("i") and len(lexeme) > 3 else lexeme
        forms.append(re.escape(stem) + (r"[^\W_]{0,6}" if len(stem) > 2 else ""))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms) or '(?!)'})(?![^\W_])")


def marked(text: str, lexemes: frozenset[str]) -> list[Piece]:
    """The text in pieces."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in _hits(text, lexemes):
        if start > end:
            pieces.append({"text": text[end:start], "hit": False})
        pieces.append({"text": text[start:stop], "hit": True})
        end = stop
    if end < len(text) or not pieces:
        pieces.append({"text": text[end:], "hit": False})
    return pieces


def _hits(text: str, lexemes: frozenset[str]) -> list[tuple[int, int]]:
    return [match.span() for match in _pattern(lexemes).finditer(plain(text))]


def best_snippet(bodies: Sequence[str], lexemes: frozenset[str]) -> list[Piece] | None:
    """A short piece of that body in which most of the words occur, around the first hit; None for no hit."""
    best: tuple[int, str, int] | None = None
    for body in bodies:
        hits = _hits(body, lexemes)
        if not hits:
            continue
        simple = plain(body)
        distinct = len({simple[start : start + 4] for start, _ in hits})
        if best is None or distinct > best[0]:
            best = (distinct, body, hits[0][0])
        if distinct >= len(lexemes):
            break  # no other body can have more
    if best is None:
        return None
    _, body, at = best
    return marked(_around(body, at), lexemes)


def _around(body: str, at: int) -> str:
    start = max(0, at - SNIPPET // 3)
    if start:
        space = body.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    end = min(len(body), start + SNIPPET)
    if end < len(body):
        space = body.rfind(" ", at, end)
        end = space if space > at else end
    text = " ".join(body[start:end].split())
    return f"{'… ' if start else ''}{text}{' …' if end < len(body) else ''}"
