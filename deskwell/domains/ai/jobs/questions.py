"""Questions that a web request waits for: the worker has the model in memory, the web process never loads it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from deskwell.core.context import Context
from deskwell.core.db import execute, one
from deskwell.core.errors import Problem
from deskwell.core.events import CHANNEL
from deskwell.core.logs import get_logger

from .. import queries
from ..events import AnswerQuestion
from ..logic.prompts import Said
from ..service.searching import Inquiry
from ..service.thinking import Thought, think

log = get_logger(__name__)
Handler = Callable[[Context, dict[str, Any]], Awaitable[dict[str, Any]]]
MAX_HISTORY = 20


async def answer_question(context: Context, request: AnswerQuestion) -> None:
    """Work out the result and write it into the row the web process looks at."""
    async with context.transaction() as session:
        row = await one(
            session, "SELECT kind, request FROM ai_questions WHERE id = %(id)s", id=request.question_id
        )
    if row is None:
        return
    result: dict[str, Any] | None = None
    error: str | None = None
    try:
        result = await KINDS[row["kind"]](context, row["request"])
    except Problem as problem:
        error = str(problem)
    except Exception:
        log.exception("question_failed", kind=row["kind"])
        error = "The AI could not work on this just now. Please try again."
    await _write(context, request.question_id, result, error)


async def _write(
    context: Context, question_id: UUID, result: dict[str, Any] | None, error: str | None
) -> None:
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE ai_questions SET result = %(result)s, error = %(error)s WHERE id = %(id)s",
            id=question_id,
            result=json.dumps(result) if result is not None else None,
            error=error,
        )
        await execute(session, f"NOTIFY {CHANNEL}")


async def ask(context: Context, request: dict[str, Any]) -> dict[str, Any]:
    """What the AI would say to this question, with everything that led to it."""
    async with context.transaction() as session:
        rules = await queries.get_rules(session, context.settings, request.get("context"))
    thread = [Said(h["who"], h["text"]) for h in request.get("history", [])][-MAX_HISTORY:]
    inquiry = Inquiry([*thread, Said("customer", request["question"])], subject=request.get("subject") or "")
    return as_result(await think(context, rules, inquiry))


def as_result(thought: Thought) -> dict[str, Any]:
    return {
        "answer": thought.text,
        "action": thought.action,
        "confidence": thought.confidence,
        "article_ids": thought.article_ids,
        "citations": thought.citations,
        "provider": thought.provider,
        "model": thought.model,
        "reason": thought.reason,
        "threshold": thought.threshold,
        "language": thought.language,
        "query": thought.query,
        "candidates": thought.candidates,
        "features": list(thought.features) if thought.features else None,
        "draft": thought.draft,
        "steps": thought.steps,
        "input_tokens": thought.input_tokens,
        "output_tokens": thought.output_tokens,
        "cost": thought.cost,
        "milliseconds": thought.milliseconds,
    }


KINDS: dict[str, Handler] = {"ask": ask}
"""What may be asked; the co-pilot adds its own."""
