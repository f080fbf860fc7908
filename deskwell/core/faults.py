"""Faults of ours, grouped by where they broke: what an admin sees, without message text or personal data."""

import hashlib
import traceback
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import Text, func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, execute

MAX_TEXT = 200


class FaultGroup(Base):
    """All occurrences of one fault: the same kind of error at the same place."""

    __tablename__ = "fault_groups"

    fingerprint: Mapped[str] = mapped_column(Text, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(server_default="1")
    first_seen_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
    last_request_id: Mapped[str | None] = mapped_column(Text)


def place_of(error: BaseException) -> str:
    """Return file, line and function of the deepest frame that is ours, else of the deepest one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "deskwell" in PurePath(frame.filename).parts] or list(frames)
    if not ours:
        return "unknown"
    parts = PurePath(ours[-1].filename).parts
    start = parts.index("deskwell") if "deskwell" in parts else -2
    return f"{'/'.join(parts[start:])}:{ours[-1].lineno} {ours[-1].name}"


async def record(
    session: AsyncSession, *, source: str, kind: str, place: str, request_id: str | None = None
) -> None:
    """Count one occurrence. `source` is web, worker or browser."""
    kind, place = kind[:MAX_TEXT], place[:MAX_TEXT]
    await execute(
        session,
        """INSERT INTO fault_groups AS f (fingerprint, source, kind, place, last_request_id)
           VALUES (%(fingerprint)s, %(source)s, %(kind)s, %(place)s, %(request)s)
           ON CONFLICT (fingerprint) DO UPDATE SET count = f.count + 1, last_seen_at = clock_timestamp(),
               last_request_id = coalesce(excluded.last_request_id, f.last_request_id)""",
        fingerprint=hashlib.sha256(f"{source}\0{kind}\0{place}".encode()).hexdigest()[:32],
        source=source,
        kind=kind,
        place=place,
        request=request_id,
    )
