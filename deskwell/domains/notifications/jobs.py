from deskwell.core.actor import SYSTEM
from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import one
from deskwell.domains.email import service as email
from deskwell.domains.email.reactions import on_ticket_assigned
from deskwell.domains.tickets.events import TicketAssigned

from .events import MailNotification
from .logic import sentence
from .models import Notification

_ABOUT = """
SELECT u.email, u.is_active, a.name AS actor_name, t.number, t.subject
FROM notifications n JOIN users u ON u.id = n.user_id
LEFT JOIN users a ON a.id = n.actor_id LEFT JOIN tickets t ON t.id = n.ticket_id AND t.trashed_at IS NULL
WHERE n.id = %(id)s
"""


async def mail_notification(context: Context, request: MailNotification) -> None:
    """Mail a notification, unless its person has read it meanwhile. What was written is not in the mail."""
    async with context.transaction() as session:
        notification = await session.get(Notification, request.notification_id, with_for_update=True)
        about = await one(session, _ABOUT, id=request.notification_id)
        if notification is None or about is None or notification.read_at or notification.mailed_at:
            return
        if not about["is_active"]:
            return
        ticket = f"#{about['number']} {about['subject']}" if about["number"] else ""
        text = sentence(
            notification.kind,
            actor=about["actor_name"] or "",
            ticket=ticket,
            text=str(notification.data.get("text", "")),
        )
        base = context.settings.public_url
        place = f"/app/tickets/{notification.ticket_id}" if notification.ticket_id else "/app/notifications"
        body = (
            f"{text}\n\n{base}{place}\n\nChoose what you hear of by mail: {base}/app/settings/notifications"
        )
        notification.mailed_at = now()
        if notification.kind == "assigned" and notification.ticket_id:  # the owner's own template says it
            given = TicketAssigned(
                actor=SYSTEM, ticket_id=notification.ticket_id, before=None, after=notification.user_id
            )
            await on_ticket_assigned(session, given)
            return
        await email.queue_mail(session, to=[about["email"]], subject=text, text=body)
