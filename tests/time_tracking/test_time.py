"""Logging time, timers, sums and CSV over HTTP."""

import csv
import io
from datetime import timedelta

from deskwell.core.clock import now, shifted
from deskwell.core.db import rows
from deskwell.domains.time_tracking.logic import billed_minutes, totals


def test_totals_hold_every_kind_and_round_hours_to_two_decimals():
    found = totals(
        [
            {"entry_type": "work", "billable": True, "minutes": 50},
            {"entry_type": "work", "billable": False, "minutes": 5},
            {"entry_type": "research", "billable": True, "minutes": 20},
        ]
    )
    assert found == {
        "total_minutes": 75,
        "total_hours": 1.25,
        "billable_minutes": 70,
        "billable_hours": 1.17,
        "by_type": {"work": 55, "waiting": 0, "research": 20, "communication": 0, "other": 0},
    }


def test_begun_minutes_count():
    assert [billed_minutes(seconds) for seconds in (0, 1, 60, 61, 3599)] == [1, 1, 1, 2, 60]


async def log(client, ticket, minutes, **values):
    answer = await client.post(
        f"/ticket/{ticket.id}/time-entry", json={"duration_minutes": minutes, **values}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["time_entry"]


async def test_time_is_logged_summed_corrected_and_deleted(make, sign_in, context):
    agent = await make.agent(name="Ada")
    client = await sign_in(agent)
    ticket = await make.ticket()
    first = await log(client, ticket, 30, description="Read the log", entry_type="research")
    await log(client, ticket, 45, billable=False)
    assert (first["user_name"], first["entry_type"], first["billable"]) == ("Ada", "research", True)

    found = (await client.get(f"/ticket/{ticket.id}/time-entries")).json()
    assert [entry["duration_minutes"] for entry in found["time_entries"]] == [45, 30]
    assert found["totals"] == {
        "total_minutes": 75,
        "total_hours": 1.25,
        "billable_minutes": 30,
        "billable_hours": 0.5,
        "by_type": {"work": 45, "waiting": 0, "research": 30, "communication": 0, "other": 0},
    }

    changed = await client.put(f"/time-entry/{first['id']}", json={"duration_minutes": 20})
    assert changed.json()["time_entry"]["duration_minutes"] == 20
    other = await sign_in(await make.agent())
    assert (await other.put(f"/time-entry/{first['id']}", json={"duration_minutes": 1})).status_code == 403
    assert (await other.delete(f"/time-entry/{first['id']}")).status_code == 403
    assert (await client.delete(f"/time-entry/{first['id']}")).status_code == 200
    assert (await client.delete(f"/time-entry/{first['id']}")).status_code == 404
    assert (await client.get(f"/ticket/{ticket.id}/time-entries")).json()["totals"]["total_minutes"] == 45

    async with context.transaction() as session:
        log_lines = await rows(
            session,
            """SELECT kind, coalesce(d.data->'before'->>'duration_minutes', e.data->>'minutes') AS minutes
               FROM events e LEFT JOIN event_details d ON d.event_id = e.id
               WHERE ticket_id = %(id)s AND kind LIKE 'time.%%' ORDER BY id""",
            id=ticket.id,
        )
    assert [(line["kind"], line["minutes"]) for line in log_lines] == [
        ("time.logged", "30"),
        ("time.logged", "45"),
        ("time.changed", "30"),
        ("time.deleted", "20"),
    ]


async def test_mistakes_are_told(make, sign_in):
    client, ticket = await sign_in(await make.agent()), await make.ticket()
    url = f"/ticket/{ticket.id}/time-entry"
    for wrong in (
        {"duration_minutes": 0},
        {"duration_minutes": -3},
        {"duration_minutes": 10**9},
        {"duration_minutes": 5, "entry_type": "party"},
        {"duration_minutes": 5, "worked_at": (now() + timedelta(days=3)).isoformat()},
    ):
        assert (await client.post(url, json=wrong)).status_code == 400, wrong
    assert (await client.post(url, json={})).status_code == 422
    assert (await client.post(url, json={"duration_minutes": 5, "entry_type": None})).status_code == 200
    customer = await sign_in(await make.customer())
    assert (await customer.post(url, json={"duration_minutes": 5})).status_code == 403


async def test_a_timer_survives_pauses_and_becomes_an_entry(make, sign_in):
    client, ticket, other = await sign_in(await make.agent()), await make.ticket(), await make.ticket()
    assert (await client.get("/timer")).json() == {"timer": None}
    started = await client.post(f"/ticket/{ticket.id}/timer", json={"entry_type": "research"})
    assert started.json()["timer"]["is_running"] is True
    elsewhere = await client.post(f"/ticket/{other.id}/timer", json={})
    assert elsewhere.status_code == 409
    assert elsewhere.json()["ticket_number"] == ticket.number

    with shifted(timedelta(minutes=10)):
        assert (await client.post("/timer/pause")).json()["timer"]["elapsed_seconds"] in {600, 601}
    with shifted(timedelta(minutes=30)):
        timer = (await client.get("/timer")).json()["timer"]
        assert (timer["is_running"], timer["elapsed_seconds"]) in {(False, 600), (False, 601)}
        assert (await client.post("/timer/resume")).json()["timer"]["is_running"] is True
        await client.patch("/timer", json={"description": "Looked into it", "billable": False})
    with shifted(timedelta(minutes=35, seconds=-30)):
        entry = (await client.post("/timer/stop", json={})).json()["time_entry"]
    assert entry["duration_minutes"] == 15  # 14.5 minutes: the begun one counts
    assert entry["ticket_id"] == str(ticket.id)
    assert (entry["entry_type"], entry["billable"], entry["description"]) == (
        "research",
        False,
        "Looked into it",
    )
    assert (await client.post("/timer/stop", json={})).status_code == 404

    await client.post(f"/ticket/{other.id}/timer", json={})
    assert (await client.delete("/timer")).status_code == 200
    assert (await client.get(f"/ticket/{other.id}/time-entries")).json()["time_entries"] == []


async def test_sums_by_agent_customer_context_ticket_kind_and_day(make, sign_in):
    ada, ben = await make.agent(name="Ada"), await make.agent(name="Ben")
    customer = await make.customer(name="Cleo")
    ticket = await make.ticket(customer=customer, context="Sums")
    await log(await sign_in(ada), ticket, 30, worked_at="2026-03-29T00:30:00+01:00")
    await log(await sign_in(ben), ticket, 60, entry_type="communication", worked_at="2026-03-29T23:30:00Z")
    admin = await sign_in(await make.admin())
    params = {"context": "Sums", "tz": "Europe/Berlin"}

    async def groups(by, client=admin, **more):
        answer = await client.get("/admin/time-entries/totals", params={**params, "by": by, **more})
        return {group["label"]: group["total_minutes"] for group in answer.json()["groups"]}

    assert await groups("agent") == {"Ben": 60, "Ada": 30}
    assert await groups("customer") == {"Cleo": 90}
    assert await groups("context") == {"Sums": 90}
    assert await groups("ticket") == {f"#{ticket.number} {ticket.subject}": 90}
    assert await groups("kind") == {"communication": 60, "work": 30}
    assert await groups("day") == {"2026-03-29": 30, "2026-03-30": 60}
    assert await groups("agent", date_from="2026-03-30", date_to="2026-03-30") == {"Ben": 60}
    assert await groups("agent", billable="true") == {"Ben": 60, "Ada": 30}

    own = await sign_in(ada)
    assert await groups("agent", own) == {"Ada": 30}
    refused = await own.get("/admin/time-entries", params={"agent_id": str(ben.id)})
    assert refused.status_code == 403
    page = (await admin.get("/admin/time-entries", params={**params, "page_size": 1})).json()
    assert page["pagination"]["total_count"] == 2
    assert page["totals"]["total_minutes"] == 90


async def test_csv_runs_no_formulas(make, sign_in):
    client = await sign_in(await make.agent(name="=cmd|' /C calc'!A0"))
    ticket = await make.ticket(subject="+1+1", context="Formulas")
    await log(client, ticket, 90, description="@SUM(A1)", worked_at="2026-06-01T10:00:00Z")
    answer = await client.get("/admin/time-entries.csv", params={"context": "Formulas", "tz": "Asia/Tokyo"})
    assert answer.headers["content-disposition"] == 'attachment; filename="time.csv"'
    (line,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert line["agent"].startswith("'=")
    assert line["subject"] == "'+1+1"
    assert line["description"] == "'@SUM(A1)"
    assert (line["minutes"], line["hours"], line["worked_at"]) == ("90", "1.5", "2026-06-01T19:00:00+09:00")
