"""`Idempotency-Key` on creating calls: the same key and body by the same person within 24 h is done once.

The key is stored with the ids of what was made, in the creating transaction; a repeat rebuilds the answer from them.
"""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header
from sqlalchemy import Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, execute, one
from .errors import Invalid, Unprocessable

MAX_KEY = 255


class IdempotencyKey(Base):
    """A key that was used, what it was used for, and what came of it."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text)
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("idempotency_keys_created_at_idx", "created_at"),)


async def _key(idempotency_key: Annotated[str | None, Header()] = None) -> str | None:
    if idempotency_key is not None and not 0 < len(idempotency_key) <= MAX_KEY:
        raise Invalid(
            "The Idempotency-Key must have between 1 and 255 characters.", code="idempotency_key_invalid"
        )
    return idempotency_key


Key = Annotated[str | None, Depends(_key)]


def fingerprint(call: str, body: Any) -> str:
    return hashlib.sha256(f"{call}\0{json.dumps(body, sort_keys=True, default=str)}".encode()).hexdigest()


async def recall(session: AsyncSession, user_id: UUID, key: str | None, print_: str) -> dict[str, Any] | None:
    """Return the ids made under this key before, or None; holds the key until the transaction ends.

    Raises:
        Unprocessable: the key was used for something else.

    """
    if key is None:
        return None
    await execute(
        session, "SELECT pg_advisory_xact_lock(hashtextextended(%(k)s, 0))", k=f"idem:{user_id}:{key}"
    )
    known = await one(
        session,
        """SELECT fingerprint, result FROM idempotency_keys
           WHERE user_id = %(user)s AND key = %(key)s AND created_at > clock_timestamp() - interval '24 hours'""",
        user=user_id,
        key=key,
    )
    if known is None:
        return None
    if known["fingerprint"] != print_:
        raise Unprocessable(
            "This Idempotency-Key was already used for another request.", code="idempotency_key_reused"
        )
    result: dict[str, Any] = known["result"]
    return result


async def remember(
    session: AsyncSession, user_id: UUID, key: str | None, print_: str, result: dict[str, Any]
) -> None:
    """Store what was made under a key, in the transaction that made it."""
    if key is not None:
        await execute(
            session,
            """INSERT INTO idempotency_keys (user_id, key, fingerprint, result)
               VALUES (%(user)s, %(key)s, %(print)s, %(result)s::jsonb)
               ON CONFLICT (user_id, key) DO UPDATE
               SET fingerprint = excluded.fingerprint, result = excluded.result, created_at = clock_timestamp()""",
            user=user_id,
            key=key,
            print=print_,
            result=json.dumps(result, default=str),
        )
