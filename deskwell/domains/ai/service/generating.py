"""An answer written by a model, let through only when it proves its sources."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from deskwell.core.context import Context
from deskwell.core.llm import ChatModel, Completion, ModelUnavailable

from ..logic.composing import Passage
from ..logic.deciding import MAX_GENERATIONS, Reason
from ..logic.gates import check_answer
from ..logic.placeholders import Placeholders
from ..logic.prompts import ANSWER_SCHEMA, VERSION, Said, answer_prompt, retry_prompt
from ..queries import Rules


class _Reply(BaseModel):
    """The shape a model must answer in."""

    action: str
    text: str
    sources: list[str] = []


@dataclass
class Written:
    """What came of asking a model; `action` is None when it could not be asked."""

    action: str | None = None
    text: str = ""
    reason: str | None = None
    citations: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    model: str = ""
    prompt_version: str = VERSION


async def write_answer(
    context: Context,
    rules: Rules,
    subject: str,
    thread: Sequence[Said],
    passages: Sequence[Passage],
    *,
    language: str,
) -> Written:
    """Ask the model, check what it says, give it one second chance."""
    assert rules.endpoint is not None
    hidden = Placeholders()
    said = [Said(s.who, hidden.hide(s.text)) for s in thread]
    turns, given = answer_prompt(
        context=rules.context or "support",
        tone=rules.tone,
        language=language,
        subject=hidden.hide(subject),
        thread=said,
        passages=passages,
    )
    written = Written(model=rules.endpoint.model)
    asked = "\n".join(s.text for s in thread if s.who == "customer")
    for attempt in range(1, MAX_GENERATIONS + 1):
        try:
            completion = await context.gateway(ChatModel).complete(
                rules.endpoint, turns, schema=ANSWER_SCHEMA
            )
        except ModelUnavailable as error:
            written.steps.append({"step": "model_failed", "reason": error.reason})
            return written
        _count(written, completion, attempt)
        reply, problems = _checked(completion.text, given, hidden, rules, asked)
        if reply and not problems:
            _accept(written, reply, given, hidden)
            return written
        written.steps.append({"step": "gate_refused", "problems": problems})
        if reply:
            written.text = hidden.restore(reply.text)
        turns = retry_prompt(turns, completion.text, problems)
    written.action, written.reason = "hand_over", Reason.AI_DECLINED
    return written


def _count(written: Written, completion: Completion, attempt: int) -> None:
    written.input_tokens += completion.input_tokens
    written.output_tokens += completion.output_tokens
    written.model = completion.model
    written.steps.append(
        {
            "step": "asked_model",
            "attempt": attempt,
            "calls": completion.attempts,
            "milliseconds": completion.milliseconds,
        }
    )


def _checked(
    text: str, given: dict[str, Passage], hidden: Placeholders, rules: Rules, asked: str
) -> tuple[_Reply | None, list[str]]:
    """The reply, and why it may not be sent."""
    reply = _parsed(text)
    if reply is None:
        return None, ["The reply was not the JSON object asked for."]
    if reply.action not in {"answer", "clarify", "hand_over"}:
        return reply, ["The action must be answer, clarify or hand_over."]
    if reply.action == "hand_over":
        return reply, []
    texts = {key: f"{p.title}\n{p.text}" for key, p in given.items()}
    restored = hidden.restore(reply.text)
    cited = reply.sources if reply.action == "answer" else [*reply.sources, *given][:1]
    problems = check_answer(restored, cited, texts, allowed=rules.contacts, asked=asked)
    return reply, [problem.detail for problem in problems]


def _accept(written: Written, reply: _Reply, given: dict[str, Passage], hidden: Placeholders) -> None:
    written.action, written.text = reply.action, _inert(hidden.restore(reply.text))
    used = [given[key] for key in dict.fromkeys(reply.sources)] if reply.action == "answer" else []
    written.citations = [
        {"article_id": p.article_id, "passage_id": p.passage_id, "title": p.title, "text": p.text}
        for p in used
    ]


def _parsed(text: str) -> _Reply | None:
    """The JSON object in what a model said, also inside a code fence or with words around it."""
    match = re.search(r"\{.*\}", text, re.DOTALL)
    try:
        return _Reply.model_validate(json.loads(match[0], strict=False)) if match else None
    except (ValueError, ValidationError):
        return None


def _inert(text: str) -> str:
    """Without pictures and raw HTML: a picture's address could carry the conversation away."""
    without_images = re.sub(r"!\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]", "", text)
    return re.sub(r"<(?=[a-zA-Z/!])[^>]*>", "", without_images).strip()
