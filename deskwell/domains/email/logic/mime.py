"""The tree of a mail's parts, read from bytes with bounded depth, number and time.

Not the standard library's parser: it recurses without bound, raises on headers that exist in the wild, and
takes minutes for some inputs. This one works with offsets into one buffer; every level is scanned once.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import clean, codec_of, declared_in_html, decode
from .encoded_words import decode_base64
from .headers import Headers, read_headers, read_parameters
from .uuencoded import UU_BEGIN, undo_uu

MAX_DEPTH = 100
MAX_PARTS = 1000
_TOKEN = re.compile(r"[a-z0-9!#$&^_.+\-]{1,100}/[a-z0-9!#$&^_.+\-]{1,127}\Z")
_GUESSED_BOUNDARY = re.compile(rb"^--(\S[^\r\n]{0,200}?)[ \t]*\r?$", re.MULTILINE)
_PADDING = re.compile(rb"[=\s]+")


@dataclass
class Part:
    """One node: a leaf with bytes, or a container with children."""

    headers: Headers
    data: bytes = field(repr=False)
    start: int
    end: int
    depth: int
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    filename: str = ""
    content_id: str = ""
    encoding: str = ""
    header_start: int = 0
    children: list["Part"] = field(default_factory=list)
    is_beyond_limits: bool = False

    @property
    def main_type(self) -> str:
        return self.content_type.partition("/")[0]

    @property
    def is_multipart(self) -> bool:
        return self.main_type == "multipart" and bool(self.children)

    def payload(self) -> bytes:
        """The part's bytes with the transfer encoding undone, as far as they can be read."""
        return undo_encoding(
            self.data[self.start : self.end], self.encoding, is_text=self.main_type == "text"
        )

    def text(self, fallback: str | None = None) -> str:
        """The part as clean text."""
        payload = self.payload()
        label = self.parameters.get("charset")
        if self.content_type == "text/html" and codec_of(label) in {None, "cp1252"}:
            label = declared_in_html(payload) or label
        return clean(decode(payload, label, fallback=fallback))

    def walk(self) -> Iterator["Part"]:
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            stack.extend(reversed(part.children))


def undo_encoding(data: bytes, encoding: str, *, is_text: bool = False) -> bytes:
    """Transfer-decode leniently; an unknown encoding is taken as none."""
    if encoding == "base64":
        return _undo_base64(data, is_text=is_text)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        match = UU_BEGIN.search(data)
        return undo_uu(data[match.end() :])[0] if match else data
    return data


def _undo_base64(data: bytes, *, is_text: bool) -> bytes:
    """Also text that a list server has appended to it in plain letters."""
    if not is_text:
        return decode_base64(data)
    end = _end_of_base64(data)
    tail = data[end:]
    if tail.strip() and re.search(rb"[^A-Za-z0-9+/=\s]|[A-Za-z] [A-Za-z]", tail):
        return decode_base64(data[:end]) + b"\n" + tail
    if b"=" not in data and re.search(rb"\w \w{1,40} \w", data[:400]):
        return data  # it says base64 and is plain text
    return decode_base64(data)


def _end_of_base64(data: bytes) -> int:
    """Behind the first padding that ends a line."""
    position = data.find(b"=")
    while position >= 0:
        padding = _PADDING.match(data, position)
        assert padding is not None
        if b"\n" in padding.group() or padding.end() == len(data):
            return padding.end()
        position = data.find(b"=", padding.end())
    return len(data)


def parse(raw: bytes) -> Part:
    """The tree of a whole mail. Never raises; what lies beyond the limits is one opaque part."""
    data = raw
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # a mail saved by a text editor
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if b"\n" not in data[:20_000] and b"\r" in data[:20_000]:
        data = data.replace(b"\r", b"\n")
    start = 0
    while data[start : start + 1] in {b"\n", b"\r", b" "} and start < 1000:
        start += 1
    root = _read_part(data, start, len(data), 0, "text/plain")
    pending, count = [root], 1
    while pending:
        part = pending.pop()
        for child in _open(part):
            count += 1
            if count > MAX_PARTS or child.depth > MAX_DEPTH:
                _close_opaque(part, child)
                break
            part.children.append(child)
        pending.extend(reversed(part.children))
    return root


def _close_opaque(part: Part, first: Part) -> None:
    """Everything from `first` on as one part that is kept but not read."""
    rest = Part(
        Headers(), first.data, first.header_start, part.end, first.depth, content_type="message/rfc822"
    )
    rest.is_beyond_limits, rest.filename = True, "unread-parts.eml"
    rest.header_start = rest.start
    part.children.append(rest)


def _read_part(data: bytes, start: int, end: int, depth: int, default_type: str) -> Part:
    headers, body = read_headers(data, start, end)
    part = Part(headers, data, body, end, depth, header_start=start)
    raw_type = headers.raw("content-type")
    content_type, part.parameters = read_parameters(raw_type, None) if raw_type else (default_type, {})
    headers.charset = part.parameters.get("charset")
    part.content_type = _tidy_type(content_type, default_type)
    raw_disposition = headers.raw("content-disposition")
    disposition: dict[str, str] = {}
    if raw_disposition:
        part.disposition, disposition = read_parameters(raw_disposition, headers.charset)
    part.filename = (
        disposition.get("filename") or part.parameters.get("name") or disposition.get("name") or ""
    )
    part.content_id = headers.text("content-id").strip("<> ")
    encoding = re.sub(r"\([^()]*\)", "", headers.text("content-transfer-encoding")).strip(" \"';:,.").lower()
    part.encoding = {
        "base-64": "base64",
        "quoted_printable": "quoted-printable",
        "qp": "quoted-printable",
        "quoted-printeable": "quoted-printable",
    }.get(encoding, encoding)
    return part


def _tidy_type(content_type: str, default_type: str) -> str:
    content_type = re.sub(r"\s*/\s*", "/", content_type.strip(" ;,")).partition(" ")[0]
    if _TOKEN.match(content_type):
        return content_type
    bare = {"text": "text/plain", "html": "text/html", "plain": "text/plain", "multipart": "multipart/mixed"}
    return bare.get(content_type, default_type if default_type.startswith("text/") else "text/plain")


def _open(part: Part) -> Iterator[Part]:
    """The children of a container; a container that cannot be opened becomes text."""
    if part.is_beyond_limits:
        return
    if part.main_type == "multipart":
        yield from _open_multipart(part)
    elif part.content_type in {"message/rfc822", "message/global", "message/news"}:
        data, start, end = part.data, part.start, part.end
        if part.encoding in {"base64", "quoted-printable"}:
            data = part.payload()
            start, end = 0, len(data)
        while start < end and data[start : start + 1] in {b"\n", b"\r"}:
            start += 1
        if start < end:
            yield _read_part(data, start, end, part.depth + 1, "text/plain")


def _open_multipart(part: Part) -> Iterator[Part]:
    boundary = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    spans = list(_spans(part.data, part.start, part.end, boundary)) if boundary else []
    if not spans and part.encoding in {"base64", "quoted-printable"}:
        part.data = part.payload()
        part.start, part.end, part.encoding = 0, len(part.data), ""
        spans = list(_spans(part.data, 0, part.end, boundary)) if boundary else []
    if not spans:
        guess = _GUESSED_BOUNDARY.search(part.data, part.start, min(part.end, part.start + 20_000))
        if guess and _GUESSED_BOUNDARY.match(part.data, guess.start()):
            spans = list(_spans(part.data, part.start, part.end, guess[1].removesuffix(b"--")))
            spans = [span for span in spans if _NAME_AT_START.match(part.data[span[0] : span[0] + 80])]
    if not spans:
        looks_html = re.match(
            rb"\s*(?:<!doctype|<html|<body|<div)", part.data[part.start : part.start + 200], re.IGNORECASE
        )
        part.content_type = "text/html" if looks_html else "text/plain"
        return
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for start, end in spans:
        yield _read_part(part.data, start, end, part.depth + 1, default)


_NAME_AT_START = re.compile(rb"\s*content-[a-z\-]+[ \t]*:", re.IGNORECASE)


def _spans(data: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, by a scan for the boundary that passes every byte once."""
    marker = b"--" + boundary
    opened = -1
    position = start
    count = 0
    while True:
        found = data.find(marker, position, end)
        if found < 0:
            break
        position = found + len(marker)
        if found > start and data[found - 1 : found] not in {b"\n", b"\r"}:
            continue
        stop = data.find(b"\n", position, end)
        stop = end if stop < 0 else stop
        rest = data[position : min(stop, position + 200)].strip()
        if rest not in {b"", b"--"} and not (rest.startswith(b"--") and not rest[2:].strip(b"- \t")):
            continue
        if opened >= 0:
            yield opened, _without_newline(data, opened, found)
            count += 1
            if count > MAX_PARTS:
                return
        opened = min(stop + 1, end)
        position = stop
        if rest.startswith(b"--") and not boundary.endswith(b"--"):
            opened = -1
            # A second start after the end (two mails glued, a list footer with the same boundary) is still read.
    if opened >= 0 and opened < end:
        yield opened, end


def _without_newline(data: bytes, start: int, end: int) -> int:
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
    if end > start and data[end - 1 : end] == b"\r":
        end -= 1
    return end
