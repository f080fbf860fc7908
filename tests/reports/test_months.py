"""Long reports read rolled-up months; their figures are the same as those of single days, and of the raw tickets."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import pytest_asyncio

from deskwell.core.db import execute, one
from deskwell.domains.reports.events import RebuildReports
from deskwell.domains.reports.jobs import rebuild_reports
from deskwell.domains.reports.logic.months import plan
from deskwell.domains.reports.logic.samples import (
    Run,
    Sample,
    Source,
    keep,
    places_of,
    stretches_wanted,
    without,
)
from deskwell.domains.reports.queries import months
from deskwell.domains.reports.queries.months import unrolled
from deskwell.domains.reports.service.rolling import roll_month

from .histories import recomputed
from .test_figures import desk, same

__all__ = ["desk"]
LONG = {"date_from": "2026-09-25", "date_to": "2026-12-05"}
MONTHS = ["2026-09-25", "2026-10-01", "2026-11-01", "2026-12-01", "2026-12-06"]


def moment(day, tz):
    day = date.fromisoformat(day)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(tz))


async def roll(context):
    async with context.transaction() as session:
        waiting = await unrolled(session, before=date(2027, 2, 1))
        for measure, month in waiting:
            await roll_month(session, measure, month)
    return waiting


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def rolled(desk, context):
    await roll(context)
    return desk


async def ask(desk, path="/reports/overview", **params):
    answer = await desk["admin"].get(path, params={**LONG, "grain": "month", **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


def differing(found, expected):
    return {key: (found[key], value) for key, value in expected.items() if not same(found[key], value)}


@pytest.mark.parametrize("tz", ["UTC", "Pacific/Chatham", "America/New_York"])
async def test_every_figure_of_every_month_agrees_with_the_raw_tickets(rolled, context, tz, monkeypatch):
    monkeypatch.setattr(months, "READ_AT_ONCE", 3)  # else marks would be read of months with thousands only
    found = await ask(rolled, tz=tz)
    async with context.transaction() as session:
        whole = await recomputed(session, moment(LONG["date_from"], tz), moment(MONTHS[-1], tz))
        parts = [await recomputed(session, moment(a, tz), moment(b, tz)) for a, b in pairwise(MONTHS)]
    assert found["buckets"] == MONTHS[:-1]
    assert not differing({key: figure["value"] for key, figure in found["figures"].items()}, whole)
    for index, expected in enumerate(parts):
        assert not differing({key: line[index] for key, line in found["series"].items()}, expected), index


@pytest.mark.parametrize(
    "names",
    [["context"], ["team_id"], ["agent_id"], ["tag_id"], ["context", "team_id"], ["agent_id", "tag_id"]],
)
async def test_filtered_months_agree_with_the_raw_tickets(rolled, context, names):
    filters = {name: rolled[name] for name in names}
    found = (await ask(rolled, tz="Europe/Berlin", **filters))["figures"]
    first, end = (moment(day, "Europe/Berlin") for day in (LONG["date_from"], MONTHS[-1]))
    async with context.transaction() as session:
        expected = await recomputed(session, first, end, **filters)
    assert not differing({key: figure["value"] for key, figure in found.items()}, expected)


async def test_the_period_before_is_read_by_months_too(rolled, context):
    params = {"date_from": "2026-11-21", "date_to": "2027-01-29", "tz": "Asia/Kathmandu"}
    found = (await ask(rolled, **params))["figures"]
    end = moment(params["date_from"], params["tz"])
    async with context.transaction() as session:
        expected = await recomputed(session, end - timedelta(days=70), end)
    assert not differing({key: figure["previous"] for key, figure in found.items()}, expected)


@pytest.mark.parametrize("by", ["agent", "team", "context", "tag"])
@pytest.mark.parametrize("narrowed", [None, "context", "team_id"])
async def test_a_breakdown_of_months_agrees_with_the_figures_of_each_group(rolled, by, narrowed):
    filters = {narrowed: rolled[narrowed]} if narrowed else {}
    groups = (await ask(rolled, "/reports/breakdown", by=by, tz="Asia/Kathmandu", **filters))["groups"]
    assert groups
    name = "context" if by == "context" else f"{by}_id"
    for group in groups:
        own = "none" if group["key"] is None else group["key"]
        figures = (await ask(rolled, tz="Asia/Kathmandu", **{**filters, name: own}))["figures"]
        wanted = {key: figures[key]["value"] for key in group["figures"]}
        assert not differing(group["figures"], wanted), group["label"]


async def test_a_month_that_changed_is_read_by_days_until_it_is_rolled_up_again(rolled, context):
    async with context.transaction() as session:
        ticket = await one(
            session,
            """SELECT id FROM tickets WHERE created_at BETWEEN '2026-10-05' AND '2026-10-20' AND assignee_id IS NULL
               ORDER BY id LIMIT 1""",
        )
        await execute(
            session,
            "UPDATE tickets SET assignee_id = %(agent)s WHERE id = %(id)s",
            agent=rolled["agent_id"],
            id=ticket["id"],
        )
    before = (await ask(rolled, agent_id=rolled["agent_id"]))["figures"]["created"]["value"]
    await rebuild_reports(context, RebuildReports())
    for _ in range(2):
        after = (await ask(rolled, agent_id=rolled["agent_id"]))["figures"]["created"]["value"]
        assert after == before + 1
        changed = await roll(context)
        assert {month.isoformat() for _, month in changed} <= {"2026-10-01", "2026-11-01", "2026-12-01"}
    assert not changed


def test_a_plan_reads_whole_months_and_the_hours_by_which_a_zone_differs():
    quarter = 96
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    begin = (october - date(1970, 1, 1)).days * quarter - 8  # two hours before, as in Berlin
    end = (november - date(1970, 1, 1)).days * quarter - 4  # one hour before
    found = plan(begin, end, {october})
    assert found.names == {october}
    assert found.stretches == ((begin, begin + 8),)
    assert found.months[0][1] == ((end, end + 4),)
    assert found.days == {date(2026, 9, 30), date(2026, 10, 31)}
    assert plan(begin, end, set()).names == set()
    assert plan(begin + 10 * quarter, end, {october}).names == set()


def stored_run(values, number):
    """A run of which only the marks are known, and what stands in the database."""
    marks = values[places_of(len(values))]
    return Run(len(values), known_marks=marks, source=Source(4, 0, date(2026, 1, 1), number))


@pytest.mark.parametrize("seed", range(60))
def test_median_and_percentile_are_those_of_all_values_together(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.choice([1, 3, 129, 1_000, 20_000]))
    top = int(rng.choice([2, 500, 90_000]))  # few values that are many times the same, or many
    parts = [np.sort(rng.integers(0, top, rng.integers(1, size + 1)).astype("<i4")) for _ in range(5)]
    gone = rng.choice(parts[0], rng.integers(0, len(parts[0])), replace=False)
    loose = rng.permutation(parts[4])
    runs = [stored_run(part, number) for number, part in enumerate(parts[:4])]
    sample = Sample(0, runs=tuple(runs), gone=(gone,), loose=(loose,))
    wanted = stretches_wanted([sample])
    keep(wanted, [((source, a, b), parts[source.code][a:b]) for source, a, b in wanted])
    everything = np.concatenate([without(parts[0], gone), *parts[1:]])
    for share in (50, 90):
        assert sample.spread[share] == pytest.approx(np.percentile(everything, share))
    assert sum(b - a for _, a, b in wanted) < 12 * 128 + len(gone) * 8 + len(everything) / top * 12 + 1_500


def test_values_are_taken_out_as_often_as_they_are_named():
    run = np.array([1, 2, 2, 2, 5, 5, 9], "<i4")
    assert without(run, np.array([5, 2, 2, 1], "<i4")).tolist() == [2, 5, 9]
