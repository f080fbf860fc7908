"""Who may see and do what with tickets. A stranger's ticket answers exactly like one that does not exist."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Select, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor, Permission
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.domains.accounts.access import SignedIn, Staff, states_permission
from deskwell.domains.teams.models import Team

from .errors import TicketNotFound
from .models import Ticket

TICKETS_READ = Permission("tickets.read", "See tickets")
TICKETS_REPLY = Permission("tickets.reply", "Reply to customers")
TICKETS_NOTE = Permission("tickets.note", "Write internal notes")
TICKETS_ASSIGN = Permission("tickets.assign", "Assign tickets to people and teams")
TICKETS_EDIT = Permission("tickets.edit", "Change priority, category, tags and other fields")
TICKETS_CLOSE = Permission("tickets.close", "Close and reopen tickets")
TICKETS_MERGE = Permission("tickets.merge", "Merge, split and link tickets")
TICKETS_TRASH = Permission("tickets.trash", "Move tickets to the trash and back")
MOST_AT_ONCE = 500
TICKETS_ERASE = Permission("tickets.erase", "Erase tickets for good", by_default=False)


# Whoever registered with an address that may be another's sees what they wrote while signed in. A ticket with a word
# that came by mail, or that somebody wrote down for the owner of the address, is not shown until it is confirmed.
_WRITTEN_SIGNED_IN = """NOT EXISTS (SELECT 1 FROM messages w WHERE w.ticket_id = {alias}.id AND w.author = 'customer'
    AND (w.source = 'email' OR w.author_id IS DISTINCT FROM {alias}.customer_id OR jsonb_exists(w.data, 'written_for')))"""


def visible_to(actor: Actor) -> Select[Ticket]:
    """The tickets this actor may see, without those in the trash."""
    return _seen_by(select(Ticket).where(Ticket.trashed_at.is_(None)), actor)


def _seen_by(tickets: Select[Ticket], actor: Actor) -> Select[Ticket]:
    if actor.is_customer:
        own = tickets.where(Ticket.customer_id == actor.user_id)
        return own if actor.is_confirmed else own.where(text(_WRITTEN_SIGNED_IN.format(alias="tickets")))
    if not actor.can(TICKETS_READ):
        return tickets.where(Ticket.assignee_id == actor.user_id)
    if actor.is_admin or not actor.is_staff:
        return tickets
    restricted = select(Team.id).where(Team.is_restricted)
    return tickets.where(
        or_(
            Ticket.team_id.is_(None),
            Ticket.team_id.in_(actor.team_ids),
            Ticket.team_id.not_in(restricted),
            Ticket.assignee_id == actor.user_id,
        )
    )


def visibility_sql(actor: Actor, alias: str = "t") -> tuple[str, dict[str, Any]]:
    """The same condition as SQL text for hot reads: a condition on `alias` and its parameters."""
    if actor.is_customer:
        written = "" if actor.is_confirmed else f" AND {_WRITTEN_SIGNED_IN.format(alias=alias)}"
        return f"{alias}.customer_id = %(me)s{written}", {"me": actor.user_id}
    if not actor.can(TICKETS_READ):
        return f"{alias}.assignee_id = %(me)s", {"me": actor.user_id}
    if actor.is_admin or not actor.is_staff:
        return "true", {}
    condition = f"""({alias}.team_id IS NULL OR {alias}.team_id = ANY(%(my_teams)s) OR {alias}.assignee_id = %(me)s
        OR {alias}.team_id NOT IN (SELECT id FROM teams WHERE is_restricted))"""
    return condition, {"me": actor.user_id, "my_teams": list(actor.team_ids)}


async def is_shown_to(session: AsyncSession, actor: Actor, ticket_id: UUID) -> bool:
    """Whether a customer may see what is in a ticket of theirs, also in the trash; always, once their address is confirmed."""
    if actor.is_confirmed:
        return True
    return await session.scalar(_seen_by(select(Ticket), actor).where(Ticket.id == ticket_id)) is not None


async def lock_visible(session: AsyncSession, actor: Actor, ticket_ids: Sequence[UUID]) -> list[Ticket]:
    """Several tickets, also those in the trash, locked in the order of their ids.

    Raises:
        TicketNotFound: one of them does not exist for this actor.

    """
    wanted = sorted(set(ticket_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid.field("ticket_ids", f"At most {MOST_AT_ONCE} tickets at once.")
    query = _seen_by(select(Ticket), actor).where(Ticket.id.in_(wanted)).order_by(Ticket.id)
    found = list(await session.scalars(query.with_for_update(of=Ticket, key_share=True)))
    if len(found) < len(wanted):
        raise TicketNotFound
    return found


@states_permission
async def visible_ticket(ticket_id: UUID, session: Session, actor: SignedIn) -> Ticket:
    """The ticket of the path, locked for change in the request's transaction."""
    query = visible_to(actor).where(Ticket.id == ticket_id).with_for_update(of=Ticket, key_share=True)
    ticket = (await session.scalars(query)).one_or_none()
    if ticket is None:
        raise TicketNotFound
    return ticket


@states_permission
async def staff_ticket(ticket_id: UUID, session: Session, actor: Staff) -> Ticket:
    return await visible_ticket(ticket_id, session, actor)


@states_permission
async def own_ticket(ticket_id: UUID, session: Session, actor: SignedIn) -> Ticket:
    """The caller's own ticket: also staff have none of their own here, so theirs are not found."""
    ticket = await visible_ticket(ticket_id, session, actor)
    if ticket.customer_id != actor.user_id:
        raise TicketNotFound
    return ticket


VisibleTicket = Annotated[Ticket, Depends(visible_ticket)]
StaffTicket = Annotated[Ticket, Depends(staff_ticket)]
OwnTicket = Annotated[Ticket, Depends(own_ticket)]
