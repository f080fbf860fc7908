"""How two threads become one, and how the one becomes two again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """A message with its place: what merging needs to know of it."""

    id: UUID
    ticket_id: UUID
    position: int
    created_at: datetime


@dataclass(frozen=True)
class Place:
    """Where a message stands: in which thread and at which position."""

    id: UUID
    ticket_id: UUID
    position: int


def merged_order(survivor: UUID, lines: Sequence[Line]) -> list[Place]:
    """Every line of both threads in time order, numbered anew from 1.

    Inside one thread the old order is kept even where clocks disagreed: a thread's order is its
    counter, not its time.
    """
    threads: dict[UUID, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.position):
        threads.setdefault(line.ticket_id, []).append(line)
    merged = sorted(
        (
            (_latest_so_far(thread, index), number, line.position, line)
            for number, thread in enumerate(threads.values())
            for index, line in enumerate(thread)
        ),
        key=lambda entry: entry[:3],
    )
    return [Place(line.id, survivor, position) for position, (*_, line) in enumerate(merged, 1)]


def _latest_so_far(thread: Sequence[Line], index: int) -> datetime:
    return max(line.created_at for line in thread[: index + 1])


def restored_order(
    merged: UUID, survivor: UUID, lines: Sequence[Line], moved: Sequence[Place]
) -> list[Place]:
    """Both threads after an unmerge: what was moved goes home, the rest closes its ranks.

    `moved` are the places before the merge, of both tickets. Messages written since stay with the
    survivor, behind what it had.
    """
    homes = {place.id: place for place in moved}
    places: list[Place] = []
    for ticket in (merged, survivor):
        own = [line for line in lines if _home(line, homes) == ticket]
        own.sort(
            key=lambda line: (
                line.id not in homes,
                homes[line.id].position if line.id in homes else line.position,
            )
        )
        places += [Place(line.id, ticket, position) for position, line in enumerate(own, 1)]
    return places


def _home(line: Line, homes: dict[UUID, Place]) -> UUID:
    place = homes.get(line.id)
    return place.ticket_id if place else line.ticket_id
