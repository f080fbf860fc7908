"""The co-pilot's calls to a model, and the record of each."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.ids import new_id
from deskwell.core.llm import ChatModel, ModelUnavailable, Turn
from deskwell.domains.ai import queries as ai
from deskwell.domains.ai.logic.composing import Passage
from deskwell.domains.ai.logic.placeholders import Placeholders
from deskwell.domains.ai.logic.prompts import Said
from deskwell.domains.ai.models import Run
from deskwell.domains.ai.queries import Rules

from .errors import ModelNeeded
from .logic.prompts import VERSION, change_prompt, draft_prompt, summary_prompt


async def rules_with_model(context: Context, name: str | None) -> Rules:
    """The rules of a context that has a model and budget left.

    Raises:
        ModelNeeded: neither on screen nor in the environment, or the day's budget is spent.

    """
    async with context.transaction() as session:
        rules = await ai.get_rules(session, context.settings, name)
        today = now().replace(hour=0, minute=0, second=0, microsecond=0)
        used = await ai.usage_today(session, today)
    if rules.endpoint is None or (rules.daily_budget > 0 and used["cost"] >= rules.daily_budget):
        raise ModelNeeded
    return rules


async def change_text(
    context: Context, actor: Actor, rules: Rules, ticket_id: UUID | None, text: str, how: str, language: str
) -> tuple[str, UUID]:
    hidden = Placeholders()
    turns = change_prompt(hidden.hide(text), how, language)
    return await _complete(context, actor, rules, ticket_id, f"change:{how}", turns, hidden)


async def summarise(context: Context, actor: Actor, rules: Rules, case: dict[str, Any], language: str) -> str:
    hidden = Placeholders()
    thread = [Said(said.who, hidden.hide(said.text)) for said in case["thread"]]
    turns = summary_prompt(hidden.hide(case["subject"]), thread, language)
    text, _ = await _complete(context, actor, rules, case["id"], "summary", turns, hidden)
    return text


async def _complete(
    context: Context,
    actor: Actor,
    rules: Rules,
    ticket_id: UUID | None,
    kind: str,
    turns: Sequence[Turn],
    hidden: Placeholders,
) -> tuple[str, UUID]:
    assert rules.endpoint is not None
    answer = await context.gateway(ChatModel).complete(rules.endpoint, turns, max_tokens=1500)
    text = hidden.restore(answer.text).strip()
    cost = _cost(rules, answer.input_tokens, answer.output_tokens)
    run = Run(
        id=new_id(), kind=kind, ticket_id=ticket_id, user_id=actor.user_id, context_key=rules.context_key, provider="openai", model=answer.model,
        prompt_version=VERSION, action="proposed", draft=text, input_tokens=answer.input_tokens, output_tokens=answer.output_tokens,
        cost=cost, milliseconds=answer.milliseconds,
    )  # fmt: skip
    async with context.transaction() as session:
        session.add(run)
    return text, run.id


async def stream_draft(
    context: Context, actor: Actor, rules: Rules, case: dict[str, Any], found: dict[str, Any], wish: str
) -> AsyncIterator[str]:
    """Lines of JSON: pieces as the model writes, then the whole with its sources. Without a model, the articles' own draft."""
    began = time.perf_counter()
    sources = _sources(found["passages"])
    text, provider, problem, read, written = "", "embedded", "", 0, 0
    if rules.endpoint:
        hidden = Placeholders()
        thread = [Said(said.who, hidden.hide(said.text)) for said in case["thread"]]
        passages = [
            Passage(p["passage_id"], p["article_id"], p["title"], p["text"]) for p in found["passages"]
        ]
        turns = draft_prompt(
            context=rules.context or "support", tone=rules.tone, language=found["language"], subject=hidden.hide(case["subject"]),
            thread=thread, passages=passages, wish=hidden.hide(wish),
        )  # fmt: skip
        read = _estimated_tokens("".join(turn.content for turn in turns))
        try:
            async for piece in context.gateway(ChatModel).stream(rules.endpoint, turns):
                text += piece
                yield json.dumps({"piece": piece}) + "\n"
            written = _estimated_tokens(text)
            text, provider = hidden.restore(text).strip(), "openai"
        except ModelUnavailable as error:
            written, text, problem = _estimated_tokens(text), "", error.reason
    if not text:
        text, sources = found["draft"], [s for s in sources if s["article_id"] in found.get("cited", [])]
    run = Run(
        id=new_id(), kind="draft", ticket_id=case["id"], user_id=actor.user_id, context_key=rules.context_key, provider=provider,
        model=rules.endpoint.model if rules.endpoint and provider == "openai" else "", prompt_version=VERSION, action="proposed",
        confidence=found.get("confidence"), citations=sources, draft=text, milliseconds=round((time.perf_counter() - began) * 1000),
        input_tokens=read, output_tokens=written, cost=_cost(rules, read, written),
        steps=[{"step": "model_failed", "reason": problem}] if problem else [],
    )  # fmt: skip
    async with context.transaction() as session:
        session.add(run)
    yield (
        json.dumps(
            {
                "done": {
                    "text": text,
                    "sources": sources,
                    "provider": provider,
                    "problem": problem,
                    "run_id": str(run.id),
                }
            }
        )
        + "\n"
    )


def _cost(rules: Rules, read: int, written: int) -> float:
    return (read * rules.input_price + written * rules.output_price) / 1_000_000


def _estimated_tokens(text: str) -> int:
    """A stream does not say what it took; four characters a token is near enough for a budget."""
    return -(-len(text) // 4)


def _sources(passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for passage in passages:
        seen.setdefault(
            passage["article_id"],
            {"article_id": passage["article_id"], "title": passage["title"], "text": passage["text"][:300]},
        )
    return list(seen.values())
