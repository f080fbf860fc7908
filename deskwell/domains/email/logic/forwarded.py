"""The mail inside a mail that somebody has forwarded by hand."""

import re
from dataclasses import dataclass

from . import quoting_phrases as phrases
from .addresses import Address, find_emails, parse_addresses


@dataclass(frozen=True)
class Forwarded:
    """Who had written the forwarded mail, about what, its text, and the note above it."""

    sender: Address
    subject: str
    text: str
    note: str


def find_forwarded(text: str) -> Forwarded | None:
    """The first mail forwarded inline, None when the text holds none whose writer is named."""
    lines = text.split("\n")
    for index, line in enumerate(lines[:2000]):
        stripped = line.strip()
        starts = bool(
            phrases.FORWARD.match(stripped) or phrases.ORIGINAL.match(stripped) or phrases.RULE.match(line)
        )
        if not starts and _kind(line) != "from":
            continue
        found = _read(lines, index + 1 if starts else index)
        if found:
            sender, subject, body = found
            return Forwarded(
                sender, subject, "\n".join(lines[body:]).strip(), "\n".join(lines[:index]).strip()
            )
    return None


def _kind(line: str) -> str | None:
    match = phrases.HEADER_LINE.match(line)
    return phrases.LABEL_KINDS.get(match[1].strip().lower()) if match else None


def _read(lines: list[str], start: int) -> tuple[Address, str, int] | None:
    fields: dict[str, str] = {}
    position, empty = start, 0
    last = ""
    while position < len(lines) and position < start + 25:
        line = lines[position].lstrip("> ").rstrip()
        if not line.strip():
            empty += 1
            if (fields and ("subject" in fields or len(fields) > 2)) or empty > 2:
                break
            position += 1
            continue
        kind = _kind(line)
        if kind:
            match = phrases.HEADER_LINE.match(line)
            assert match
            fields.setdefault(kind, match[2].strip())
            last = kind
        elif last and len(fields) < 6 and not ("subject" in fields and last != "subject" and "to" in fields):
            fields[last] += " " + line.strip()
        else:
            break
        position += 1
    sender = _sender(fields.get("from", ""))
    if not sender or len(fields) < 3:
        return None
    return sender, re.sub(r"\s+", " ", fields.get("subject", "")).strip("* "), position


def _sender(value: str) -> Address | None:
    value = re.sub(
        r"<mailto:[^<>]*>|\[mailto:([^\[\]]*)\]", lambda m: f"<{m[1]}>" if m[1] else "", value.strip("* ")
    )
    value = re.sub(r"\[([^\[\]\s]+@[^\[\]\s]+)\]", r"<\1>", value)
    value = re.sub(r"\(([^()\s]+@[^()\s]+)\)", r"<\1>", value)
    found = parse_addresses(value)
    if found:
        return found[0]
    emails = find_emails(value)
    return Address(emails[0]) if emails else None
