"""RFC 2047 encoded words, as standards write them and as mail programs do."""

import base64
import binascii
import re

from .charsets import codec_of, decode

_BASE64_JUNK = re.compile(rb"[^A-Za-z0-9+/]")
_MAX_CHARSET = 60


def decode_words(value: str) -> str:
    """The header with its encoded words read; what is no encoded word stays as it is. Linear in time."""
    if "=?" not in value:
        return value
    out: list[str] = []
    pending: tuple[str, bytearray] | None = None  # words of one charset are joined before decoding
    position = 0
    while True:
        start = value.find("=?", position)
        word = _read_word(value, start) if start >= 0 else None
        if start >= 0 and word is None:
            if value.find("?", start + 2) < 0:
                start = -1
            else:
                between = value[position : start + 2]
                _flush(out, pending)
                pending = None
                out.append(between)
                position = start + 2
                continue
        between = value[position : start if start >= 0 else len(value)]
        if word is None:
            _flush(out, pending)
            out.append(between)
            return "".join(out)
        charset, data, end = word
        if pending and not between.strip():
            if codec_of(pending[0]) == codec_of(charset):
                pending[1].extend(data)
            else:
                _flush(out, pending)
                pending = (charset, bytearray(data))
        else:
            _flush(out, pending)
            out.append(between)
            pending = (charset, bytearray(data))
        position = end


def decode_base64(text: bytes) -> bytes:
    """Base64 as leniently as it can be read: junk, missing padding, padding in the middle."""
    if b"=" in text.rstrip(b"= \t\r\n"):
        pieces = re.split(rb"=+", text)
        return b"".join(decode_base64(piece) for piece in pieces)
    cleaned = _BASE64_JUNK.sub(b"", text)
    if len(cleaned) % 4 == 1:
        cleaned = cleaned[:-1]
    cleaned += b"=" * (-len(cleaned) % 4)
    try:
        return base64.b64decode(cleaned)
    except binascii.Error:  # pragma: no cover - the alphabet and length are right by now
        return b""


def _flush(out: list[str], pending: tuple[str, bytearray] | None) -> None:
    if pending:
        out.append(decode(bytes(pending[1]), pending[0]))


def _read_word(value: str, start: int) -> tuple[str, bytes, int] | None:
    """Charset, bytes and end of the encoded word at `start`, None when there is none."""
    first = value.find("?", start + 2, start + 2 + _MAX_CHARSET)
    if first < 0 or len(value) < first + 3 or value[first + 2] != "?":
        return None
    charset = value[start + 2 : first].partition("*")[0].strip()
    encoding = value[first + 1].lower()
    if encoding not in "bq" or not charset or " " in charset:
        return None
    body = first + 3
    end = value.find("?=", body)
    if encoding == "q":
        end = _end_of_quoted(value, end)
    stop, after = (end, end + 2) if end >= 0 else (len(value), len(value))
    # A word that was cut off is read as far as it goes, unless another one starts inside.
    inner = value.find("=?", body, stop)
    if end < 0 and inner >= 0:
        stop = after = inner
    payload = value[body:stop]
    if encoding == "b":
        return charset, decode_base64(payload.encode("ascii", "ignore")), after
    return charset, _decode_q(payload), after


def _end_of_quoted(value: str, end: int) -> int:
    """The end of a Q word: a `?=` that is the last `?` of `??=`, or not followed by two hex digits inside the word."""
    while end >= 0 and value.startswith("?=", end + 1):
        end += 1
    match = re.match(r"\?=[0-9A-F]{2}\S*?\?=", value[end : end + 200]) if end >= 0 else None
    if match and "=?" not in match.group()[2:]:
        return end + match.end() - 2
    return end


def _decode_q(payload: str) -> bytes:
    raw = payload.replace("_", " ").encode("utf-8", "surrogateescape")
    if b"=" not in raw:
        return raw
    return re.sub(rb"=([0-9A-Fa-f]{2})|=\r?\n", lambda m: bytes([int(m[1], 16)]) if m[1] else b"", raw)
