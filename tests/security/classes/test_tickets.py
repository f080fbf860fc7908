"""Tickets: nobody reads or changes another's, by whatever way (classes 4-6, 35, 37, 38)."""

import asyncio
import contextlib
import json
import re

import pytest

from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.domains.live.service import Feed
from tests.factories import actor_of
from tests.files import samples

CANARY = "canary-of-a-foreign-ticket"


@pytest.fixture
async def two(make, sign_in):
    """A customer with a ticket full of canaries, and another with one of their own."""
    owner, other = await make.customer(), await make.customer()
    foreign = await make.ticket(
        customer=owner, subject=f"{CANARY} {owner.name} subject", body=f"{CANARY} body"
    )
    own = await make.ticket(customer=other, subject="Own ticket")
    return await sign_in(owner), await sign_in(other), foreign, own


async def test_class_04_a_foreign_ticket_is_reached_by_no_detour(two, sign_in, make):
    _, other, foreign, own = two
    for path, parameters in (
        ("/customer/tickets", {"search": CANARY}),
        ("/customer/tickets", {"search": f"#{foreign.number}"}),
        ("/customer/tickets", {"search": f"customer:{foreign.customer_id}"}),
        ("/customer/tickets", {"customer": str(foreign.customer_id)}),
        ("/notifications", {}),
        ("/stats", {}),
    ):
        answer = await other.get(path, params=parameters)
        assert CANARY not in answer.text.replace(f"search={CANARY}", ""), path
        assert str(foreign.id) not in answer.text, path
    for method, path, body in (
        ("POST", f"/ticket/{own.id}/merge", {"ticket_id": str(foreign.id)}),
        ("POST", f"/ticket/{own.id}/links", {"ticket_id": str(foreign.id), "kind": "related"}),
        ("POST", f"/ticket/{foreign.id}/reply", {"message": "x"}),
        ("POST", f"/ticket/{foreign.id}/messages", {"message": "x"}),
        ("POST", f"/ticket/{foreign.id}/rate", {"rating": 1}),
    ):
        answer = await other.request(method, path, json=body)
        assert answer.status_code in {403, 404, 405}, (path, answer.status_code)
        assert CANARY not in answer.text


async def test_class_04_an_agent_outside_a_restricted_team_reaches_nothing_by_a_list(
    two, sign_in, make, context
):
    _, _, foreign, own = two
    await make.put_in_team(foreign, await make.team(await make.agent(), is_restricted=True))
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE turns SET state = 'handed_over', reason = 'no_article' WHERE ticket_id = %(t)s",
            t=foreign.id,
        )
        await execute(
            session,
            """INSERT INTO ai_runs (id, ticket_id, kind, context_key, provider, model, prompt_version, language, query, action)
               VALUES (gen_random_uuid(), %(t)s, 'answer', '', 'embedded', 'm', '1', 'en', %(q)s, 'handed_over')""",
            t=foreign.id,
            q=foreign.subject,
        )
    outsider, admin = await sign_in(await make.agent()), await sign_in(await make.admin())
    seen_by_admin = 0
    for path in (
        f"/admin/tickets?search={CANARY}", "/admin/tickets", "/admin/activity", "/admin/activity/export", "/reports/tickets.csv?figure=created", "/admin/time-entries.csv",
        "/admin/ai/runs", f"/admin/ai/runs?ticket_id={foreign.id}", "/admin/articles/gaps", f"/ticket/{own.id}/copilot", f"/presence?ticket_ids={foreign.id}", "/notifications",
        f"/admin/time-entries?ticket_id={foreign.id}",
    ):  # fmt: skip
        assert foreign.subject not in (await outsider.get(path)).text, path
        seen_by_admin += foreign.subject in (await admin.get(path)).text
    assert seen_by_admin >= 5, "the ticket is in those lists, for whom it may be"


async def test_class_04_a_hidden_ticket_named_in_a_body_is_like_one_that_does_not_exist(two, sign_in, make):
    _, _, foreign, own = two
    await make.put_in_team(foreign, await make.team(await make.agent(), is_restricted=True))
    outsider = await sign_in(await make.agent())

    async def ask(path, body, ticket_id):
        answer = await outsider.post(
            path, json=json.loads(json.dumps(body).replace("TICKET", str(ticket_id)))
        )
        return answer.status_code, re.sub(r'"request_id":"[^"]*"', "", answer.text).replace(
            str(ticket_id), ""
        )

    ghost = new_id()
    for path, body in (
        ("/admin/articles/from-ticket", {"ticket_id": "TICKET"}),
        (
            "/admin/canned-responses/preview",
            {"ticket_id": "TICKET", "body": "{{ticket_subject}} {{customer_name}}"},
        ),
        ("/admin/actions/preview", {"ticket_ids": ["TICKET"], "actions": [{"type": "close"}]}),
        ("/admin/actions/run", {"ticket_ids": ["TICKET"], "actions": [{"type": "close"}]}),
        (f"/ticket/{own.id}/merge", {"from_ticket_id": "TICKET", "into_ticket_id": "TICKET"}),
        (f"/ticket/{own.id}/merge", {"into_ticket_id": "TICKET"}),
        (f"/ticket/{own.id}/links", {"ticket_id": "TICKET", "kind": "related"}),
        (f"/ticket/{foreign.id}/admin/reply", {"message": "x"}),
    ):
        status, text = await ask(path, body, foreign.id)
        assert (status, text) == await ask(path, body, ghost), path
        assert foreign.subject not in text, path
    admin = await sign_in(await make.admin())
    thread = (await admin.get(f"/ticket/{foreign.id}")).json()
    assert thread["ticket"]["status"] != "closed"
    assert len(thread["messages"]) == 1


async def test_class_05_a_foreign_attachment_is_like_one_that_does_not_exist(two):
    owner, other, foreign, own = two
    stored = await owner.post(f"/ticket/{foreign.id}/attachments", files={"file": ("a.png", samples.png())})
    attachment = stored.json()["attachment"]["id"]
    ghost = str(new_id())
    for method in ("GET", "DELETE", "HEAD"):
        answers = [await other.request(method, f"/attachment/{each}") for each in (attachment, ghost)]
        plain = [
            (a.status_code, {k: v for k, v in (a.json() if a.text else {}).items() if k != "request_id"})
            for a in answers
        ]
        assert plain[0] == plain[1]
        assert plain[0][0] == 404
    taken = await other.post(f"/ticket/{own.id}/messages", json={"message": "mine", "file_ids": [attachment]})
    assert taken.status_code in {400, 404, 405, 422}, "a reply cannot take another's file along"
    assert (await owner.get(f"/attachment/{attachment}")).status_code == 200


async def test_class_06_a_note_reaches_no_customer(two, sign_in, make, context, run_jobs):
    owner, _, foreign, _ = two
    agent = await sign_in(await make.agent())
    note = {"message": "CANARY-NOTE", "is_internal": True}
    assert (await agent.post(f"/ticket/{foreign.id}/admin/reply", json=note)).status_code == 200
    assert (
        await agent.post(f"/ticket/{foreign.id}/admin/reply", json={"message": "Public"})
    ).status_code == 200
    await run_jobs()
    for path in (
        f"/ticket/{foreign.id}",
        f"/ticket/{foreign.id}?include=notes",
        "/customer/tickets?search=CANARY-NOTE",
        "/notifications",
    ):
        assert "CANARY-NOTE" not in (await owner.get(path)).text.replace("search=CANARY-NOTE", ""), path
    async with context.transaction() as session:
        mails = await rows(
            session,
            "SELECT body_text, body_html, quoted_text FROM email_messages WHERE direction = 'outbound'",
        )
    assert "CANARY-NOTE" not in str(mails)


async def test_class_35_parallel_requests_win_once(make, sign_in, context):
    customer = await make.customer()
    client = await sign_in(customer)
    agents = [await sign_in(await make.agent()) for _ in range(4)]
    ticket = await make.ticket(customer=customer)
    key = {"Idempotency-Key": new_id().hex, "Prefer": "respond-async"}
    body = {"context": "Shop", "subject": f"Race {new_id().hex}", "message": "once"}
    opened = await asyncio.gather(*(client.post("/ticket", json=body, headers=key) for _ in range(8)))
    assert len({a.json().get("ticket_id") for a in opened if a.status_code < 300}) == 1
    taken = await asyncio.gather(
        *(a.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Mine"}) for a in agents)
    )
    assert {a.status_code for a in taken} == {200}
    async with context.transaction() as session:
        row = await one(
            session,
            "SELECT count(*) AS n FROM messages WHERE ticket_id = %(t)s AND body = 'Mine'",
            t=ticket.id,
        )
        assigned = await rows(
            session,
            "SELECT data FROM events WHERE ticket_id = %(t)s AND kind = 'ticket.assigned'",
            t=ticket.id,
        )
    assert row["n"] == 4, "no answer is lost"
    assert len(assigned) <= 1, "the first takes it, the others do not take it away"


async def test_class_35_only_one_first_admin(context, client):
    """With the same key at the same moment: one wins; here the desk has an admin already, so nobody does."""
    body = [{"email": f"first{i}@example.org", "password": "a long phrase", "name": "F"} for i in range(6)]
    key = {"X-Bootstrap-Key": "bootstrap-key-of-the-tests"}
    answers = await asyncio.gather(*(client.post("/auth/admin/register", json=b, headers=key) for b in body))
    async with context.transaction() as session:
        row = await one(session, "SELECT count(*) AS n FROM users WHERE email LIKE 'first%%@example.org'")
    assert row["n"] == sum(a.status_code == 200 for a in answers) <= 1


async def test_class_37_the_stream_tells_nobody_of_foreign_tickets(context, make, sign_in):
    owner, other = await make.customer(), await make.customer()
    restricted = await make.team(await make.agent(), is_restricted=True)
    outsider, insider = await make.agent(), await make.admin()
    feed = Feed(context)
    await feed.start()
    heard = {}

    async def listen(user):
        heard[user.id] = []

        async def same():
            return actor_of(user)

        async for items in feed.listen(actor_of(user), same):
            heard[user.id] += [item for item in items if item.ticket_id]

    tasks = [asyncio.create_task(listen(user)) for user in (owner, other, outsider)]
    await asyncio.sleep(0.1)
    ticket = await make.ticket(customer=owner)
    await make.put_in_team(ticket, restricted)
    admin = await sign_in(insider)
    await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "secret", "is_internal": True})
    await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "hello"})
    for _ in range(200):
        if any(item.kind == "message.added" for item in heard[owner.id]):
            break
        await asyncio.sleep(0.05)
    await feed.stop()
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert heard[owner.id], "the owner hears"
    assert not [i for i in heard[owner.id] if i.data.get("is_internal")]
    assert not [i for i in heard[other.id] if i.ticket_id == ticket.id]
    assert not [i for i in heard[outsider.id] if i.actor_id == insider.id]


INJECTIONS = [
    "created_at; DROP TABLE tickets",
    "(SELECT 1)",
    "id'--",
    "1",
    "created_at desc, (select pg_sleep(9))",
    "nope",
    "\x00",
]


@pytest.mark.parametrize("value", INJECTIONS)
async def test_class_38_sorting_takes_names_from_a_list(value, make, sign_in):
    admin, customer = await sign_in(await make.admin()), await sign_in(await make.customer())
    for client, path in (
        (admin, "/admin/tickets"),
        (customer, "/customer/tickets"),
        (admin, "/admin/customers"),
        (admin, "/admin/articles"),
        (admin, "/admin/users"),
        (admin, "/admin/activity"),
    ):
        for name in ("sort", "order"):
            answer = await client.get(path, params={name: value})
            assert answer.status_code in {200, 400, 422}, (path, name, answer.status_code)
            assert "syntax" not in answer.text.lower()


@pytest.mark.parametrize(
    "query",
    [
        "' OR 1=1 --",
        'subject:"',
        "tag:'; DROP TABLE x;--",
        "a & | ! ( ) : * <->",
        "((((((" * 500,
        "-" * 3000,
        "is:open " * 500,
        "%_\\%",
        "\\",
        "before:9999999999",
        "customer:%",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin1"),
    ],
)
async def test_class_38_operators_of_the_search_are_words_or_nothing(query, make, sign_in):
    for client, path in (
        (await sign_in(await make.admin()), "/admin/tickets"),
        (await sign_in(await make.customer()), "/customer/tickets"),
    ):
        answer = await client.get(path, params={"search": query})
        assert answer.status_code in {200, 400}, answer.text


async def test_class_38_a_statement_ends_in_time(context):
    async with context.transaction() as session:
        row = await one(session, "SHOW statement_timeout")
    assert row["statement_timeout"] not in {"0", ""}
