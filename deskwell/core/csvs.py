"""CSV that a spreadsheet opens without running it (RFC 4180, formulas defused)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def safe(value: Any) -> str:
    """Return a cell's text; what a spreadsheet would take for a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return text
    return f"'{text}" if text.startswith(_FORMULA) else text


def write(header: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """Return CSV text with CRLF line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def download(name: str, text: str) -> Response:
    """Return CSV text as a file; the byte order mark tells Excel that it is UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)
