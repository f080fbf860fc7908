"""Lists: filters, orders, pages and cursors, for each kind of person."""

from datetime import UTC, datetime, timedelta

import pytest

from deskwell.core.db import execute
from deskwell.domains.tickets import service
from deskwell.domains.tickets.models import Priority, Source
from tests.factories import actor_of


async def ids(client, path="/admin/tickets", **params):
    answer = await client.get(path, params={"page_size": 100, **params})
    assert answer.status_code == 200, answer.text
    return [ticket["id"] for ticket in answer.json()["tickets"]]


async def change(context, ticket, **values):
    async with context.transaction() as session:
        sets = ", ".join(f"{name} = %({name})s" for name in values)
        await execute(session, f"UPDATE tickets SET {sets} WHERE id = %(id)s", id=ticket.id, **values)


async def test_customers_see_their_own_and_nobody_elses(make, sign_in):
    anna, ben = await make.customer(), await make.customer()
    mine = [await make.ticket(customer=anna, context="Own") for _ in range(3)]
    await make.ticket(customer=ben, context="Own")
    customer = await sign_in(anna)
    answer = (await customer.get("/customer/tickets?page_size=2")).json()
    assert [t["id"] for t in answer["tickets"]] == [str(mine[2].id), str(mine[1].id)]
    assert answer["pagination"] | {"next_cursor": None} == {
        "page": 1,
        "page_size": 2,
        "total_count": 3,
        "total_pages": 2,
        "has_next": True,
        "has_prev": False,
        "total_is_capped": False,
        "next_cursor": None,
    }
    second = (await customer.get("/customer/tickets?page_size=2&page=2")).json()
    assert [t["id"] for t in second["tickets"]] == [str(mine[0].id)]
    assert (second["pagination"]["has_next"], second["pagination"]["has_prev"]) == (False, True)
    assert "customer_email" not in answer["tickets"][0]
    for path in ("/admin/tickets", "/admin/tickets/assigned", "/inbox/views"):
        assert (await customer.get(path)).status_code == 403
    assert (await (await sign_in(await make.agent())).get("/customer/tickets")).status_code == 403


async def test_every_filter_finds_its_tickets_and_no_others(context, make, sign_in):
    agent_user, other = await make.agent(name="Ada Agent"), await make.agent()
    team, tag, category = (
        await make.team(agent_user),
        await make.tag("Angry"),
        await make.category("Billing X"),
    )
    anna = await make.customer(name="Anna Filter", email="anna.filter@example.org")
    brand = f"Brand {anna.id.hex[-6:]}"
    one = await make.ticket(customer=anna, context=brand, subject="One")
    two = await make.ticket(context=brand, subject="Two", priority=Priority.URGENT, source=Source.PHONE)
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, one.id)
        await service.assign(session, actor_of(other), locked, agent_user.id)
        await service.assign_team(session, actor_of(other), locked, team.id)
        await service.set_tags(session, actor_of(other), locked, add=[tag.id])
        await service.set_category(session, actor_of(other), locked, category)
    await change(context, one, sla_state="breached", custom_fields='{"size": "XL", "opts": ["a", "b"]}')
    await change(context, two, created_at=datetime(2026, 2, 3, 23, 30, tzinfo=UTC))
    agent = await sign_in(agent_user)
    for params in (
        {"status": "human_assigned"},
        {"assigned_to": "me"},
        {"assigned_to": agent_user.email},
        {"assigned_to": str(agent_user.id)},
        {"assigned_to": "Ada Agent"},
        {"team": team.name},
        {"team": str(team.id)},
        {"tag": "angry"},
        {"category": "billing x"},
        {"sla_state": "breached"},
        {"customer": "anna.filter@example.org"},
        {"customer": "filter"},
        {"field": "size=XL"},
        {"field": "opts=b"},
        {"is": "assigned"},
        {"is": "mine"},
        {"search": "from:anna.filter assignee:me"},
        {"search": '-priority:urgent tag:"Angry"'},
        {"search": f"#{one.number}"},
        {"date_from": "2026-11-01"},
        {"status": ["human_assigned", "closed"]},
        {"status": "human_assigned,closed"},
    ):
        assert await ids(agent, context=brand, **params) == [str(one.id)], params
    for params in (
        {"status": "open"},
        {"assigned_to": "none"},
        {"priority": "urgent"},
        {"source": "phone"},
        {"tag": "none"},
        {"team": "none"},
        {"sla_state": "none"},
        {"search": "-assignee:me"},
        {"search": "priority:urgent source:phone"},
        {"date_from": "2026-02-03", "date_to": "2026-02-03"},
        {"date_from": "2026-02-04", "date_to": "2026-02-04", "tz": "Europe/Berlin"},
        {"date_to": "2026-02-03T23:30:00Z"},
        {"search": "before:2026-02-04 after:2026-02-02"},
    ):
        assert await ids(agent, context=brand, **params) == [str(two.id)], params
    for params in (
        {"date_to": "2026-02-02"},
        {"date_from": "2026-02-03", "date_to": "2026-02-03", "tz": "Europe/Berlin"},
        {"search": "after:2026-02-03 before:2026-02-05"},
        {"customer": "nobody@example.org"},
        {"search": "status:banana"},
        {"search": "is:purple"},
        {"search": "tag:unknown"},
    ):
        assert await ids(agent, context=brand, **params) == [], params
    assert set(await ids(agent, context=brand.upper())) == {str(one.id), str(two.id)}
    assert set(await ids(agent, context=[brand, "Nothing"])) == {str(one.id), str(two.id)}
    assert await ids(agent, "/admin/tickets/assigned", context=brand) == [str(one.id)]
    assert await ids(await sign_in(other), "/admin/tickets/assigned", context=brand) == []
    listed = (await agent.get("/admin/tickets", params={"context": brand, "status": "human_assigned"})).json()
    (row,) = listed["tickets"]
    assert row["assigned_to"] == agent_user.email
    assert (row["customer_email"], row["team"], row["category"]) == (anna.email, team.name, "Billing X")
    assert [t["name"] for t in row["tags"]] == ["Angry"]
    assert (row["preview"], row["preview_by"]) == ("It smokes.", "customer")


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"status": "banana"}, "status"),
        ({"priority": "high,banana"}, "priority"),
        ({"source": "fax"}, "source"),
        ({"sla_state": "x"}, "sla_state"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"date_to": "2026-13-01"}, "date_to"),
        ({"tz": "Mars/Base"}, "tz"),
        ({"tz": "../../etc/passwd"}, "tz"),
        ({"sort": "password"}, "sort"),
        ({"order": "sideways"}, "order"),
        ({"page": 0}, "page"),
        ({"page_size": 101}, "page_size"),
        ({"cursor": "nonsense"}, "cursor"),
    ],
)
async def test_wrong_values_are_told_with_their_field(make, sign_in, params, field):
    agent = await sign_in(await make.agent())
    answer = await agent.get("/admin/tickets", params=params)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize(
    "sort", ["created_at", "updated_at", "last_message_at", "priority", "number", "next_due_at"]
)
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_cursors_walk_the_same_way_as_pages(context, make, sign_in, sort, order):
    brand = f"Walk {sort} {order}"
    for n, priority in enumerate(["low", "urgent", "medium", "high", "low", "medium", "urgent"]):
        ticket = await make.ticket(context=brand, priority=Priority(priority))
        if n % 2:
            due = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(hours=n % 3)
            await change(context, ticket, next_due_at=due, updated_at=due)
    agent = await sign_in(await make.agent())
    params = {"context": brand, "sort": sort, "order": order, "page_size": 3}
    paged = []
    for page in (1, 2, 3):
        paged += (await agent.get("/admin/tickets", params=params | {"page": page})).json()["tickets"]
    walked, cursor = [], None
    while True:
        answer = (
            await agent.get("/admin/tickets", params=params | ({"cursor": cursor} if cursor else {}))
        ).json()
        walked += answer["tickets"]
        assert answer["pagination"]["total_count"] == 7
        cursor = answer["pagination"]["next_cursor"]
        if not cursor:
            break
    assert [t["id"] for t in walked] == [t["id"] for t in paged]
    assert len({t["id"] for t in walked}) == 7
    if sort == "priority":
        rank = [["low", "medium", "high", "urgent"].index(t["priority"]) for t in walked]
        assert rank == sorted(rank, reverse=order == "desc")


async def test_tickets_of_a_restricted_team_are_seen_by_its_members_only(context, make, sign_in):
    member, outsider, admin = await make.agent(), await make.agent(), await make.admin()
    team = await make.team(member, is_restricted=True)
    ticket = await make.ticket(context="Secret")
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, ticket.id)
        await service.assign_team(session, actor_of(admin), locked, team.id)
    assert await ids(await sign_in(member), context="Secret") == [str(ticket.id)]
    assert await ids(await sign_in(admin), context="Secret") == [str(ticket.id)]
    assert await ids(await sign_in(outsider), context="Secret") == []
    assert await ids(await sign_in(outsider), search="smokes context:Secret") == []


async def test_a_customer_cannot_filter_by_what_only_staff_know(make, sign_in):
    anna = await make.customer()
    await make.ticket(customer=anna)
    customer = await sign_in(anna)
    answer = (await customer.get("/customer/tickets", params={"search": "tag:vip"})).json()
    assert (answer["tickets"], len(answer["hints"])) == ([], 1)
    assert (await customer.get("/customer/tickets", params={"tag": "vip"})).json()["pagination"][
        "total_count"
    ] == 1


async def test_the_ids_of_a_whole_list_come_at_once(make, sign_in, monkeypatch):
    made = [
        await make.ticket(context="Whole", priority=priority) for priority in (Priority.LOW, Priority.URGENT)
    ]
    agent, customer = await sign_in(await make.agent()), await sign_in(await make.customer())
    await make.ticket(context="Other")

    async def whole(**params):
        answer = await agent.get("/admin/tickets/ids", params={"context": "Whole", **params})
        assert answer.status_code == 200, answer.text
        return answer.json()

    newest_first = [str(ticket.id) for ticket in reversed(made)]
    assert await whole() == {"ticket_ids": newest_first, "is_capped": False}
    assert (await whole(priority="low"))["ticket_ids"] == newest_first[1:]
    assert (await whole(sort="priority", order="asc"))["ticket_ids"] == newest_first[::-1]
    assert (await whole(search="printer", priority="urgent"))["ticket_ids"] == newest_first[:1]
    assert (await customer.get("/admin/tickets/ids")).status_code == 403
    monkeypatch.setattr("deskwell.domains.inbox.queries.exporting.MOST_IDS", 1)
    assert await whole() == {"ticket_ids": newest_first[:1], "is_capped": True}
