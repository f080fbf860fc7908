"""The lines by which mail programs mark what they quote: signs, introductions, blocks of headers."""

import re
from functools import lru_cache

from . import quoting_phrases as phrases

DELIMITER = re.compile(r"[ \t]*--[ \t]?$")
MAX_LINE = 1000  # longer ones are prose or attacks, never marks
_QUOTED = re.compile(r"[ \t]{0,3}(?:>|&gt;|\u203a|\u00bb|\|(?= )(?!.*\|[ \t]*$))")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_quoted(line: str) -> bool:
    return bool(_QUOTED.match(line))


def intro_length(lines: list[str], index: int) -> int:
    """How many lines "On … Ann wrote:" takes from `index` on, 0 when it is none."""
    length = _intro_length(lines, index)
    if length > 1 and not re.search(r"[\d@]", lines[index]) and _intro_length(lines, index + 1) == length - 1:
        return 0  # the line before the introduction is text
    return length


def _intro_length(lines: list[str], index: int) -> int:
    first = lines[index].strip()
    if len(first) > MAX_LINE or (
        first.endswith((".", "!", "?", ",")) and "@" not in first and not re.search(r"\d", first)
    ):
        return 0
    joined = ""
    for length in range(1, 5):
        if index + length > len(lines):
            return 0
        line = lines[index + length - 1].strip()
        if not line or is_quoted(line) or len(joined) > 600:
            return 0
        joined = _BIDI.sub("", f"{joined} {line}".strip())
        if not phrases.INTRO_HINT.search(joined) and not joined.endswith((":", "：")):
            continue
        if phrases.ADDRESS_WROTE.match(joined):
            return length
        follows_quote = next_is_quoted(lines, index + length)
        if joined.endswith((":", "：", ":*", ":_")) or follows_quote or _closes_without_colon(joined):
            if len(joined) < 500 and _matches_intro(joined):
                return length if follows_quote or _is_trustworthy(joined) else 0
            if follows_quote and any(
                p.match(joined) for p in (phrases.GENERIC_INTRO, phrases.NAME_WROTE, phrases.DATE_AND_ADDRESS)
            ):
                return length
    return 0


@lru_cache(maxsize=1024)
def _matches_intro(joined: str) -> bool:
    return bool(phrases.INTRO.match(joined.strip("-_ ") if joined.startswith("---") else joined))


def _closes_without_colon(joined: str) -> bool:
    return joined.rstrip(" -*_>").endswith(
        (
            "wrote",
            "写道",
            "寫道",
            "のメール",
            "は書きました",
            "schrieb",
            "a écrit",
            "escribió",
            "ha scritto",
            "escreveu",
            "schreef",
            "skrev",
            "yazdı",
        )
    ) or joined.endswith(">")


def _is_trustworthy(joined: str) -> bool:
    """Whether it names a time or an address: “On Monday I wrote:” is prose."""
    has_address = "@" in joined
    has_time = bool(
        re.search(r"\d{1,2}\s?[:.h時时]\s?\d{2}|\d{1,2}\s?(?:am|pm)\b|[上下]午", joined, re.IGNORECASE)
    )
    has_date = bool(re.search(r"\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d年", joined))
    if re.match(r"(?:on|at)\b.{0,60}\b(?:i|we|you)\s+(?:wrote|said|sent)\b", joined, re.IGNORECASE):
        return False
    return (
        (has_address and (has_time or has_date))
        or (has_time and has_date)
        or (has_date and joined.rstrip("*_ ").endswith((":", "：")) and _matches_intro(joined))
    )


def next_is_quoted(lines: list[str], index: int) -> bool:
    for line in lines[index : index + 3]:
        if line.strip():
            return is_quoted(line)
    return False


def is_wrapped_quote(lines: list[str], index: int) -> bool:
    """A short rest of a quoted line that a mail program has broken: quoted above and below, or no letter in it."""
    if not re.search(r"\w", lines[index]):
        return True
    above = lines[index - 1] if index else ""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if not (is_quoted(above) and is_quoted(below)):
        return False
    is_in_brackets = above.rfind("(") > above.rfind(")") or above.rfind("<") > above.rfind(">", 1)
    return is_in_brackets or (len(above) > 60 and len(lines[index]) < 30)


def is_header_block(lines: list[str], index: int) -> bool:
    """Whether "From: … Sent: … To: … Subject: …" starts here, in any of the languages known."""
    first = label_kind(lines[index])
    if first is None or first in {"cc", "extra"}:
        return False
    kinds = {first}
    empty = 0
    for line in lines[index + 1 : index + 14]:
        if not line.strip():
            empty += 1
            if (empty > 1 and len(kinds) < 2) or empty > 5:
                break
            continue
        kind = label_kind(line)
        if kind is None:
            # An address list that wraps, or one label a line more.
            if len(kinds) >= 3 or not re.search(r"[@;<]", line):
                break
            continue
        kinds.add(kind)
    kinds.discard("extra")
    if first == "from":
        return (
            len(kinds) >= 3
            or (len(kinds) == 2 and "subject" in kinds and "@" in lines[index])
            or (kinds == {"from", "sent"} and "@" in lines[index])
        )
    if "from" in kinds and len(kinds) >= 3:
        return first == "sent" or any("@" in line for line in lines[index : index + 6])
    if first != "sent":
        return False
    is_dated = re.search(r"\d{4}|\d{1,2}:\d{2}", lines[index])
    return (
        bool(is_dated)
        and bool(kinds & {"from", "to"})
        and any("@" in line for line in lines[index : index + 6])
    )


def label_kind(line: str) -> str | None:
    match = phrases.HEADER_LINE.match(_BIDI.sub("", line) if not line.isascii() else line)
    return phrases.LABEL_KINDS.get(match[1].strip().lower()) if match else None
