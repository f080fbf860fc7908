"""What a person wrote, apart from what they quoted and how they signed. Nothing is lost: all of it is kept in pieces."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import quoting_phrases as phrases
from .html import CUT

MAX_LINES = 20_000
MAX_LINE = 1000  # longer ones are prose or attacks, never marks
_QUOTED = re.compile(r"[ \t]{0,3}(?:>|&gt;|\u203a|\u00bb|\|(?= ))")
_DELIMITER = re.compile(r"[ \t]*--[ \t]?$")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNDERLINE = re.compile(r"[ \t]*_{2,9}[ \t]*$")
_NAME_SIGNATURE = re.compile(r"[ \t]*[-—–~]{1,2}[ \t]?[^\W\d_][\w'’.]*(?: [^\W\d_][\w'’.]*){0,2}[ \t]*$")


@dataclass(frozen=True)
class Reply:
    """A mail's text in three pieces; `visible` is what is new."""

    visible: str
    quoted: str = ""
    signature: str = ""

    @property
    def has_folded(self) -> bool:
        return bool(self.quoted or self.signature)


def split_reply(text: str, *, is_first: bool = False) -> Reply:
    """The new part of a mail, its quoted history and its signature.

    A first message has no history: what looks like one is its content (a forwarded mail), so nothing is cut
    but a signature behind the delimiter. When nothing would remain visible, everything does.
    """
    lines = text.replace(CUT, f"\n{CUT}\n").split("\n")
    if is_first or len(lines) > MAX_LINES:
        return Reply(_joined(lines))
    lines = _with_own_lines(lines)
    keep = [True] * len(lines)
    end = _cut(lines)
    for index in range(end, len(lines)):
        keep[index] = False
    _drop_leading_quote(lines, keep, end)
    _drop_only_quote(lines, keep, end)
    visible_end = _drop_trailing_quotes(lines, keep, end)
    signature_from = _signature_start(lines, keep, visible_end)
    visible = _joined([line for i, line in enumerate(lines[:signature_from]) if keep[i]])
    signature = _joined(
        [line for i, line in enumerate(lines[signature_from:visible_end], signature_from) if keep[i]]
    )
    quoted = _joined([line for i, line in enumerate(lines) if not keep[i]])
    if not visible.strip():
        return _when_nothing_remains(text, quoted, signature)
    return Reply(visible, quoted, signature)


def _with_own_lines(lines: list[str]) -> list[str]:
    """An introduction that a mail program put behind the last words gets a line of its own."""
    out: list[str] = []
    for index, line in enumerate(lines):
        match = (
            phrases.IN_THE_LINE.search(line)
            if len(line) < 500 and not is_quoted(line) and line.rstrip().endswith(":")
            else None
        )
        if match and _next_is_quoted(lines, index + 1):
            out += [line[: match.start()], line[match.end() :]]
        else:
            out.append(line)
    return out


def _when_nothing_remains(text: str, quoted: str, signature: str) -> Reply:
    """An answer of only a quote or a signature is shown whole rather than empty."""
    if signature and quoted:
        return Reply(signature, quoted)
    return Reply(_joined(text.split("\n")))


def _joined(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines if line.strip() != CUT)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n").rstrip()


def is_quoted(line: str) -> bool:
    return bool(_QUOTED.match(line))


def _cut(lines: list[str]) -> int:
    """The line from which on everything is history."""
    for index, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or len(stripped) > MAX_LINE:
            continue
        if stripped == CUT:
            return _back_over_rule(lines, index)
        if is_quoted(line):
            continue
        if phrases.REPLY_LINE.match(stripped):
            return index
        if phrases.FORWARD.match(stripped):
            return len(lines)  # what somebody forwards in an answer is new
        if phrases.ORIGINAL.match(stripped):
            return _back_over_rule(lines, index)
        if _is_header_block(lines, index):
            return _back_over_rule(lines, index)
        length = intro_length(lines, index)
        if length and not _goes_on_after_quote(lines, index + length):
            return _back_over_rule(lines, index)
    return len(lines)


def _back_over_rule(lines: list[str], index: int) -> int:
    """A ruler drawn above the history belongs to it."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and phrases.RULE.match(lines[above]) else index


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
        follows_quote = _next_is_quoted(lines, index + length)
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
    return joined.endswith(
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
            "wrote-----",
            "wrote ----",
            ">",
        )
    )


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


def _next_is_quoted(lines: list[str], index: int) -> bool:
    for line in lines[index : index + 3]:
        if line.strip():
            return is_quoted(line)
    return False


def _goes_on_after_quote(lines: list[str], index: int) -> bool:
    """Whether the quote that follows an introduction is answered below or between its lines."""
    if not _next_is_quoted(lines, index):
        return False
    rest = [i for i in range(index, len(lines)) if lines[i].strip()]
    unquoted = [i for i in rest if not is_quoted(lines[i])]
    position = 0
    while position < len(unquoted):
        i = unquoted[position]
        line = lines[i].strip()
        if (
            line == CUT
            or _DELIMITER.match(line)
            or phrases.ORIGINAL.match(line)
            or _is_header_block(lines, i)
            or phrases.RULE.match(line)
        ):
            return False
        if phrases.MOBILE_SIGNATURE.match(line) or _is_wrapped_quote(lines, i):
            position += 1
            continue
        length = intro_length(lines, i)
        if length:
            position += length
            continue
        return True
    return False


def _is_wrapped_quote(lines: list[str], index: int) -> bool:
    """A short rest of a quoted line that a mail program has broken: quoted above and below, or no letter in it."""
    if not re.search(r"\w", lines[index]):
        return True
    above = lines[index - 1] if index else ""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if not (is_quoted(above) and is_quoted(below)):
        return False
    is_in_brackets = above.rfind("(") > above.rfind(")") or above.rfind("<") > above.rfind(">", 1)
    return is_in_brackets or (len(above) > 60 and len(lines[index]) < 30)


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether "From: … Sent: … To: … Subject: …" starts here, in any of the languages known."""
    first = _label_kind(lines[index])
    if first not in {"from", "sent"}:
        return False
    kinds = {first}
    empty = 0
    for line in lines[index + 1 : index + 14]:
        if not line.strip():
            empty += 1
            if (empty > 1 and len(kinds) < 2) or empty > 5:
                break
            continue
        kind = _label_kind(line)
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
        return True
    is_dated = re.search(r"\d{4}|\d{1,2}:\d{2}", lines[index])
    return (
        bool(is_dated)
        and bool(kinds & {"from", "to"})
        and any("@" in line for line in lines[index : index + 6])
    )


def _label_kind(line: str) -> str | None:
    match = phrases.HEADER_LINE.match(line)
    return phrases.LABEL_KINDS.get(match[1].strip().lower()) if match else None


def _drop_leading_quote(lines: list[str], keep: list[bool], end: int) -> None:
    """One quote at the very top with an answer below it: the answer is what is new."""
    start = 0
    while start < end and not lines[start].strip():
        start += 1
    position = start
    if position < end and not is_quoted(lines[position]):
        position += intro_length(lines, position) or 0
        if position == start:
            return
    quote_start = position
    while position < end and (
        not lines[position].strip()
        or is_quoted(lines[position])
        or (position > quote_start and _is_wrapped_quote(lines, position) and lines[position].strip())
    ):
        position += 1
    below = lines[position:end]
    if not any(is_quoted(line) for line in lines[quote_start:position]):
        return
    if any(is_quoted(line) for line in below) or not any(line.strip() for line in below):
        return  # answered between the lines: the quotes are needed to understand the answers
    if _DELIMITER.match(next(line for line in below if line.strip())):
        return
    for index in range(start, position):
        keep[index] = False


def _drop_only_quote(lines: list[str], keep: list[bool], end: int) -> None:
    """One announced quote with text above and below it: what stands around it is the message."""
    quoted = [i for i in range(end) if keep[i] and is_quoted(lines[i])]
    if not quoted:
        return
    first, last = quoted[0], quoted[-1]
    if any(
        keep[i] and lines[i].strip() and not is_quoted(lines[i]) and not _is_wrapped_quote(lines, i)
        for i in range(first, last)
    ):
        return
    for index in range(max(0, first - 6), first):
        length = intro_length(lines, index) if keep[index] and lines[index].strip() else 0
        if length and not any(line.strip() for line in lines[index + length : first]):
            for i in range(index, last + 1):
                keep[i] = False
            return


def _drop_trailing_quotes(lines: list[str], keep: list[bool], end: int) -> int:
    """Quotes below the last thing written; returns where the visible text ends."""
    last = end
    while last > 0:
        above = last - 1
        if not lines[above].strip() or (is_quoted(lines[above]) and keep[above]):
            last -= 1
            continue
        break
    if not any(is_quoted(line) for line in lines[last:end]):
        return end
    # The introduction of that last quote goes with it.
    for length in range(4, 0, -1):
        start = last - length
        if start >= 0 and lines[start].strip() and intro_length(lines, start) == length:
            last = start
            break
    else:
        if (
            last > 0
            and phrases.QUOTE_FOLLOWS.match(lines[last - 1].strip())
            and phrases.NAME_WROTE.match(lines[last - 1].strip())
        ):
            last -= 1
    if not any(line.strip() and keep[i] for i, line in enumerate(lines[:last])):
        return end  # only a quote: it stays
    for index in range(last, end):
        keep[index] = False
    return last


def _signature_start(lines: list[str], keep: list[bool], end: int) -> int:
    """Where the signature begins: after `-- `, or at what a phone adds by itself."""
    for index in range(end):
        if keep[index] and (_DELIMITER.match(lines[index]) or _UNDERLINE.match(lines[index])):
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
        if len(line) < 200 and phrases.MOBILE_SIGNATURE.match(line):
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
