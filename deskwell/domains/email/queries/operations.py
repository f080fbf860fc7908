from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows

from ..errors import MailForgotten, MailNotFound
from ..models import EmailSettings, InboundState

ONLY_ROW = UUID(int=1)


async def list_inbound(
    session: AsyncSession, state: InboundState, *, limit: int = 100
) -> list[dict[str, Any]]:
    """Mails that could not be read, wait, or were kept aside, newest first."""
    return await rows(
        session,
        """SELECT i.id, i.created_at AS received_at, i.via, i.size, i.state, i.category, i.reason, i.attempts, i.ticket_id,
                  e.subject, e.from_email
           FROM inbound_mails i LEFT JOIN email_messages e ON e.id = i.email_id
           WHERE i.state = %(state)s ORDER BY i.created_at DESC LIMIT %(limit)s""",
        state=state.value,
        limit=limit,
    )


async def list_held(session: AsyncSession) -> list[dict[str, Any]]:
    """Senders whose mails are held because there are so many, the biggest flood first."""
    return await rows(
        session,
        """SELECT e.from_email, count(*) AS count, min(i.created_at) AS since, max(i.created_at) AS last
           FROM inbound_mails i JOIN email_messages e ON e.id = i.email_id
           WHERE i.state = 'filtered' AND i.category = 'flood' GROUP BY e.from_email ORDER BY 2 DESC LIMIT 100""",
    )


async def mail_settings(session: AsyncSession) -> EmailSettings:
    """What holds for the mail of the whole desk; the defaults while nobody has changed them."""
    found = await session.scalar(select(EmailSettings).limit(1))
    return found or EmailSettings(id=ONLY_ROW, keep_days=365, hold_after=2000)


async def get_inbound(session: AsyncSession, inbound_id: UUID) -> dict[str, Any]:
    row = await one(
        session,
        "SELECT id, content, state, size, forgotten_at FROM inbound_mails WHERE id = %(id)s",
        id=inbound_id,
    )
    if row is None:
        raise MailNotFound
    if row["forgotten_at"]:
        raise MailForgotten
    return row


async def list_failed(session: AsyncSession, *, limit: int = 100) -> list[dict[str, Any]]:
    """Outgoing mails that were given up, are uncertain, or came back."""
    return await rows(
        session,
        """SELECT e.id, e.ticket_id, t.number AS ticket_number, e.subject, e.to_email, e.delivery_state, e.error_message,
                  o.attempts, e.created_at, o.next_attempt_at
           FROM outbox o JOIN email_messages e ON e.id = o.email_id LEFT JOIN tickets t ON t.id = e.ticket_id
           WHERE o.state IN ('failed', 'uncertain', 'bounced') OR (o.state = 'queued' AND o.attempts > 0)
           ORDER BY o.id DESC LIMIT %(limit)s""",
        limit=limit,
    )


async def figures(session: AsyncSession) -> dict[str, Any]:
    """How mail is doing, in numbers."""
    row = await one(
        session,
        """SELECT (SELECT count(*) FROM inbound_mails WHERE state = 'received') AS waiting_in,
                  (SELECT count(*) FROM inbound_mails WHERE state = 'failed') AS unprocessed,
                  (SELECT count(*) FROM inbound_mails WHERE state = 'filtered' AND created_at > clock_timestamp() - interval '1 day'
                     AND category IS DISTINCT FROM 'flood') AS filtered_today,
                  (SELECT count(*) FROM inbound_mails WHERE state = 'filtered' AND category = 'flood') AS held,
                  (SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased')) AS queued_out,
                  (SELECT count(*) FROM outbox WHERE state = 'uncertain') AS uncertain,
                  (SELECT count(*) FROM outbox WHERE state = 'failed') AS failed,
                  (SELECT max(created_at) FROM inbound_mails) AS last_received_at,
                  (SELECT max(last_sent_at) FROM email_accounts) AS last_sent_at""",
    )
    assert row is not None
    return row
