"""kill -9 of the whole desk in the middle of its work: afterwards everything is done once, nothing twice."""

import asyncio
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from deskwell.gateways.postgres import EmbeddedPostgres
from tests.ai.model_server import model_server, says
from tests.email.conftest import Sink

from .conftest import RunningDesk, command_lines

Start = Callable[..., RunningDesk]
PASSWORD = "lantern-harbour-92"
ARTICLE = {
    "title": "Return an item",
    "body": "You can return any unused item within 30 days of delivery. Open **Orders** and print the return label.",
    "context": "Shop",
}
ANSWER = says("answer", "You can return any unused item within 30 days of delivery.", "P1")


async def test_killed_while_the_model_thinks_the_customer_gets_one_answer(place: Path, start: Start) -> None:
    async with model_server() as model:
        known = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k", "DESKWELL_AI_MODEL": "scripted"}
        desk = start(place / "crash", **known)
        owner, customer = await people(desk)
        await call(desk, "/admin/articles", ARTICLE, token=owner)
        url = EmbeddedPostgres(desk.data_dir).url
        await eventually(lambda: is_embedded(url), 60)
        asked = asyncio.Event()
        model.script = [hanging(asked)]
        question = {"context": "Shop", "subject": "Return", "message": "How can I return an item?"}
        opened = await call(desk, "/ticket", question, token=customer, Prefer="respond-async")
        await asyncio.wait_for(asked.wait(), 60)
        kill_everything(desk)

        model.script = [ANSWER] * 5
        again = start(place / "crash", **known)
        path = f"/ticket/{opened['ticket_id']}"
        answers = await eventually(lambda: ai_messages(again, path, customer), 90)
        await asyncio.sleep(3)  # a second answer would come now
        assert await ai_messages(again, path, customer) == answers
        assert len(answers) == 1
        assert "30 days" in answers[0]["message"]
        await asyncio.to_thread(again.stop)


class StallingSink(Sink):
    """An SMTP server that stops in the middle of the first conversation."""

    def __init__(self) -> None:
        super().__init__(plan=["stall"])
        self.is_asked = asyncio.Event()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.plan[:1] != ["stall"]:
            await super().talk(reader, writer)
            return
        self.plan.clear()
        writer.write(b"220 sink ready\r\n")
        await reader.readline()
        self.is_asked.set()
        await reader.read()  # until the other side is gone
        writer.close()


async def test_killed_while_a_mail_is_sent_the_customer_gets_one_mail(place: Path, start: Start) -> None:
    sink = StallingSink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    known = {"DESKWELL_ALLOW_PRIVATE_HOSTS": "127.0.0.1"}
    async with server:
        desk = start(place / "mail", **known)
        owner, customer = await people(desk)
        account = {
            "email": "help@desk.example",
            "provider": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
        }
        account |= {"smtp_username": "help", "smtp_password": "secret"}
        await call(desk, "/admin/email-accounts", account, token=owner)
        question = {
            "context": "Shop",
            "subject": "Sponsoring",
            "message": "May I speak with a person, please?",
        }
        opened = await call(desk, "/ticket", question, token=customer, Prefer="respond-async")
        path = f"/ticket/{opened['ticket_id']}"
        await call(desk, f"{path}/admin/reply", {"message": "Yes: I am one."}, token=owner)
        await asyncio.wait_for(sink.is_asked.wait(), 60)
        kill_everything(desk)

        again = start(place / "mail", **known)
        await asyncio.to_thread(lambda: again.url)
        url = EmbeddedPostgres(again.data_dir).url
        await eventually(lambda: lapse(url), 60)
        await eventually(lambda: is_sent(url), 120)
        await asyncio.sleep(2)  # a second mail would come now
        replies = [m for m in sink.to("maria@customers.example") if "I am one" in m.get_body().get_content()]
        assert len(replies) == 1
        await asyncio.to_thread(again.stop)


async def is_embedded(url: str) -> bool:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as session:
        found = await session.execute("SELECT count(*) > 0 FROM article_embeddings")
        return await found.fetchone() == (True,)


async def lapse(url: str) -> bool:
    """Let the minutes pass that a lease and a cautious pause take."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as session:
        await session.execute("UPDATE outbox SET leased_until = clock_timestamp() WHERE state = 'leased'")
        await session.execute(
            "UPDATE outbox SET next_attempt_at = clock_timestamp() WHERE state IN ('uncertain', 'queued')"
        )
        found = await session.execute("SELECT count(*) FROM outbox WHERE state = 'leased'")
        return await found.fetchone() == (0,)


async def is_sent(url: str) -> bool:
    await lapse(url)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as session:
        found = await session.execute("SELECT bool_and(state = 'sent') FROM outbox")
        return await found.fetchone() == (True,)


def hanging(asked: asyncio.Event) -> Callable[[dict[str, Any]], Any]:
    """A model that begins to think and never comes to an end."""

    def begin(_: dict[str, Any]) -> Any:
        async def think() -> str:
            asked.set()
            await asyncio.sleep(30)
            return "too late"

        return think()

    return begin


def kill_everything(desk: RunningDesk) -> None:
    """As when the power goes: the supervisor, web, worker and the database server at once."""
    pids = [desk.process.pid, *(pid for pid, _ in command_lines(desk.process.pid))]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    desk.process.wait()


async def people(desk: RunningDesk) -> tuple[str, str]:
    """The owner's and a customer's token."""
    await asyncio.to_thread(lambda: desk.url)
    link = re.search(r"/setup\?token=(\S+)", desk.output)
    assert link
    owner = {"token": link[1], "email": "owner@desk.example", "name": "Olga", "password": PASSWORD}
    customer = {"email": "maria@customers.example", "name": "Maria Lopez", "password": PASSWORD}
    first = await call(desk, "/auth/setup", owner)
    second = await call(desk, "/auth/register", customer)
    return first["access_token"], second["access_token"]


async def call(desk: RunningDesk, path: str, body: object = None, *, token: str = "", **headers: str) -> Any:
    if token:
        headers["Authorization"] = f"Bearer {token}"
    status, answer = await asyncio.to_thread(lambda: desk.call(path, body, **headers))
    assert 200 <= status < 300, (path, status, answer)
    return answer


async def ai_messages(desk: RunningDesk, path: str, token: str) -> list[dict[str, Any]]:
    thread = await call(desk, path, token=token)
    return [message for message in thread["messages"] if message["sender"] == "ai"]


async def eventually(look: Callable[[], Any], seconds: float) -> Any:
    """What `look` finds, as soon as it finds something."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not (found := await look()):
        assert asyncio.get_running_loop().time() < deadline, f"nothing within {seconds} s"
        await asyncio.sleep(0.3)
    return found
