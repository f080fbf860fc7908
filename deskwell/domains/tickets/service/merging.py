"""Two tickets become one, and two again. Both are locked in the order of their ids."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import execute, rows
from deskwell.core.errors import Conflict, Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id

from ..events import TicketsMerged, TicketsUnmerged
from ..logic.merging import Line, Place, merged_order, restored_order
from ..models import Party, Status, Ticket, TicketMerge
from .editing import touch
from .locking import lock_ticket

KEPT = ("status", "waiting_for", "assignee_id", "resolved_at", "snoozed_until", "escalated_at")
MOMENTS = ("last_message_at", "last_customer_message_at", "last_response_at")
FIRSTS = ("first_response_at", "first_ai_response_at")


async def merge(
    session: AsyncSession, actor: Actor, merged_id: UUID, survivor_id: UUID, *, other_customer: bool = False
) -> Ticket:
    """Move everything of one ticket into the other; the merged one is closed and points to it.

    Raises:
        Invalid: the same ticket, or of another customer and nobody confirmed that.
        Conflict: one of them has been merged already, or lies in the trash.

    """
    merged, survivor = await _locked_pair(session, merged_id, survivor_id)
    check_mergeable(merged, survivor)
    if merged.customer_id != survivor.customer_id and not other_customer:
        raise Invalid(
            "These tickets are of two customers, who would read each other's messages. Confirm it to go on.",
            code="other_customer",
        )
    lines = await _lines(session, merged.id, survivor.id)
    record = TicketMerge(
        id=new_id(),
        survivor_id=survivor.id,
        merged_id=merged.id,
        merged_by_id=actor.user_id,
        before=await _remembered(session, merged, survivor, lines),
    )
    session.add(record)
    await _place(session, merged_order(survivor.id, lines))
    await _move_rest(session, merged.id, survivor.id)
    if merged.customer_id != survivor.customer_id:
        await _add_cc(session, merged.customer_id, survivor.id)
    _combine(merged, survivor, len(lines))
    touch(merged)
    touch(survivor)
    await session.flush()
    await publish(
        session, TicketsMerged(actor=actor, ticket_id=survivor.id, merged_id=merged.id, merge_id=record.id)
    )
    return survivor


def check_mergeable(merged: Ticket, survivor: Ticket) -> None:
    """Refuse what cannot be merged."""
    if merged.id == survivor.id:
        raise Invalid("A ticket cannot be merged with itself.", code="same_ticket")
    for ticket in (merged, survivor):
        if ticket.merged_into_id:
            raise Conflict(f"Ticket #{ticket.number} has been merged already.", code="already_merged")
        if ticket.trashed_at:
            raise Conflict(f"Ticket #{ticket.number} lies in the trash.", code="in_trash")


async def _locked_pair(session: AsyncSession, one: UUID, other: UUID) -> tuple[Ticket, Ticket]:
    if one == other:
        raise Invalid("A ticket cannot be merged with itself.", code="same_ticket")
    found = {ticket_id: await lock_ticket(session, ticket_id) for ticket_id in sorted((one, other))}
    return found[one], found[other]


async def _lines(session: AsyncSession, *ticket_ids: UUID) -> list[Line]:
    found = await rows(
        session,
        "SELECT id, ticket_id, position, created_at FROM messages WHERE ticket_id = ANY(%(ids)s) ORDER BY position",
        ids=list(ticket_ids),
    )
    return [Line(row["id"], row["ticket_id"], row["position"], row["created_at"]) for row in found]


async def _remembered(
    session: AsyncSession, merged: Ticket, survivor: Ticket, lines: list[Line]
) -> dict[str, Any]:
    files = await rows(session, "SELECT file_id FROM attachments WHERE ticket_id = %(id)s", id=merged.id)
    ccs = await rows(session, "SELECT email FROM ticket_ccs WHERE ticket_id = %(id)s", id=survivor.id)
    watchers = await rows(
        session, "SELECT user_id FROM ticket_watchers WHERE ticket_id = %(id)s", id=survivor.id
    )
    turns = await rows(session, "SELECT id FROM turns WHERE ticket_id = %(id)s", id=merged.id)
    return {
        "places": [[str(line.id), str(line.ticket_id), line.position] for line in lines],
        "files": [str(row["file_id"]) for row in files],
        "turns": [str(row["id"]) for row in turns],
        "survivor_ccs": [row["email"] for row in ccs],
        "survivor_watchers": [str(row["user_id"]) for row in watchers],
        "merged": _state(merged),
        "survivor": _state(survivor),
    }


def _state(ticket: Ticket) -> dict[str, Any]:
    return {name: _plain(getattr(ticket, name)) for name in (*KEPT, *MOMENTS, *FIRSTS)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


async def _place(session: AsyncSession, places: list[Place]) -> None:
    """Move messages to their places; by way of negative ones, because places are unique at every moment."""
    params = {
        "ids": [place.id for place in places],
        "tickets": [place.ticket_id for place in places],
        "positions": [place.position for place in places],
    }
    wanted = (
        "unnest(%(ids)s::uuid[], %(tickets)s::uuid[], %(positions)s::int[]) AS w(id, ticket_id, position)"
    )
    await execute(
        session,
        "UPDATE messages SET position = -position - 1000000 WHERE id = ANY(%(ids)s)",
        ids=params["ids"],
    )
    await execute(
        session,
        f"UPDATE messages m SET ticket_id = w.ticket_id, position = w.position FROM {wanted} WHERE m.id = w.id",
        **params,
    )


async def _move_rest(session: AsyncSession, merged_id: UUID, survivor_id: UUID) -> None:
    both = {"merged": merged_id, "survivor": survivor_id}
    for table in ("attachments", "turns"):
        await execute(
            session, f"UPDATE {table} SET ticket_id = %(survivor)s WHERE ticket_id = %(merged)s", **both
        )
    await execute(
        session,
        """INSERT INTO ticket_watchers (ticket_id, user_id)
           SELECT %(survivor)s, user_id FROM ticket_watchers WHERE ticket_id = %(merged)s ON CONFLICT DO NOTHING""",
        **both,
    )
    await execute(
        session,
        """INSERT INTO ticket_ccs (ticket_id, email, name)
           SELECT %(survivor)s, email, name FROM ticket_ccs WHERE ticket_id = %(merged)s ON CONFLICT DO NOTHING""",
        **both,
    )


async def _add_cc(session: AsyncSession, customer_id: UUID, survivor_id: UUID) -> None:
    await execute(
        session,
        """INSERT INTO ticket_ccs (ticket_id, email, name) SELECT %(ticket)s, email, name FROM users
           WHERE id = %(customer)s ON CONFLICT DO NOTHING""",
        ticket=survivor_id,
        customer=customer_id,
    )


def _combine(merged: Ticket, survivor: Ticket, count: int) -> None:
    """The survivor is as active as both were; the merged ticket is settled."""
    if (merged.last_message_at or survivor.last_message_at) > survivor.last_message_at:
        survivor.waiting_for = merged.waiting_for
    for name in MOMENTS:
        setattr(survivor, name, _latest(getattr(merged, name), getattr(survivor, name)))
    for name in FIRSTS:
        setattr(survivor, name, _earliest(getattr(merged, name), getattr(survivor, name)))
    survivor.message_count += merged.message_count
    survivor.last_position = count
    merged.message_count = merged.last_position = 0
    merged.status, merged.resolved_at, merged.snoozed_until = Status.CLOSED, merged.resolved_at or now(), None
    merged.merged_into_id = survivor.id


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


async def unmerge(session: AsyncSession, actor: Actor, merged_id: UUID) -> tuple[Ticket, Ticket]:
    """Undo the merge of this ticket: what it brought goes home, what was written since stays with the survivor.

    Raises:
        Conflict: it is not merged, or the survivor has been merged further.

    """
    record = await _last_merge(session, merged_id)
    merged, survivor = await _locked_pair(session, merged_id, record.survivor_id)
    await session.refresh(record)
    if record.undone_at:  # by somebody else, while we waited for the locks
        raise Conflict("This ticket has not been merged.", code="not_merged")
    if survivor.merged_into_id:
        raise Conflict(
            f"Ticket #{survivor.number} has been merged itself. Please undo that first.",
            code="merged_further",
        )
    before = record.before
    await _undo_later_first(session, record)
    places = [Place(UUID(i), UUID(ticket), position) for i, ticket, position in before["places"]]
    order = restored_order(merged.id, survivor.id, await _lines(session, merged.id, survivor.id), places)
    await _place(session, order)
    await _bring_back(session, merged.id, survivor.id, before)
    merged.merged_into_id = None
    _restore(merged, before["merged"])
    await _recount(session, merged, survivor)
    record.undone_at = now()
    touch(merged)
    touch(survivor)
    await session.flush()
    await publish(
        session, TicketsUnmerged(actor=actor, ticket_id=survivor.id, merged_id=merged.id, merge_id=record.id)
    )
    return merged, survivor


async def _last_merge(session: AsyncSession, merged_id: UUID) -> TicketMerge:
    query = (
        select(TicketMerge)
        .where(TicketMerge.merged_id == merged_id, TicketMerge.undone_at.is_(None))
        .order_by(TicketMerge.id.desc())
        .limit(1)
    )
    record = (await session.scalars(query)).one_or_none()
    if record is None:
        raise Conflict("This ticket has not been merged.", code="not_merged")
    return record


async def _undo_later_first(session: AsyncSession, record: TicketMerge) -> None:
    """Merges into the same survivor are undone last in, first out: each remembers the order it found."""
    later = await session.scalar(
        select(Ticket.number)
        .join(TicketMerge, TicketMerge.merged_id == Ticket.id)
        .where(
            TicketMerge.survivor_id == record.survivor_id,
            TicketMerge.undone_at.is_(None),
            TicketMerge.id > record.id,
        )
        .order_by(TicketMerge.id.desc())
        .limit(1)
    )
    if later:
        raise Conflict(
            f"Ticket #{later} was merged after this one. Please undo that first.", code="merged_later"
        )


async def _bring_back(
    session: AsyncSession, merged_id: UUID, survivor_id: UUID, before: dict[str, Any]
) -> None:
    both = {"merged": merged_id, "survivor": survivor_id}
    await execute(
        session,
        "UPDATE attachments SET ticket_id = %(merged)s WHERE file_id = ANY(%(ids)s::uuid[]) AND ticket_id = %(survivor)s",
        ids=before["files"],
        **both,
    )
    await execute(
        session,
        "UPDATE turns SET ticket_id = %(merged)s WHERE id = ANY(%(ids)s::uuid[]) AND ticket_id = %(survivor)s",
        ids=before["turns"],
        **both,
    )
    await execute(
        session,
        """DELETE FROM ticket_watchers WHERE ticket_id = %(survivor)s AND user_id <> ALL(%(kept)s::uuid[])
           AND user_id IN (SELECT user_id FROM ticket_watchers WHERE ticket_id = %(merged)s)""",
        kept=before["survivor_watchers"],
        **both,
    )
    await execute(
        session,
        """DELETE FROM ticket_ccs WHERE ticket_id = %(survivor)s AND email <> ALL(%(kept)s::text[])
           AND (email IN (SELECT email FROM ticket_ccs WHERE ticket_id = %(merged)s)
                OR email IN (SELECT u.email FROM tickets t JOIN users u ON u.id = t.customer_id WHERE t.id = %(merged)s))""",
        kept=before["survivor_ccs"],
        **both,
    )


def _restore(ticket: Ticket, state: dict[str, Any]) -> None:
    ticket.status, ticket.waiting_for = Status(state["status"]), Party(state["waiting_for"])
    for name in ("resolved_at", "snoozed_until", "escalated_at"):
        value = state[name]
        setattr(ticket, name, datetime.fromisoformat(value) if value else None)


_FIGURES = """SELECT coalesce(max(position), 0) AS last_position,
    count(*) FILTER (WHERE p) AS message_count, max(created_at) FILTER (WHERE p) AS last_message_at,
    max(created_at) FILTER (WHERE p AND author = 'customer') AS last_customer_message_at,
    max(created_at) FILTER (WHERE p AND author <> 'customer') AS last_response_at,
    min(created_at) FILTER (WHERE p AND author = 'agent') AS first_response_at,
    min(created_at) FILTER (WHERE p AND author = 'ai') AS first_ai_response_at
    FROM (SELECT *, NOT is_internal AND author <> 'system' AS p FROM messages WHERE ticket_id = %(id)s) m"""


async def recount(session: AsyncSession, ticket: Ticket) -> None:
    """Set the columns that lists sort by from the messages the ticket holds now."""
    figures = (await rows(session, _FIGURES, id=ticket.id))[0]
    figures["last_message_at"] = figures["last_message_at"] or ticket.created_at
    for name, value in figures.items():
        setattr(ticket, name, value)
    if figures["last_customer_message_at"] or figures["last_response_at"]:
        is_theirs = figures["last_customer_message_at"] == figures["last_message_at"]
        ticket.waiting_for = Party.AGENT if is_theirs else Party.CUSTOMER


async def _recount(session: AsyncSession, merged: Ticket, survivor: Ticket) -> None:
    for ticket in (merged, survivor):
        await recount(session, ticket)
