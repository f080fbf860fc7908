"""An answer from the knowledge base itself: the passage that answers, word for word, in a courteous frame."""

from collections.abc import Sequence
from dataclasses import dataclass

from .courtesy import phrases, with_name
from .sentences import sentences

QUOTE = 700
WHOLE = 900
CLOSE_SECOND = 0.06


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
    """Greeting, quotes, closing question."""
    words = phrases(language)
    intro = words.intro.format(title=quotes[0].passage.title)
    hello = with_name(words.hello, name)
    glue = "\n\n" if hello.endswith(("!", "。")) else " "
    return "\n\n".join([f"{hello}{glue}{intro}", *(as_markdown(q.text) for q in quotes), words.closing])


def compose_clarifying(titles: Sequence[str], *, language: str) -> str:
    return "\n".join([phrases(language).clarify, "", *(f"- {title}" for title in titles)])


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
