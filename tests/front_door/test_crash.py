"""kill -9 of the whole desk in the middle of its work: afterwards everything is done once, nothing twice."""

import asyncio
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ai.model_server import model_server, says

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
