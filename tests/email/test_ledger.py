"""A ledger of what was sent in and what must have gone out, while workers are killed in the middle of it."""

import asyncio
import os
import random
import signal
import subprocess
import sys

import pytest

from deskwell.core.db import execute, one, rows
from tests.email.conftest import HEADERS
from tests.email.corpus.building import mail

LONG = bool(os.environ.get("DESKWELL_SLOW"))
MAILS, REPLIES, KILLS = (500, 300, 25) if LONG else (24, 8, 2)


@pytest.fixture
def start_worker(settings):
    """A worker as a process of its own, that can be killed like any other."""
    running: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DESKWELL_SECRET_KEY": settings.secret_key.get_secret_value(),
        "DESKWELL_DATA_DIR": str(settings.data_dir),
        "DESKWELL_STORAGE_URL": settings.storage_url,
        "DESKWELL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        "DESKWELL_BASE_URL": settings.base_url,
    }

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "deskwell", "worker"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


async def _kill_at_random(start_worker, is_done, seed=4):
    """Kill the worker every few seconds and start another; after the last kill let one work in peace."""
    dice = random.Random(seed)
    worker = start_worker()
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(1.5, 4))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker = start_worker()
    for _ in range(300):
        if await is_done():
            return
        await asyncio.sleep(0.5)
    raise AssertionError("it did not come to an end")


async def test_mails_handed_in_while_workers_die_are_each_in_a_ticket_once(
    account, client, context, start_worker
):
    ledger = {f"<ledger{i}@example.org>": f"Ledger text {i}" for i in range(MAILS)}

    async def hand_in(index, message_id, text):
        raw = mail(
            text, From=f"ledger{index % 7}@example.org", Subject=f"Ledger {index}", Message_ID=message_id
        )
        answer = await client.post("/webhooks/email", content=raw, headers=HEADERS)
        assert answer.status_code in {200, 202}

    async def is_done():
        async with context.transaction() as session:
            await execute(
                session,
                "UPDATE inbound_mails SET next_attempt_at = now() WHERE state = 'received' AND next_attempt_at > now() + interval '15 seconds'",
            )
            row = await one(session, "SELECT count(*) AS n FROM inbound_mails WHERE state = 'received'")
        return row["n"] == 0

    async def hand_in_all():
        slots = asyncio.Semaphore(8)

        async def one_of(index, pair):
            async with slots:
                await hand_in(index, *pair)

        await asyncio.gather(*(one_of(i, pair) for i, pair in enumerate(ledger.items())))

    handing = asyncio.create_task(hand_in_all())
    await asyncio.gather(handing, _kill_at_random(start_worker, is_done))
    async with context.transaction() as session:
        found = await rows(
            session,
            "SELECT e.rfc_id, m.body FROM email_messages e JOIN messages m ON m.id = e.message_id WHERE e.rfc_id LIKE 'ledger%'",
        )
        doubled = await rows(
            session,
            "SELECT body FROM messages WHERE body LIKE 'Ledger text %' GROUP BY body HAVING count(*) > 1",
        )
    assert {f"<{row['rfc_id']}>": row["body"] for row in found} == ledger
    assert len(found) == MAILS
    assert doubled == []


async def test_replies_sent_while_workers_die_arrive_once_or_are_known_to_be_uncertain(
    account, admin, make, context, sink, start_worker
):
    tickets = []
    for _ in range(REPLIES):
        customer = await make.customer()
        tickets.append((customer.email, await make.ticket(customer=customer)))
    for _, ticket in tickets:
        assert (
            await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Reply of the ledger"})
        ).status_code == 200

    async def is_done():
        async with context.transaction() as session:
            # Time passes: leases of the dead run out, pauses end.
            await execute(
                session,
                "UPDATE outbox SET leased_until = now() - interval '1 second' WHERE state = 'leased' AND leased_until < now() + interval '3 minutes 40 seconds'",
            )
            await execute(
                session,
                "UPDATE outbox SET next_attempt_at = now() WHERE state IN ('queued', 'uncertain') AND next_attempt_at > now()",
            )
            row = await one(
                session, "SELECT count(*) AS n FROM outbox WHERE state IN ('queued', 'leased', 'uncertain')"
            )
        return row["n"] == 0

    sink.mails.clear()
    await _kill_at_random(start_worker, is_done, seed=5)
    async with context.transaction() as session:
        states = {
            r["id"]: r
            for r in await rows(
                session,
                "SELECT e.rfc_id AS id, o.state, o.uncertain_attempts AS uncertain FROM outbox o JOIN email_messages e ON e.id = o.email_id WHERE e.template_type = 'ticket_reply'",
            )
        }
    assert len(states) >= REPLIES
    for address, _ in tickets:
        replies = [m for m in sink.to(address) if str(m["subject"]).startswith("Re:")]
        ids = {str(m["message-id"]).strip("<>") for m in replies}
        assert len(ids) == 1, "one Message-ID, however often it was tried"
        state = states[ids.pop()]
        assert state["state"] == "sent"
        assert 1 <= len(replies) <= 1 + state["uncertain"]
