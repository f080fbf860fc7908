"""Where the signature of a mail begins."""

import re

from .device_signatures import is_device_signature
from .quoting_marks import DELIMITER, is_quoted

_UNDERLINE = re.compile(r"[ \t]*(?:_{2,9}|\u2014)[ \t]*$")
_NAME_SIGNATURE = re.compile(r"[ \t]*[-—–~]{1,2}[ \t]?[^\W\d_][\w'’.]*(?: [^\W\d_][\w'’.]*){0,2}[ \t]*$")


def signature_start(lines: list[str], keep: list[bool], end: int) -> int:
    """Where the signature begins: after `-- `, or at what a phone adds by itself."""
    for index in range(end):
        if keep[index] and (DELIMITER.match(lines[index]) or _UNDERLINE.match(lines[index])):
            rest = [
                line for i, line in enumerate(lines[index + 1 : end], index + 1) if keep[i] and line.strip()
            ]
            if any(is_quoted(line) for line in rest) or len(rest) > 25:
                continue
            if _UNDERLINE.match(lines[index]) and len(rest) > 12:
                continue
            return index
    last = end
    found = end
    while last > 0:
        line = lines[last - 1].strip()
        if not line or not keep[last - 1]:
            last -= 1
            continue
        if is_device_signature(line):
            found = last = last - 1
            continue
        break
    if found < end:
        return found
    return _name_signature(lines, keep, end)


def _name_signature(lines: list[str], keep: list[bool], end: int) -> int:
    """A last line such as `-Ann`."""
    filled = [i for i in range(end) if keep[i] and lines[i].strip()]
    if len(filled) > 1 and _NAME_SIGNATURE.match(lines[filled[-1]]) and not lines[filled[-1] - 1].strip():
        return filled[-1]
    return end
