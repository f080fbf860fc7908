"""The second factor: time-based one-time codes (RFC 6238), and recovery codes for the day the phone is lost."""

import secrets

import pyotp
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.security import digest, seal, unseal, verify_password
from deskwell.core.settings import Settings

from ..errors import CodeRequired
from ..events import UserChanged
from ..models import User

ISSUER = "Deskwell"
PURPOSE = "totp"
RECOVERY_CODES = 10
STEP_SECONDS = 30


async def start_second_factor(session: AsyncSession, settings: Settings, user: User) -> tuple[str, str]:
    """Make a new secret; it counts once a code of it was given. Returns the secret and its `otpauth:` address."""
    if user.totp_enabled_at:
        raise Invalid("The second factor is on already. Turn it off first.", code="totp_enabled")
    secret = pyotp.random_base32()
    user.totp_secret = seal(settings, secret, purpose=PURPOSE)
    await session.flush()
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)


async def confirm_second_factor(
    session: AsyncSession, settings: Settings, actor: Actor, user: User, code: str
) -> list[str]:
    """Turn the second factor on with a first code; returns the recovery codes, shown this once."""
    if not _takes_code(settings, user, code):
        raise Invalid.field(
            "code", "This code is wrong or too old. Please try the next one.", code="code_wrong"
        )
    codes = [
        f"{secrets.token_hex(2)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}" for _ in range(RECOVERY_CODES)
    ]
    user.recovery_digests = [digest(recovery) for recovery in codes]
    user.totp_enabled_at = now()
    await session.flush()
    await publish(session, UserChanged(actor=actor, user_id=user.id, fields=("second_factor",)))
    return codes


async def stop_second_factor(
    session: AsyncSession, settings: Settings, actor: Actor, user: User, password: str
) -> None:
    """Turn the second factor off, with the password."""
    matches, _ = await verify_password(settings, password, user.password_hash)
    if not matches:
        raise Invalid.field("password", "The password is wrong.", code="wrong_password")
    user.totp_secret, user.totp_enabled_at, user.recovery_digests = None, None, []
    await session.flush()
    await publish(session, UserChanged(actor=actor, user_id=user.id, fields=("second_factor",)))


def check_second_factor(settings: Settings, user: User, code: str | None) -> None:
    """Ask for the code of who has turned it on; a recovery code works once.

    Raises:
        CodeRequired: no code, or a wrong or used one.

    """
    if user.totp_enabled_at is None:
        return
    given = (code or "").strip().lower()
    if not given:
        raise CodeRequired("Please enter the code of your authenticator app.")
    if _takes_code(settings, user, given):
        return
    if digest(given) in user.recovery_digests:
        user.recovery_digests = [known for known in user.recovery_digests if known != digest(given)]
        return
    raise CodeRequired("This code is wrong or was used already. Please try the next one.")


def _takes_code(settings: Settings, user: User, code: str) -> bool:
    """Whether a code is good now, or a step ago or ahead; each step works once."""
    if user.totp_secret is None or not code.strip().isdigit():
        return False
    totp = pyotp.TOTP(unseal(settings, user.totp_secret, purpose=PURPOSE))
    step = int(now().timestamp()) // STEP_SECONDS
    for candidate in (step, step - 1, step + 1):
        if candidate > user.totp_last_step and secrets.compare_digest(
            totp.at(candidate * STEP_SECONDS), code.strip()
        ):
            user.totp_last_step = candidate
            return True
    return False
