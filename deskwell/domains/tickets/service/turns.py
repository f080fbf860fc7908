from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.events import publish

from ..events import TurnSettled
from ..models import PENDING_TURNS, Author, Message, Ticket, Turn, TurnState


async def pending_turns(session: AsyncSession, ticket_id: UUID) -> Sequence[Turn]:
    """Return the customer's messages of this ticket that still wait for an answer, oldest first."""
    query = select(Turn).where(Turn.ticket_id == ticket_id, Turn.state.in_(PENDING_TURNS)).order_by(Turn.id)
    return (await session.scalars(query)).all()


async def settle_turn(
    session: AsyncSession,
    actor: Actor,
    turn: Turn,
    state: TurnState,
    *,
    reply_id: UUID | None = None,
    reason: str | None = None,
) -> None:
    """Say what became of one message; the ticket is locked by the caller. Settled is settled."""
    if turn.state not in PENDING_TURNS:
        return
    turn.state, turn.reply_id, turn.reason, turn.due_at, turn.settled_at = (
        state,
        reply_id,
        reason,
        None,
        max(now(), turn.created_at),  # a clock that went back settles nothing before it was made
    )
    await session.flush()
    await publish(
        session, TurnSettled(actor=actor, ticket_id=turn.ticket_id, turn_id=turn.id, state=state.value)
    )


async def settle_pending_turns(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    state: TurnState,
    *,
    reply_id: UUID | None = None,
    reason: str | None = None,
) -> None:
    """Settle all messages that wait, with one and the same answer."""
    for turn in await pending_turns(session, ticket.id):
        await settle_turn(session, actor, turn, state, reply_id=reply_id, reason=reason)


async def limit_turn(session: AsyncSession, actor: Actor, turn: Turn, due_at: datetime) -> None:
    """Let a message wait until the AI may speak again; a sweep wakes it then."""
    turn.state, turn.due_at = TurnState.LIMITED, due_at
    await session.flush()
    await publish(
        session,
        TurnSettled(actor=actor, ticket_id=turn.ticket_id, turn_id=turn.id, state=TurnState.LIMITED.value),
    )


async def wait_again(session: AsyncSession, ticket: Ticket) -> bool:
    """Let the customer's last message wait for an answer again; False when somebody has answered it since."""
    query = (
        select(Message)
        .where(
            Message.ticket_id == ticket.id, Message.is_internal.is_(False), Message.author != Author.SYSTEM
        )
        .order_by(Message.position.desc())
        .limit(1)
    )
    last = await session.scalar(query)
    if last is None or last.author is not Author.CUSTOMER:
        return False
    turn = await session.scalar(select(Turn).where(Turn.message_id == last.id))
    if turn is None:
        return False
    turn.state, turn.reason, turn.due_at, turn.reply_id, turn.settled_at = (
        TurnState.WAITING,
        None,
        None,
        None,
        None,
    )
    await session.flush()
    return True
