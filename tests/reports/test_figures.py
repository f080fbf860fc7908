"""Figures over HTTP, each recomputed from the raw tickets."""

import csv
import io
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.domains.reports.events import FoldReports, RebuildReports
from deskwell.domains.reports.jobs import fold_reports, rebuild_reports
from deskwell.domains.reports.logic.figures import BY_KEY

from .histories import CALENDAR, Histories, recomputed

ZONES = ["UTC", "Asia/Kathmandu", "America/New_York", "Europe/Berlin", "Pacific/Chatham"]
PERIOD = {"date_from": "2026-10-01", "date_to": "2026-11-10"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(make, context, sign_in):
    """A desk with 170 random histories, counted."""
    agents = [await make.agent() for _ in range(3)]
    teams = [await make.team(agents[0]), await make.team(agents[1])]
    tags = [await make.tag() for _ in range(3)]
    customer, admin = await make.customer(), await sign_in(await make.admin())
    assert (await admin.post("/admin/sla-calendars", json=CALENDAR)).status_code == 200
    async with context.transaction() as session:
        version = new_id()
        await execute(
            session,
            "INSERT INTO sla_versions (id, sla_id, data) VALUES (%(id)s, %(id)s, '{}')",
            id=version,
        )
        writer = Histories(
            session,
            seed=41,
            customer=customer.id,
            agents=[agent.id for agent in agents],
            teams=[team.id for team in teams],
            tags=[tag.id for tag in tags],
            version=version,
        )
        await writer.write(170)
    await rebuild_reports(context, RebuildReports())
    return {
        "admin": admin,
        "agent_id": str(agents[0].id),
        "team_id": str(teams[0].id),
        "tag_id": str(tags[0].id),
        "context": "Café",
    }


def bounds(tz):
    zone = ZoneInfo(tz)
    first, last = (date.fromisoformat(PERIOD[name]) for name in ("date_from", "date_to"))
    return (
        datetime(first.year, first.month, first.day, tzinfo=zone),
        datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1),
    )


def same(found, expected):
    if expected is None or found is None:
        return found is None and expected is None
    return found == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


async def overview(desk, **params):
    answer = await desk["admin"].get("/reports/overview", params={**PERIOD, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("tz", ZONES)
async def test_every_figure_agrees_with_the_raw_tickets(desk, context, tz):
    first, last = bounds(tz)
    async with context.transaction() as session:
        expected = await recomputed(session, first, last)
        before = await recomputed(session, first - timedelta(days=41), first)
    found = (await overview(desk, tz=tz))["figures"]
    wrong = {k: (found[k]["value"], v) for k, v in expected.items() if not same(found[k]["value"], v)}
    assert not wrong
    assert set(found) == set(expected) == set(BY_KEY)
    assert expected["created"] > 50
    assert 0 < expected["resolution_business_median"] < expected["resolution_median"]
    assert 0 < expected["response_compliance"] < 100
    if tz == "UTC":  # there are no changes of the clock between the two periods
        keys = ("created", "closed", "first_response_median", "time_total", "backlog")
        assert [found[key]["previous"] for key in keys] == [pytest.approx(float(before[key])) for key in keys]


@pytest.mark.parametrize(
    "names",
    [["context"], ["team_id"], ["agent_id"], ["tag_id"], ["context", "team_id", "agent_id", "tag_id"]],
)
async def test_every_figure_agrees_when_filtered(desk, context, names):
    filters = {name: desk[name] for name in names}
    async with context.transaction() as session:
        expected = await recomputed(session, *bounds("Europe/Berlin"), **filters)
    found = (await overview(desk, tz="Europe/Berlin", **filters))["figures"]
    wrong = {k: (found[k]["value"], v) for k, v in expected.items() if not same(found[k]["value"], v)}
    assert not wrong


@pytest.mark.parametrize("grain", ["day", "week", "month"])
async def test_the_pieces_of_a_series_add_up_to_the_figure(desk, grain):
    found = await overview(desk, tz="America/New_York", grain=grain)
    for key in ("created", "closed", "reopened", "replies", "time_total", "rating_count"):
        assert sum(found["series"][key]) == found["figures"][key]["value"], key
        assert len(found["series"][key]) == len(found["buckets"])
    assert found["series"]["backlog"][-1] == found["figures"]["backlog"]["value"]


async def test_a_day_of_the_series_is_a_day_of_the_zone(desk, context):
    found = await overview(desk, tz="Asia/Kathmandu")
    async with context.transaction() as session:
        days = await rows(
            session,
            """SELECT (created_at AT TIME ZONE 'Asia/Kathmandu')::date::text AS day, count(*) AS n FROM tickets
               GROUP BY 1""",
        )
    counted = {row["day"]: row["n"] for row in days}
    series = dict(zip(found["buckets"], found["series"]["created"], strict=True))
    assert series == {day: counted.get(day, 0) for day in found["buckets"]}


@pytest.mark.parametrize("by", ["agent", "team", "context", "tag"])
async def test_a_breakdown_agrees_with_the_figures_of_each_group(desk, by):
    params = {**PERIOD, "tz": "Europe/Berlin", "by": by}
    groups = (await desk["admin"].get("/reports/breakdown", params=params)).json()["groups"]
    assert len(groups) >= 3
    name = "context" if by == "context" else f"{by}_id"
    for group in groups:
        if group["key"]:
            figures = (await overview(desk, tz="Europe/Berlin", **{name: group["key"]}))["figures"]
            for key, value in group["figures"].items():
                assert same(value, figures[key]["value"]), (group["label"], key)


async def test_the_tickets_behind_a_figure_are_those_counted(desk):
    found = (await overview(desk, tz="Europe/Berlin"))["figures"]
    params = {**PERIOD, "tz": "Europe/Berlin", "figure": "created", "page_size": 100}
    first = (await desk["admin"].get("/reports/tickets", params=params)).json()
    assert first["pagination"]["total_count"] == found["created"]["value"]
    numbers = {ticket["number"] for ticket in first["tickets"]}
    second = (await desk["admin"].get("/reports/tickets", params={**params, "page": 2})).json()
    assert not numbers & {ticket["number"] for ticket in second["tickets"]}

    slow = (await desk["admin"].get("/reports/tickets", params={**params, "figure": "resolution_avg"})).json()
    values = [ticket["value"] for ticket in slow["tickets"]]
    assert sum(values) / len(values) == pytest.approx(found["resolution_avg"]["value"])


async def test_a_ticket_behind_a_figure_is_named_once_with_all_that_it_adds(desk):
    found = (await overview(desk, tz="Europe/Berlin"))["figures"]
    params = {**PERIOD, "tz": "Europe/Berlin", "page_size": 100}

    async def behind(figure, **more):
        tickets = []
        for page in (1, 2, 3):
            asked = {**params, "figure": figure, "page": page, **more}
            tickets += (await desk["admin"].get("/reports/tickets", params=asked)).json()["tickets"]
        assert len({ticket["number"] for ticket in tickets}) == len(tickets)
        return tickets

    assert sum(ticket["value"] for ticket in await behind("time_total")) == found["time_total"]["value"]
    assert all(1 <= ticket["value"] <= 5 for ticket in await behind("rating_average"))
    still_open = await behind("backlog")
    assert len(still_open) == found["backlog"]["value"]
    assert all(ticket["value"] is None for ticket in still_open)
    nobodys = await behind("created", agent_id="none")
    assert {ticket["assigned_to"] for ticket in nobodys} == {None}
    assert (
        len(nobodys)
        == (await overview(desk, tz="Europe/Berlin", agent_id="none"))["figures"]["created"]["value"]
    )


async def test_backlog_is_what_was_open_at_the_end(desk, context):
    end = bounds("Europe/Berlin")[1]
    async with context.transaction() as session:
        expected = await rows(
            session,
            """SELECT t.number FROM tickets t WHERE t.created_at < %(end)s AND NOT EXISTS (
                 SELECT FROM (SELECT e.kind FROM events e WHERE e.ticket_id = t.id AND e.at < %(end)s
                     AND e.kind IN ('ticket.closed', 'ticket.reopened') ORDER BY e.at DESC LIMIT 1) last
                 WHERE last.kind = 'ticket.closed') ORDER BY t.number DESC""",
            end=end,
        )
    params = {**PERIOD, "tz": "Europe/Berlin", "page_size": 100, "figure": "backlog"}
    found = (await desk["admin"].get("/reports/tickets", params=params)).json()
    numbers = [row["number"] for row in expected]
    assert found["pagination"]["total_count"] == len(numbers) > 20
    assert [ticket["number"] for ticket in found["tickets"]] == numbers[:100]


async def test_some_figures_are_the_same_as_in_the_whole(desk):
    whole = await overview(desk, tz="UTC")
    some = await overview(desk, tz="UTC", figures="created,first_response_median")
    assert set(some["figures"]) == {"created", "first_response_median", "backlog"}
    for key in some["figures"]:
        assert some["figures"][key] == whole["figures"][key]
        assert some["series"][key] == whole["series"][key]


async def test_csv_holds_the_figures_of_the_screen(desk):
    found = await overview(desk, tz="UTC")
    answer = await desk["admin"].get("/reports/overview.csv", params={**PERIOD, "tz": "UTC"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(lines) == len(found["buckets"]) + 1
    assert float(lines[-1]["New tickets (count)"]) == found["figures"]["created"]["value"]
    assert [float(line["New tickets (count)"]) for line in lines[:-1]] == found["series"]["created"]


async def test_changes_are_followed_and_erased_tickets_forgotten(desk, context, make):
    customer = await make.customer()
    before = (await overview(desk, tz="UTC", date_to="2026-12-31"))["figures"]
    ticket = await make.ticket(customer=customer, context="Café")
    await desk["admin"].post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Yes."})
    await desk["admin"].post(f"/ticket/{ticket.id}/time-entry", json={"duration_minutes": 7})
    after = (await overview(desk, tz="UTC", date_to="2026-12-31"))["figures"]
    for key, more in {"created": 1, "replies": 1, "time_total": 7, "closed": 0}.items():
        assert after[key]["value"] == before[key]["value"] + more, key

    async with context.transaction() as session:
        await execute(session, "DELETE FROM tickets WHERE id = %(id)s", id=ticket.id)
    await rebuild_reports(context, RebuildReports())
    erased = (await overview(desk, tz="UTC", date_to="2026-12-31"))["figures"]
    assert {k: v["value"] for k, v in erased.items()} == {k: v["value"] for k, v in before.items()}


async def test_folding_twice_changes_nothing(desk, context):
    before = await overview(desk, tz="UTC")
    await fold_reports(context, FoldReports())
    await rebuild_reports(context, RebuildReports())
    after = await overview(desk, tz="UTC")
    assert after["figures"] == before["figures"]
    assert after["series"] == before["series"]


async def test_stats_count_what_the_caller_may_see(desk, make, sign_in, context):
    admin = desk["admin"]
    async with context.transaction() as session:
        raw = await one(
            session,
            """SELECT count(*) AS total, count(*) FILTER (WHERE status <> 'closed') AS open FROM tickets
               WHERE trashed_at IS NULL""",
        )
    found = (await admin.get("/stats")).json()
    assert (found["total_tickets"], found["open_tickets"]) == (raw["total"], raw["open"])
    assert found["closed_tickets"] == raw["total"] - raw["open"]
    assert len(found["sample_summary"]) == 5

    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    own = (await (await sign_in(customer)).get("/stats")).json()
    assert (own["total_tickets"], own["open_tickets"], own["closed_tickets"]) == (1, 1, 0)
    assert own["sample_summary"] == [
        {
            "ticket_id": str(ticket.id),
            "context": "Shop",
            "subject": ticket.subject,
            "status": "open",
            "total_messages": 1,
            "avg_confidence": None,
        }
    ]
    assert (await admin.get("/stats")).json()["total_tickets"] == raw["total"] + 1
    await admin.post(f"/admin/ticket/{ticket.id}/close")
    async with context.transaction() as session:
        await execute(session, "UPDATE tickets SET trashed_at = now() WHERE id = %(id)s", id=ticket.id)
    await fold_reports(context, FoldReports())
    after = (await admin.get("/stats")).json()
    assert (after["total_tickets"], after["open_tickets"]) == (raw["total"], raw["open"])

    hidden = await make.team(is_restricted=True)
    secret = await make.ticket()
    async with context.transaction() as session:
        await execute(
            session, "UPDATE tickets SET team_id = %(team)s WHERE id = %(id)s", team=hidden.id, id=secret.id
        )
    agent = await sign_in(await make.agent())
    assert (await agent.get("/stats")).json()["total_tickets"] == raw["total"]
    assert (await admin.get("/stats")).json()["total_tickets"] == raw["total"] + 1


async def test_wrong_questions_are_told(desk, make, sign_in):
    admin = desk["admin"]
    for params in (
        {"tz": "Mars/Base"},
        {"date_from": "soon"},
        {"date_from": "2026-02-01", "date_to": "2026-01-01"},
        {"date_from": "1980-01-01"},
        {"days": 0},
    ):
        answer = await admin.get("/reports/overview", params=params)
        assert answer.status_code == 400, params
    assert (await admin.get("/reports/tickets", params={"figure": "nothing"})).status_code == 400
    customer = await sign_in(await make.customer())
    assert (await customer.get("/reports/overview")).status_code == 403
    assert (await admin.get("/reports/overview", params={"agent_id": str(UUID(int=7))})).json()["figures"][
        "created"
    ]["value"] == 0


async def test_the_desks_zone_is_the_zone_of_its_reports(desk):
    admin = desk["admin"]
    assert (await admin.put("/admin/report-settings", json={"timezone": "Asia/Tokyo"})).json() == {
        "timezone": "Asia/Tokyo"
    }
    assert (await overview(desk))["period"]["tz"] == "Asia/Tokyo"
    assert (await admin.put("/admin/report-settings", json={"timezone": "X"})).status_code == 400
    await admin.put("/admin/report-settings", json={"timezone": "UTC"})
