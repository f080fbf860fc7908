"""What an agent needs to know when the AI gives a ticket over: why, what was asked, what was tried, what could be said."""

from collections.abc import Sequence
from typing import Any

from .asking import essence
from .deciding import Reason
from .prompts import Said

WHY = {
    Reason.ASKED: "The customer asked for a person.",
    Reason.UNSURE: "No article answers this with enough certainty.",
    Reason.NO_ARTICLE: "There is no article about this.",
    Reason.UNCLEAR_TWICE: "The AI has already said what it knows about this, and it did not settle the matter.",
    Reason.NONE_OFFERED: "The customer meant none of the articles that the AI offered.",
    Reason.RATED_LOW: "The customer was not satisfied with the AI's answer.",
    Reason.CUSTOMER_LIMIT: "The customer reached the day's limit of AI answers.",
    Reason.DAY_LIMIT: "The desk reached the day's limit of AI answers.",
    Reason.BUDGET: "The day's AI budget is spent.",
    Reason.PROVIDER: "The model could not be reached.",
    Reason.AI_DECLINED: "The model found no answer that its sources support.",
    Reason.GAVE_UP: "The AI could not finish an answer.",
}
MAX_QUOTE = 600


def hand_over_note(
    *,
    reason: str,
    confidence: float | None,
    threshold: float | None,
    thread: Sequence[Said],
    candidates: Sequence[dict[str, Any]],
    draft: str | None,
) -> str:
    """The internal note in Markdown."""
    why = WHY.get(Reason(reason), "A person is needed.") if reason in set(Reason) else "A person is needed."
    sure = (
        f" (confidence {confidence:.0%}, needed {threshold:.0%})"
        if confidence is not None and threshold is not None and reason == Reason.UNSURE
        else ""
    )
    parts = [f"**Handed over by the AI.** {why}{sure}", *_asked(thread), *_tried(thread)]
    if candidates:
        titles = "\n".join(f"- {c['title']}" for c in candidates[:3])
        parts.append(f"**Nearest articles**\n{titles}")
    if draft:
        parts.append(f"**Draft, unchecked**\n\n{draft}")
    return "\n\n".join(parts)


def _asked(thread: Sequence[Said]) -> list[str]:
    written = [essence(said.text) for said in thread if said.who == "customer"]
    if not written:
        return []
    first, last = _short(written[0]), _short(written[-1])
    if len(written) == 1:
        return [f"**Asked**\n{_quoted(first)}"]
    return [
        f"**First asked**\n{_quoted(first)}",
        f"**Last wrote** ({len(written)} messages)\n{_quoted(last)}",
    ]


def _tried(thread: Sequence[Said]) -> list[str]:
    said = [s.text for s in thread if s.who == "ai"]
    if not said:
        return []
    lines = "\n".join(
        f"{n}. {_short(' '.join(text.split()), 160)}" for n, text in enumerate(said[-3:], start=1)
    )
    return [f"**The AI already answered**\n{lines}"]


def _short(text: str, limit: int = MAX_QUOTE) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
