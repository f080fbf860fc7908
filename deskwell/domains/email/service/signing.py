"""MACs in Message-IDs and reply addresses, by the desk's keys."""

import hashlib
import hmac
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.security import mac
from deskwell.core.settings import Settings

from ..logic.tokens import Sign


def settings_of(session: AsyncSession) -> Settings:
    """The settings this process was started with."""
    settings = session.info["settings"]
    assert isinstance(settings, Settings)
    return settings


def signer(settings: Settings) -> Sign:
    """Signs with the present key."""
    return _signer(_mail_key(settings.key_bytes()))


def verifiers(settings: Settings) -> list[Sign]:
    """The present key and those before it."""
    keys = [settings.key_bytes(), *(key.encode() for key in settings.previous_secret_keys)]
    return [_signer(_mail_key(key)) for key in keys]


def loop_mark(settings: Settings) -> str:
    """Marks our own mail, so that it is known when it comes back; another desk's mark is not ours."""
    return mac(settings, "mail loop", "mark", length=24)


@lru_cache(maxsize=8)
def _mail_key(key: bytes) -> bytes:
    return hmac.new(key, b"deskwell mail identifiers", hashlib.sha256).digest()


def _signer(key: bytes) -> Sign:
    return lambda data: hmac.new(key, data, hashlib.sha256).digest()
