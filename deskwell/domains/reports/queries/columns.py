"""Packed columns in and out of the database, and the codes in them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import connection, execute, one, rows

from ..logic.columns import Columns, join
from ..logic.lives import Place
from ..logic.measures import VALUED, Measure

LARGEST_CODE = 65_535


async def read_days(
    session: AsyncSession,
    measures: Collection[Measure],
    days: Collection[date],
    *,
    names: Collection[str],
    values_of: Collection[Measure],
    tag: int | None = 0,
) -> list[dict[str, Any]]:
    """Entries of these measures and UTC days, of one tag or of each; `names` are the columns besides values."""
    if not days or not measures:
        return []
    wanted = "".join(f", {name}" for name in sorted(names))
    which = "tag > 0" if tag is None else "tag = %(tag)s"
    sql = f"""SELECT measure, tag, day, counts, CASE WHEN measure = ANY(%(values)s) THEN vals END AS vals {wanted}
        FROM report_columns WHERE measure = ANY(%(measures)s) AND {which} AND day = ANY(%(days)s)
        ORDER BY measure, tag, day"""
    async with (await connection(session)).cursor(row_factory=dict_row, binary=True) as cursor:
        await cursor.execute(
            sql.encode(),
            {
                "measures": [int(measure) for measure in measures],
                "values": [int(measure) for measure in VALUED & set(values_of)],
                "tag": tag,
                "days": sorted(days),
            },
        )
        return await cursor.fetchall()


async def first_day(session: AsyncSession, measures: Collection[Measure]) -> date | None:
    """The first UTC day on which anything of these measures is counted."""
    found = await one(
        session,
        """SELECT min(first.day) AS day FROM unnest(%(measures)s::smallint[]) AS one(kind), LATERAL (
             SELECT c.day FROM report_columns c WHERE c.measure = one.kind AND c.tag = 0 ORDER BY c.day LIMIT 1) AS first""",
        measures=[int(measure) for measure in measures],
    )
    day: date | None = found["day"] if found else None
    return day


async def load_month(session: AsyncSession, measure: Measure, first: date, last: date) -> dict[int, Columns]:
    """All entries of one measure on the UTC days from `first` to, not including, `last`, by tag (0 for all)."""
    async with (await connection(session)).cursor(row_factory=dict_row, binary=True) as cursor:
        await cursor.execute(
            b"""SELECT tag, day, counts, vals, contexts, teams, agents FROM report_columns
                WHERE measure = %(measure)s AND day >= %(first)s AND day < %(last)s ORDER BY tag, day""",
            {"measure": int(measure), "first": first, "last": last},
        )
        found = await cursor.fetchall()
    by_tag: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        by_tag.setdefault(row["tag"], []).append(row)
    names = {"contexts", "teams", "agents", *({"vals"} if measure in VALUED else ())}
    return {tag: join(parts, names) for tag, parts in by_tag.items()}


async def read_places(session: AsyncSession, places: Iterable[Place]) -> dict[Place, dict[str, Any]]:
    """Stored rows by measure, tag and day."""
    wanted = list(places)
    async with (await connection(session)).cursor(row_factory=dict_row, binary=True) as cursor:
        await cursor.execute(
            b"""SELECT c.* FROM report_columns c
                JOIN unnest(%(measures)s::smallint[], %(tags)s::smallint[], %(days)s::date[]) AS w(measure, tag, day)
                USING (measure, tag, day)""",
            {
                "measures": [int(measure) for measure, _, _ in wanted],
                "tags": [tag for _, tag, _ in wanted],
                "days": [day for _, _, day in wanted],
            },
        )
        found = await cursor.fetchall()
    return {(Measure(row["measure"]), row["tag"], row["day"]): row for row in found}


async def write_places(session: AsyncSession, packed: Mapping[Place, dict[str, Any]]) -> None:
    """Replace stored rows; one that holds nothing any more is removed."""
    full = [
        {"measure": int(measure), "tag": tag, "day": day, **row}
        for (measure, tag, day), row in packed.items()
        if row["n"]
    ]
    empty = [
        {"measure": int(measure), "tag": tag, "day": day}
        for (measure, tag, day), row in packed.items()
        if not row["n"]
    ]
    async with (await connection(session)).cursor() as cursor:
        await cursor.executemany(
            b"""INSERT INTO report_columns (measure, tag, day, n, counts, vals, numbers, contexts, teams, agents)
                VALUES (%(measure)s, %(tag)s, %(day)s, %(n)s, %(counts)b, %(vals)b, %(numbers)b, %(contexts)b, %(teams)b,
                    %(agents)b)
                ON CONFLICT (measure, tag, day) DO UPDATE SET n = excluded.n, counts = excluded.counts,
                    vals = excluded.vals, numbers = excluded.numbers, contexts = excluded.contexts,
                    teams = excluded.teams, agents = excluded.agents""",
            full,
        )
        await cursor.executemany(
            b"DELETE FROM report_columns WHERE measure = %(measure)s AND tag = %(tag)s AND day = %(day)s",
            empty,
        )


async def codes_for(session: AsyncSession, kind: str, refs: Collection[str]) -> dict[str, int]:
    """Codes of names, new ones handed out; the caller holds the fold's lock."""
    wanted = sorted(set(refs))
    if not wanted:
        return {}
    known = {row["ref"]: row["code"] for row in await _known(session, kind, wanted)}
    missing = [ref for ref in wanted if ref not in known]
    if missing:
        top = await one(
            session,
            "SELECT coalesce(max(code), 0) AS code FROM report_codes WHERE kind = %(kind)s",
            kind=kind,
        )
        start = (top or {"code": 0})["code"]
        for offset, ref in enumerate(missing, start=1):
            known[ref] = min(start + offset, LARGEST_CODE)
            await execute(
                session,
                "INSERT INTO report_codes (kind, ref, code) VALUES (%(kind)s, %(ref)s, %(code)s)",
                kind=kind,
                ref=ref,
                code=known[ref],
            )
    return known


async def find_code(session: AsyncSession, kind: str, ref: str) -> int | None:
    found = await _known(session, kind, [ref])
    return found[0]["code"] if found else None


async def names_of(session: AsyncSession, kind: str) -> dict[int, tuple[str, str]]:
    """What the codes of a kind stand for: the reference, and a name to show."""
    names = {
        "context": "ref",
        "team": "(SELECT name FROM teams t WHERE t.id::text = ref)",
        "agent": "(SELECT coalesce(nullif(name, ''), email) FROM users u WHERE u.id::text = ref)",
        "tag": "(SELECT name FROM tags t WHERE t.id::text = ref)",
    }
    found = await rows(
        session,
        f"SELECT code, ref, {names[kind]} AS name FROM report_codes WHERE kind = %(kind)s",
        kind=kind,
    )
    return {row["code"]: (row["ref"], row["name"] or "deleted") for row in found}


async def _known(session: AsyncSession, kind: str, refs: Collection[str]) -> list[dict[str, Any]]:
    return await rows(
        session,
        "SELECT ref, code FROM report_codes WHERE kind = %(kind)s AND ref = ANY(%(refs)s)",
        kind=kind,
        refs=list(refs),
    )
