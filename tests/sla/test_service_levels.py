"""Service levels over HTTP: which one holds, when it falls due, what happens when it is missed."""

from datetime import UTC, datetime, timedelta

from deskwell.core.clock import shifted
from deskwell.core.db import execute, one, rows
from deskwell.domains.sla.events import SweepClocks
from deskwell.domains.sla.jobs import sweep_clocks
from deskwell.domains.tickets.models import Priority
from deskwell.domains.tickets.service.merging import merge, unmerge
from tests.factories import actor_of

MINUTE = timedelta(minutes=1)


def read(moment):
    return datetime.fromisoformat(moment)


async def save(admin, **values):
    values = {"name": "Level", "response_time_minutes": 60, "resolution_time_minutes": 480, **values}
    answer = await admin.post("/admin/slas", json=values)
    assert answer.status_code == 200, answer.text
    return answer.json()["sla"]


async def status(client, ticket):
    return (await client.get(f"/ticket/{ticket.id}/sla-status")).json()


async def ticket_row(context, ticket):
    async with context.transaction() as session:
        return await one(session, "SELECT * FROM tickets WHERE id = %(id)s", id=ticket.id)


async def test_a_service_level_holds_for_tickets_of_its_priority(make, sign_in):
    admin = await sign_in(await make.admin())
    sla = await save(admin, name="Urgent", priority="urgent")
    ticket = await make.ticket(priority=Priority.URGENT)
    found = await status(admin, ticket)
    assert found["sla"] == {
        "id": sla["id"],
        "name": "Urgent",
        "priority": "urgent",
        "response_time_minutes": 60,
        "resolution_time_minutes": 480,
    }
    assert read(found["response_time"]["expected"]) == ticket.created_at + 60 * MINUTE
    assert read(found["resolution_time"]["expected"]) == ticket.created_at + 480 * MINUTE
    assert found["response_time"]["violation"] is None

    owner = await sign_in(ticket_owner := await make.customer())
    assert (await owner.get(f"/ticket/{ticket.id}/sla-status")).status_code == 404
    own = await make.ticket(customer=ticket_owner, priority=Priority.LOW)
    assert await status(owner, own) == {
        "sla_defined": False,
        "message": "No service level is defined for this ticket.",
    }


async def test_the_more_particular_service_level_is_tried_first(make, sign_in):
    admin = await sign_in(await make.admin())
    general = await save(admin, name="High", priority="high")
    brand = await save(admin, name="High for Bikes", priority="high", context="Bikes")
    shop, bikes = (
        await make.ticket(priority=Priority.HIGH),
        await make.ticket(priority=Priority.HIGH, context="bikes"),
    )
    assert (await status(admin, shop))["sla"]["id"] == general["id"]
    assert (await status(admin, bikes))["sla"]["id"] == brand["id"]


async def test_changing_the_priority_counts_from_the_start_of_the_ticket(make, sign_in, context):
    admin = await sign_in(await make.admin())
    await save(admin, name="Medium", priority="medium", response_time_minutes=600)
    ticket = await make.ticket(priority=Priority.MEDIUM)
    with shifted(120 * MINUTE):
        answer = await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "urgent"})
        assert answer.json()["ticket"]["sla_id"] is not None
        found = await status(admin, ticket)
    assert found["sla"]["name"] == "Urgent"
    assert read(found["response_time"]["expected"]) == ticket.created_at + 60 * MINUTE
    assert found["response_time"]["violation"]["violation_minutes"] in {59, 60}
    assert (await ticket_row(context, ticket))["sla_state"] == "breached"

    await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "medium"})
    assert (await status(admin, ticket))["response_time"]["violation"] is None
    async with context.transaction() as session:
        assert (
            await rows(session, "SELECT * FROM sla_violations WHERE ticket_id = %(id)s", id=ticket.id) == []
        )


async def test_the_sweep_warns_and_records_a_violation_the_moment_it_happens(make, sign_in, context):
    admin = await sign_in(await make.admin())
    await save(admin, name="Quick", priority="high", context="Sweep", response_time_minutes=60)
    ticket = await make.ticket(priority=Priority.HIGH, context="Sweep")

    async def facts():
        async with context.transaction() as session:
            return [
                row["kind"]
                for row in await rows(
                    session,
                    "SELECT kind FROM events WHERE ticket_id = %(id)s AND kind LIKE 'sla.%%' ORDER BY id",
                    id=ticket.id,
                )
            ]

    with shifted(44 * MINUTE):
        await sweep_clocks(context, SweepClocks())
    assert await facts() == []
    with shifted(46 * MINUTE):
        await sweep_clocks(context, SweepClocks())
        await sweep_clocks(context, SweepClocks())
        assert (await ticket_row(context, ticket))["sla_state"] == "at_risk"
    assert await facts() == ["sla.warned"]
    with shifted(61 * MINUTE):
        await sweep_clocks(context, SweepClocks())
        await sweep_clocks(context, SweepClocks())
        row = await ticket_row(context, ticket)
        assert row["sla_state"] == "breached"
        assert row["next_due_at"] == row["first_response_due_at"] == ticket.created_at + 60 * MINUTE
    assert await facts() == ["sla.warned", "sla.violated"]

    with shifted(90 * MINUTE):
        await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Sorry for the wait."})
    async with context.transaction() as session:
        violation = await one(session, "SELECT * FROM sla_violations WHERE ticket_id = %(id)s", id=ticket.id)
    assert violation["metric"] == "response"
    assert violation["due_at"] == ticket.created_at + 60 * MINUTE
    assert violation["minutes"] in {29, 30}
    assert violation["ended_at"] is not None
    assert await facts() == ["sla.warned", "sla.violated"]


async def test_the_clock_stands_while_the_customer_is_awaited_and_explains_it(make, sign_in, context):
    admin = await sign_in(await make.admin())
    await save(admin, name="Talk", priority="low", context="Talk")
    customer = await make.customer()
    ticket = await make.ticket(customer=customer, priority=Priority.LOW, context="Talk")
    with shifted(10 * MINUTE):
        await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Which printer?"})
    with shifted(100 * MINUTE):
        found = await status(admin, ticket)
        assert found["response_time"]["state"] == "met"
        assert found["resolution_time"]["state"] == "paused"
        assert found["resolution_time"]["used_minutes"] == 10
        row = await ticket_row(context, ticket)
        assert (row["sla_state"], row["next_due_at"], row["resolution_due_at"]) == ("paused", None, None)
        writer = await sign_in(customer)
        await writer.post(f"/ticket/{ticket.id}/reply", json={"message": "The blue one."})
        found = await status(admin, ticket)
    assert found["resolution_time"]["state"] == "running"
    expected = ticket.created_at + (480 + 90) * MINUTE
    assert abs(read(found["resolution_time"]["expected"]) - expected) < timedelta(seconds=20)

    timeline = (await admin.get(f"/ticket/{ticket.id}/sla-timeline")).json()
    resolution = next(clock for clock in timeline["clocks"] if clock["metric"] == "resolution")
    assert [(step["kind"], step["cause"]) for step in resolution["steps"]] == [
        ("started", "opened"),
        ("paused", "waiting_for_customer"),
        ("resumed", "customer_wrote"),
    ]


async def test_reopening_starts_the_resolution_anew(make, sign_in):
    admin = await sign_in(await make.admin())
    await save(admin, name="Again", priority="low", context="Again")
    customer = await make.customer()
    ticket = await make.ticket(customer=customer, priority=Priority.LOW, context="Again")
    await admin.post(f"/admin/ticket/{ticket.id}/close")
    assert (await status(admin, ticket))["resolution_time"]["state"] == "met"
    with shifted(24 * 60 * MINUTE):
        writer = await sign_in(customer)
        await writer.post(f"/ticket/{ticket.id}/reply", json={"message": "It is back."})
        found = await status(admin, ticket)
    assert found["resolution_time"]["actual"] is None
    expected = ticket.created_at + (24 * 60 + 480) * MINUTE
    assert abs(read(found["resolution_time"]["expected"]) - expected) < timedelta(seconds=20)


async def test_business_hours_of_the_wire_count_in_their_zone(make, sign_in, context):
    admin = await sign_in(await make.admin())
    await save(
        admin,
        name="Office",
        priority="medium",
        context="Office",
        response_time_minutes=120,
        business_hours_only=True,
        business_hours_start="09:00",
        business_hours_end="17:00",
        business_days=[1, 2, 3, 4, 5],
        timezone="Europe/Berlin",
        holidays=["2026-03-30", "DE"],
    )
    ticket = await make.ticket(priority=Priority.MEDIUM, context="Office")
    friday = datetime(2026, 3, 27, 15, 30, tzinfo=UTC)  # 16:30 in winter time; the clocks change on Sunday
    async with context.transaction() as session:
        await execute(
            session, "UPDATE tickets SET created_at = %(at)s WHERE id = %(id)s", at=friday, id=ticket.id
        )
        await execute(
            session,
            "UPDATE messages SET created_at = %(at)s WHERE ticket_id = %(id)s",
            at=friday,
            id=ticket.id,
        )
        await execute(session, "DELETE FROM sla_clocks WHERE ticket_id = %(id)s", id=ticket.id)
    await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "urgent"})
    await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "medium"})
    found = await status(admin, ticket)
    # Half an hour on Friday, Monday is a holiday, the rest on Tuesday in summer time.
    assert read(found["response_time"]["expected"]) == datetime(2026, 3, 31, 8, 30, tzinfo=UTC)


async def test_saving_a_service_level_moves_open_tickets(make, sign_in, run_jobs):
    admin = await sign_in(await make.admin())
    ticket = await make.ticket(priority=Priority.LOW, context="Late comer")
    assert (await status(admin, ticket))["sla_defined"] is False
    sla = await save(admin, name="Late", priority="low", context="Late comer")
    await run_jobs()
    assert (await status(admin, ticket))["sla"]["id"] == sla["id"]

    await save(admin, **{**sla, "response_time_minutes": 5})
    await run_jobs()
    assert read((await status(admin, ticket))["response_time"]["expected"]) == ticket.created_at + 5 * MINUTE

    assert (await admin.delete(f"/admin/slas/{sla['id']}")).status_code == 200
    await run_jobs()
    assert (await status(admin, ticket))["sla_defined"] is False


async def test_preview_tells_what_a_definition_would_take(make, sign_in):
    admin = await sign_in(await make.admin())
    ticket = await make.ticket(priority=Priority.LOW, context="Preview")
    draft = {
        "priority": "low",
        "context": "Preview",
        "response_time_minutes": 30,
        "resolution_time_minutes": 60,
    }
    with shifted(45 * MINUTE):
        found = (await admin.post("/admin/slas/preview", json=draft)).json()
    assert found["matching"] == found["already_late"] == 1
    assert found["tickets"][0]["id"] == str(ticket.id)
    assert read(found["tickets"][0]["due_then"]) == ticket.created_at + 30 * MINUTE
    assert (await status(admin, ticket))["sla_defined"] is False


async def test_order_decides_and_must_be_whole(make, sign_in):
    admin = await sign_in(await make.admin())
    first = await save(admin, name="First", priority="high", context="Order")
    second = await save(admin, name="Second", priority="high", context="Order")
    ids = [sla["id"] for sla in (await admin.get("/admin/slas?is_active=all")).json()["slas"]]
    assert ids.index(second["id"]) < ids.index(first["id"])
    ticket = await make.ticket(priority=Priority.HIGH, context="Order")
    assert (await status(admin, ticket))["sla"]["id"] == second["id"]

    assert (await admin.post("/admin/slas/order", json={"sla_ids": ids[1:]})).status_code == 400
    ids.remove(first["id"])
    assert (await admin.post("/admin/slas/order", json={"sla_ids": [first["id"], *ids]})).status_code == 200
    ticket = await make.ticket(priority=Priority.HIGH, context="Order")
    assert (await status(admin, ticket))["sla"]["id"] == first["id"]


async def test_mistakes_are_told_in_a_sentence(make, sign_in):
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    good = {"name": "X", "priority": "low", "response_time_minutes": 1, "resolution_time_minutes": 1}
    for wrong, field in [
        ({"response_time_minutes": 0}, "response_time_minutes"),
        ({"resolution_time_minutes": -5}, "resolution_time_minutes"),
        ({"priority": "huge"}, "priority"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"business_days": [0, 8]}, "business_days"),
        ({"business_hours_start": "25:00"}, "business_hours_start"),
        ({"holidays": ["soon"]}, "holidays"),
        ({"holidays": ["ZZ"]}, "holidays"),
        ({"name": "  "}, "name"),
        ({"warn_percent": 100}, "warn_percent"),
    ]:
        answer = await admin.post("/admin/slas", json={**good, **wrong})
        assert answer.status_code == 400, (wrong, answer.text)
        assert answer.json()["errors"][0]["field"] == field
    assert (await agent.post("/admin/slas", json=good)).status_code == 403
    assert (await agent.get("/admin/slas")).status_code == 200
    assert (await admin.post("/admin/slas", json={"name": "X"})).status_code == 422


async def test_calendar_is_saved_tried_used_and_kept_while_in_use(make, sign_in, run_jobs):
    admin = await sign_in(await make.admin())
    calendar = {
        "name": "Berlin office",
        "timezone": "Europe/Berlin",
        "country": "DE",
        "subdivision": "BE",
        "periods": [
            {"weekday": 1, "start": "08:00", "end": "12:00"},
            {"weekday": 1, "start": "13:00", "end": "17:00"},
            {"weekday": 5, "start": "22:00", "end": "06:00"},
        ],
        "holidays": [{"date": "2026-12-24", "name": "Christmas Eve", "yearly": True}],
    }
    saved = (await admin.post("/admin/sla-calendars", json=calendar)).json()["calendar"]
    assert saved["weekly_minutes"] == (4 + 4 + 8) * 60
    preview = await admin.post(
        "/admin/sla-calendars/preview",
        json={"calendar": calendar, "start": "2026-12-21T16:30:00+01:00", "minutes": 60},
    )
    found = preview.json()
    # Half an hour is left on Monday; the night shift of Friday falls into both days of Christmas.
    assert read(found["due_at"]) == datetime(2026, 12, 28, 7, 30, tzinfo=UTC)
    assert {"Christmas Eve", "Christmas Day"} <= {day["name"] for day in found["holidays"]}

    sla = await save(admin, name="By calendar", priority="low", context="Cal", calendar_id=saved["id"])
    assert sla["business_hours_only"] is True
    assert (await admin.delete(f"/admin/sla-calendars/{saved['id']}")).status_code == 409
    taken = await admin.post("/admin/sla-calendars", json={**calendar, "name": "berlin OFFICE"})
    assert taken.status_code == 409
    wrong = await admin.post("/admin/sla-calendars", json={**calendar, "name": "N", "periods": []})
    assert wrong.status_code == 400

    await admin.delete(f"/admin/slas/{sla['id']}")
    assert (await admin.delete(f"/admin/sla-calendars/{saved['id']}")).status_code == 200


async def test_merging_keeps_clocks_and_time_right_and_can_be_undone(make, sign_in, context):
    boss = await make.admin()
    admin = await sign_in(boss)
    await save(admin, name="Both", priority="high", context="Both", response_time_minutes=60)
    customer = await make.customer()
    values = {"customer": customer, "context": "Both", "priority": Priority.HIGH}
    old = await make.ticket(**values)
    with shifted(30 * MINUTE):
        new = await make.ticket(**values)
        await admin.post(f"/ticket/{old.id}/time-entry", json={"duration_minutes": 9})
        assert read((await status(admin, new))["response_time"]["expected"]) == new.created_at + 60 * MINUTE
        async with context.transaction() as session:
            await merge(session, actor_of(boss), old.id, new.id)
        survivor = await status(admin, new)
        expected = old.created_at + 60 * MINUTE  # or from its first message, milliseconds later
        assert abs(read(survivor["response_time"]["expected"]) - expected) < timedelta(seconds=5)
        assert (await status(admin, old))["response_time"]["state"] == "stopped"
        entries = (await admin.get(f"/ticket/{new.id}/time-entries")).json()
        assert entries["totals"]["total_minutes"] == 9

        async with context.transaction() as session:
            await unmerge(session, actor_of(boss), old.id)
        for ticket in (old, new):
            found = await status(admin, ticket)
            assert found["response_time"]["state"] == "running"
            assert read(found["response_time"]["expected"]) == ticket.created_at + 60 * MINUTE
        entries = (await admin.get(f"/ticket/{old.id}/time-entries")).json()
        assert entries["totals"]["total_minutes"] == 9


async def test_splitting_gives_each_part_the_clock_of_its_own_messages(make, sign_in, context):
    admin = await sign_in(await make.admin())
    await save(admin, name="Parts", priority="high", context="Parts", response_time_minutes=60)
    customer = await make.customer()
    ticket = await make.ticket(customer=customer, context="Parts", priority=Priority.HIGH)
    with shifted(10 * MINUTE):
        await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "We are on it."})
    with shifted(30 * MINUTE):
        writer = await sign_in(customer)
        await writer.post(f"/ticket/{ticket.id}/reply", json={"message": "And my second printer burns."})
        thread = (await admin.get(f"/ticket/{ticket.id}")).json()
        second = next(m for m in thread["messages"] if "second printer" in m["message"])
        before = await status(admin, ticket)
        assert before["response_time"]["state"] == "met"
    with shifted(45 * MINUTE):
        answer = await admin.post(
            f"/ticket/{ticket.id}/split", json={"message_ids": [second["id"]], "subject": "Second printer"}
        )
        assert answer.status_code == 200, answer.text
        async with context.transaction() as session:
            new = await one(
                session, "SELECT id FROM tickets WHERE context = 'Parts' AND id <> %(id)s", id=ticket.id
            )
        found = (await admin.get(f"/ticket/{new['id']}/sla-status")).json()
        assert found["response_time"]["state"] == "running"
        due = read(second["created_at"]) + 60 * MINUTE
        assert abs(read(found["response_time"]["expected"]) - due) < timedelta(seconds=5)

        left = await status(admin, ticket)
        assert left["response_time"]["state"] == "met"
        assert left["resolution_time"]["state"] == "paused"  # its last word is the agent's again
        assert left["resolution_time"]["used_minutes"] == 10
