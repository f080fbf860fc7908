import time
from dataclasses import asdict, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core import limits
from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.llm import ChatModel, Endpoint, ModelUnavailable, Turn
from deskwell.core.redaction import redact
from deskwell.domains.contexts.logic import context_key

from . import queries, schemas
from .access import AiManager, AiReader
from .logic.calibration import MIN_OUTCOMES, bins, calibration_error, curve
from .logic.confidence import NAMES
from .models import AiSettings
from .queries import overview
from .queries.settings import OPENAI_URL
from .service.asking import ask_worker
from .service.configuring import change_settings, checked_url
from .service.embedding import model_id
from .service.learning import examples, held_out, note_outcome, read_outcomes
from .service.searching import MEANING_LANGUAGES

router = APIRouter(tags=["AI"])
ContextName = Annotated[str | None, Query(alias="context", max_length=200)]


@router.post("/admin/ai/ask")
async def ask(data: schemas.Ask, context: Ctx, actor: AiReader) -> schemas.Answer:
    """What the AI would answer to this question. Nothing is stored."""
    await _count(context, actor)
    return schemas.Answer.model_validate(await ask_worker(context, "ask", data.request()))


@router.post("/admin/ai/redact")
async def redact_text(data: schemas.Redact, context: Ctx, actor: AiReader) -> schemas.RedactedText:
    """What the AI's guard takes out of a text. Nothing is stored."""
    await _count(context, actor)
    async with context.transaction() as session:
        rules = await queries.get_rules(session, context.settings, data.context)
    found = redact(data.text, allowed=rules.contacts, extra_words=rules.extra_words)
    findings = [schemas.FindingRead(type=f.kind.value, start=f.start, end=f.end) for f in found.findings]
    return schemas.RedactedText(text=found.text, findings=findings)


@router.get("/admin/ai/runs")
async def list_runs(
    session: Session,
    actor: AiReader,
    ticket_id: UUID | None = None,
    message_id: UUID | None = None,
    action: Annotated[str | None, Query(max_length=30)] = None,
    kind: Annotated[str | None, Query(max_length=30)] = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> schemas.Runs:
    """Why the AI answered as it did, newest first."""
    found = await queries.list_runs(
        session,
        actor,
        ticket_id=ticket_id,
        message_id=message_id,
        action=action,
        kind=kind,
        before=before,
        limit=limit,
    )
    return schemas.Runs(runs=[_run(row) for row in found])


@router.get("/admin/ai/runs/{run_id}")
async def read_run(run_id: UUID, session: Session, actor: AiReader) -> schemas.RunRead:
    return _run(await queries.get_run(session, actor, run_id))


@router.post("/admin/ai/runs/{run_id}/outcome")
async def judge_run(
    data: schemas.OutcomeWrite, run_id: UUID, session: Session, actor: AiReader
) -> schemas.Done:
    """An agent says whether the run found the right article; the confidence learns from it."""
    run = await queries.get_run(session, actor, run_id)
    if data.article_id and not await queries.shown_titles(session, [data.article_id]):
        raise Invalid.field("article_id", "There is no such article.", code="article_unknown")
    await note_outcome(
        session, run["id"], is_right=data.is_right, source="judged", article_id=data.article_id
    )
    return schemas.Done(message="Thank you. The confidence will learn from this tonight.")


@router.get("/admin/ai/settings")
async def read_settings(
    context: Ctx, session: Session, _actor: AiReader, name: ContextName = None
) -> schemas.SettingsRead:
    """What is set for a context, or for all, and what holds."""
    return await _settings(context, session, name)


@router.put("/admin/ai/settings")
async def write_settings(
    data: schemas.SettingsWrite,
    context: Ctx,
    session: Session,
    actor: AiManager,
    name: ContextName = None,
) -> schemas.SettingsRead:
    """Change what is named; null goes back to the default."""
    values = data.model_dump(exclude_unset=True)
    await change_settings(session, actor, context.settings, (name or "").strip() or None, values)
    return await _settings(context, session, name)


@router.post("/admin/ai/settings/test")
async def try_provider(
    data: schemas.ProviderTest,
    context: Ctx,
    actor: AiManager,
    name: ContextName = None,
) -> schemas.ProviderTested:
    """Ask the endpoint for one word, and one vector, before anything is saved."""
    await _count(context, actor)
    async with context.transaction() as session:
        rules = await queries.get_rules(session, context.settings, name)
    endpoint = _tried(context, rules, data)
    began = time.perf_counter()
    try:
        answer = await context.gateway(ChatModel).complete(
            endpoint, [Turn("user", "Reply with the single word: ready")], max_tokens=20
        )
        if data.embedding_model:
            await context.gateway(ChatModel).embed(replace(endpoint, model=data.embedding_model), ["ready"])
    except ModelUnavailable as error:
        spent = round((time.perf_counter() - began) * 1000)
        return schemas.ProviderTested(
            success=False, message=error.reason, milliseconds=spent, model=endpoint.model
        )
    return schemas.ProviderTested(
        success=True,
        message="The endpoint answers.",
        milliseconds=answer.milliseconds,
        model=answer.model,
        reply=answer.text[:200],
    )


@router.get("/admin/ai/calibration")
async def read_calibration(
    context: Ctx, session: Session, _actor: AiReader, name: ContextName = None
) -> schemas.Calibration:
    """How honest the confidence is on this desk's own outcomes, and what each threshold would do."""
    rules = await queries.get_rules(session, context.settings, name)
    key = context_key(name) if name else ""
    outcomes = await read_outcomes(session, key)
    fitted = await overview.learnt(session, key)
    is_own = fitted is not None and len(outcomes) >= MIN_OUTCOMES
    if is_own:
        facts, truth = examples(outcomes, rules.word_share)
        sure = held_out(facts, truth, rules.prior)
    else:
        truth = [bool(row["is_right"]) for row in outcomes]
        sure = [row["confidence"] for row in outcomes]
    return schemas.Calibration(
        outcomes=len(outcomes),
        needed=MIN_OUTCOMES,
        is_own=is_own,
        calibration_error=calibration_error(sure, truth) if outcomes else None,
        threshold=rules.threshold,
        target_precision=rules.target_precision,
        bins=[schemas.BinRead(**asdict(b)) for b in bins(sure, truth)],
        curve=[schemas.PointRead(**asdict(p)) for p in curve(sure, truth)],
        fitted_at=fitted["created_at"] if fitted else None,
    )


@router.get("/admin/ai/articles-to-mend")
async def articles_to_mend(session: Session, _actor: AiReader) -> schemas.ArticlesToMend:
    """Articles whose answers were rated low, did not settle the matter, or that hold instructions to a model."""
    found = await overview.articles_to_mend(session)
    return schemas.ArticlesToMend(articles=[schemas.ArticleToMend.model_validate(row) for row in found])


async def _count(context: Context, actor: Actor) -> None:
    await limits.hit(context, "ai", str(actor.key_id or actor.user_id))


def _run(row: dict[str, Any]) -> schemas.RunRead:
    named = dict(zip(NAMES, row["features"], strict=True)) if row["features"] else None
    return schemas.RunRead.model_validate({**row, "features": named})


def _tried(context: Context, rules: queries.Rules, data: schemas.ProviderTest) -> Endpoint:
    """The endpoint to try: what was typed, else what is stored; a stored key goes only to its own address."""
    stored = rules.endpoint or Endpoint(context.settings.ai_model, OPENAI_URL)
    url = checked_url(data.base_url, "base_url") or stored.base_url
    key = data.api_key.strip() if data.api_key else (stored.api_key if url == stored.base_url else "")
    is_trusted = url == stored.base_url and stored.is_trusted
    return Endpoint((data.model or "").strip() or stored.model, url, key, is_trusted)


async def _settings(context: Context, session: Session, name: str | None) -> schemas.SettingsRead:
    key = context_key(name) if name else ""
    rows = {row.context_key: row for row in await queries.list_settings(session)}
    row = rows.get(key) or AiSettings(context_key=key, context=name)
    rules = await queries.get_rules(session, context.settings, name)
    own = {c.key: getattr(row, c.key) for c in AiSettings.__table__.columns}
    return schemas.SettingsRead(
        **{field: own[field] for field in schemas.SettingsRead.model_fields if field in own},
        has_api_key=bool(own["api_key"]),
        has_embedding_api_key=bool(own["embedding_api_key"]),
        effective=await _effective(
            context, session, rules, is_typed=any(r.api_key or r.base_url for r in rows.values())
        ),
    )


async def _effective(
    context: Context, session: Session, rules: queries.Rules, *, is_typed: bool
) -> schemas.Effective:
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    used = await queries.usage_today(session, today)
    state = await overview.knowledge_state(session, rules.context_key, model_id(context, rules.embedding))
    source = "none" if rules.endpoint is None else "screen" if is_typed else "environment"
    return schemas.Effective(
        is_enabled=rules.is_enabled,
        provider="openai" if rules.endpoint else "embedded",
        provider_source=source,
        model=rules.endpoint.model if rules.endpoint else "",
        base_url=rules.endpoint.base_url if rules.endpoint else "",
        tone=rules.tone,
        target_precision=rules.target_precision,
        threshold=rules.threshold,
        per_window=rules.limits.per_window,
        window_seconds=round(rules.limits.window.total_seconds()),
        per_customer_day=rules.per_customer_day,
        per_day=rules.per_day,
        daily_budget=rules.daily_budget,
        spent_today=float(used["cost"]),
        answers_today=used["answers"],
        input_price=rules.input_price,
        output_price=rules.output_price,
        extra_words=list(rules.extra_words),
        embedding_model=model_id(context, rules.embedding),
        meaning_languages=sorted(MEANING_LANGUAGES) if rules.embedding is None else [],
        **state,
    )
