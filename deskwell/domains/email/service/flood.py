"""Somebody whose mails come by the thousand: what is too much is held, seen by a person, and lost by nobody."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.db import one, rows
from deskwell.core.jobs import enqueue

from ..events import ReadMail

WINDOW = timedelta(hours=1)
HOLD_AFTER = 2000
MOST_ANSWERED = 200
MOST_COUNTED = 5000
CATEGORY = "flood"
RELEASED = "released"


@dataclass(frozen=True)
class Recent:
    """How many mails of a sender were let in within the last hour, and how many may be (0: any number)."""

    count: int
    hold_after: int

    @property
    def is_flood(self) -> bool:
        return 0 < self.hold_after <= self.count

    @property
    def may_be_answered(self) -> bool:
        return self.count < MOST_ANSWERED

    @property
    def reason(self) -> str:
        return f"Held: more than {self.hold_after} mails of this sender came within an hour."


async def recent_of(session: AsyncSession, sender: str) -> Recent:
    """Count what this sender has had let in; what is held does not count, so that the flood ends with its cause."""
    row = await one(
        session,
        """SELECT (SELECT hold_after FROM email_settings LIMIT 1) AS hold_after,
                  (SELECT count(*) FROM (SELECT 1 FROM email_messages WHERE direction = 'inbound' AND from_email = %(sender)s
                   AND created_at > %(since)s AND ticket_id IS NOT NULL LIMIT %(most)s) t) AS n""",
        sender=sender,
        since=now() - WINDOW,
        most=MOST_COUNTED,
    )
    assert row is not None
    return Recent(row["n"], HOLD_AFTER if row["hold_after"] is None else row["hold_after"])


async def release(session: AsyncSession, sender: str) -> int:
    """Let in all that is held of a sender; returns how many mails that are."""
    released = await rows(
        session,
        """WITH gone AS (
               DELETE FROM email_messages e USING inbound_mails i
               WHERE e.id = i.email_id AND i.state = 'filtered' AND i.category = %(flood)s
                 AND e.from_email = %(sender)s AND e.ticket_id IS NULL RETURNING i.id AS inbound_id)
           UPDATE inbound_mails SET state = 'received', category = %(released)s, reason = NULL, attempts = 0,
                  next_attempt_at = NULL, email_id = NULL
           WHERE id IN (SELECT inbound_id FROM gone) RETURNING id""",
        flood=CATEGORY,
        released=RELEASED,
        sender=sender,
    )
    if released:
        await enqueue(session, ReadMail(released[0]["id"]))
    return len(released)
