"""An answer from the knowledge base itself: the passage that answers, word for word, in a courteous frame."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .courtesy import CLARIFYING, phrases, with_name
from .sentences import sentences

QUOTE = 700
WHOLE = 900
CLOSE_SECOND = 0.06
_OFFERED = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+(\S.*)")


@dataclass(frozen=True)
class Passage:
    """A passage of the chosen article; `score` says how near it is to the question."""

    passage_id: str
    article_id: str
    title: str
    text: str
    score: float = 0.0


@dataclass(frozen=True)
class Quote:
    passage: Passage
    text: str


def choose_quotes(passages: Sequence[Passage], sentence_scores: dict[str, float]) -> list[Quote]:
    """The best passage of one article, and the next best one where it is about as near and there is room.

    A short article is quoted whole: what stands around the best sentence is often the condition under which it holds.
    """
    if not passages:
        return []
    if sum(len(p.text) for p in passages) <= QUOTE:
        return [Quote(p, p.text) for p in passages]
    by_score = sorted(range(len(passages)), key=lambda i: -passages[i].score)
    chosen, room = [by_score[0]], WHOLE - len(passages[by_score[0]].text)
    for index in by_score[1:3]:
        near = passages[index].score >= passages[by_score[0]].score - CLOSE_SECOND
        if near and len(passages[index].text) <= room:
            chosen.append(index)
            room -= len(passages[index].text)
    return [Quote(passages[i], _shortened(passages[i].text, sentence_scores)) for i in sorted(chosen)]


def compose(quotes: Sequence[Quote], *, language: str, name: str | None) -> str:
    """Greeting, quotes under the name of their article, closing question."""
    words = phrases(language)
    hello = with_name(words.hello, name)
    glue = "\n\n" if hello.endswith(("!", "。")) else " "
    parts: list[str] = []
    for index, quote in enumerate(quotes):
        intro = words.intro.format(title=quote.passage.title)
        if index == 0:
            parts.append(f"{hello}{glue}{intro}")
        elif quote.passage.article_id != quotes[index - 1].passage.article_id:
            parts.append(intro[:1].upper() + intro[1:])
        parts.append(as_markdown(quote.text))
    return "\n\n".join([*parts, words.closing])


def compose_clarifying(titles: Sequence[str], *, language: str) -> str:
    """The question back; numbered, so that a number is an answer."""
    return "\n".join(
        [phrases(language).clarify, "", *(f"{n}. {title}" for n, title in enumerate(titles, start=1))]
    )


def offered_titles(text: str) -> tuple[str, ...]:
    """The titles that one of our clarifying questions offered; nothing where a message is no such question."""
    first, _, rest = text.strip().partition("\n")
    if first.strip() not in CLARIFYING:
        return ()
    found = (_OFFERED.match(line) for line in rest.splitlines())
    return tuple(match[1].strip() for match in found if match)


def was_said(quotes: Sequence[str], earlier: Sequence[str]) -> bool:
    """Whether an earlier answer already said all of this: saying it again would not help."""
    return bool(quotes) and any(all(as_markdown(quote) in text for quote in quotes) for text in earlier)


def as_markdown(text: str) -> str:
    """A passage with its lines kept: bullets as a list, other lines as paragraphs of their own."""
    lines = [("- " + line[1:].strip()) if line.startswith("•") else line for line in text.splitlines()]
    out: list[str] = []
    for line in lines:
        if out and not (line.startswith("- ") and out[-1].startswith("- ")):
            out.append("")
        out.append(line)
    return "\n".join(out)


def _shortened(text: str, scores: dict[str, float]) -> str:
    """The passage, or the run of its sentences around the best one that fits."""
    if len(text) <= QUOTE:
        return text
    parts = sentences(text)
    best = max(range(len(parts)), key=lambda i: scores.get(parts[i], 0.0))
    first = last = best
    while True:
        size = sum(len(p) + 1 for p in parts[first : last + 1])
        if last + 1 < len(parts) and size + len(parts[last + 1]) <= QUOTE:
            last += 1
        elif first > 0 and size + len(parts[first - 1]) <= QUOTE:
            first -= 1
        else:
            return " ".join(parts[first : last + 1])
