"""An owner changes how the AI behaves; each change is a fact in the log, keys are sealed."""

from typing import Any

import httpx2
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.core.security import seal
from deskwell.core.settings import Settings
from deskwell.domains.contexts.logic import context_key

from ..events import AiSettingsChanged, EmbedArticles
from ..models import AiSettings, Provider
from ..queries.settings import SECRET

KEYS = ("api_key", "embedding_api_key")
URLS = ("base_url", "embedding_base_url")


async def change_settings(
    session: AsyncSession, actor: Actor, settings: Settings, context: str | None, values: dict[str, Any]
) -> AiSettings:
    """Set what was named, leave the rest; null goes back to the default."""
    key = context_key(context) if context else ""
    found = (
        await session.scalars(select(AiSettings).where(AiSettings.context_key == key).with_for_update())
    ).one_or_none()
    row = found or AiSettings(id=new_id(), context_key=key, context=context)
    before = {name: getattr(row, name) for name in URLS}
    changed = tuple(sorted(name for name, value in values.items() if _set(row, settings, name, value)))
    for url, secret in zip(URLS, KEYS, strict=True):
        if getattr(row, url) != before[url] and not values.get(secret):
            setattr(row, secret, None)  # a stored key goes only to the address it was given for
    row.updated_at = now()
    session.add(row)
    await session.flush()
    if changed:
        await publish(session, AiSettingsChanged(actor=actor, context=context, fields=changed))
    if any(name.startswith("embedding") for name in changed):
        await enqueue(session, EmbedArticles())
    return row


def _set(row: AiSettings, settings: Settings, name: str, value: Any) -> bool:
    if name in KEYS:
        if value is None:
            return False
        value = seal(settings, value.strip(), purpose=SECRET) if value.strip() else None
    elif name in URLS:
        value = checked_url(value, name)
    elif name == "provider":
        value = Provider(value) if value else None
    elif isinstance(value, str):
        value = value.strip() or None
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def checked_url(url: str | None, field: str) -> str | None:
    text = (url or "").strip().rstrip("/")
    if not text:
        return None
    if not _is_web_address(text):
        raise Invalid.field(
            field, "Please give an address such as https://api.example.com/v1.", code="url_invalid"
        )
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):
        return False
    return parts.scheme in {"http", "https"} and bool(parts.host) and not parts.userinfo
