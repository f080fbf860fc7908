"""Drafts live on the server, so that they survive a reload and can be taken back before they are sent."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import one
from deskwell.core.errors import Conflict, Invalid, NotFound
from deskwell.core.text import clean

from ..errors import StaleReply
from ..models import Draft, DraftKind, Status, Ticket
from .attaching import link_files
from .closing import close
from .writing import MAX_MESSAGE, reply_as_staff

LONGEST_UNDO = 120


async def find_draft(
    session: AsyncSession, actor: Actor, ticket_id: UUID, kind: DraftKind, *, lock: bool = False
) -> Draft | None:
    query = select(Draft).where(
        Draft.ticket_id == ticket_id, Draft.user_id == actor.user_id, Draft.kind == kind
    )
    return (await session.scalars(query.with_for_update() if lock else query)).one_or_none()


async def save_draft(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    kind: DraftKind,
    *,
    body: str,
    body_html: str | None = None,
    file_ids: list[UUID] | None = None,
) -> Draft | None:
    """Keep what somebody is writing; an empty one is forgotten.

    Raises:
        Conflict: it is on its way; undo that first.

    """
    assert actor.user_id is not None
    text = clean(body)[:MAX_MESSAGE]
    known = await find_draft(session, actor, ticket.id, kind, lock=True)
    if known and known.release_at:
        raise Conflict("This reply is on its way. Take it back to change it.", code="draft_released")
    if not text.strip() and not file_ids:
        if known:
            await session.delete(known)
            await session.flush()
        return None
    draft = known or Draft(ticket_id=ticket.id, user_id=actor.user_id, kind=kind)
    draft.body, draft.body_html, draft.file_ids = text, body_html, list(file_ids or ())
    draft.failure, draft.updated_at = None, now()
    if known is None:
        session.add(draft)
    await session.flush()
    return draft


async def send_later(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    kind: DraftKind,
    *,
    seconds: int,
    closes: bool = False,
    seen_position: int | None = None,
) -> Draft:
    """Let a draft send itself in some seconds; until then it can be taken back.

    Raises:
        NotFound: there is none.
        StaleReply: somebody wrote after `seen_position`, the last message the writer has seen.

    """
    if not 0 <= seconds <= LONGEST_UNDO:
        raise Invalid.field("undo_seconds", f"undo_seconds must be between 0 and {LONGEST_UNDO}.")
    draft = await find_draft(session, actor, ticket.id, kind, lock=True)
    if draft is None or not draft.body.strip():
        raise NotFound("There is no such draft.", code="draft_not_found")
    if seen_position is not None and kind is DraftKind.REPLY:
        await refuse_stale(session, actor, ticket, seen_position)
    draft.release_at, draft.closes, draft.failure = now() + timedelta(seconds=seconds), closes, None
    await session.flush()
    return draft


async def refuse_stale(session: AsyncSession, actor: Actor, ticket: Ticket, seen_position: int) -> None:
    """Refuse a reply whose writer has not seen the newest messages of others."""
    newer = await one(
        session,
        """SELECT count(*) AS n, max(position) AS last FROM messages WHERE ticket_id = %(id)s
           AND position > %(seen)s AND author <> 'system' AND author_id IS DISTINCT FROM %(me)s""",
        id=ticket.id,
        seen=seen_position,
        me=actor.user_id,
    )
    assert newer is not None
    if newer["n"]:
        raise StaleReply(newer["n"], newer["last"])


async def take_back(session: AsyncSession, actor: Actor, ticket: Ticket, kind: DraftKind) -> Draft:
    """Undo sending.

    Raises:
        Conflict: too late, it has been sent.

    """
    draft = await find_draft(session, actor, ticket.id, kind, lock=True)
    if draft is None:
        raise Conflict("This reply has been sent already.", code="already_sent")
    draft.release_at, draft.closes = None, False
    await session.flush()
    return draft


async def release(session: AsyncSession, actor: Actor, ticket: Ticket, draft: Draft) -> None:
    """Make the message of a locked draft on a locked ticket: only now it is a fact."""
    is_note = draft.kind is DraftKind.NOTE
    message = await reply_as_staff(
        session, actor, ticket, draft.body, is_internal=is_note, body_html=draft.body_html
    )
    await link_files(session, actor, ticket, message, draft.file_ids)
    if draft.closes and ticket.status is not Status.CLOSED:
        await close(session, actor, ticket)
    await session.delete(draft)
    await session.flush()
