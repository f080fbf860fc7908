from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from deskwell.core import limits
from deskwell.core.actor import Actor
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session, execute
from deskwell.core.errors import Unavailable
from deskwell.core.llm import ModelUnavailable
from deskwell.domains.ai import queries as ai
from deskwell.domains.ai.service.asking import ask_worker
from deskwell.domains.ai.service.learning import note_solution

from . import queries, schemas, service
from .access import CopilotUser
from .errors import ModelNeeded
from .logic.texts import summarise

router = APIRouter(tags=["Co-pilot"])


@router.get("/ticket/{ticket_id}/copilot/suggestions")
async def suggestions(ticket_id: UUID, context: Ctx, actor: CopilotUser) -> schemas.Suggestions:
    """Articles, similar tickets, and proposals for category, tags, priority, language and sentiment."""
    case = await _case(context, actor, ticket_id)
    found = await ask_worker(context, "suggest", _request(case), seconds=20)
    async with context.transaction() as session:
        allowed = await queries.may_see(session, actor, [UUID(t["ticket_id"]) for t in found["tickets"]])
    found["tickets"] = [t for t in found["tickets"] if UUID(t["ticket_id"]) in allowed]
    return schemas.Suggestions.model_validate(found)


@router.post("/ticket/{ticket_id}/copilot/draft", response_class=StreamingResponse)
async def draft(
    ticket_id: UUID, data: schemas.DraftWish, context: Ctx, actor: CopilotUser
) -> StreamingResponse:
    """A draft with its sources, as lines of JSON: `{"piece"}` while a model writes, at the end `{"done"}`."""
    case = await _case(context, actor, ticket_id)
    found = await ask_worker(context, "sources", {**_request(case), "wish": data.wish}, seconds=20)
    try:
        rules = await service.rules_with_model(context, case["context"])
    except ModelNeeded:  # the articles draft by themselves
        async with context.transaction() as session:
            rules = await ai.get_rules(session, context.settings, case["context"])
            rules = ai.without_model(rules)
    lines = service.stream_draft(context, actor, rules, case, found, data.wish)
    return StreamingResponse(
        lines,
        media_type="application/x-ndjson",
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-transform"},
    )


@router.post("/ticket/{ticket_id}/copilot/change")
async def change(ticket_id: UUID, data: schemas.Change, context: Ctx, actor: CopilotUser) -> schemas.Changed:
    """Rewrite, shorten, change the tone of or translate a text. Needs a model."""
    case = await _case(context, actor, ticket_id)
    rules = await service.rules_with_model(context, case["context"])
    try:
        text, run_id = await service.change_text(
            context, actor, rules, case["id"], data.text, data.how, data.language
        )
    except ModelUnavailable as error:
        raise Unavailable(f"The model did not answer: {error.reason}") from error
    return schemas.Changed(text=text, run_id=run_id)


@router.post("/ticket/{ticket_id}/copilot/summary")
async def summary(ticket_id: UUID, context: Ctx, actor: CopilotUser) -> schemas.Summary:
    """The conversation in a few lines: by the model where there is one, else its own most telling sentences."""
    case = await _case(context, actor, ticket_id)
    try:
        rules = await service.rules_with_model(context, case["context"])
        text = await service.summarise(context, actor, rules, case, case["language"] or "English")
    except (ModelNeeded, ModelUnavailable):
        return schemas.Summary(summary=summarise(case["subject"], case["thread"]), provider="embedded")
    return schemas.Summary(summary=text, provider="openai")


@router.post("/ticket/{ticket_id}/copilot/used")
async def used(ticket_id: UUID, data: schemas.Used, session: Session, actor: CopilotUser) -> schemas.Done:
    """A proposal was taken or dismissed. An article that an agent sends is the right one for the AI's last search here."""
    case = await queries.get_case(session, actor, ticket_id)
    if data.run_id:
        await execute(
            session, "UPDATE ai_runs SET was_useful = %(useful)s WHERE id = %(id)s AND ticket_id = %(ticket)s",
            useful=data.was_useful, id=data.run_id, ticket=case["id"],
        )  # fmt: skip
    if data.kind == "article" and data.was_useful and data.article_id:
        await note_solution(session, ticket_id, data.article_id)
    return schemas.Done(message="Noted.")


async def _case(context: Context, actor: Actor, ticket_id: UUID) -> dict[str, Any]:
    await limits.hit(context, "ai", str(actor.key_id or actor.user_id))
    async with context.transaction() as session:
        return await queries.get_case(session, actor, ticket_id)


def _request(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "ticket_id": str(case["id"]), "subject": case["subject"], "context": case["context"], "customer": case["customer"],
        "thread": [{"who": said.who, "text": said.text} for said in case["thread"]],
    }  # fmt: skip
