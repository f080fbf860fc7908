"""The tokenizer of BERT models: lower case, no accents, greedy pieces from a fixed vocabulary."""

import unicodedata
from functools import lru_cache
from pathlib import Path

_LONGEST_WORD = 100


class WordPiece:
    def __init__(self, vocabulary: Path) -> None:
        words = vocabulary.read_text(encoding="utf-8").split("\n")
        self._ids = {word: index for index, word in enumerate(words) if word}
        self._start, self._end, self._unknown = (self._ids[mark] for mark in ("[CLS]", "[SEP]", "[UNK]"))
        self._pieces = lru_cache(maxsize=20_000)(self._split)

    def encode(self, text: str, limit: int) -> list[int]:
        """Ids with the marks for start and end, at most `limit` of them."""
        ids: list[int] = []
        for word in _words(text):
            ids.extend(self._pieces(word))
            if len(ids) >= limit - 2:
                break
        return [self._start, *ids[: limit - 2], self._end]

    def knows(self, word: str) -> bool:
        """Whether a word is in the vocabulary as a whole."""
        return all(len(self._pieces(part)) == 1 for part in _words(word))

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if prefix + word[start:e] in self._ids), None)
            if end is None:
                return (self._unknown,)
            pieces.append(self._ids[prefix + word[start:end]])
            start = end
        return tuple(pieces)


def _words(text: str) -> list[str]:
    """Words and single punctuation marks, folded as the model was trained."""
    plain = unicodedata.normalize("NFD", text.lower())
    spaced: list[str] = []
    for char in plain:
        category = unicodedata.category(char)
        if category == "Mn" or (category in {"Cc", "Cf"} and char not in "\t\n\r"):
            continue
        spaced.append(f" {char} " if _stands_alone(char, category) else char)
    return "".join(spaced).split()


def _stands_alone(char: str, category: str) -> bool:
    code = ord(char)
    if code < 128:
        return not char.isalnum() and not char.isspace()
    return (
        category.startswith("P")
        or 0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
    )
