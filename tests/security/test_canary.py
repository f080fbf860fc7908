"""A customer's every view is searched for what is not theirs: notes, hidden fields, drafts, other people's tickets."""

import asyncio
import contextlib
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
import pytest_asyncio

from deskwell.core.db import rows
from deskwell.core.security import read_token
from deskwell.domains.live.routes import stream
from tests.email.conftest import Sink, account, settings, sink
from tests.factories import actor_of
from tests.files.samples import png
from tests.security.test_authorisation_matrix import places

CANARY = "canary7f3e"
WORDS = f"{CANARY} private words"
__all__ = ["account", "places", "settings", "sink"]  # fixtures of the neighbours


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(make, sign_in):
    return await sign_in(await make.admin(name="Ada Admin"))


async def ok(call):
    answer = await call
    assert answer.is_success, answer.text
    return answer.json()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kim(make):
    return await make.customer(name="Kim Larsen", email="kim@example.org")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def heard(app, context, make, kim):
    """Everything the live stream says to the customer while the desk is at work."""
    said: list[str] = []
    request = SimpleNamespace(app=app)
    session_id = read_token(context.settings, await make.token(kim))

    async def listen():
        response = await stream(request, context, replace(actor_of(kim), session_id=session_id))
        async for line in response.body_iterator:
            said.append(line)  # noqa: PERF401 - what was said so far is wanted

    task = asyncio.create_task(listen())
    await asyncio.sleep(0)
    yield said
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ticket(admin, account, make, kim, heard, sign_in):
    """A customer's ticket around which everything private lies: all of it holds the canary."""
    mine = await make.ticket(customer=kim, body="My kettle drips.", subject="Kettle drips")
    theirs = await make.ticket(body=WORDS, subject=f"Kettle drips {CANARY}")
    url = f"/ticket/{mine.id}"
    for subject, access in (("ticket", "hidden"), ("customer", "hidden"), ("company", "hidden")):
        field = {"key": f"{CANARY}_{subject}", "label": WORDS, "kind": "text", "subject": subject}
        await ok(admin.post("/admin/custom-fields", json={**field, "customer_access": access}))
    await ok(
        admin.post(
            "/admin/custom-fields",
            json={"key": "shown", "label": "Shown", "kind": "text", "customer_access": "read"},
        )
    )
    await ok(admin.patch(url, json={"custom_fields": {f"{CANARY}_ticket": WORDS, "shown": "Visible"}}))
    await ok(admin.put(f"/admin/customers/{kim.id}/fields", json={"values": {f"{CANARY}_customer": WORDS}}))
    await ok(admin.post(f"/admin/customers/{kim.id}/notes", json={"body": WORDS}))
    company = (
        await ok(
            admin.post(
                "/admin/companies", json={"name": "Example", "domains": ["example.org"], "notes": WORDS}
            )
        )
    )["company"]
    await ok(admin.post(f"/admin/companies/{company['id']}/notes", json={"body": WORDS}))
    tag = (await ok(admin.post("/admin/tags", json={"name": CANARY, "description": WORDS})))["tag"]
    await ok(admin.post(f"{url}/tags", json={"tag_ids": [tag["id"]]}))
    team = (await ok(admin.post("/admin/teams", json={"name": f"Team {CANARY}"})))["team"]
    await ok(admin.patch(url, json={"team_id": team["id"]}))
    file = (await ok(admin.post("/files", files={"file": (f"{CANARY}.png", png())})))["file"]
    note = {"message": f"{WORDS} @Ada", "is_internal": True, "file_ids": [file["id"]]}
    await ok(admin.post(f"{url}/admin/reply", json=note))
    await ok(admin.put(f"{url}/draft", json={"kind": "reply", "body": WORDS}))
    await ok(
        admin.post(
            f"/ticket/{mine.id}/time-entry",
            json={"duration_minutes": 5, "description": WORDS, "entry_type": "work"},
        )
    )
    await ok(
        admin.post("/admin/canned-responses", json={"title": CANARY, "body": WORDS, "visibility": "everyone"})
    )
    await ok(
        admin.post(
            "/admin/macros",
            json={"name": CANARY, "visibility": "everyone", "actions": [{"type": "note", "body": WORDS}]},
        )
    )
    rule = {
        "name": f"Rule {CANARY}",
        "triggers": ["agent_replied", "customer_replied"],
        "conditions": {"match": "all", "conditions": []},
        "actions": [{"type": "note", "body": WORDS}, {"type": "escalate", "reason": WORDS}],
    }
    await ok(admin.post("/admin/rules", json=rule))
    article = {"title": f"Kettle drips {CANARY}", "body": WORDS, "visibility": "internal"}
    await ok(admin.post("/admin/articles", json=article))
    await ok(admin.post("/admin/articles", json={**article, "visibility": "public", "status": "draft"}))
    await ok(admin.post(f"{url}/admin/reply", json={"message": "Please send a picture."}))
    await ok(admin.post(f"{url}/links", json={"ticket_id": str(theirs.id), "kind": "related"}))
    customer = await sign_in(kim)
    await ok(
        customer.post(f"{url}/reply", json={"message": "Here it is."}, headers={"Prefer": "respond-async"})
    )
    await ok(admin.post(f"{url}/admin/reply", json={"message": "Thanks, it is settled."}))
    await ok(admin.post(f"/admin/ticket/{mine.id}/close"))
    return SimpleNamespace(id=mine.id, theirs=theirs, note_file=file["id"])


# Asked for without its last letter, so that an echo of the question is not taken for a find.
ASKED = CANARY[:-1]
SEARCHES = (
    "",
    f"?search={ASKED}",
    f"?q={ASKED}",
    "?include=notes",
    "?status=closed&sort=updated_at&page_size=100",
)


async def test_no_view_of_the_api_holds_it(sign_in, kim, ticket, places):
    customer = await sign_in(kim)
    seen, leaks = 0, []
    for place in places:
        if place.method != "GET" or place.path in {"/live", "/openapi.json"}:
            continue
        values = {"ticket_id": str(ticket.id), "attachment_id": ticket.note_file, "user_id": str(kim.id)}
        for suffix in SEARCHES:
            url = place.url(**values) + suffix
            answer = await customer.get(url)
            seen += answer.status_code == 200
            if CANARY in answer.text:
                leaks.append((url, answer.status_code))
    assert leaks == []
    assert seen > 60, "the customer must have read something"
    mine = (await customer.get(f"/ticket/{ticket.id}")).json()
    assert mine["ticket"]["custom_fields"] == {"shown": "Visible"}
    assert len(mine["messages"]) >= 4


@pytest.mark.parametrize("path", ["/ticket/{id}", "/ticket/{id}/attachments", "/ticket/{id}/emails"])
async def test_anothers_ticket_is_not_there(sign_in, kim, ticket, path):
    customer = await sign_in(kim)
    assert (await customer.get(path.format(id=ticket.theirs.id))).status_code == 404


async def test_no_answer_to_a_writing_call_holds_it(sign_in, kim, ticket, run_jobs):
    """What the customer does, with the AI at work over articles, notes and similar tickets."""
    customer = await sign_in(kim)
    body = {
        "context": "Shop",
        "subject": "Kettle drips",
        "message": f"My kettle drips, what about {ASKED}?",
    }
    opened = await customer.post("/ticket", json=body, headers={"Prefer": "respond-async"})
    await run_jobs()
    url = f"/ticket/{opened.json()['ticket_id']}"
    for answer in (
        opened,
        await customer.get(url),
        await customer.post(
            f"{url}/reply", json={"message": "Still drips."}, headers={"Prefer": "respond-async"}
        ),
        await customer.post(f"{url}/escalate", json={"reason": "Please, a person"}),
        await customer.post(f"{url}/close"),
        await customer.post(f"{url}/reopen"),
        await customer.patch("/auth/me", json={"name": "Kim"}),
    ):
        assert answer.is_success or answer.json()["code"] == "already_escalated", answer.text
        assert CANARY not in answer.text


async def test_no_mail_to_the_customer_holds_it(context, kim, ticket, run_jobs, sink: Sink):
    await run_jobs()
    mails = sink.to(kim.email)
    assert len(mails) >= 2, "acknowledgement or replies must have been sent"
    for mail in mails:
        assert CANARY not in mail.as_string()
        for part in mail.walk():
            assert CANARY not in str(part.get_payload(decode=True) or "")
    async with context.transaction() as session:
        queued = await rows(
            session,
            "SELECT subject, body_text, body_html, from_name FROM email_messages WHERE %(me)s = ANY(to_email || cc_email || bcc_email)",
            me=kim.email,
        )
    assert CANARY not in str(queued)


async def test_the_live_stream_does_not_say_it(ticket, heard):
    for _ in range(100):
        if any("ticket.closed" in line for line in heard):
            break
        await asyncio.sleep(0.05)
    spoken = "".join(heard)
    assert "message.added" in spoken
    assert "ticket.closed" in spoken
    assert "signed_out" not in spoken
    assert "ticket.field_changed" in spoken
    assert CANARY not in spoken
    assert '"is_internal": true' not in spoken
    assert str(ticket.theirs.id) not in spoken


async def test_no_export_is_open_to_a_customer(sign_in, kim, ticket, places):
    """Nor does the help center find what is internal, for anybody."""
    customer = await sign_in(kim)
    exports = [place for place in places if re.search(r"export|\.csv|/raw|backup", place.path)]
    assert len(exports) > 4
    for place in exports:
        answer = await customer.request(place.method, place.url(ticket_id=str(ticket.id)))
        assert answer.status_code in {403, 404}, str(place)
