"""Every limit of the table is counted somewhere, can be set, and answers 429 with the seconds to wait."""

import re
from pathlib import Path

import pytest

from deskwell.core.ids import new_id
from deskwell.core.limits import TABLE
from deskwell.core.llm import ChatModel
from deskwell.gateways.llm.endpoints import OpenAiEndpoints
from tests.conftest import client_of, test_settings
from tests.factories import PASSWORD
from tests.files import samples

SOURCES = Path(__file__).resolve().parents[2] / "deskwell"


@pytest.fixture(scope="module")
def settings(database_url, files_folder):
    return test_settings(
        database_url,
        data_dir=files_folder,
        storage_url=f"file://{files_folder}",
        rate_limits=dict.fromkeys(TABLE, "2/60"),
    )


def test_every_limit_is_counted_somewhere():
    code = "\n".join(file.read_text() for file in SOURCES.rglob("*.py") if file.name != "limits.py")
    counted = set(re.findall(r'\bhit\(\s*(?:context|get_context\(request\)),\s*"(\w+)"', code))
    assert counted == set(TABLE)


@pytest.fixture
async def calls(make, sign_in, app, context):
    """For each limit one call that counts towards it; made by somebody new, from an address of its own."""
    context.gateways[ChatModel] = OpenAiEndpoints(first_wait=0.001)
    customer, agent, admin = await make.customer(), await make.agent(), await make.admin()
    ticket = await make.ticket(customer=customer)
    as_customer, as_admin = [await sign_in(user) for user in (customer, admin)]
    made = await as_admin.post("/admin/api-keys", json={"name": "k", "scopes": ["tickets.read"]})
    assert made.status_code == 200, made.text
    key = next(value for value in made.json().values() if isinstance(value, str) and value.startswith("dw_"))
    stranger = client_of(app)
    email = f"limit-{new_id().hex}@example.org"
    wait = {"Prefer": "respond-async"}
    pair = {"email": agent.email, "password": "wrong"}

    def fresh():
        return f"{new_id().hex}@example.org"

    return {
        "sign_in": lambda: stranger.post("/auth/login", json=pair),
        "sign_in_address": lambda: stranger.post("/auth/login", json={**pair, "email": fresh()}),
        "register": lambda: stranger.post("/auth/register", json={"email": fresh(), "password": PASSWORD, "name": "L"}),
        "reset": lambda: stranger.post("/auth/reset-request", json={"email": email}),
        "reset_address": lambda: stranger.post("/auth/reset-request", json={"email": fresh()}),
        "second_factor": lambda: stranger.post("/auth/reset", json={"token": email, "password": PASSWORD, "code": "1"}),
        "ticket": lambda: as_customer.post("/ticket", json={"context": "Shop", "subject": fresh(), "message": "x"}, headers=wait),
        "reply": lambda: as_customer.post(f"/ticket/{ticket.id}/reply", json={"message": "x"}, headers=wait),
        "upload": lambda: as_customer.post(f"/ticket/{ticket.id}/attachments", files={"file": ("a.png", samples.png())}),
        "search": lambda: as_customer.get("/customer/tickets", params={"search": "lamp"}),
        "public_search": lambda: stranger.get("/help/shop/search", params={"q": "lamp"}),
        "feedback": lambda: stranger.post("/errors", json={"kind": "TypeError", "place": "/assets/x.js:1:2"}),
        "export": lambda: as_admin.get("/reports/overview.csv"),
        "webhook": lambda: stranger.post("/webhooks/email", content=b"x"),
        "ai": lambda: as_admin.post("/admin/ai/settings/test", json={"base_url": "http://127.0.0.1:9/v1", "model": "m"}),
        "api_key": lambda: stranger.get("/admin/tickets", headers={"Authorization": f"Bearer {key}"}),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(TABLE))
async def test_a_limit_that_is_reached_is_told_with_the_seconds_to_wait(name, calls, context):
    from deskwell.core.db import execute

    async with context.transaction() as session:
        await execute(session, "DELETE FROM limit_counts")  # the fixture has counted too
    answers = [await calls[name]() for _ in range(3)]
    assert 429 not in {answer.status_code for answer in answers[:2]}, [a.text for a in answers]
    assert answers[2].status_code == 429, answers[2].text
    assert 0 < int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].json()["code"] == "too_many_requests"
