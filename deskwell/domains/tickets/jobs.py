"""Sweeps: what is due on a ticket."""

from datetime import timedelta

from sqlalchemy import select

from deskwell.core.actor import SYSTEM, Actor, Kind, Through
from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.errors import Problem
from deskwell.core.logs import get_logger
from deskwell.domains.accounts import queries as accounts

from . import service
from .events import EmptyTrash, ReleaseDrafts, WakeTickets
from .models import Draft, Ticket

log = get_logger(__name__)
BATCH = 100
TRASHED_FOR = timedelta(days=30)


async def wake_tickets(context: Context, _: WakeTickets) -> None:
    """Wake tickets whose snooze has ended."""
    async with context.transaction() as session:
        due = select(Ticket).where(Ticket.snoozed_until <= now()).order_by(Ticket.id).limit(BATCH)
        for ticket in await session.scalars(due.with_for_update(skip_locked=True)):
            await service.wake(session, SYSTEM, ticket, reason="time")


async def release_drafts(context: Context, _: ReleaseDrafts) -> None:
    """Send the replies whose time to be taken back is over, each in a transaction of its own."""
    async with context.transaction() as session:
        query = (
            select(Draft.ticket_id, Draft.user_id, Draft.kind).where(Draft.release_at <= now()).limit(BATCH)
        )
        due = [tuple(row) for row in await session.execute(query)]
    for key in due:
        await _release(context, *key)


async def _release(context: Context, *key: object) -> None:
    try:
        async with context.transaction() as session:
            ticket = await service.lock_ticket(session, key[0])  # type: ignore[arg-type]
            draft = await session.get(Draft, key, with_for_update=True)
            if draft is None or draft.release_at is None or draft.release_at > now():
                return  # taken back, or sent by another worker
            user = await accounts.get_user(session, draft.user_id)
            actor = Actor(
                Kind.STAFF,
                user_id=user.id,
                name=user.name,
                email=user.email,
                role=user.role,
                through=Through.SCREEN,
            )
            await service.release(session, actor, ticket, draft)
    except Problem as problem:
        log.warning("draft_not_released", reason=problem.name)
        async with context.transaction() as session:
            draft = await session.get(Draft, key, with_for_update=True)
            if draft:
                draft.release_at, draft.failure = None, problem.detail


async def empty_trash(context: Context, _: EmptyTrash) -> None:
    """Erase what lay in the trash for 30 days."""
    async with context.transaction() as session:
        old = select(Ticket).where(Ticket.trashed_at < now() - TRASHED_FOR).order_by(Ticket.id).limit(BATCH)
        tickets = list(await session.scalars(old.with_for_update(skip_locked=True)))
        await service.erase(session, SYSTEM, tickets)
