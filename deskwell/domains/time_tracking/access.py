from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import select

from deskwell.core.actor import Actor, Permission
from deskwell.core.db import Session
from deskwell.core.errors import Forbidden
from deskwell.domains.accounts.access import requires, states_permission
from deskwell.domains.tickets.access import visible_to
from deskwell.domains.tickets.models import Ticket

from . import queries
from .errors import NoSuchEntry

TIME_LOG = Permission("time.log", "Log time on tickets")
TIME_MANAGE = Permission("time.manage", "See everybody's time and change others' entries", by_default=False)

TimeLogger = Annotated[Actor, Depends(requires(TIME_LOG))]


@states_permission
async def changeable_entry(entry_id: UUID, actor: TimeLogger, session: Session) -> dict[str, object]:
    """An entry of the caller's own, or anybody's for those who manage time."""
    entry = await queries.find_entry(session, entry_id)
    seen = entry and await session.scalar(
        select(Ticket.id).where(
            Ticket.id.in_(visible_to(actor).with_only_columns(Ticket.id)), Ticket.id == entry["ticket_id"]
        )
    )
    if not entry or not seen:
        raise NoSuchEntry("There is no such time entry.")
    if entry["user_id"] != actor.user_id and not actor.can(TIME_MANAGE):
        raise Forbidden("This time was logged by somebody else.", code="not_your_entry")
    return entry


ChangeableEntry = Annotated[dict[str, object], Depends(changeable_entry)]
