from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import Database, one, rows

from ..errors import MailNotFound
from ..models import DeliveryState, Direction
from ..schemas import EmailRead

_COLUMNS = """e.id, e.ticket_id, e.message_id AS ticket_message_id, e.rfc_id AS message_id, e.in_reply_to, e.subject,
    e.body_text, e.body_html, e.quoted_text, e.signature_text, e.from_email, e.from_name, e.to_email, e.cc_email, e.bcc_email,
    e.delivery_state, e.direction, e.kind, e.is_automatic, e.is_sender_verified, e.template_type, e.about_id, e.has_attachments,
    e.raw_id IS NOT NULL AS has_raw, e.error_message, e.created_at, e.sent_at, e.received_at"""
_PENDING = {DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.UNCERTAIN}


def email_read(row: dict[str, Any], *, for_staff: bool = True) -> EmailRead:
    """A mail on the wire; customers see neither the blind copies nor how delivery went inside."""
    state = DeliveryState(row["delivery_state"]) if row["delivery_state"] else None
    if row["direction"] == Direction.INBOUND:
        status = "received"
    elif state in _PENDING:
        status = "pending"
    else:
        status = "sent" if state in {DeliveryState.SENT, DeliveryState.DELIVERED} else "failed"
    values = {**row, "status": status}
    if not for_staff:
        values |= {"bcc_email": None, "error_message": None, "has_raw": False}
    return EmailRead(**values)


async def list_emails(session: AsyncSession, ticket_id: UUID, *, for_staff: bool) -> list[EmailRead]:
    """A ticket's mails in the order of the thread. Customers see what they wrote and what was written to them."""
    found = await rows(
        session,
        f"""SELECT {_COLUMNS} FROM email_messages e WHERE e.ticket_id = %(ticket)s
            AND (%(all)s OR (e.kind IN ('person', 'automatic', 'mailing_list') AND coalesce(e.template_type, '') <> 'ticket_assigned'))
            ORDER BY e.id LIMIT 1000""",
        ticket=ticket_id,
        all=for_staff,
    )
    return [email_read(row, for_staff=for_staff) for row in found]


async def get_email(session: AsyncSession, email_id: UUID) -> dict[str, Any]:
    row = await one(
        session,
        f"SELECT {_COLUMNS}, e.headers, e.raw_id FROM email_messages e WHERE e.id = %(id)s",
        id=email_id,
    )
    if row is None:
        raise MailNotFound
    return row


async def look_up_inbound(database: Database, inbound_id: UUID) -> dict[str, Any] | None:
    """What became of bytes that came in, once they have been read; None while they wait."""
    return await database.look_up(
        "SELECT id, state, category, reason, email_id, ticket_id FROM inbound_mails WHERE id = %(id)s AND state <> 'received'",
        id=inbound_id,
    )
