"""One ticket's entries in packed form, and what changes when a ticket is recounted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from .columns import Cell, day_of, quarter_of
from .measures import Entry, Measure

PACKED = np.dtype(
    [
        ("measure", "u1"),
        ("quarter", "<u4"),
        ("value", "<i4"),
        ("context", "<u2"),
        ("team", "<u2"),
        ("agent", "<u2"),
    ]
)
LARGEST_VALUE = 2**31 - 1
Place = tuple[Measure, int, date]
"""Measure, tag (0 for all tickets) and UTC day: one stored row."""


def cells_of(
    entries: Iterable[Entry], *, number: int, context: int, team: int, agents: Mapping[Any, int]
) -> list[tuple[Measure, Cell]]:
    """Entries with codes in place of names."""
    return [
        (
            entry.measure,
            Cell(
                quarter_of(entry.at),
                min(entry.value, LARGEST_VALUE),
                number,
                context,
                team,
                agents.get(entry.agent, 0),
            ),
        )
        for entry in entries
    ]


def pack_ticket(cells: Iterable[tuple[Measure, Cell]]) -> bytes:
    """The stored form of one ticket's cells."""
    lines = sorted(
        (int(measure), cell.quarter, cell.value, cell.context, cell.team, cell.agent)
        for measure, cell in cells
    )
    return np.array(lines, PACKED).tobytes()


def unpack_ticket(packed: bytes, number: int) -> list[tuple[Measure, Cell]]:
    """The cells of one stored ticket."""
    return [
        (Measure(int(m)), Cell(int(quarter), int(value), number, int(context), int(team), int(agent)))
        for m, quarter, value, context, team, agent in np.frombuffer(packed, PACKED)
    ]


def by_place(cells: Iterable[tuple[Measure, Cell]], tags: Iterable[int]) -> dict[Place, list[Cell]]:
    """Which stored rows a ticket's cells belong to."""
    found: dict[Place, list[Cell]] = defaultdict(list)
    places = (0, *tags)
    for measure, cell in cells:
        for tag in places:
            found[measure, tag, day_of(cell.quarter)].append(cell)
    return found


def changed_places(before: Mapping[Place, list[Cell]], after: Mapping[Place, list[Cell]]) -> set[Place]:
    """The rows that a ticket looks different in."""
    if not before:
        return set(after)
    return {
        place
        for place in before.keys() | after.keys()
        if sorted(before.get(place, []), key=_order) != sorted(after.get(place, []), key=_order)
    }


def _order(cell: Cell) -> tuple[int, ...]:
    return (cell.quarter, cell.value, cell.context, cell.team, cell.agent)
