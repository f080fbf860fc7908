"""Shows where a search hit: pieces of text, each with whether it matched. Never markup."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypedDict

WORD = re.compile(r"[^\W_]+")
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
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character.isascii():
        return character.lower()
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


def is_hit(word: str, lexemes: Iterable[str]) -> bool:
    """Whether a word of a text (already `plain`) has one of these stems."""
    for lexeme in lexemes:
        stem = lexeme[:-1] if lexeme.endswith("i") and len(lexeme) > 3 else lexeme
        if word == lexeme or (word.startswith(stem) and len(word) - len(stem) <= 6 and len(stem) > 2):
            return True
    return False


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
    simple = plain(text)
    return [match.span() for match in WORD.finditer(simple) if is_hit(match.group(), lexemes)]


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
