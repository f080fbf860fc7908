"""What holds for a context: the environment, the owner's defaults, the context's own settings, what was learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows
from deskwell.core.llm import Endpoint
from deskwell.core.security import unseal
from deskwell.core.settings import Settings
from deskwell.domains.contexts.logic import context_key

from ..logic.background import USUAL, Background
from ..logic.calibration import shipped_threshold
from ..logic.confidence import Model, shipped
from ..logic.deciding import Limits
from ..models import AiSettings, Provider

SECRET = "ai-provider-key"  # noqa: S105 - the purpose of a key, not a key
OPENAI_URL = "https://api.openai.com/v1"
DEFAULTS: dict[str, Any] = {
    "is_enabled": True,
    "tone": "friendly, clear and brief",
    "target_precision": 0.95,
    "per_customer_day": 40,
    "per_day": 5000,
    "daily_budget": 5.0,
    "input_price": 0.15,
    "output_price": 0.6,
    "extra_words": [],
}


@dataclass(frozen=True)
class Rules:
    """Everything the AI keeps to in one context."""

    context: str | None
    context_key: str
    is_enabled: bool
    tone: str
    contacts: tuple[str, ...]
    extra_words: tuple[str, ...]
    target_precision: float
    threshold: float
    confidence: Model
    prior: Model
    """What the confidence starts from: the shipped numbers against this base's background."""
    word_share: float | None
    """Learnt from solved questions; None: the articles' own words decide."""
    limits: Limits
    per_customer_day: int
    per_day: int
    daily_budget: float
    input_price: float
    output_price: float
    endpoint: Endpoint | None
    """The model to ask; None: the knowledge base answers by itself."""
    embedding: Endpoint | None
    """Where vectors come from; None: the model that ships with the program."""


async def get_rules(session: AsyncSession, settings: Settings, context: str | None) -> Rules:
    """The rules in force for a context, configured or not."""
    key = context_key(context) if context else ""
    stored = {row["context_key"]: row for row in await rows(session, _SETTINGS, keys=["", key])}
    brand = await one(
        session,
        "SELECT name, tone, contacts, ai_enabled FROM contexts WHERE key = %(key)s AND is_active",
        key=key,
    )
    learnt = await one(session, _LEARNT, keys=[key, ""])
    backgrounds = await rows(session, _BACKGROUNDS, keys=[key, ""])
    owner, own = stored.get("", {}), stored.get(key, {}) if key else {}

    def chosen(name: str) -> Any:
        return next((row[name] for row in (own, owner) if row.get(name) is not None), DEFAULTS.get(name))

    target = float(chosen("target_precision"))
    is_enabled = bool(chosen("is_enabled")) and (brand is None or bool(brand["ai_enabled"]))
    embedding = embedding_endpoint(settings, owner, own)
    prior = shipped("mixed", _background(backgrounds, embedding))
    model, share, threshold = prior, None, shipped_threshold(target)
    if learnt:
        model = Model(tuple(learnt["weights"]), learnt["intercept"], prior.scales)
        share = learnt["word_share"]
        if abs(learnt["target_precision"] - target) < 1e-6:
            threshold = learnt["threshold"]
    own_tone = own.get("tone") or (brand and brand["tone"]) or owner.get("tone") or DEFAULTS["tone"]
    return Rules(
        context=brand["name"] if brand else context,
        context_key=key,
        is_enabled=is_enabled,
        tone=str(own_tone),
        contacts=tuple(brand["contacts"]) if brand else (),
        extra_words=tuple(chosen("extra_words")),
        target_precision=target,
        threshold=float(chosen("threshold") if chosen("threshold") is not None else threshold),
        confidence=model,
        prior=prior,
        word_share=share,
        limits=Limits(
            int(_first(chosen("per_window"), settings.ai_reply_max_per_window)),
            timedelta(seconds=int(_first(chosen("window_seconds"), settings.ai_reply_window_seconds))),
        ),
        per_customer_day=int(chosen("per_customer_day")),
        per_day=int(chosen("per_day")),
        daily_budget=float(chosen("daily_budget")),
        input_price=float(chosen("input_price")),
        output_price=float(chosen("output_price")),
        endpoint=chat_endpoint(settings, owner, own),
        embedding=embedding,
    )


def without_model(rules: Rules) -> Rules:
    """The same rules with the knowledge base answering by itself."""
    return replace(rules, endpoint=None)


def chat_endpoint(settings: Settings, owner: dict[str, Any], own: dict[str, Any]) -> Endpoint | None:
    """The owner's choice on screen, else what the environment names."""
    provider = own.get("provider") or owner.get("provider")
    if provider == Provider.EMBEDDED:
        return None
    row = next((r for r in (own, owner) if r.get("base_url") or r.get("api_key") or r.get("model")), {})
    key = _key(settings, row.get("api_key")) or settings.openai_api_key.get_secret_value()
    url = row.get("base_url") or settings.openai_base_url
    if not (key or url):
        return None
    is_trusted = not row.get("base_url")
    if row.get("base_url") and not row.get("api_key"):
        key = (
            settings.openai_api_key.get_secret_value() if row["base_url"] == settings.openai_base_url else ""
        )
    return Endpoint(row.get("model") or settings.ai_model, url or OPENAI_URL, key, is_trusted)


def embedding_endpoint(settings: Settings, owner: dict[str, Any], own: dict[str, Any]) -> Endpoint | None:
    row = next((r for r in (own, owner) if r.get("embedding_model")), None)
    if row is None:
        return None
    key = _key(settings, row.get("embedding_api_key"))
    if not key and row.get("embedding_base_url") in {None, row.get("base_url")}:
        key = _key(settings, row.get("api_key"))
    url = row.get("embedding_base_url") or row.get("base_url") or settings.openai_base_url or OPENAI_URL
    is_own = not (row.get("embedding_base_url") or row.get("base_url"))
    return Endpoint(
        row["embedding_model"],
        url,
        key or (settings.openai_api_key.get_secret_value() if is_own else ""),
        is_own,
    )


def endpoint_id(endpoint: Endpoint) -> str:
    """Under which name the vectors of an endpoint are kept; the shipped model's name holds no @."""
    return f"{endpoint.model}@{endpoint.base_url}"


def _background(found: Sequence[dict[str, Any]], endpoint: Endpoint | None) -> Background:
    """Of the context itself, else of all articles together, by the vectors in use; else the usual."""
    for row in found:
        name = row["model_id"]
        if name == endpoint_id(endpoint) if endpoint else "@" not in name:
            return Background(row["cosine"], row["spread"], row["nearest"], row["lead"])
    return USUAL


def _key(settings: Settings, sealed: bytes | None) -> str:
    return unseal(settings, bytes(sealed), purpose=SECRET) if sealed else ""


def _first(value: Any, other: Any) -> Any:
    return value if value is not None else other


async def list_settings(session: AsyncSession) -> list[AiSettings]:
    return list(await session.scalars(select(AiSettings).order_by(AiSettings.context_key)))


_SETTINGS = "SELECT * FROM ai_settings WHERE context_key = ANY(%(keys)s)"
_LEARNT = """SELECT * FROM ai_confidence_models WHERE context_key = ANY(%(keys)s)
    ORDER BY context_key = '' , id DESC LIMIT 1"""
_BACKGROUNDS = """SELECT model_id, cosine, spread, nearest, lead FROM ai_backgrounds WHERE context_key = ANY(%(keys)s)
    ORDER BY context_key = '', measured_at DESC"""
