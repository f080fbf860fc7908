"""Reads a multipart form as it arrives: small fields into memory, the file wherever its bytes are wanted."""

import re
from collections.abc import Callable
from email.message import Message
from urllib.parse import unquote

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser

LONGEST_FIELD = 4096
MOST_FIELDS = 20


class FormBroken(ValueError):
    """The body is not the form its header announces."""


class FormReader:
    """Feed it the body; it calls `on_bytes` with the bytes of the first part that is named `file`."""

    def __init__(self, content_type: str, on_bytes: Callable[[bytes], None]) -> None:
        """Read the boundary from the request's Content-Type; raises `FormBroken` without one."""
        message = Message()
        message["content-type"] = content_type
        boundary = message.get_param("boundary")
        if (
            message.get_content_type() != "multipart/form-data"
            or not isinstance(boundary, str)
            or not boundary
        ):
            raise FormBroken("not a multipart form")
        self.fields: dict[str, str] = {}
        self.file_name: str | None = None
        self.has_file = False
        self.is_complete = False
        self._on_bytes = on_bytes
        self._header = [b"", b""]
        self._disposition = ""
        self._name = ""
        self._in_file = False
        self._value = b""
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._header_piece(0, data[start:end]),
                    "on_header_value": lambda data, start, end: self._header_piece(1, data[start:end]),
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._data,
                    "on_part_end": self._end,
                    "on_end": self._finished,
                },
            )
        except (MultipartParseError, ValueError) as error:
            raise FormBroken(str(error)) from error

    def feed(self, data: bytes) -> None:
        """Read on; raises `FormBroken` when the bytes make no sense."""
        try:
            self._parser.write(data)
        except MultipartParseError as error:
            raise FormBroken(str(error)) from error

    def _begin(self) -> None:
        self._disposition = ""
        self._value = b""
        self._in_file = False

    def _header_piece(self, which: int, piece: bytes) -> None:
        self._header[which] += piece

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1].decode("utf-8", "replace")
        self._header = [b"", b""]

    def _headers_finished(self) -> None:
        self._name = _parameter(self._disposition, "name") or ""
        if self._name == "file" and not self.has_file:
            self.has_file = self._in_file = True
            self.file_name = _extended(self._disposition) or _parameter(self._disposition, "filename")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._on_bytes(data[start:end])
        elif len(self._value) + end - start > LONGEST_FIELD:
            raise FormBroken("a field is too long")
        else:
            self._value += data[start:end]

    def _end(self) -> None:
        if self._in_file or not self._name:
            return
        if len(self.fields) >= MOST_FIELDS:
            raise FormBroken("too many fields")
        self.fields[self._name] = self._value.decode("utf-8", "replace")

    def _finished(self) -> None:
        self.is_complete = True


def _parameter(disposition: str, name: str) -> str | None:
    """A parameter as browsers write it: quotes and line ends percent-encoded, backslashes left alone."""
    quoted = re.search(rf';\s*{name}="((?:[^"\\]|\\.)*)"', disposition, re.IGNORECASE)
    if quoted:
        text = re.sub(r'\\(["\\])', r"\1", quoted[1])
        return re.sub("%22", '"', re.sub("%0D|%0A", " ", text, flags=re.IGNORECASE))
    plain = re.search(rf";\s*{name}=([^\s;]+)", disposition, re.IGNORECASE)
    return plain[1] if plain else None


def _extended(disposition: str) -> str | None:
    """The name by RFC 5987, which some clients send beside a poor one."""
    match = re.search(r";\s*filename\*=(?:utf-8|UTF-8)'[^']*'([^\s;]+)", disposition)
    return unquote(match[1]) if match else None
