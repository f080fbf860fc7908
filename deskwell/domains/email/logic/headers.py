"""Header blocks and parameters, read from bytes: raw 8-bit text, broken folding, doubles, RFC 2231."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from .charsets import clean, decode
from .encoded_words import decode_words

MAX_HEADERS = 1000  # of one name only the first counts beyond that
MAX_BLOCK = 25_000_000
MAX_LINES = 150_000
MAX_VALUE = 100_000
_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WELL_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|mime-version|return-path|"
    rb"received|delivered-to|content-[a-z\-]+|x-[a-z0-9\-]+|list-[a-z\-]+|dkim-signature|auto-submitted|precedence|"
    rb"thread-[a-z]+|importance|priority|user-agent|organization)[ \t]*:",
    re.IGNORECASE,
)


@dataclass
class Headers:
    """The headers of one part in their order, names in lower case, values raw and unfolded."""

    items: list[tuple[str, bytes]] = field(default_factory=list)
    charset: str | None = None

    def raw(self, name: str) -> bytes | None:
        """The first value that is not empty."""
        values = [value for key, value in self.items if key == name]
        return next((value for value in values if value), values[0] if values else None)

    def all_raw(self, name: str) -> list[bytes]:
        return [value for key, value in self.items if key == name]

    def undecoded(self, name: str) -> str:
        """As text, but with encoded words left alone: what the address parser reads."""
        return self._to_text(self.raw(name) or b"")

    def all_undecoded(self, name: str) -> list[str]:
        return [self._to_text(value) for value in self.all_raw(name)]

    def text(self, name: str) -> str:
        """The first value as a person reads it."""
        return one_line(decode_words(self.undecoded(name)))

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.items)

    def count(self, name: str) -> int:
        return sum(1 for key, _ in self.items if key == name)

    def readable(self) -> Iterator[tuple[str, str]]:
        """All of them for "show headers"."""
        for name, value in self.items:
            yield name, one_line(decode_words(self._to_text(value)))

    def _to_text(self, value: bytes) -> str:
        return one_line(decode(value, "us-ascii" if value.isascii() else "utf-8", fallback=self.charset))


def one_line(text: str) -> str:
    return " ".join(line.strip(" \t") for line in clean(text).split("\n")).strip()


def read_headers(data: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Headers from `start`, and where the body begins. A line that is no header ends them, unless more follow."""
    headers = Headers()
    position = start
    limit = min(end, start + MAX_BLOCK)
    name, value = "", bytearray()

    names: set[str] = set()

    def keep() -> None:
        if name and (
            len(headers.items) < MAX_HEADERS or (name not in names and len(headers.items) < 2 * MAX_HEADERS)
        ):
            names.add(name)
            headers.items.append((name, bytes(value[:MAX_VALUE]).strip()))

    for _ in range(MAX_LINES):
        if position >= limit:
            break
        stop = data.find(b"\n", position, end)
        after = end if stop < 0 else stop + 1
        line = data[position : min(after, position + MAX_VALUE)].rstrip(b"\r\n")
        if not line.strip():
            if line and _continues_below(data, after, end):  # white space only, and headers go on
                position = after
                continue
            keep()
            return headers, after
        match = _NAME.match(line)
        if line[:1] in b" \t":
            if len(value) < MAX_VALUE:
                value += b" " + line.strip()
        elif match:
            keep()
            name = match[1].decode("ascii").lower()
            value = bytearray(line[match.end() :].strip())
        elif position == start and line.startswith((b"From ", b">From ")):
            pass
        elif (
            not headers.items
            and not name
            and line[:3] == b"\xef\xbb\xbf"
            and (match := _NAME.match(line[3:]))
        ):
            name = match[1].decode("ascii").lower()
            value = bytearray(line[3 + match.end() :].strip())
        elif not _WELL_KNOWN.match(data[after : after + 60]):
            keep()
            return headers, position  # the empty line is missing: this is the body
        position = after
    keep()
    return headers, position


def _continues_below(data: bytes, position: int, end: int) -> bool:
    return bool(_WELL_KNOWN.match(data[position : min(end, position + 60)]))


def read_parameters(raw: bytes, charset: str | None) -> tuple[str, dict[str, str]]:
    """The value of a Content-* header in lower case and its parameters, RFC 2231 and its abuses resolved."""
    text = decode(raw, "us-ascii" if raw.isascii() else "utf-8", fallback=charset)
    pieces = list(_split_parameters(text[:20_000]))
    first = pieces[0] if pieces else ""
    value = re.sub(r"\([^()]*\)", "", first).strip().strip("\"'")
    if "=" in value and " " in value.partition("=")[0].strip():  # text/plain charset=utf-8
        value, _, rest = value.partition(" ")
        pieces = [value, rest, *pieces[1:]]
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1:]:
        key, equals, content = piece.partition("=")
        key = key.strip().lower()
        if not equals or not key:
            continue
        content = _unquote(content.strip(), key)
        name, star, index = key.partition("*")
        if not star:
            plain.setdefault(key, content)
            continue
        is_encoded = index.endswith("*") or index == ""
        digits = index.rstrip("*")
        number = int(digits) if digits.isdigit() and len(digits) < 5 else 0
        sections.setdefault(name, {}).setdefault(number, (content, is_encoded))
    for name, numbered in sections.items():
        joined = _join_sections(numbered)
        if joined.strip() or name not in plain:
            plain[name] = joined
    return value.lower(), {name: one_line(decode_words(content)) for name, content in plain.items()}


def _join_sections(numbered: dict[int, tuple[str, bool]]) -> str:
    """`name*0*=charset'lang'…; name*1=…` as one text; the bytes are joined before they are decoded."""
    charset, data, is_any_encoded = None, bytearray(), False
    for position, number in enumerate(sorted(numbered)):
        content, is_encoded = numbered[number]
        if is_encoded:
            if position == 0 and content.count("'") >= 2:
                charset, _, content = content.split("'", 2)
            is_any_encoded = True
            data += unquote_to_bytes(content)
        else:
            data += content.encode("utf-8", "surrogateescape")
    return decode(bytes(data), charset if is_any_encoded else "utf-8")


def _split_parameters(text: str) -> Iterator[str]:
    start, in_quotes, index = 0, False, 0
    while index < len(text):
        char = text[index]
        if char == "\\" and in_quotes:
            index += 2
            continue
        if char == '"':
            in_quotes = not in_quotes and text.find('"', index + 1) > 0
        elif char == ";" and not in_quotes:
            yield text[start:index]
            start = index + 1
        index += 1
    yield text[start:]


def _unquote(content: str, key: str) -> str:
    if content.startswith('"'):
        closing = _closing_quote(content)
        content = content[1:closing] if closing > 0 else content[1:]
        # A Windows path is no sequence of escapes.
        if key.partition("*")[0] in {"filename", "name"} and re.match(r"[A-Za-z]:\\|\\\\", content):
            return content
        return re.sub(r'\\(["\\])', r"\1", content)
    if len(content) > 1 and content[0] == content[-1] == "'" and "*" not in key:
        return content[1:-1]
    if key in {"charset", "boundary"}:
        return re.sub(r"\s*\([^()]*\)\s*$", "", content).strip()
    return content


def _closing_quote(content: str) -> int:
    index = 1
    while index < len(content):
        if content[index] == "\\":
            index += 2
            continue
        if content[index] == '"':
            return index
        index += 1
    return -1
