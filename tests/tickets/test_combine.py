"""Merging, undoing it, splitting, linking: nothing is lost and nobody sees more than before."""

import asyncio
import random

from deskwell.core.db import rows
from deskwell.domains.tickets import service
from deskwell.domains.tickets.service import linking
from tests.factories import actor_of
from tests.files import samples


async def texts(client, ticket_id):
    thread = await client.get(f"/ticket/{ticket_id}?include=notes")
    assert thread.status_code == 200, thread.text
    return [m["message"] for m in thread.json()["messages"]]


async def write(context, ticket, actor, text, *, is_internal=False):
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, ticket.id)
        if actor.is_customer:
            return (await service.reply_as_customer(session, actor, locked, text))[0]
        return await service.reply_as_staff(session, actor, locked, text, is_internal=is_internal)


async def two_tickets(context, make, sign_in):
    """Two tickets of one customer, written in turns, with an agent."""
    anna, boss = await make.customer(), await make.agent()
    one = await make.ticket(customer=anna, subject="One", body="1: first")
    two = await make.ticket(customer=anna, subject="Two", body="2: first")
    await write(context, one, actor_of(boss), "1: answer")
    await write(context, two, actor_of(anna), "2: second")
    await write(context, one, actor_of(boss), "1: note", is_internal=True)
    return one, two, await sign_in(anna), await sign_in(boss), anna, boss


async def test_merging_keeps_time_order_and_undoing_restores_everything(context, make, sign_in):
    one, two, customer, agent, *_ = await two_tickets(context, make, sign_in)
    file = {"file": ("a.png", samples.png())}
    attached = (await customer.post(f"/ticket/{two.id}/attachments", files=file)).json()["attachment"]
    await agent.post(f"/ticket/{two.id}/cc", json={"add": [{"email": "boss@example.org"}]})
    before = {}
    for ticket in (one, two):
        before[ticket.id] = (await agent.get(f"/ticket/{ticket.id}?include=notes")).json()

    preview = (await agent.get(f"/ticket/{two.id}/merge-preview?into={one.id}")).json()
    wanted = ["1: first", "2: first", "1: answer", "2: second", "1: note"]
    assert [m["message"] for m in preview["messages"]] == wanted
    assert (preview["file_count"], preview["other_customer"], preview["problem"]) == (1, False, None)
    assert await texts(agent, two.id) == ["2: first", "2: second"]

    merged = await agent.post(f"/ticket/{two.id}/merge", json={"into_ticket_id": str(one.id)})
    assert merged.status_code == 200, merged.text
    assert await texts(agent, one.id) == wanted
    gone = (await agent.get(f"/ticket/{two.id}")).json()["ticket"]
    assert (gone["status"], gone["merged_into_id"]) == ("closed", str(one.id))
    files = (await customer.get(f"/ticket/{one.id}/attachments")).json()["attachments"]
    assert [f["id"] for f in files] == [attached["id"]]
    around = (await agent.get(f"/ticket/{one.id}/relations")).json()
    assert [c["email"] for c in around["cc"]] == ["boss@example.org"]
    assert [m["number"] for m in around["merged"]] == [two.number]
    found = (await agent.get("/admin/tickets", params={"search": f'"2 second" #{one.number}'})).json()
    assert [t["id"] for t in found["tickets"]] == [str(one.id)]

    # what the customer writes to the merged ticket goes to the survivor
    reply = await customer.post(
        f"/ticket/{two.id}/reply", json={"message": "later"}, headers={"Prefer": "respond-async"}
    )
    assert reply.json()["ticket_id"] == str(one.id)
    lost = await agent.post(f"/ticket/{two.id}/admin/reply", json={"message": "into the void"})
    assert (lost.status_code, lost.json()["code"]) == (409, "ticket_merged")
    again = await agent.post(f"/ticket/{two.id}/merge", json={"into_ticket_id": str(one.id)})
    assert (again.status_code, again.json()["code"]) == (409, "already_merged")

    undone = await agent.post(f"/ticket/{two.id}/unmerge")
    assert undone.status_code == 200, undone.text
    assert await texts(agent, two.id) == ["2: first", "2: second"]
    assert await texts(agent, one.id) == ["1: first", "1: answer", "1: note", "later"]
    after = (await agent.get(f"/ticket/{two.id}?include=notes")).json()
    changing = {"version", "updated_at"}
    for name, value in before[two.id]["ticket"].items():
        if name not in changing:
            assert after["ticket"][name] == value, name
    assert after["messages"] == before[two.id]["messages"]
    assert (await agent.get(f"/ticket/{two.id}/attachments")).json()["count"] == 1
    assert (await agent.get(f"/ticket/{one.id}/relations")).json()["cc"] == []
    assert (await agent.post(f"/ticket/{two.id}/unmerge")).json()["code"] == "not_merged"


async def test_two_customers_are_merged_only_when_confirmed(context, make, sign_in):
    anna, ben = await make.customer(), await make.customer()
    one, two = await make.ticket(customer=anna), await make.ticket(customer=ben)
    agent = await sign_in(await make.agent())
    refused = await agent.post(f"/ticket/{two.id}/merge", json={"into_ticket_id": str(one.id)})
    assert (refused.status_code, refused.json()["code"]) == (400, "other_customer")
    body = {"into_ticket_id": str(one.id), "other_customer": True}
    assert (await agent.post(f"/ticket/{two.id}/merge", json=body)).status_code == 200
    assert [c["email"] for c in (await agent.get(f"/ticket/{one.id}/relations")).json()["cc"]] == [ben.email]
    same = await agent.post(f"/ticket/{one.id}/merge", json={"into_ticket_id": str(one.id)})
    assert (same.status_code, same.json()["code"]) == (400, "same_ticket")
    customer = await sign_in(anna)
    assert (await customer.post(f"/ticket/{two.id}/merge", json=body)).status_code == 403


async def test_merges_are_undone_last_first_and_chains_hold(context, make, sign_in):
    anna = await make.customer()
    a, b, c = [await make.ticket(customer=anna, body=name) for name in "abc"]
    agent = await sign_in(await make.agent())
    for ticket in (b, c):
        assert (
            await agent.post(f"/ticket/{ticket.id}/merge", json={"into_ticket_id": str(a.id)})
        ).status_code == 200
    early = await agent.post(f"/ticket/{b.id}/unmerge")
    assert (early.status_code, early.json()["code"]) == (409, "merged_later")
    assert (await agent.post(f"/ticket/{c.id}/unmerge")).status_code == 200
    assert (await agent.post(f"/ticket/{b.id}/unmerge")).status_code == 200
    assert [await texts(agent, t.id) for t in (a, b, c)] == [["a"], ["b"], ["c"]]


async def test_merging_both_ways_at_once_makes_no_circle(context, make, sign_in):
    anna = await make.customer()
    a, b = await make.ticket(customer=anna, body="a"), await make.ticket(customer=anna, body="b")
    agent = await sign_in(await make.agent())
    answers = await asyncio.gather(
        *(
            agent.post(f"/ticket/{x.id}/merge", json={"into_ticket_id": str(y.id)})
            for x, y in [(a, b), (b, a), (a, b)]
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    async with context.transaction() as session:
        state = await rows(
            session,
            "SELECT id, merged_into_id, message_count FROM tickets WHERE id = ANY(%(ids)s)",
            ids=[a.id, b.id],
        )
    assert sorted(row["message_count"] for row in state) == [0, 2]
    assert sum(row["merged_into_id"] is not None for row in state) == 1


async def test_splitting_moves_messages_into_a_linked_ticket(context, make, sign_in):
    one, _, customer, agent, anna, _ = await two_tickets(context, make, sign_in)
    other = await write(context, one, actor_of(anna), "Another question about bananas")
    answer = await agent.post(
        f"/ticket/{one.id}/split", json={"message_ids": [str(other.id)], "subject": "Bananas"}
    )
    assert answer.status_code == 200, answer.text
    new = answer.json()["ticket"]
    assert (new["subject"], new["customer_email"]) == ("Bananas", anna.email)
    assert await texts(agent, new["id"]) == ["Another question about bananas"]
    assert await texts(agent, one.id) == ["1: first", "1: answer", "1: note"]
    links = (await agent.get(f"/ticket/{one.id}/links")).json()["links"]
    assert [(link["kind"], link["ticket_id"]) for link in links] == [("split_into", new["id"])]
    assert (await customer.get(f"/ticket/{new['id']}")).status_code == 200
    found = (await agent.get("/admin/tickets?search=bananas")).json()["tickets"]
    assert [t["id"] for t in found] == [new["id"]]
    thread = (await agent.get(f"/ticket/{one.id}")).json()["messages"]
    for ids, code in (
        ([thread[0]["id"]], "nothing_left"),
        ([thread[1]["id"]], "no_customer_message"),
        ([str(other.id)], "message_unknown"),
        ([], "message_unknown"),
    ):
        refused = await agent.post(f"/ticket/{one.id}/split", json={"message_ids": ids, "subject": "X"})
        assert (refused.status_code, refused.json()["code"]) == (400, code)


async def test_links_read_from_both_sides_and_make_no_circles(context, make, sign_in):
    a, b, c = [await make.ticket() for _ in range(3)]
    agent = await sign_in(await make.agent())

    async def link(one, other, kind):
        return await agent.post(f"/ticket/{one.id}/links", json={"number": other.number, "kind": kind})

    assert (await link(a, b, "parent_of")).status_code == 200
    assert (await link(b, c, "parent_of")).status_code == 200
    circle = await link(c, a, "parent_of")
    assert (circle.status_code, circle.json()["code"]) == (400, "link_circle")
    assert (await link(a, c, "related")).status_code == 200
    assert len((await link(c, a, "related")).json()["links"]) == 2
    assert (await link(a, a, "related")).status_code == 400
    kinds = {
        (link["kind"], link["number"]) for link in (await agent.get(f"/ticket/{b.id}/links")).json()["links"]
    }
    assert kinds == {("child_of", a.number), ("parent_of", c.number)}
    first = (await agent.get(f"/ticket/{c.id}/links")).json()["links"][0]
    rest = (await agent.delete(f"/ticket/{c.id}/links/{first['id']}")).json()["links"]
    assert len(rest) == 1
    assert (await agent.delete(f"/ticket/{c.id}/links/{first['id']}")).status_code == 404
    assert (await agent.post(f"/ticket/{a.id}/links", json={})).status_code == 400


async def test_a_ticket_has_no_more_links_than_can_be_shown(make, sign_in, monkeypatch):
    monkeypatch.setattr(linking, "MOST_LINKS", 1)
    agent = await sign_in(await make.agent())
    a, b, c = [await make.ticket() for _ in range(3)]
    assert (await agent.post(f"/ticket/{a.id}/links", json={"number": b.number})).status_code == 200
    for one, other in ((a, c), (c, b)):  # from either side
        refused = await agent.post(f"/ticket/{one.id}/links", json={"number": other.number})
        assert (refused.status_code, refused.json()["code"]) == (400, "too_many_links")


async def test_many_hands_at_once_keep_every_message(context, make, sign_in):
    """Replies, merges, undoings and closings at random: nothing is lost, no thread has gaps or doubles."""
    anna = await make.customer()
    tickets = [await make.ticket(customer=anna, body=f"m{n}") for n in range(4)]
    customer, agent = await sign_in(anna), await sign_in(await make.agent())
    dice = random.Random(5)
    written = {f"m{n}" for n in range(4)}

    async def act(n):
        ticket, other = dice.sample(tickets, 2)
        kind = dice.choice(["reply", "reply", "answer", "merge", "unmerge", "close"])
        if kind == "reply":
            answer = await customer.post(
                f"/ticket/{ticket.id}/reply", json={"message": f"r{n}"}, headers={"Prefer": "respond-async"}
            )
        elif kind == "answer":
            answer = await agent.post(f"/ticket/{ticket.id}/admin/reply", json={"message": f"a{n}"})
        elif kind == "merge":
            answer = await agent.post(f"/ticket/{ticket.id}/merge", json={"into_ticket_id": str(other.id)})
        elif kind == "unmerge":
            answer = await agent.post(f"/ticket/{ticket.id}/unmerge")
        else:
            answer = await agent.post(f"/admin/ticket/{ticket.id}/close")
        assert answer.status_code < 500, (kind, answer.text)
        if kind in {"reply", "answer"} and answer.status_code < 300:
            written.add(f"{kind[0]}{n}")

    for start in range(0, 96, 8):
        await asyncio.gather(*(act(n) for n in range(start, start + 8)))
    async with context.transaction() as session:
        found = await rows(
            session,
            """SELECT m.body, m.ticket_id, m.position, t.last_position FROM messages m JOIN tickets t ON t.id = m.ticket_id
               WHERE t.customer_id = %(id)s AND m.author <> 'system'""",
            id=anna.id,
        )
        circle = await rows(
            session,
            """WITH RECURSIVE chain AS (SELECT id, merged_into_id, 1 AS n FROM tickets WHERE customer_id = %(id)s
               UNION ALL SELECT c.id, t.merged_into_id, n + 1 FROM chain c JOIN tickets t ON t.id = c.merged_into_id
               WHERE n < 20) SELECT max(n) AS n FROM chain""",
            id=anna.id,
        )
    assert sorted(row["body"] for row in found) == sorted(written)
    assert circle[0]["n"] < 6
    places = [(row["ticket_id"], row["position"]) for row in found]
    assert len(set(places)) == len(places)
    assert all(1 <= row["position"] <= row["last_position"] for row in found)
