"""Rolled-up months in and out of the database."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
from psycopg.rows import dict_row, tuple_row
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import connection, execute, rows

from ..logic.columns import TYPES
from ..logic.measures import Measure
from ..logic.months import CODES, READ_AT_ONCE, Scope
from ..logic.samples import Sample, Stretch, keep, stretches_wanted
from .columns import first_day


async def rolled_months(session: AsyncSession, measures: Collection[Measure]) -> frozenset[date]:
    """The months that are rolled up for all of these measures and have not changed since."""
    found = await rows(
        session,
        """SELECT month FROM report_rolled WHERE measure = ANY(%(measures)s)
           GROUP BY month HAVING count(*) = %(number)s""",
        measures=[int(measure) for measure in measures],
        number=len(set(measures)),
    )
    return frozenset(row["month"] for row in found)


async def read_months(
    session: AsyncSession,
    measures: Collection[Measure],
    months: Collection[date],
    *,
    scope: Scope,
    code: int | None,
    names: Collection[str],
    values_of: Collection[Measure] = (),
) -> list[dict[str, Any]]:
    """Months of a scope, of one code or of each; `names` are the columns besides values.

    Without such columns a long month comes with its marks only.
    """
    if not months or not measures:
        return []
    wanted = "".join(f", {name}" for name in sorted(names))
    async with (await connection(session)).cursor(row_factory=dict_row, binary=True) as cursor:
        await cursor.execute(
            f"""SELECT measure, scope, code, month, n, total,
                    CASE WHEN measure = ANY(%(values)s) AND n <= %(most)s THEN vals END AS vals,
                    CASE WHEN measure = ANY(%(values)s) AND n > %(most)s THEN marks END AS marks {wanted}
                FROM report_months WHERE measure = ANY(%(measures)s) AND scope = %(scope)s AND month = ANY(%(months)s)
                  AND (%(code)s::int IS NULL OR code = %(code)s)""".encode(),
            {
                "measures": [int(measure) for measure in measures],
                "values": [int(measure) for measure in values_of],
                "most": 2**31 - 1 if names else READ_AT_ONCE,
                "scope": int(scope),
                "code": code,
                "months": list(months),
            },
        )
        return await cursor.fetchall()


async def sum_months(
    session: AsyncSession, measures: Collection[Measure], months: Collection[date], *, scope: Scope
) -> list[dict[str, Any]]:
    """All of these months together, by code, as if they were the first of them: for what is only added up."""
    if not months or not measures:
        return []
    return await rows(
        session,
        """SELECT measure, scope, code, %(first)s::date AS month, sum(n)::bigint AS n, sum(total)::bigint AS total,
               NULL AS vals, NULL AS marks
           FROM report_months
           WHERE measure = ANY(%(measures)s) AND scope = %(scope)s AND month = ANY(%(months)s)
           GROUP BY measure, scope, code""",
        measures=[int(measure) for measure in measures],
        months=list(months),
        first=min(months),
        scope=int(scope),
    )


async def read_stretches(session: AsyncSession, wanted: Collection[Stretch]) -> list[tuple[Stretch, Any]]:
    """Parts of the values of months."""
    asked = list(wanted)
    if not asked:
        return []
    async with (await connection(session)).cursor(row_factory=tuple_row, binary=True) as cursor:
        await cursor.execute(
            b"""SELECT w.number, substr(m.vals, w.first * 4 + 1, (w.last - w.first) * 4)
                FROM unnest(%(measures)s::smallint[], %(scopes)s::smallint[], %(months)s::date[], %(codes)s::int[],
                         %(firsts)s::int[], %(lasts)s::int[])
                     WITH ORDINALITY AS w(measure, scope, month, code, first, last, number)
                JOIN report_months m USING (measure, scope, month, code)""",
            {
                "measures": [source.measure for source, _, _ in asked],
                "scopes": [source.scope for source, _, _ in asked],
                "months": [source.month for source, _, _ in asked],
                "codes": [source.code for source, _, _ in asked],
                "firsts": [first for _, first, _ in asked],
                "lasts": [last for _, _, last in asked],
            },
        )
        found = await cursor.fetchall()
    return [(asked[number - 1], np.frombuffer(values, TYPES["vals"])) for number, values in found]


async def fill(session: AsyncSession, samples: Iterable[Sample]) -> None:
    """Read what the spread of these samples still lacks."""
    wanted = await asyncio.to_thread(stretches_wanted, list(samples))
    keep(wanted, await read_stretches(session, wanted))


async def forget(session: AsyncSession, changed: Collection[tuple[Measure, date]]) -> None:
    """Take note that entries of these measures and months changed: they are read day by day until rolled up anew."""
    if changed:
        await execute(
            session,
            """DELETE FROM report_rolled r USING unnest(%(measures)s::smallint[], %(months)s::date[]) AS c(measure, month)
               WHERE r.measure = c.measure AND r.month = c.month""",
            measures=[int(measure) for measure, _ in changed],
            months=[month for _, month in changed],
        )


async def unrolled(session: AsyncSession, *, before: date) -> list[tuple[Measure, date]]:
    """Measures and whole months before a day that are to be rolled up, the oldest first."""
    begin = await first_day(session, list(Measure))
    if begin is None:
        return []
    found = await rows(
        session,
        """SELECT measure, month::date AS month
           FROM unnest(%(measures)s::smallint[]) AS measure,
                generate_series(date_trunc('month', %(first)s::date), %(last)s::date - interval '1 month', '1 month')
                    AS month
           WHERE NOT EXISTS (SELECT FROM report_rolled r WHERE r.measure = measure.measure AND r.month = month.month::date)
           ORDER BY month, measure""",
        measures=[int(measure) for measure in Measure],
        first=begin,
        last=before.replace(day=1),
    )
    return [(Measure(row["measure"]), row["month"]) for row in found]


async def write_month(
    session: AsyncSession, measure: Measure, month: date, parts: Mapping[tuple[Scope, int], dict[str, Any]]
) -> None:
    """Replace what was rolled up of one measure and month."""
    key = {"measure": int(measure), "month": month}
    columns = ("n", "total", "vals", "marks", *CODES)
    async with (await connection(session)).cursor() as cursor:
        await cursor.execute(
            b"DELETE FROM report_months WHERE measure = %(measure)s AND month = %(month)s", key
        )
        await cursor.executemany(
            f"""INSERT INTO report_months (measure, scope, code, month, {", ".join(columns)})
                VALUES (%(measure)s, %(scope)s, %(code)s, %(month)s, %(n)s, %(total)s, %(vals)b, %(marks)b, %(contexts)b, %(teams)b,
                    %(agents)b)""".encode(),
            [
                {**key, "scope": int(scope), "code": code, **row}
                for (scope, code), row in parts.items()
                if row["n"]
            ],
        )
        await cursor.execute(
            b"""INSERT INTO report_rolled (measure, month) VALUES (%(measure)s, %(month)s)
                ON CONFLICT (measure, month) DO NOTHING""",
            key,
        )
