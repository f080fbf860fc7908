from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import rows
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.domains.accounts.logic import normal_email

from ..events import CopiesChanged
from ..models import Ticket

MOST_CCS = 50


async def set_copies(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    *,
    add: dict[str, str] | None = None,
    remove: list[str] | None = None,
) -> None:
    """Put people in copy of a locked ticket (address → name), or take them out.

    Raises:
        Invalid: no address, or too many.

    """
    wanted = {normal_email(email): name for email, name in (add or {}).items()}
    added = await rows(
        session,
        """INSERT INTO ticket_ccs (ticket_id, email, name)
           SELECT %(ticket)s, w.email, w.name FROM unnest(%(emails)s::text[], %(names)s::text[]) AS w(email, name)
           WHERE w.email <> (SELECT email FROM users WHERE id = %(customer)s)
           ON CONFLICT (ticket_id, email) DO NOTHING RETURNING email""",
        ticket=ticket.id,
        emails=list(wanted),
        names=list(wanted.values()),
        customer=ticket.customer_id,
    )
    gone = await rows(
        session,
        "DELETE FROM ticket_ccs WHERE ticket_id = %(ticket)s AND email = ANY(%(emails)s) RETURNING email",
        ticket=ticket.id,
        emails=[email.strip().lower() for email in remove or ()],
    )
    count = await rows(session, "SELECT count(*) AS n FROM ticket_ccs WHERE ticket_id = %(id)s", id=ticket.id)
    if count[0]["n"] > MOST_CCS:
        raise Invalid(f"At most {MOST_CCS} people can be in copy.", code="too_many_ccs")
    if added or gone:
        await publish(
            session,
            CopiesChanged(
                actor=actor,
                ticket_id=ticket.id,
                added=tuple(row["email"] for row in added),
                removed=tuple(row["email"] for row in gone),
            ),
        )
