"""A whole desk in processes of its own, under load and under attack by the test."""

import asyncio
import json
import os
import random
import re
import signal
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
import psycopg

from deskwell.gateways.postgres import EmbeddedPostgres
from tests.email.corpus.building import mail
from tests.front_door.conftest import RunningDesk

SECRET = "webhook-of-the-long-forms"
PASSWORD = "lantern-harbour-92"
UNLIMITED = json.dumps(
    dict.fromkeys(
        ("register", "sign_in_address", "webhook", "ticket", "reply", "upload", "api_key"), "100000000/60"
    )
)
KNOWN = {
    "DESKWELL_EMAIL_WEBHOOK_SECRET": SECRET,
    "DESKWELL_RATE_LIMITS": UNLIMITED,
    "DESKWELL_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
}


@dataclass
class Load:
    """Messages that are handed in until the desk says that it has them, and the ledger of all of them."""

    desk: RunningDesk
    token: str
    tickets: list[str]
    ledger: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    tries: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    async def run(
        self, count: int, *, at_once: int = 12, name: str = "load", seconds: float = float("inf")
    ) -> None:
        """Half of them mails, half replies over the API; what is begun within the time is brought to its end."""
        until = time.monotonic() + seconds
        numbers = iter(range(count))
        async with httpx2.AsyncClient(base_url=self.desk.url, timeout=30) as client:

            async def work() -> None:
                for number in numbers:
                    if time.monotonic() > until:
                        return
                    text = f"{name} {number} end"
                    self.ledger.append(text)
                    send = self._mail if number % 2 else self._reply
                    await self._until_taken(lambda send=send, text=text: send(client, text))
                    self.accepted.append(text)

            await asyncio.gather(*(work() for _ in range(at_once)))

    async def _until_taken(self, send: Callable[[], Awaitable[httpx2.Response]]) -> None:
        """As a mail server or a program with an idempotency key does: again, until the answer is yes."""
        began = time.monotonic()
        while True:
            self.tries += 1
            status = 0
            try:
                answer = await send()
                status = answer.status_code
            except httpx2.HTTPError:
                pass
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if 200 <= status < 300:
                self.waits.append(time.monotonic() - began)
                return
            assert status in {0, 503}, (status, answer.text, self.faults())
            await asyncio.sleep(0.3)

    def faults(self) -> list[str]:
        """What the desk logged of errors of its own."""
        return [line[-3000:] for line in self.desk.output.splitlines() if "unhandled_error" in line][-3:]

    async def _mail(self, client: httpx2.AsyncClient, text: str) -> httpx2.Response:
        number = int(text.split()[-2])
        raw = mail(
            text,
            From=f"load{number % 40}@example.org",
            Subject=f"Load {number % 200}",
            Message_ID=f"<{text.replace(' ', '.')}@example.org>",
        )
        headers = {"X-Webhook-Secret": SECRET, "Content-Type": "message/rfc822"}
        return await client.post("/webhooks/email", content=raw, headers=headers)

    async def _reply(self, client: httpx2.AsyncClient, text: str) -> httpx2.Response:
        ticket = self.tickets[int(text.split()[-2]) % len(self.tickets)]
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": text,
            "Prefer": "respond-async",
        }
        return await client.post(f"/ticket/{ticket}/reply", json={"message": text}, headers=headers)

    async def difference(self, *, patience: float = 300) -> tuple[list[str], list[str]]:
        """Which messages of the ledger are not in a ticket, and which are there twice, once all is read."""
        url = EmbeddedPostgres(self.desk.data_dir).url
        deadline = time.monotonic() + patience
        while True:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as session:
                await session.execute(
                    "UPDATE inbound_mails SET next_attempt_at = now() WHERE state = 'received' AND next_attempt_at > now() + interval '15 seconds'"
                )
                waiting = await (
                    await session.execute("SELECT count(*) FROM inbound_mails WHERE state = 'received'")
                ).fetchone()
                found = await (
                    await session.execute("SELECT body, count(*) FROM messages GROUP BY body")
                ).fetchall()
            if waiting == (0,) or time.monotonic() > deadline:
                counts = dict(found)
                lost = [text for text in self.ledger if text not in counts]
                return lost, [text for text in self.ledger if counts.get(text, 0) > 1]
            await asyncio.sleep(1)


async def prepared(desk: RunningDesk, *, tickets: int = 20) -> tuple[str, Load]:
    """Set a desk up: (the owner's token, a load by a customer with some tickets). The AI is off: it is not meant here."""
    await asyncio.to_thread(lambda: desk.url)
    link = re.search(r"/setup\?token=(\S+)", desk.output)
    assert link, desk.output
    owner = await call(
        desk,
        "/auth/setup",
        {"token": link[1], "email": "owner@desk.example", "name": "Olga", "password": PASSWORD},
    )
    token = owner["access_token"]
    await call(desk, "/admin/ai/settings", {"is_enabled": False}, token=token, method="PUT")
    customer = await call(
        desk, "/auth/register", {"email": "load@customers.example", "name": "Lo", "password": PASSWORD}
    )
    made = []
    for number in range(tickets):
        body = {
            "context": "Shop",
            "subject": f"Number {number} {'abcdefghijklmnopqrst'[number % 20] * 12}",
            "message": f"open {number}",
        }
        opened = await call(desk, "/ticket", body, token=customer["access_token"], Prefer="respond-async")
        made.append(opened["ticket_id"])
    return token, Load(desk, customer["access_token"], list(dict.fromkeys(made)))


async def call(
    desk: RunningDesk,
    path: str,
    body: object = None,
    *,
    token: str = "",
    method: str | None = None,
    **headers: str,
):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    status, answer = await asyncio.to_thread(lambda: desk.call(path, body, method=method, **headers))
    assert 200 <= status < 300, (path, status, answer)
    return answer


async def kill_at_random(
    desk: RunningDesk, is_over: asyncio.Event, *, seed: int, least: float = 3, most: float = 8
) -> dict[str, int]:
    """kill -9 of web, worker and database, one after the other at random moments, until it is over."""
    dice, killed = random.Random(seed), {"web": 0, "worker": 0, "postgres": 0}
    while not is_over.is_set():
        try:
            await asyncio.wait_for(is_over.wait(), dice.uniform(least, most))
        except TimeoutError:
            part = dice.choice(sorted(killed))
            for pid in desk.pids_of(part)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed[part] += 1
    return killed


def quantile(values: list[float], share: float) -> float:
    return statistics.quantiles(values, n=100)[int(share * 100) - 1] if len(values) > 1 else values[0]
