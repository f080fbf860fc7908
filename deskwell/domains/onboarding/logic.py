"""The way from an empty desk to the first answered ticket."""

from collections.abc import Mapping
from dataclasses import dataclass

EVERYTHING = "everything"


@dataclass(frozen=True)
class StepText:
    key: str
    title: str
    text: str
    to: str


STEPS = (
    StepText(
        "brand",
        "Name your brand",
        "Its name, colour and tone of voice: the help center and the AI use them.",
        "/app/settings/contexts",
    ),
    StepText(
        "article",
        "Write the first article",
        "Answer the question you hear most often. The AI answers from articles only, and knows a new one at once.",
        "/app/knowledge/articles/new",
    ),
    StepText(
        "email",
        "Connect your mailbox",
        "Mail becomes tickets, and answers go out from your own address.",
        "/app/settings/email",
    ),
    StepText(
        "colleague",
        "Invite a colleague",
        "Two people see each other at work and never answer the same ticket twice.",
        "/app/settings/people",
    ),
    StepText(
        "ticket",
        "Receive the first ticket",
        "Open /portal in a private window, sign up with another address and ask something, or send a mail.",
        "/app/inbox",
    ),
    StepText(
        "answer",
        "See it answered",
        "By the AI with its source, or by you: open the ticket and reply.",
        "/app/inbox",
    ),
)


def checklist(facts: Mapping[str, bool], skipped: frozenset[str]) -> dict[str, object]:
    """The list as it stands: what is done counts as done even when it was put aside."""
    steps = [
        {
            "key": step.key,
            "title": step.title,
            "text": step.text,
            "to": step.to,
            "is_done": bool(facts.get(step.key)),
            "is_skipped": step.key in skipped and not facts.get(step.key),
        }
        for step in STEPS
    ]
    done = sum(bool(step["is_done"]) for step in steps)
    is_finished = all(step["is_done"] or step["is_skipped"] for step in steps)
    return {
        "steps": steps,
        "done": done,
        "is_finished": is_finished,
        "is_hidden": EVERYTHING in skipped or is_finished,
    }
