"""Promises of reliability in short form, without root: each fault is caused for real, then the ledger is compared."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import psycopg
import pytest

from deskwell.core import clock
from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.core.llm import ChatModel, Endpoint, ModelUnavailable, Turn
from deskwell.core.security import sign_token
from deskwell.gateways.llm import guarded
from deskwell.gateways.llm.endpoints import OpenAiEndpoints
from deskwell.migrations import is_current
from tests.ai.model_server import model_server
from tests.conftest import client_of
from tests.email.conftest import HEADERS
from tests.email.corpus.building import mail

from .proxy import Fault, FaultProxy

WAIT = {"Prefer": "respond-async"}


async def test_r02_no_answer_of_success_before_the_commit_and_once_after_it(shaky, make, context):
    """The connection is cut at COMMIT: the caller hears 503, asks again with the same key, and it stands there once."""
    app, proxy = shaky
    customer = await make.customer()
    token = await make.token(customer)
    async with client_of(app, Authorization=f"Bearer {token}") as client:
        assert (await client.get("/auth/me")).status_code == 200
        for attempt in range(4):
            body = {"context": "Shop", "subject": f"Commit {new_id().hex}", "message": f"m{attempt}"}
            headers = {**WAIT, "Idempotency-Key": new_id().hex}
            # Cut before the server hears the COMMIT, or before we hear that it is done.
            proxy.everywhere = (
                Fault("up", cut_at=b"COMMI") if attempt % 2 else Fault("down", cut_at=b"COMMIT")
            )
            first = await client.post("/ticket", json=body, headers=headers)
            assert first.status_code == 503, first.text
            assert first.headers["retry-after"]
            proxy.everywhere = None
            for _ in range(40):
                again = await client.post("/ticket", json=body, headers=headers)
                if again.status_code != 503:
                    break
                await asyncio.sleep(0.1)
            assert again.status_code in {200, 202}, again.text
            async with context.transaction() as session:
                found = await rows(session, "SELECT id FROM tickets WHERE subject = %(s)s", s=body["subject"])
            assert [str(row["id"]) for row in found] == [again.json()["ticket_id"]]


async def test_r02_every_connection_ended_at_once_is_survived(client, sign_in, make, context):
    customer = await make.customer()
    signed_in = await sign_in(customer)
    async with context.transaction() as session:
        await rows(
            session,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
    statuses = [(await signed_in.get("/auth/me")).status_code for _ in range(12)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200


async def test_r03_the_sender_hears_later_and_the_mail_comes_once(shaky, hand_in, context):
    app, proxy = shaky
    raw = mail("R3 words", From="later@example.org", Subject="Later", Message_ID="<r3@example.org>", Date="")
    async with client_of(app) as sender:
        proxy.everywhere = Fault("up", cut_after=0, reset=True)
        proxy.cut_all()
        for _ in range(3):
            answer = await sender.post("/webhooks/email", content=raw, headers=HEADERS)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert int(answer.headers["retry-after"]) > 0
    proxy.everywhere = None
    await hand_in(raw)
    await hand_in(raw)
    async with context.transaction() as session:
        found = await one(session, "SELECT count(*) AS n FROM messages WHERE body = 'R3 words'")
    assert found["n"] == 1


AI_FAULTS = {
    "cut in the head": Fault("down", cut_after=10),
    "cut in the body": Fault("down", cut_after=250),
    "reset": Fault("down", cut_after=0, reset=True),
    "garbled": Fault("down", garble_at=9),
    "swallowed": Fault(swallow=True),
    "a trickle": Fault("down", delay=5),
}


@pytest.mark.parametrize("name", AI_FAULTS)
async def test_r13_the_ticket_does_not_depend_on_the_model(name, context, make, sign_in, run_jobs, admin):
    async with model_server() as server:
        proxy = FaultProxy(target_port=int(server.url.split(":")[2].split("/")[0]))
        async with proxy.running():
            proxy.everywhere = AI_FAULTS[name]
            proxy.plan = [AI_FAULTS[name]] * 20
            context.gateways[ChatModel] = OpenAiEndpoints(
                first_wait=0.01, call_seconds=0.3, allowed_hosts=["127.0.0.1"]
            )
            url = f"http://127.0.0.1:{proxy.port}/v1"
            await admin.put("/admin/ai/settings", json={"base_url": url, "model": "m", "api_key": "k"})
            with pytest.raises(ModelUnavailable):
                await context.gateways[ChatModel].complete(Endpoint("m", url, "k"), [Turn("user", "x")])
            assert 1 <= proxy.connections <= 4, "one call and three retries at most"
            client = await sign_in(await make.customer())
            body = {"context": "Shop", "subject": f"R13 {name}", "message": "Where is my parcel?"}
            answer = await client.post("/ticket", json=body, headers=WAIT)
            assert answer.status_code == 202
            await run_jobs()
            thread = (await client.get(f"/ticket/{answer.json()['ticket_id']}")).json()
            assert thread["messages"][0]["message"] == "Where is my parcel?"
            assert all("P1" not in m["message"] for m in thread["messages"]), "nothing partial is posted"
    await admin.put("/admin/ai/settings", json={"base_url": None, "model": None, "api_key": ""})


async def test_r13_an_answer_without_end_is_broken_off(monkeypatch):
    monkeypatch.setattr(guarded, "MAX_ANSWER", 200_000)
    sent = 0

    async def endless(reader, writer):
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        try:
            while True:
                writer.write(b"8000\r\n" + b" " * 0x8000 + b"\r\n")
                sent += 0x8000
                await writer.drain()
        except (ConnectionError, OSError):
            writer.close()

    server = await asyncio.start_server(endless, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    gateway = OpenAiEndpoints(first_wait=0.01, call_seconds=10, allowed_hosts=["127.0.0.1"])
    endpoint = Endpoint("m", f"http://127.0.0.1:{port}/v1", "k")
    async with server:
        with pytest.raises(ModelUnavailable):
            await gateway.complete(endpoint, [Turn("user", "x")])
        with pytest.raises(ModelUnavailable):
            async for _ in gateway.stream(endpoint, [Turn("user", "x")]):
                pass
    assert sent < 60_000_000


OPERATIONS = (
    "reply",
    "note",
    "customer",
    "close",
    "reopen",
    "assign",
    "priority",
    "merge",
    "unmerge",
    "trash",
    "restore",
    "tag",
)
ROUNDS = 12


async def random_operations(dice, staff, customers, tickets, agents, tags):
    """One client's random acts on the same few tickets; every answer is one a person can understand."""
    for _ in range(ROUNDS * (17 if os.environ.get("DESKWELL_SLOW") else 1)):
        ticket, other = dice.sample(tickets, 2)
        operation = dice.choice(OPERATIONS)
        text = f"{operation} {new_id().hex}"
        path, method, body, client = {
            "reply": (f"/ticket/{ticket.id}/admin/reply", "POST", {"message": text}, staff),
            "note": (
                f"/ticket/{ticket.id}/admin/reply",
                "POST",
                {"message": text, "is_internal": True},
                staff,
            ),
            "customer": (f"/ticket/{ticket.id}/reply", "POST", {"message": text}, customers[ticket.id]),
            "close": (f"/ticket/{ticket.id}/close", "POST", {}, customers[ticket.id]),
            "reopen": (f"/ticket/{ticket.id}/reopen", "POST", {}, customers[ticket.id]),
            "assign": (
                f"/admin/ticket/{ticket.id}/assign",
                "POST",
                {"agent_email": dice.choice(agents).email},
                staff,
            ),
            "priority": (
                f"/ticket/{ticket.id}/priority",
                "POST",
                {"priority": dice.choice(["low", "high"])},
                staff,
            ),
            "merge": (
                f"/ticket/{ticket.id}/merge",
                "POST",
                {"into_ticket_id": str(other.id), "other_customer": True},
                staff,
            ),
            "unmerge": (f"/ticket/{ticket.id}/unmerge", "POST", {}, staff),
            "trash": ("/admin/tickets/delete", "POST", {"ticket_ids": [str(ticket.id)]}, staff),
            "restore": ("/admin/tickets/restore", "POST", {"ticket_ids": [str(ticket.id)]}, staff),
            "tag": (f"/ticket/{ticket.id}/tags", "POST", {"tag_id": str(dice.choice(tags).id)}, staff),
        }[operation]
        answer = await client.request(method, path, json=body, headers=WAIT)
        assert answer.status_code < 500 or answer.json()["code"] == "unavailable", (path, answer.text)


async def test_r14_eight_clients_at_random_leave_every_invariant(context, make, sign_in):
    agents = [await make.agent() for _ in range(3)]
    tickets, customers = [], {}
    for _ in range(4):
        customer = await make.customer()
        ticket = await make.ticket(customer=customer)
        tickets.append(ticket)
        customers[ticket.id] = await sign_in(customer)
    tags = [await make.tag() for _ in range(3)]
    staff = [await sign_in(each) for each in (*agents, await make.admin())]
    await asyncio.gather(
        *(
            random_operations(random.Random(seed), staff[seed % 4], customers, tickets, agents, tags)
            for seed in range(8)
        )
    )
    broken = {
        "position twice": "SELECT 1 FROM messages GROUP BY ticket_id, position HAVING count(*) > 1",
        "merged into itself": "SELECT 1 FROM tickets WHERE merged_into_id = id",
        "a circle of merges": """WITH RECURSIVE w AS (SELECT id, merged_into_id, 1 AS n FROM tickets WHERE merged_into_id IS NOT NULL
            UNION ALL SELECT w.id, t.merged_into_id, n + 1 FROM w JOIN tickets t ON t.id = w.merged_into_id WHERE t.merged_into_id IS NOT NULL AND n < 50)
            SELECT 1 FROM w WHERE n >= 50""",
        "a message without a ticket": "SELECT 1 FROM messages m LEFT JOIN tickets t ON t.id = m.ticket_id WHERE t.id IS NULL",
        "an assignee who is a customer": "SELECT 1 FROM tickets t JOIN users u ON u.id = t.assignee_id WHERE u.role = 'customer'",
        "a file without its ticket": "SELECT 1 FROM attachments a LEFT JOIN tickets t ON t.id = a.ticket_id WHERE t.id IS NULL",
        "a tag twice": "SELECT 1 FROM ticket_tags GROUP BY ticket_id, tag_id HAVING count(*) > 1",
    }
    async with context.transaction() as session:
        for name, question in broken.items():
            assert await rows(session, question) == [], name


def run_migrate(url):
    environment = {**os.environ, "DATABASE_URL": url, "DESKWELL_SECRET_KEY": "k" * 40}
    return subprocess.Popen(
        [sys.executable, "-m", "deskwell", "migrate"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_r17_a_migration_killed_half_way_is_begun_again_and_two_at_once_wait_for_each_other(postgres):
    url = postgres.create_database(f"killed_{new_id().hex[-8:]}")
    process = run_migrate(url)
    _until_it_has_begun(url, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    both = [run_migrate(url), run_migrate(url)]
    for process in both:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()[-500:]
    assert is_current(url)


def _until_it_has_begun(url, process):
    """The schema is there, so that the kill falls into the middle of the work."""
    while process.poll() is None:
        with psycopg.connect(url, autocommit=True) as session:
            if session.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'deskwell'").fetchone():
                return
        time.sleep(0.02)


async def test_r20_leases_and_order_follow_the_database_and_tokens_bear_a_minute(client, make, context):
    user = await make.customer()
    async with context.transaction() as session:
        row = await one(session, "SELECT id FROM sessions WHERE user_id = %(u)s", u=user.id) or {"id": None}
    assert row["id"] is None
    token = await make.token(user)
    client.cookies.clear()
    for skew in (timedelta(hours=-1), timedelta(minutes=5), timedelta(hours=1), timedelta(days=2)):
        with clock.shifted(skew):  # whether a session has ended is for the database's clock to say
            answer = await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, skew
    just = sign_token(context.settings, user.id, new_id(), clock.now() - timedelta(seconds=30))
    assert (await client.get("/auth/me", headers={"Authorization": f"Bearer {just}"})).status_code == 401
    with clock.shifted(timedelta(days=4800)):  # past January 2038
        assert (await make.ticket(customer=user)).id


async def test_r20_a_clock_that_went_back_settles_nothing_before_it_was_made(make, sign_in, context):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    asking, staff = await sign_in(customer), await sign_in(await make.agent())
    with clock.shifted(timedelta(hours=-1)):  # one is settled by an answer, the next as it is written
        answered = await staff.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Soon."})
        asked = await asking.post(f"/ticket/{ticket.id}/reply", json={"message": "Thanks."}, headers=WAIT)
    assert (answered.status_code, asked.is_success) == (200, True)
    async with context.transaction() as session:
        found = await one(
            session,
            "SELECT count(settled_at) AS settled, count(*) FILTER (WHERE settled_at < created_at) AS early FROM turns WHERE ticket_id = %(t)s",
            t=ticket.id,
        )
    assert (found["settled"], found["early"]) == (2, 0)


async def test_r23_what_was_mailed_under_an_earlier_key_is_answered_into_its_ticket(
    account, admin, hand_in, run_jobs, sink, settings, context
):
    opened = await hand_in(
        mail("R23", From="old@example.org", Subject="Old key", Message_ID="<r23@example.org>", Date="")
    )
    await admin.post(f"/ticket/{opened['ticket_id']}/admin/reply", json={"message": "From the old days"})
    await run_jobs()
    sent = sink.to("old@example.org")[-1]
    newer = context.settings.model_copy(
        update={
            "secret_key": type(settings.secret_key)("n" * 40),
            "previous_secret_keys": [settings.secret_key.get_secret_value()],
        }
    )
    old, context_settings = context.settings, context
    object.__setattr__(context_settings, "settings", newer)
    context.database.info["settings"] = newer
    try:
        back = await hand_in(
            mail(
                "Still here",
                f"In-Reply-To: {sent['message-id']}",
                From="old@example.org",
                Subject="Quite other words",
                Message_ID="<r23b@example.org>",
            )
        )
    finally:
        object.__setattr__(context_settings, "settings", old)
        context.database.info["settings"] = old
    assert back["ticket_id"] == opened["ticket_id"]


async def test_r25_what_waits_or_failed_is_a_figure_of_ready(client, hand_in, context):
    before = (await client.get("/ready")).json()["figures"]
    async with context.transaction() as session:
        await execute(
            session,
            "INSERT INTO inbound_mails (id, sha256, content, size, via, envelope_to, state, reason) VALUES (gen_random_uuid(), md5(random()::text), 'x', 1, 'raw', '{}', 'failed', 'R25')",
        )
    after = (await client.get("/ready")).json()["figures"]
    assert after["mails_unprocessed"] == before["mails_unprocessed"] + 1
    assert {
        "jobs_waiting",
        "oldest_job_seconds",
        "mails_not_sent",
        "mailbox_silent_seconds",
        "workers",
    } <= set(after)


def test_the_proxy_breaks_what_it_should():
    """The lab itself: a fault that does nothing would prove nothing."""

    async def go():
        async def echo(reader, writer):
            while piece := await reader.read(1000):
                writer.write(piece)
            writer.close()

        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        proxy = FaultProxy(target_port=server.sockets[0].getsockname()[1])
        got = {}
        async with server, proxy.running():
            for name, fault in (
                ("whole", Fault()),
                ("cut", Fault(cut_after=3)),
                ("pattern", Fault("up", cut_at=b"cd")),
                ("garbled", Fault(garble_at=1)),
            ):
                proxy.plan = [fault]
                reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
                writer.write(b"abcdef")
                writer.write_eof()
                got[name] = await reader.read()
                writer.close()
        return got

    got = asyncio.run(go())
    assert (got["whole"], got["cut"], got["garbled"]) == (b"abcdef", b"abc", b"a\x9dcdef")
    assert b"e" not in got["pattern"]
