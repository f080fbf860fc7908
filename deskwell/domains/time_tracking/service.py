from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import Actor
from deskwell.core.db import execute
from deskwell.core.errors import Invalid
from deskwell.core.events import publish

from . import logic, queries, schemas
from .errors import NoSuchEntry, NoTimer, TimerRunsElsewhere
from .events import TimeEntryChanged, TimeEntryDeleted, TimeLogged
from .models import EntryType, TimeEntry, Timer

LONGEST_MINUTES = 100_000
LONGEST_DESCRIPTION = 2_000


async def log_time(
    session: AsyncSession, actor: Actor, ticket_id: UUID, data: schemas.NewEntry
) -> dict[str, Any]:
    """Write down time spent on a ticket by the caller."""
    entry = TimeEntry(
        ticket_id=ticket_id,
        user_id=actor.user_id,
        duration_minutes=_minutes(data.duration_minutes),
        entry_type=_kind(data.entry_type or EntryType.WORK),
        billable=data.billable is not False,
        description=_description(data.description),
        worked_at=_moment(data.worked_at) or clock.now(),
    )
    session.add(entry)
    await session.flush()
    await publish(
        session,
        TimeLogged(
            actor=actor,
            ticket_id=ticket_id,
            entry_id=entry.id,
            minutes=entry.duration_minutes,
            entry_type=entry.entry_type,
            billable=entry.billable,
        ),
    )
    return await _get_entry(session, entry.id)


async def change_entry(
    session: AsyncSession, actor: Actor, entry: dict[str, Any], data: schemas.EntryChange
) -> dict[str, Any]:
    """Correct an entry. What it said before stays in the log."""
    given = data.model_dump(exclude_unset=True, exclude_none=True)
    checks: dict[str, Callable[[Any], Any]] = {
        "duration_minutes": _minutes,
        "entry_type": _kind,
        "description": _description,
        "worked_at": _moment,
    }
    after = {name: checks[name](value) if name in checks else value for name, value in given.items()}
    after = {name: value for name, value in after.items() if entry[name] != value}
    if after:
        values = {**after, "updated_at": clock.now()}
        await session.execute(update(TimeEntry).where(TimeEntry.id == entry["id"]).values(**values))
        await publish(
            session,
            TimeEntryChanged(
                actor=actor,
                ticket_id=entry["ticket_id"],
                entry_id=entry["id"],
                fields=tuple(after),
                before={name: entry[name] for name in after},
                after=after,
            ),
        )
    return await _get_entry(session, entry["id"])


async def delete_entry(session: AsyncSession, actor: Actor, entry: dict[str, Any]) -> None:
    """Remove an entry. The log keeps who, when and how much."""
    await session.execute(delete(TimeEntry).where(TimeEntry.id == entry["id"]))
    await publish(
        session,
        TimeEntryDeleted(
            actor=actor,
            ticket_id=entry["ticket_id"],
            entry_id=entry["id"],
            minutes=entry["duration_minutes"],
            entry_type=entry["entry_type"],
            billable=entry["billable"],
            before={"description": entry["description"], "user_id": str(entry["user_id"])},
        ),
    )


async def start_timer(
    session: AsyncSession, actor: Actor, ticket_id: UUID, data: schemas.TimerStart
) -> dict[str, Any]:
    """Start the caller's timer on a ticket, or let it go on when it is paused there.

    Raises:
        TimerRunsElsewhere: it counts for another ticket.

    """
    timer = await queries.find_timer(session, _user(actor), lock=True)
    if timer and timer["ticket_id"] != ticket_id:
        raise TimerRunsElsewhere(
            f"Your timer counts for ticket #{timer['ticket_number']}. Please stop it there first.",
            extra={"ticket_id": str(timer["ticket_id"]), "ticket_number": timer["ticket_number"]},
        )
    if timer is None:
        session.add(
            Timer(
                user_id=actor.user_id,
                ticket_id=ticket_id,
                started_at=clock.now(),
                entry_type=data.entry_type,
                billable=data.billable,
                description=data.description,
            )
        )
        await session.flush()
        return await _get_timer(session, actor)
    return await resume_timer(session, actor)


async def pause_timer(session: AsyncSession, actor: Actor) -> dict[str, Any]:
    """Let the timer stand; what it counted is kept."""
    timer = await _get_timer(session, actor, lock=True)
    await _set_timer(session, actor, started_at=None, seconds=timer["elapsed_seconds"])
    return await _get_timer(session, actor)


async def resume_timer(session: AsyncSession, actor: Actor) -> dict[str, Any]:
    """Let a paused timer go on; one that runs is left alone."""
    timer = await _get_timer(session, actor, lock=True)
    if not timer["is_running"]:
        await _set_timer(session, actor, started_at=timer["now"])
    return await _get_timer(session, actor)


async def change_timer(session: AsyncSession, actor: Actor, data: schemas.TimerChange) -> dict[str, Any]:
    """Say what the running time is for."""
    await _get_timer(session, actor, lock=True)
    changes = data.model_dump(exclude_unset=True, exclude_none=True)
    if changes:
        await _set_timer(session, actor, **changes)
    return await _get_timer(session, actor)


async def stop_timer(session: AsyncSession, actor: Actor, data: schemas.TimerStop) -> dict[str, Any]:
    """Turn what the timer counted into a time entry."""
    timer = await _get_timer(session, actor, lock=True)
    described = timer["description"] if data.description is None else data.description
    entry = schemas.NewEntry(
        duration_minutes=data.duration_minutes or logic.billed_minutes(timer["elapsed_seconds"]),
        description=described,
        entry_type=data.entry_type or timer["entry_type"],
        billable=timer["billable"] if data.billable is None else data.billable,
    )
    await discard_timer(session, actor)
    return await log_time(session, actor, timer["ticket_id"], entry)


async def discard_timer(session: AsyncSession, actor: Actor) -> None:
    """Throw away what the timer counted."""
    await _get_timer(session, actor, lock=True)
    await session.execute(delete(Timer).where(Timer.user_id == _user(actor)))


async def move_entries(session: AsyncSession, *, merged: UUID, survivor: UUID) -> None:
    """Let entries and timers follow a ticket that was merged into another."""
    await execute(
        session,
        """UPDATE time_entries SET origin_ticket_id = coalesce(origin_ticket_id, ticket_id), ticket_id = %(survivor)s
           WHERE ticket_id = %(merged)s""",
        merged=merged,
        survivor=survivor,
    )
    await execute(
        session,
        "UPDATE timers SET ticket_id = %(survivor)s WHERE ticket_id = %(merged)s",
        merged=merged,
        survivor=survivor,
    )


async def return_entries(session: AsyncSession, *, merged: UUID, survivor: UUID) -> None:
    """Undo `move_entries`."""
    await execute(
        session,
        """UPDATE time_entries SET ticket_id = origin_ticket_id, origin_ticket_id = NULL
           WHERE ticket_id = %(survivor)s AND origin_ticket_id = %(merged)s""",
        merged=merged,
        survivor=survivor,
    )


async def _get_entry(session: AsyncSession, entry_id: UUID) -> dict[str, Any]:
    entry = await queries.find_entry(session, entry_id)
    if entry is None:
        raise NoSuchEntry("This time entry does not exist.")
    return entry


async def _get_timer(session: AsyncSession, actor: Actor, *, lock: bool = False) -> dict[str, Any]:
    timer = await queries.find_timer(session, _user(actor), lock=lock)
    if timer is None:
        raise NoTimer("You have no timer. Please start one on a ticket.")
    return timer


async def _set_timer(session: AsyncSession, actor: Actor, **values: Any) -> None:
    await session.execute(update(Timer).where(Timer.user_id == _user(actor)).values(**values))


def _user(actor: Actor) -> UUID:
    assert actor.user_id, "time belongs to a person"
    return actor.user_id


def _minutes(value: int) -> int:
    if not 0 < value <= LONGEST_MINUTES:
        raise Invalid.field(
            "duration_minutes", f"The duration must be between 1 and {LONGEST_MINUTES:,} minutes."
        )
    return value


def _kind(value: str) -> EntryType:
    try:
        return EntryType(value)
    except ValueError:
        raise Invalid.field("entry_type", f"The type must be one of {', '.join(EntryType)}.") from None


def _description(value: str | None) -> str:
    if value and len(value) > LONGEST_DESCRIPTION:
        raise Invalid.field(
            "description", f"The description may have {LONGEST_DESCRIPTION:,} characters at most."
        )
    return (value or "").replace("\x00", "").strip()


def _moment(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise Invalid.field("worked_at", "The time needs its zone, such as 2026-01-31T09:00:00Z.")
    if value > clock.now() + timedelta(days=1):
        raise Invalid.field("worked_at", "Time cannot be logged for the future.")
    return value
