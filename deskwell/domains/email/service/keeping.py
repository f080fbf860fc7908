"""How long the bytes of mails are kept, and how many of one sender are let in."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute, one
from deskwell.core.events import publish

from .. import queries
from ..events import MailSettingsChanged
from ..models import EmailSettings
from ..schemas import MailSettings

BATCH = 200


async def save_mail_settings(session: AsyncSession, actor: Actor, data: MailSettings) -> EmailSettings:
    """Set both, and say which of them changed."""
    found = await queries.mail_settings(session)
    new = data.model_dump()
    changed = tuple(sorted(name for name, value in new.items() if getattr(found, name) != value))
    for name, value in new.items():
        setattr(found, name, value)
    session.add(found)
    await session.flush()
    if changed:
        await publish(session, MailSettingsChanged(actor=actor, fields=changed))
    return found


async def forget_older(session: AsyncSession, before: datetime) -> int:
    """Throw away the bytes of one batch of old mails that are in their tickets or were kept aside.

    What could not be read stays until somebody has looked at it; the sum stays for ever, so that the same bytes are
    known when they come again.
    """
    row = await one(
        session,
        """WITH old AS (
               UPDATE inbound_mails SET content = '', forgotten_at = clock_timestamp()
               WHERE id IN (SELECT id FROM inbound_mails WHERE forgotten_at IS NULL AND state IN ('processed', 'filtered')
                            AND category IS DISTINCT FROM 'flood' AND created_at < %(before)s
                            ORDER BY created_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
               RETURNING id),
           unlinked AS (UPDATE email_messages SET raw_id = NULL FROM old WHERE raw_id = old.id)
           SELECT count(*) AS n FROM old""",
        before=before,
        batch=BATCH,
    )
    assert row is not None
    return int(row["n"]) + await execute(
        session,
        """UPDATE outbox SET content = NULL WHERE id IN (
               SELECT id FROM outbox WHERE content IS NOT NULL AND state IN ('sent', 'delivered', 'bounced')
               AND created_at < %(before)s ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)""",
        before=before,
        batch=BATCH,
    )
