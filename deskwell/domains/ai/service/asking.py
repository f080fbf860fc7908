"""A web request's question: written as a row, answered by the worker, read and deleted."""

import json
from typing import Any

from deskwell.core.context import Context
from deskwell.core.db import execute
from deskwell.core.errors import Unavailable
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue

from ..events import AnswerQuestion

ANSWER_SECONDS = 70.0


async def ask_worker(
    context: Context, kind: str, request: dict[str, Any], *, seconds: float = ANSWER_SECONDS
) -> dict[str, Any]:
    """The worker's result. No transaction and no connection is held while it works.

    Raises:
        Unavailable: no worker answered in time, or it could not.

    """
    question_id = new_id()
    async with context.transaction() as session:
        await execute(
            session,
            "INSERT INTO ai_questions (id, kind, request) VALUES (%(id)s, %(kind)s, %(request)s)",
            id=question_id,
            kind=kind,
            request=json.dumps(request),
        )
        await enqueue(session, AnswerQuestion(question_id))

    async def look() -> dict[str, Any] | None:
        return await context.database.look_up(
            "SELECT result, error FROM ai_questions WHERE id = %(id)s AND (result IS NOT NULL OR error IS NOT NULL)",
            id=question_id,
        )

    row = await context.listener.wait_until(look, timeout=seconds)
    async with context.transaction() as session:
        await execute(session, "DELETE FROM ai_questions WHERE id = %(id)s", id=question_id)
    if row is None:
        raise Unavailable("The AI did not answer in time. Please try again in a moment.")
    if row["error"]:
        raise Unavailable(row["error"])
    result: dict[str, Any] = row["result"]
    return result
