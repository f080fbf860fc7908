"""A plain view of a text, with a way back to its own offsets."""

import unicodedata
from dataclasses import dataclass

from .findings import Finding

# Format characters are dropped; these look like a dash or a space and are not folded by NFKC.
_LOOKALIKES = str.maketrans(dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-") | {"․": ".", "。": ".", "·": ".", "∙": "."})


@dataclass(frozen=True)
class Folded:
    """Folded text; `origin[i]` is the offset in the given text that character i came from."""

    text: str
    origin: list[int] | None
    length: int

    def back(self, finding: Finding) -> Finding:
        """The same finding in offsets of the given text."""
        if self.origin is None:
            return finding
        start, last = self.origin[finding.start], self.origin[finding.end - 1]
        return Finding(finding.kind, start, last + 1)


def fold(text: str) -> Folded:
    """Full-width and stylised characters to plain ones, invisible ones away."""
    if text.isascii():
        return Folded(text, None, len(text))
    parts: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        plain = char if char.isascii() else _plain(char)
        parts.append(plain)
        origin.extend([offset] * len(plain))
    return Folded("".join(parts), origin, len(text))


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    decimal = unicodedata.decimal(char, None)
    if decimal is not None:
        return str(decimal)
    return unicodedata.normalize("NFKC", char).translate(_LOOKALIKES)
