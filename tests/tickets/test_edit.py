"""Edits, snoozing, watchers, drafts, the trash and the log."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from deskwell.core import clock
from deskwell.core.db import execute, rows
from deskwell.core.storage import FileStore
from deskwell.domains.tickets import jobs
from deskwell.domains.tickets.events import EmptyTrash, ReleaseDrafts, WakeTickets
from tests.files import samples


@pytest.fixture
async def desk(make, sign_in):
    anna = await make.customer()
    ticket = await make.ticket(customer=anna)
    boss = await make.agent(name="Boss Agent")
    return ticket, await sign_in(anna), await sign_in(boss), boss


async def ticket_of(client, ticket):
    return (await client.get(f"/ticket/{ticket.id}")).json()["ticket"]


async def test_fields_change_and_each_change_is_one_line(make, desk):
    ticket, customer, agent, boss = desk
    team, category = await make.team(), await make.category()
    body = {
        "subject": "New subject",
        "context": "Other brand",
        "priority": "high",
        "team_id": str(team.id),
        "category_id": str(category.id),
        "assignee_id": str(boss.id),
        "requester": {"email": "Somebody@Else.example", "name": "Some Body"},
    }
    changed = await agent.patch(f"/ticket/{ticket.id}", json=body)
    assert changed.status_code == 200, changed.text
    after = changed.json()["ticket"]
    assert after["subject"] == "New subject"
    assert (after["context"], after["priority"], after["team"]) == ("Other brand", "high", team.name)
    assert (after["category"], after["assigned_to"]) == (category.name, boss.email)
    assert after["customer_email"] == "somebody@else.example"
    assert (await customer.get(f"/ticket/{ticket.id}")).status_code == 404
    lines = (await agent.get(f"/ticket/{ticket.id}/activity")).json()["activity"]
    by_field = {line["field"] or line["kind"]: line for line in lines}
    assert (by_field["subject"]["old"], by_field["subject"]["new"]) == (ticket.subject, "New subject")
    assert (by_field["ticket.priority_changed"]["old"], by_field["ticket.priority_changed"]["new"]) == (
        "medium",
        "high",
    )
    assert by_field["ticket.assigned"]["new"] == "Boss Agent"
    assert by_field["ticket.team_assigned"]["new"] == team.name
    assert by_field["subject"]["actor_name"] == "Boss Agent"
    assert by_field["subject"]["through"] == "screen"
    for bad in ({"subject": ""}, {"team_id": str(ticket.id)}, {"assignee_id": str(ticket.customer_id)}):
        assert (await agent.patch(f"/ticket/{ticket.id}", json=bad)).status_code == 400
    assert (await agent.patch(f"/ticket/{ticket.id}", json={"colour": "red"})).status_code == 422
    assert (await customer.patch(f"/ticket/{ticket.id}", json={"subject": "x"})).status_code == 403


async def test_a_conflicting_edit_is_told_and_nothing_is_overwritten(make, sign_in, desk):
    ticket, _, agent, _ = desk
    other = await sign_in(await make.agent(name="Other"))
    version = (await ticket_of(agent, ticket))["version"]
    assert (await other.patch(f"/ticket/{ticket.id}", json={"subject": "Theirs"})).status_code == 200
    mine = {"subject": "Mine", "expected_version": version, "seen": {"subject": ticket.subject}}
    refused = await agent.patch(f"/ticket/{ticket.id}", json=mine)
    assert (refused.status_code, refused.json()["code"]) == (409, "version_conflict")
    (conflict,) = refused.json()["conflicts"]
    assert (conflict["field"], conflict["who"], conflict["new"], conflict["old"]) == (
        "subject",
        "Other",
        "Theirs",
        ticket.subject,
    )
    assert (await ticket_of(agent, ticket))["subject"] == "Theirs"
    # another field did not move: no conflict
    fine = {"priority": "low", "expected_version": version, "seen": {"priority": "medium"}}
    assert (await agent.patch(f"/ticket/{ticket.id}", json=fine)).status_code == 200
    blind = {"priority": "urgent", "expected_version": version}
    assert (await agent.patch(f"/ticket/{ticket.id}", json=blind)).status_code == 409
    answers = await asyncio.gather(
        *(
            client.patch(
                f"/ticket/{ticket.id}",
                json={"subject": name, "expected_version": version, "seen": {"subject": "Theirs"}},
            )
            for client, name in ((agent, "A"), (other, "B"))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_snooze_ends_by_time_or_by_the_customers_answer(context, desk):
    ticket, customer, agent, _ = desk
    until = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    snoozed = await agent.post(f"/ticket/{ticket.id}/snooze", json={"until": until})
    assert snoozed.json()["ticket"]["snoozed_until"] is not None
    await jobs.wake_tickets(context, WakeTickets())
    assert (await ticket_of(agent, ticket))["snoozed_until"] is not None
    with clock.shifted(timedelta(hours=3)):
        await jobs.wake_tickets(context, WakeTickets())
    assert (await ticket_of(agent, ticket))["snoozed_until"] is None
    await agent.post(f"/ticket/{ticket.id}/snooze", json={"until": until})
    await customer.post(
        f"/ticket/{ticket.id}/reply", json={"message": "Hi"}, headers={"Prefer": "respond-async"}
    )
    assert (await ticket_of(agent, ticket))["snoozed_until"] is None
    await agent.post(f"/ticket/{ticket.id}/snooze", json={"until": until})
    assert (await agent.post(f"/ticket/{ticket.id}/unsnooze")).json()["ticket"]["snoozed_until"] is None
    for bad in ("2020-01-01T00:00:00Z", "2099-01-01T00:00:00"):
        assert (await agent.post(f"/ticket/{ticket.id}/snooze", json={"until": bad})).status_code == 400
    assert (await customer.post(f"/ticket/{ticket.id}/snooze", json={"until": until})).status_code == 403


async def test_watchers_and_copies(make, sign_in, desk):
    ticket, customer, agent, boss = desk
    mate = await make.agent()
    added = await agent.post(f"/ticket/{ticket.id}/watchers", json={"add": [str(boss.id), str(mate.id)]})
    assert {w["id"] for w in added.json()["watchers"]} == {str(boss.id), str(mate.id)}
    watched = (await agent.get("/admin/tickets?is=watched")).json()["tickets"]
    assert [t["id"] for t in watched] == [str(ticket.id)]
    left = await agent.post(f"/ticket/{ticket.id}/watchers", json={"remove": [str(mate.id)]})
    assert [w["id"] for w in left.json()["watchers"]] == [str(boss.id)]
    put = await agent.post(
        f"/ticket/{ticket.id}/cc",
        json={"add": [{"email": "A@B.example", "name": "A"}, {"email": "c@d.example"}]},
    )
    assert [c["email"] for c in put.json()["cc"]] == ["a@b.example", "c@d.example"]
    out = await agent.post(f"/ticket/{ticket.id}/cc", json={"remove": ["a@b.example"]})
    assert [c["email"] for c in out.json()["cc"]] == ["c@d.example"]
    assert (await agent.post(f"/ticket/{ticket.id}/cc", json={"add": [{"email": "nope"}]})).status_code == 400
    assert (await customer.get(f"/ticket/{ticket.id}/relations")).status_code == 403
    assert (await agent.get("/admin/tickets?search=to:c@d.example")).json()["pagination"]["total_count"] == 1


async def test_a_draft_waits_sends_itself_and_can_be_taken_back(context, desk):
    ticket, customer, agent, _ = desk
    url = f"/ticket/{ticket.id}/draft"
    saved = await agent.put(url, json={"body": "Half an ans"})
    assert saved.json()["draft"]["body"] == "Half an ans"
    await agent.put(url, json={"body": "A whole answer"})
    await agent.put(url, json={"kind": "note", "body": "A note"})
    drafts = (await agent.get(f"/ticket/{ticket.id}/drafts")).json()["drafts"]
    assert {d["kind"]: d["body"] for d in drafts} == {"reply": "A whole answer", "note": "A note"}

    sent = await agent.post(f"{url}/send", json={"undo_seconds": 30})
    assert sent.json()["draft"]["release_at"] is not None
    assert (await agent.put(url, json={"body": "x"})).json()["code"] == "draft_released"
    await jobs.release_drafts(context, ReleaseDrafts())
    assert len((await customer.get(f"/ticket/{ticket.id}")).json()["messages"]) == 1
    back = await agent.post(f"{url}/undo")
    assert (back.json()["draft"]["release_at"], back.json()["draft"]["body"]) == (None, "A whole answer")

    await agent.post(f"{url}/send", json={"undo_seconds": 0, "close": True})
    await asyncio.gather(*(jobs.release_drafts(context, ReleaseDrafts()) for _ in range(3)))
    thread = (await customer.get(f"/ticket/{ticket.id}")).json()
    assert [m["message"] for m in thread["messages"]] == ["It smokes.", "A whole answer"]
    assert thread["ticket"]["status"] == "closed"
    assert (await agent.post(f"{url}/undo")).json()["code"] == "already_sent"
    assert [d["kind"] for d in (await agent.get(f"/ticket/{ticket.id}/drafts")).json()["drafts"]] == ["note"]
    assert (await agent.delete(f"{url}?kind=note")).json()["draft"] is None
    assert (await agent.post(f"{url}/send", json={"kind": "note"})).status_code == 404
    assert (await customer.put(url, json={"body": "x"})).status_code == 403


async def test_a_reply_that_has_not_seen_the_newest_message_is_held(desk):
    ticket, customer, agent, _ = desk
    url = f"/ticket/{ticket.id}/draft"
    await agent.put(url, json={"body": "Answer"})
    await customer.post(
        f"/ticket/{ticket.id}/reply", json={"message": "Wait!"}, headers={"Prefer": "respond-async"}
    )
    stale = await agent.post(f"{url}/send", json={"seen_position": 1})
    assert (stale.status_code, stale.json()["code"], stale.json()["new_messages"]) == (409, "stale_reply", 1)
    assert (
        await agent.post(f"{url}/send", json={"seen_position": stale.json()["last_position"]})
    ).status_code == 200


async def test_the_trash_hides_restores_and_erases(context, make, sign_in, desk, run_jobs):
    ticket, customer, agent, _ = desk
    admin = await sign_in(await make.admin())
    ids = {"ticket_ids": [str(ticket.id)]}
    file = (
        await customer.post(f"/ticket/{ticket.id}/attachments", files={"file": ("a.png", samples.png())})
    ).json()["attachment"]
    still_open = await agent.post("/admin/tickets/delete", json=ids)
    assert (still_open.status_code, still_open.json()["code"]) == (400, "ticket_not_closed")
    await agent.post(f"/admin/ticket/{ticket.id}/close")
    deleted = (await agent.post("/admin/tickets/delete", json=ids)).json()
    assert (deleted["success"], deleted["deleted_count"]) == (True, 1)

    assert (await customer.get(f"/ticket/{ticket.id}")).status_code == 404
    assert (await customer.get(f"/attachment/{file['id']}")).status_code == 404
    assert (await customer.get("/customer/tickets")).json()["tickets"] == []
    assert str(ticket.id) not in [
        t["id"] for t in (await agent.get("/admin/tickets?page_size=100")).json()["tickets"]
    ]
    found = await agent.get("/admin/tickets", params={"search": ticket.subject})
    assert found.json()["tickets"] == []
    trash = (await agent.get("/admin/tickets/trash?page_size=100")).json()["tickets"]
    (row,) = [t for t in trash if t["id"] == str(ticket.id)]
    assert row["days_until_permanent_deletion"] == 30
    assert row["deleted_at"]

    assert (await agent.post("/admin/tickets/restore", json=ids)).json()["restored_count"] == 1
    assert (await customer.get(f"/ticket/{ticket.id}")).status_code == 200
    found = await agent.get("/admin/tickets", params={"search": ticket.subject})
    assert [t["id"] for t in found.json()["tickets"]] == [str(ticket.id)]

    not_there = await admin.delete(f"/admin/tickets/trash?ticket_ids={ticket.id}")
    assert (not_there.status_code, not_there.json()["code"]) == (400, "not_in_trash")
    await agent.post("/admin/tickets/delete", json=ids)
    assert (await agent.delete(f"/admin/tickets/trash?ticket_ids={ticket.id}")).status_code == 403
    erased = (await admin.delete(f"/admin/tickets/trash?ticket_ids={ticket.id}")).json()
    assert (erased["success"], erased["deleted_count"]) == (True, 1)
    await run_jobs()
    assert [f.key async for f in context.gateway(FileStore).objects(f"tickets/{ticket.id}")] == []
    async with context.transaction() as session:
        left = await rows(session, "SELECT FROM messages WHERE ticket_id = %(id)s", id=ticket.id)
    assert left == []
    for call in (
        admin.delete(f"/admin/tickets/trash?ticket_ids={ticket.id}"),
        agent.post("/admin/tickets/restore", json=ids),
        agent.post("/admin/tickets/delete", json=ids),
    ):
        assert (await call).status_code == 404
    assert (await agent.post("/admin/tickets/delete", json={"ticket_ids": []})).status_code == 400
    assert (await customer.post("/admin/tickets/delete", json=ids)).status_code == 403


async def test_the_trash_empties_itself_after_thirty_days(context, desk):
    ticket, _, agent, _ = desk
    await agent.post(f"/admin/ticket/{ticket.id}/close")
    await agent.post("/admin/tickets/delete", json={"ticket_ids": [str(ticket.id)]})
    await jobs.empty_trash(context, EmptyTrash())
    assert (await agent.get(f"/ticket/{ticket.id}/activity")).status_code == 200
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE tickets SET trashed_at = now() - interval '31 days' WHERE id = %(id)s",
            id=ticket.id,
        )
    await jobs.empty_trash(context, EmptyTrash())
    assert (await agent.get(f"/ticket/{ticket.id}/activity")).status_code == 404


async def test_the_log_is_filtered_and_exported(make, sign_in, desk):
    ticket, _, agent, boss = desk
    await agent.patch(f"/ticket/{ticket.id}", json={"subject": "=cmd()"})
    await agent.post(f"/admin/ticket/{ticket.id}/close")
    admin = await sign_in(await make.admin())
    mine = (await admin.get("/admin/activity", params={"actor_id": str(boss.id)})).json()["activity"]
    assert {line["kind"] for line in mine} >= {"ticket.field_changed", "ticket.closed"}
    closed = (
        await admin.get("/admin/activity", params={"actor_id": str(boss.id), "kind": "ticket.closed"})
    ).json()
    assert [line["kind"] for line in closed["activity"]] == ["ticket.closed"]
    first = (await admin.get("/admin/activity", params={"actor_id": str(boss.id), "limit": 1})).json()
    second = await admin.get(
        "/admin/activity", params={"actor_id": str(boss.id), "limit": 1, "before": first["next_before"]}
    )
    assert second.json()["activity"][0]["id"] < first["activity"][0]["id"]
    csv = await admin.get("/admin/activity/export", params={"actor_id": str(boss.id)})
    assert csv.headers["content-type"].startswith("text/csv")
    assert "'=cmd()" in csv.text
    assert (await agent.get("/admin/activity")).status_code == 403
    assert (await admin.get("/admin/activity?date_from=never")).status_code == 400
