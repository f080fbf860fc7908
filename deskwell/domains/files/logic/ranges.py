"""The one range of bytes a request asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class ByteRange:
    """Bytes from `start` up to, not including, `end` of `size`."""

    start: int
    end: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes that is."""
        return self.end - self.start

    @property
    def content_range(self) -> str:
        """The value of the header `Content-Range`."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


class Unsatisfiable(ValueError):
    """The range lies behind the end of the file."""


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The range asked for; None for no header, several ranges or one we do not understand.

    A server may answer those with the whole file. Raises `Unsatisfiable` where 416 is due.
    """
    match = ONE_RANGE.match(header or "")
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return _last_bytes(int(last), size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable(f"bytes */{size}")
    return ByteRange(start, min(int(last) + 1, size) if last else size, size)


def _last_bytes(count: int, size: int) -> ByteRange:
    if count == 0 or size == 0:
        raise Unsatisfiable(f"bytes */{size}")
    return ByteRange(max(0, size - count), size, size)
