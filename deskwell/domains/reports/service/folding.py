"""Keeping the columns right: tickets named in the log are counted anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import connection, execute, one, rows

from ..logic.columns import Cell, replaced
from ..logic.lives import Place, by_place, cells_of, changed_places, pack_ticket, unpack_ticket
from ..logic.measures import VALUED, entries_of
from ..queries import columns, months
from ..queries.lives import read_lives

LOCK = 0x7265706F7274  # "report"
BATCH = 500
WINDOW = 5_000
"""Ids are handed out just before a commit, so a fact that shows late has an id not far below the last one seen."""


async def fold(session: AsyncSession, *, limit: int | None = None) -> int:
    """Follow the log, count the tickets named there anew, and return how many. One process at a time does it.

    With a `limit` nothing is done when more tickets wait: a request leaves those to the job.

    Facts are taken by the transaction that wrote them, not by their id: an id is handed out before its
    transaction commits, and reading on from the highest one would step over those that commit late.
    """
    if not await _is_mine(session):
        return 0
    state = await one(
        session,
        "SELECT *, followed_at < clock_timestamp() - interval '1 minute' AS is_old FROM report_state WHERE id = 1",
    )
    assert state, "the migration wrote the row"
    horizon = await one(session, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon")
    assert horizon
    facts = await rows(
        session,
        """SELECT e.id, e.ticket_id, coalesce(e.data->>'merged_id', e.data->>'new_id')::uuid AS other_id,
                  gone.ticket_id AS erased_id
           FROM events e LEFT JOIN report_tickets gone
             ON e.kind = 'ticket.erased' AND gone.number = (e.data->>'number')::bigint
           WHERE e.id > %(after)s - %(window)s AND e.xid >= %(seen)s::text::xid8 AND e.xid < %(horizon)s::text::xid8""",
        after=state["event_id"],
        window=WINDOW,
        seen=state["horizon"],
        horizon=horizon["horizon"],
    )
    if not facts and not state["is_old"]:
        return 0  # nothing happened, so what is counted is up to date
    named = {fact[name] for fact in facts for name in ("ticket_id", "other_id", "erased_id")}
    waiting = sorted(named - {None})
    if limit is not None and len(waiting) > limit:
        return 0
    for start in range(0, len(waiting), BATCH):
        await recount(session, waiting[start : start + BATCH])
    await execute(
        session,
        """UPDATE report_state SET event_id = greatest(event_id, %(last)s), horizon = %(horizon)s,
           followed_at = clock_timestamp() WHERE id = 1""",
        last=max((fact["id"] for fact in facts), default=0),
        horizon=horizon["horizon"],
    )
    return len(waiting)


async def hold(session: AsyncSession) -> None:
    """Wait until nobody else writes columns, and keep others from it until the transaction ends."""
    await execute(session, "SELECT pg_advisory_xact_lock(%(lock)s)", lock=LOCK)


async def fold_counts(session: AsyncSession) -> None:
    """Add the appended changes of the ticket counts to their sums."""
    await execute(
        session,
        """WITH gone AS (DELETE FROM ticket_count_deltas RETURNING team, total, open),
                sums AS (SELECT team, sum(total) AS total, sum(open) AS open FROM gone GROUP BY team)
           INSERT INTO ticket_counts AS c (team, total, open) SELECT team, total, open FROM sums
           ON CONFLICT (team) DO UPDATE SET total = c.total + excluded.total, open = c.open + excluded.open""",
    )


async def recount(session: AsyncSession, ticket_ids: Sequence[UUID]) -> None:
    """Count tickets anew: take out what they had added, put in what they add now."""
    if not ticket_ids:
        return
    before = await _stored(session, ticket_ids)
    after, kept = await _counted(session, ticket_ids)
    gone: dict[Place, set[int]] = defaultdict(set)
    come: dict[Place, list[Cell]] = defaultdict(list)
    for ticket_id in ticket_ids:
        old, new = before.get(ticket_id, {}), after.get(ticket_id, {})
        for place in changed_places(old, new):
            gone[place].update(cell.number for cell in old.get(place, ()))
            come[place].extend(new.get(place, ()))
    await _replace(session, gone, come)
    await _remember(session, ticket_ids, kept)


async def _is_mine(session: AsyncSession) -> bool:
    found = await one(session, "SELECT pg_try_advisory_xact_lock(%(lock)s) AS mine", lock=LOCK)
    return bool(found and found["mine"])


async def _stored(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, dict[Place, list[Cell]]]:
    found = await rows(
        session,
        "SELECT ticket_id, number, entries, tags FROM report_tickets WHERE ticket_id = ANY(%(ids)s)",
        ids=list(ids),
    )
    return {
        row["ticket_id"]: by_place(unpack_ticket(row["entries"], row["number"]), row["tags"]) for row in found
    }


async def _counted(
    session: AsyncSession, ids: Sequence[UUID]
) -> tuple[dict[UUID, dict[Place, list[Cell]]], list[dict[str, Any]]]:
    lives = await read_lives(session, ids)
    tickets = [ticket for ticket, _ in lives]
    contexts = await columns.codes_for(session, "context", {ticket["context"] for ticket in tickets})
    teams = await columns.codes_for(
        session, "team", {str(ticket["team_id"]) for ticket in tickets if ticket["team_id"]}
    )
    tags = await columns.codes_for(
        session, "tag", {str(tag) for ticket in tickets for tag in ticket["tag_ids"]}
    )
    entries = [(ticket, life, entries_of(life)) for ticket, life in lives]
    people = {entry.agent for _, _, found in entries for entry in found if entry.agent}
    codes = await columns.codes_for(session, "agent", {str(person) for person in people})
    agents = {person: codes[str(person)] for person in people}
    after: dict[UUID, dict[Place, list[Cell]]] = {}
    kept = []
    for ticket, _life, found in entries:
        cells = cells_of(
            found,
            number=ticket["number"],
            context=contexts[ticket["context"]],
            team=teams.get(str(ticket["team_id"]), 0),
            agents=agents,
        )
        own_tags = sorted(tags[str(tag)] for tag in ticket["tag_ids"])
        after[ticket["id"]] = by_place(cells, own_tags)
        kept.append(
            {"id": ticket["id"], "number": ticket["number"], "entries": pack_ticket(cells), "tags": own_tags}
        )
    return after, kept


async def _replace(session: AsyncSession, gone: dict[Place, set[int]], come: dict[Place, list[Cell]]) -> None:
    places = gone.keys() | come.keys()
    stored = await columns.read_places(session, places)
    packed = {
        place: replaced(stored.get(place), gone=gone[place], come=come[place], is_valued=place[0] in VALUED)
        for place in places
    }
    await columns.write_places(session, packed)
    await months.forget(session, {(measure, day.replace(day=1)) for measure, _, day in places})


async def _remember(session: AsyncSession, ids: Iterable[UUID], kept: list[dict[str, Any]]) -> None:
    remaining = {line["id"] for line in kept}
    erased = [ticket_id for ticket_id in ids if ticket_id not in remaining]
    if erased:
        await execute(session, "DELETE FROM report_tickets WHERE ticket_id = ANY(%(ids)s)", ids=erased)
    async with (await connection(session)).cursor() as cursor:
        await cursor.executemany(
            b"""INSERT INTO report_tickets (ticket_id, number, entries, tags)
                VALUES (%(id)s, %(number)s, %(entries)b, %(tags)s)
                ON CONFLICT (ticket_id) DO UPDATE SET entries = excluded.entries, tags = excluded.tags""",
            kept,
        )
