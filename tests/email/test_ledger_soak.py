"""The long form of the ledger: web, worker and database are killed at random while mail comes in and goes out.

`make soak ARGS="-k ledger"`. What was accepted is in its ticket once, with its file; each reply goes out once, or is
known to be uncertain. The servers are processes of their own, as on an owner's machine, on a database of their own.
"""

import asyncio
import hashlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from psycopg.rows import dict_row

from deskwell import migrations
from deskwell.app.context import build_context
from deskwell.gateways.postgres import EmbeddedPostgres
from tests.conftest import test_settings
from tests.email.conftest import HEADERS, SECRET, Sink
from tests.email.corpus.building import b64, mail, multipart, part, text
from tests.factories import Make

pytestmark = pytest.mark.slow
MAILS, REPLIES, SECONDS, LEAST_KILLS, SEED = 500, 300, 120, 6, 11
SECRET_KEY = "ledger-" + "k" * 40


@dataclass
class Desk:
    """Web, worker and database, each of which can be killed and comes back."""

    folder: Path
    postgres: EmbeddedPostgres
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: dict[str, int] = field(default_factory=lambda: {"web": 0, "worker": 0, "database": 0})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "DESKWELL_SECRET_KEY": SECRET_KEY,
            "DESKWELL_EMAIL_WEBHOOK_SECRET": SECRET,
            "DESKWELL_DATA_DIR": str(self.folder / "data"),
            "DESKWELL_STORAGE_URL": f"file://{self.folder / 'files'}",
            "DESKWELL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
            "DESKWELL_BASE_URL": self.address,
            "DESKWELL_RATE_LIMITS": '{"webhook": "100000/60", "ticket": "100000/60", "staff": "100000/60"}',
        }
        extra = ["--host", "127.0.0.1", "--port", str(self.port)] if name == "web" else []
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "deskwell", name, *extra],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / f"{name}.log").open("ab"),
        )

    def kill(self, name: str) -> None:
        """As a power cut does it: no signal handler runs."""
        self.kills[name] += 1
        if name == "database":
            assert self.postgres.pid
            os.kill(self.postgres.pid, signal.SIGKILL)
        else:
            self.running[name].send_signal(signal.SIGKILL)
            self.running[name].wait()

    def bring_back(self) -> None:
        self.postgres.supervise()
        for name, process in self.running.items():
            if process.poll() is not None:
                self.start(name)

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def ask(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with await psycopg.AsyncConnection.connect(
            self.postgres.url, row_factory=dict_row
        ) as connection:
            cursor = await connection.execute(sql.encode(), values or None)
            return await cursor.fetchall() if cursor.description else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def desk() -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(prefix="deskwell-ledger-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "database").mkdir(mode=0o755)
    (folder / "data").mkdir()
    postgres = EmbeddedPostgres(folder / "database")
    postgres.start()
    migrations.upgrade(postgres.url)
    desk = Desk(folder, postgres, _free_port())
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def own_sink() -> Iterator[Sink]:
    """The SMTP server in a thread of its own: the test's loop stands still while a database starts."""
    taken, loop, started = Sink(), asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(taken.talk, "127.0.0.1", 0)
        taken.port = server.sockets[0].getsockname()[1]
        started.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    assert started.wait(10)
    yield taken
    loop.call_soon_threadsafe(loop.stop)


async def _until_taken(call: Callable[[], Awaitable[httpx2.Response]], taken: set[int]) -> httpx2.Response:
    """Send again until it is accepted, as a mail server and a patient agent do."""
    for _ in range(600):
        try:
            answer = await call()
        except httpx2.HTTPError:
            answer = None
        if answer is not None and answer.status_code in taken:
            return answer
        assert answer is None or answer.status_code >= 409, answer.text
        await asyncio.sleep(0.5)
    raise AssertionError("it was never accepted")


async def _kill_at_random(desk: Desk, client: httpx2.AsyncClient) -> None:
    """Each time all of it is up again and has worked for a moment, something dies; sometimes two things at once."""
    dice, loop = random.Random(SEED), asyncio.get_running_loop()
    ends = loop.time() + SECONDS
    while loop.time() < ends or min(desk.kills.values()) < LEAST_KILLS:
        await _until_taken(lambda: client.get("/health"), {200})
        await asyncio.sleep(dice.uniform(0.5, 6))
        for name in dice.sample(["web", "worker", "database"], k=dice.choice([1, 1, 2])):
            desk.kill(name)
        await asyncio.sleep(dice.uniform(0, 1))
        desk.bring_back()


async def _settle(desk: Desk) -> None:
    """Let time pass: leases of the dead run out, pauses end."""
    for _ in range(1200):
        desk.bring_back()
        try:
            await desk.ask(
                "UPDATE outbox SET leased_until = now() - interval '1 second' WHERE state = 'leased' AND leased_until < now() + interval '3 minutes'"
            )
            await desk.ask(
                "UPDATE outbox SET next_attempt_at = now() WHERE state IN ('queued', 'uncertain') AND next_attempt_at > now()"
            )
            await desk.ask(
                "UPDATE inbound_mails SET next_attempt_at = now() WHERE state = 'received' AND next_attempt_at > now() + interval '20 seconds'"
            )
            [left] = await desk.ask(
                """SELECT (SELECT count(*) FROM inbound_mails WHERE state = 'received')
                        + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased', 'uncertain')) AS n"""
            )
        except psycopg.OperationalError:
            left = {"n": -1}
        if left["n"] == 0:
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"{left['n']} mails did not come to an end")


def _ledger() -> dict[str, tuple[bytes, str, str]]:
    """Message-ID → raw mail, its text, the sum of its file."""
    ledger = {}
    for index in range(MAILS):
        name, words = f"ledger{index}@example.org", f"Ledger text {index}"
        data = hashlib.sha256(name.encode()).digest() * 500
        header, body = multipart(
            "mixed",
            text(words),
            part(
                b64(data),
                "Content-Type: application/octet-stream; name=sum.bin",
                "Content-Transfer-Encoding: base64",
            ),
        )
        raw = mail(
            body,
            header,
            From=f"person{index % 50}@example.org",
            Subject=f"Ledger {index}",
            Message_ID=f"<{name}>",
        )
        ledger[name] = (raw, words, hashlib.sha256(data).hexdigest())
    return ledger


async def test_ledger_of_mails_and_replies_while_web_worker_and_database_are_killed(desk, own_sink):
    ledger, sent = _ledger(), {}
    desk.start("web")
    desk.start("worker")
    context = build_context(
        test_settings(desk.postgres.url, secret_key=SECRET_KEY, data_dir=desk.folder / "data")
    )
    await context.listener.start()
    make = Make(context)
    token = await make.token(await make.admin(name="Ada Admin"))
    await context.listener.stop()
    await context.database.close()
    async with httpx2.AsyncClient(base_url=desk.address, timeout=20) as client:
        staff = {"Authorization": f"Bearer {token}"}
        account = {
            "email": "help@desk.example", "display_name": "Desk", "provider": "smtp", "smtp_host": "127.0.0.1",
            "smtp_port": own_sink.port, "smtp_username": "help", "smtp_password": "secret-of-the-account",
        }  # fmt: skip
        await _until_taken(lambda: client.post("/admin/email-accounts", json=account, headers=staff), {200})
        slots = asyncio.Semaphore(8)

        async def hand_in(name: str, index: int) -> None:
            async with slots:
                raw = ledger[name][0]
                answer = await _until_taken(
                    lambda: client.post("/webhooks/email", content=raw, headers=HEADERS), {200, 202}
                )
                ticket_id = answer.json().get("ticket_id")
                for _ in range(300):  # a mail that was only stored says later where it is
                    if ticket_id or index >= REPLIES:
                        break
                    await asyncio.sleep(1)
                    answer = await _until_taken(
                        lambda: client.post("/webhooks/email", content=raw, headers=HEADERS), {200, 202}
                    )
                    ticket_id = answer.json().get("ticket_id")
                if index < REPLIES:
                    assert ticket_id
                    words = f"Reply of the ledger {index}"
                    await _until_taken(
                        lambda: client.post(
                            f"/ticket/{ticket_id}/admin/reply",
                            json={"message": words},
                            headers={**staff, "Idempotency-Key": f"ledger-{index}"},
                        ),
                        {200},
                    )
                    sent[words] = f"person{index % 50}@example.org"

        work = asyncio.gather(*(hand_in(name, i) for i, name in enumerate(ledger)))
        await asyncio.gather(work, _kill_at_random(desk, client))
        await _settle(desk)
    print("kills:", desk.kills)
    assert min(desk.kills.values()) >= LEAST_KILLS

    await _check_mails(desk, ledger)
    await _check_replies(desk, own_sink, sent)


async def _check_mails(desk: Desk, ledger: dict[str, tuple[bytes, str, str]]) -> None:
    found = await desk.ask(
        """SELECT e.rfc_id, m.body, f.sha256 FROM email_messages e JOIN messages m ON m.id = e.message_id
           JOIN attachments a ON a.message_id = m.id JOIN files f ON f.id = a.file_id WHERE e.rfc_id LIKE 'ledger%@example.org'"""
    )
    assert {r["rfc_id"]: (r["body"], r["sha256"]) for r in found} == {
        n: (w, s) for n, (_, w, s) in ledger.items()
    }
    assert len(found) == MAILS, "none is there twice"
    for row in await desk.ask("SELECT storage_key, sha256 FROM files WHERE name = 'sum.bin'"):
        stored = desk.folder / "files" / row["storage_key"]
        assert hashlib.sha256(stored.read_bytes()).hexdigest() == row["sha256"]


async def _check_replies(desk: Desk, own_sink: Sink, sent: dict[str, str]) -> None:
    replies = await desk.ask(
        "SELECT body, count(*) AS n FROM messages WHERE body LIKE 'Reply of the ledger%' GROUP BY body"
    )
    assert {r["body"]: r["n"] for r in replies} == dict.fromkeys(sent, 1)
    states = {
        r["rfc_id"]: r
        for r in await desk.ask(
            "SELECT e.rfc_id, o.state, o.uncertain_attempts AS uncertain FROM outbox o JOIN email_messages e ON e.id = o.email_id"
        )
    }
    arrived: dict[str, list[str]] = {words: [] for words in sent}
    for _, recipients, data in own_sink.mails:
        parsed = Sink.read(data)
        body = parsed.get_body(("plain",))
        lines = {line.strip() for line in body.get_content().splitlines()} if body else set()
        for words, address in sent.items():
            if address in recipients and words in lines:
                arrived[words].append(str(parsed["message-id"]).strip("<>"))
    for words, ids in arrived.items():
        assert len(set(ids)) == 1, f"{words}: one Message-ID, however often it was tried"
        state = states[ids[0]]
        assert state["state"] == "sent"
        assert len(ids) <= 1 + state["uncertain"]
    print("sent twice because of an uncertain end:", sum(len(ids) > 1 for ids in arrived.values()))
