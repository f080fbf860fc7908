"""What changed between two versions of a text."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "added", "removed", "changed"]
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_CONTEXT = 3
# Comparing word by word is quadratic in the worst case; beyond this a line is shown as replaced.
_WORDS_LIMIT = 2000


@dataclass(frozen=True)
class Part:
    """Some words of a line, and whether they were kept, added or removed."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Line:
    """One line of a comparison; its numbers count from 1 and are None where it does not exist."""

    kind: Kind
    before: int | None
    after: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Comparison:
    lines: tuple[Line, ...]
    added: int
    removed: int


def compare(before: str, after: str) -> Comparison:
    """Compare line by line, and changed lines word by word; far unchanged lines are left out."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    lines: list[Line] = []
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        for tag, a1, a2, b1, b2 in group:
            lines += _block(tag, old[a1:a2], new[b1:b2], a1, b1)
    added = sum(line.kind in {"added", "changed"} for line in lines)
    removed = sum(line.kind in {"removed", "changed"} for line in lines)
    return Comparison(tuple(lines), added, removed)


def _block(tag: str, old: list[str], new: list[str], a: int, b: int) -> list[Line]:
    if tag == "equal":
        return [Line("same", a + i + 1, b + i + 1, (Part("same", text),)) for i, text in enumerate(old)]
    paired = min(len(old), len(new))
    lines = [Line("changed", a + i + 1, b + i + 1, _words(old[i], new[i])) for i in range(paired)]
    lines += [Line("removed", a + i + 1, None, (Part("removed", old[i]),)) for i in range(paired, len(old))]
    lines += [Line("added", None, b + i + 1, (Part("added", new[i]),)) for i in range(paired, len(new))]
    return lines


def _words(before: str, after: str) -> tuple[Part, ...]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _WORDS_LIMIT:
        return (Part("removed", before), Part("added", after))
    parts: list[Part] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(old[a1:a2])))
            continue
        if a2 > a1:
            parts.append(Part("removed", "".join(old[a1:a2])))
        if b2 > b1:
            parts.append(Part("added", "".join(new[b1:b2])))
    return tuple(parts)
