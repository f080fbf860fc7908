"""What a person wrote, apart from what they quoted and how they signed. Nothing is lost: all of it is kept in pieces."""

import re
from dataclasses import dataclass

from . import quoting_phrases as phrases
from .device_signatures import is_device_signature
from .html_text import CUT
from .quoting_marks import (
    DELIMITER,
    MAX_LINE,
    intro_length,
    is_header_block,
    is_quoted,
    is_wrapped_quote,
    next_is_quoted,
)
from .signing_off import signature_start

MAX_LINES = 20_000


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
    end, has_forward = _cut(lines)
    for index in range(end, len(lines)):
        keep[index] = False
    visible_end = end
    if not has_forward:
        _drop_leading_quote(lines, keep, end)
        _drop_only_quote(lines, keep, end)
        above_signature = _signature_below_quote(lines, end)
        last = _drop_trailing_quotes(lines, keep, above_signature)
        visible_end = last if above_signature == end else end
    signature_from = signature_start(lines, keep, visible_end)
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
        if match and next_is_quoted(lines, index + 1):
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


def _cut(lines: list[str]) -> tuple[int, bool]:
    """The line from which on everything is history; and whether somebody forwards a mail, which is new, all of it."""
    for index, line in enumerate(lines):
        stripped = line.strip()
        if not stripped or len(stripped) > MAX_LINE:
            continue
        if stripped == CUT:
            return _back_over_rule(lines, index), False
        if phrases.SIGNED_INTRO.match(stripped):
            return _back_over_rule(lines, index), False
        if is_quoted(line):
            continue
        if phrases.INTRO_WITH_TEXT.match(line) or phrases.REPLY_LINE.match(stripped):
            return _back_over_rule(lines, index), False
        if phrases.FORWARD.match(stripped):
            return len(lines), True
        if phrases.ORIGINAL.match(stripped):
            return _back_over_rule(lines, index), False
        if is_header_block(lines, index):
            return _back_over_rule(lines, index), False
        length = intro_length(lines, index)
        if length and not _goes_on_after_quote(lines, index + length):
            return _back_over_rule(lines, index), False
    return len(lines), False


def _back_over_rule(lines: list[str], index: int) -> int:
    """A ruler drawn above the history belongs to it."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and phrases.SHORT_RULE.match(lines[above]) else index


def _goes_on_after_quote(lines: list[str], index: int) -> bool:
    """Whether the quote that follows an introduction is answered below or between its lines."""
    if not next_is_quoted(lines, index):
        return False
    rest = [i for i in range(index, len(lines)) if lines[i].strip()]
    unquoted = [i for i in rest if not is_quoted(lines[i])]
    position = 0
    while position < len(unquoted):
        i = unquoted[position]
        line = lines[i].strip()
        if (
            line == CUT
            or DELIMITER.match(line)
            or phrases.ORIGINAL.match(line)
            or is_header_block(lines, i)
            or phrases.RULE.match(line)
        ):
            return False
        if is_device_signature(line) or is_wrapped_quote(lines, i):
            position += 1
            continue
        length = intro_length(lines, i)
        if length:
            position += length
            continue
        return True
    return False


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
        or (position > quote_start and is_wrapped_quote(lines, position) and lines[position].strip())
    ):
        position += 1
    below = lines[position:end]
    if not any(is_quoted(line) for line in lines[quote_start:position]):
        return
    if any(is_quoted(line) for line in below) or not any(line.strip() for line in below):
        return  # answered between the lines: the quotes are needed to understand the answers
    if DELIMITER.match(next(line for line in below if line.strip())):
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
        keep[i] and lines[i].strip() and not is_quoted(lines[i]) and not is_wrapped_quote(lines, i)
        for i in range(first, last)
    ):
        return
    for index in range(max(0, first - 6), first):
        length = intro_length(lines, index) if keep[index] and lines[index].strip() else 0
        if length and not any(line.strip() for line in lines[index + length : first]):
            for i in range(index, last + 1):
                keep[i] = False
            return


def _signature_below_quote(lines: list[str], end: int) -> int:
    """Where a signature begins that stands right below a quote, as some web mailers put it; else the end."""
    for index in range(end - 1, max(0, end - 14), -1):
        if is_quoted(lines[index]):
            break
        if DELIMITER.match(lines[index]):
            above = next((line for line in reversed(lines[:index]) if line.strip()), "")
            return index if is_quoted(above) else end
    return end


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
