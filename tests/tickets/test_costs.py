"""What writing costs: how many statements a new ticket and a reply take, with all that follows from them."""

import re

import psycopg
import pytest

EXECUTE = psycopg.AsyncCursor.execute


@pytest.fixture
def statements(monkeypatch):
    """The statements that go out."""
    seen = []

    async def noting(self, query, params=None, **options):
        if not re.search(
            r"signals|pg_current_snapshot|FROM events", str(query)
        ):  # the live feed is no part of it
            seen.append(query)
        return await EXECUTE(self, query, params, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noting)
    return seen


@pytest.fixture
async def desk(make, sign_in):
    """A desk with a service level and staff, and a customer of it."""
    admin = await sign_in(await make.admin())
    customer = await sign_in(await make.customer())
    await make.agent()
    await make.agent()
    sla = {
        "name": "Medium",
        "priority": "medium",
        "response_time_minutes": 60,
        "resolution_time_minutes": 600,
    }
    assert (await admin.post("/admin/slas", json=sla)).status_code < 300
    return admin, customer


async def ask(client, number):
    body = {"context": "Costs", "subject": f"Matter {number}", "message": f"What about {number}?"}
    answer = await client.post("/ticket", json=body, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202, answer.text
    return answer.json()["ticket_id"]


async def test_a_new_ticket_takes_few_statements(desk, statements):
    """Sign-in, limit, ticket, message, turn, clock, search row, log, job: a statement each, and few beside them."""
    _, customer = desk
    await ask(customer, "one")  # the process reads the configuration once
    del statements[:]
    await ask(customer, "two 918273")
    assert len(statements) <= 16, [str(s)[:60] for s in statements]


async def test_a_reply_takes_few_statements(desk, statements):
    _, customer = desk
    ticket_id = await ask(customer, "replied to")
    for number in range(2):
        del statements[:]
        answer = await customer.post(
            f"/ticket/{ticket_id}/reply",
            json={"message": f"And again {number}"},
            headers={"Prefer": "respond-async"},
        )
        assert answer.status_code == 202, answer.text
    assert len(statements) <= 24, [str(s)[:60] for s in statements]
