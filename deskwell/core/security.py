"""Passwords, tokens, sealed secrets and MACs. One algorithm each; keys derive from `DESKWELL_SECRET_KEY` by purpose."""

import asyncio
import hashlib
import hmac
import secrets
import time
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from .clock import now
from .errors import Invalid
from .settings import Settings

ALGORITHM = "HS256"
AUDIENCE = "deskwell"
LEEWAY = timedelta(seconds=60)
LONGEST_TOKEN = 1000
"""Ours have some 350 characters; what is longer is not kept in memory, not even to say no."""
MAX_PASSWORD_BYTES = 72
MIN_CUSTOMER_PASSWORD = 6
MIN_STAFF_PASSWORD = 8


@lru_cache
def _common_passwords() -> frozenset[str]:
    """The most common passwords of eight characters and more (from the frequency lists of zxcvbn, MIT licence)."""
    return frozenset(files("deskwell.core").joinpath("common_passwords.txt").read_text("ascii").split())


@lru_cache
def _hasher(algorithm: str, cost: int) -> PasswordHash:
    bcrypt, argon2 = BcryptHasher(rounds=cost), Argon2Hasher()
    return PasswordHash((argon2, bcrypt) if algorithm == "argon2" else (bcrypt, argon2))


@lru_cache
def _decoy(algorithm: str, cost: int) -> str:
    """A hash nobody knows the password of: unknown accounts cost the same time as known ones."""
    return _hasher(algorithm, cost).hash(secrets.token_urlsafe(16))


def check_password_rules(password: str, *, is_staff: bool) -> None:
    """Refuse a password that is too short, longer than bcrypt reads, or (for staff) a common one.

    Raises:
        Invalid: with the reason, on the field `password`.

    """
    least = MIN_STAFF_PASSWORD if is_staff else MIN_CUSTOMER_PASSWORD
    if len(password) < least:
        raise Invalid.field(
            "password", f"The password needs at least {least} characters.", code="password_too_short"
        )
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        raise Invalid.field("password", "The password may have at most 72 bytes.", code="password_too_long")
    if is_staff and (password.lower() in _common_passwords() or len(set(password)) < 3):
        raise Invalid.field(
            "password", "This password is too common. Please choose another one.", code="password_common"
        )


async def hash_password(settings: Settings, password: str) -> str:
    """Hash off the event loop."""
    hasher = _hasher(settings.password_hash, settings.bcrypt_cost)
    return await asyncio.to_thread(hasher.hash, password)


async def verify_password(settings: Settings, password: str, hashed: str | None) -> tuple[bool, str | None]:
    """Compare off the event loop; without a hash compare with a decoy, in the same time.

    Returns whether it matches, and a new hash when the stored one uses an older algorithm or cost.
    """
    hasher = _hasher(settings.password_hash, settings.bcrypt_cost)
    known = hashed or _decoy(settings.password_hash, settings.bcrypt_cost)
    candidate = password if len(password.encode()) <= MAX_PASSWORD_BYTES else "x"
    matches, updated = await asyncio.to_thread(hasher.verify_and_update, candidate, known)
    if not hashed or candidate != password:
        return False, None
    return matches, updated


def sign_token(settings: Settings, user_id: UUID, session_id: UUID, expires_at: datetime) -> str:
    """Return the bearer token of a session."""
    claims = {
        "sub": str(user_id),
        "sid": str(session_id),
        "aud": AUDIENCE,
        "iat": now(),
        "exp": expires_at,
    }
    return jwt.encode(claims, settings.key_bytes(), ALGORITHM, headers={"typ": "JWT"})


def read_token(settings: Settings, token: str) -> UUID | None:
    """Return the session id of a valid token, else None. The session itself is checked in the database."""
    if len(token) > LONGEST_TOKEN:
        return None
    keys = (settings.key_bytes(), *(key.encode() for key in settings.previous_secret_keys))
    claims = _signed_claims(keys, token)
    if claims is None or claims[1] + LEEWAY.total_seconds() <= time.time():
        return None
    return claims[0]


@lru_cache(maxsize=4096)
def _signed_claims(keys: tuple[bytes, ...], token: str) -> tuple[UUID, int] | None:
    """Session and expiry of a token that one of the keys has signed: what does not change, so it is checked once."""
    for key in keys:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                leeway=LEEWAY,
                options={"require": ["exp", "sub", "sid"], "verify_iat": False, "verify_exp": False},
            )
            return UUID(claims["sid"]), int(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
            continue
    return None


def new_secret() -> str:
    """Return 256 random bits, fit for a link; store only its `digest`."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret (not for passwords), as kept in the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, b"deskwell", purpose.encode()).derive(key)


def _keys(settings: Settings, purpose: str) -> list[bytes]:
    all_keys = [settings.key_bytes(), *(key.encode() for key in settings.previous_secret_keys)]
    return [_derived(key, purpose) for key in all_keys]


def mac(settings: Settings, purpose: str, *parts: str, length: int = 16) -> str:
    """Return a MAC over the parts, as lower-case hex of `length` characters."""
    return _mac(_keys(settings, purpose)[0], parts, length)


def _mac(key: bytes, parts: tuple[str, ...], length: int) -> str:
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:length]


def is_mac(settings: Settings, given: str, purpose: str, *parts: str) -> bool:
    """Whether a MAC is ours, by the current or a previous key; an empty one never is."""
    return len(given) >= 12 and any(
        hmac.compare_digest(given.lower().encode(), _mac(key, parts, len(given)).encode())
        for key in _keys(settings, purpose)
    )


def seal(settings: Settings, plain: str, *, purpose: str) -> bytes:
    """Encrypt a secret for the database (ChaCha20-Poly1305, random nonce, bound to its purpose)."""
    nonce = secrets.token_bytes(12)
    cipher = ChaCha20Poly1305(_keys(settings, f"seal:{purpose}")[0])
    return nonce + cipher.encrypt(nonce, plain.encode(), purpose.encode())


def unseal(settings: Settings, sealed: bytes, *, purpose: str) -> str:
    """Decrypt what `seal` made, also with a previous key.

    Raises:
        ValueError: none of the keys fits.

    """
    for key in _keys(settings, f"seal:{purpose}"):
        try:
            return ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], purpose.encode()).decode()
        except InvalidTag:
            continue
    raise ValueError("A stored secret cannot be read with this DESKWELL_SECRET_KEY. Please enter it again.")
