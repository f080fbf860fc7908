"""The AI's turn on real tickets."""

from uuid import UUID

import pytest_asyncio

from deskwell.core.db import execute, one, rows

ASYNC = {"Prefer": "respond-async"}


@pytest_asyncio.fixture(loop_scope="session")
async def customer(sign_in, make):
    return await sign_in(await make.customer(name="Maria Lopez"))


async def write(customer, message, *, subject="Question", ticket_id=None):
    if ticket_id:
        answer = await customer.post(f"/ticket/{ticket_id}/reply", json={"message": message}, headers=ASYNC)
    else:
        answer = await customer.post(
            "/ticket", json={"context": "Shop", "subject": subject, "message": message}, headers=ASYNC
        )
    assert answer.status_code == 202, answer.text
    return answer.json()["ticket_id"]


async def thread(client, ticket_id, **params):
    return (await client.get(f"/ticket/{ticket_id}", params=params)).json()


def by(messages, sender):
    return [m for m in messages if m["sender"] == sender]


async def turns(context, ticket_id):
    async with context.transaction() as session:
        return await rows(
            session,
            "SELECT state, reason, due_at FROM turns WHERE ticket_id = %(id)s ORDER BY id",
            id=UUID(ticket_id),
        )


async def test_a_customer_gets_a_cited_answer(customer, shop, run_jobs, staff):
    ticket_id = await write(customer, "How can I track my parcel?")
    await run_jobs()
    (answer,) = by((await thread(customer, ticket_id))["messages"], "ai")
    assert "tracking number" in answer["message"]
    assert "Maria" in answer["message"]
    assert answer["confidence"] > 0.75
    assert answer["citations"][0]["article_id"] == shop["Track your parcel"]
    (run,) = (await staff.get("/admin/ai/runs", params={"ticket_id": ticket_id})).json()["runs"]
    assert (run["action"], run["message_id"], run["provider"]) == ("answered", answer["id"], "embedded")
    assert set(run["features"]) >= {"top_cosine", "title_cosine"}


async def test_the_waiting_request_gets_the_answer(customer, shop, worker):
    got = (
        await customer.post(
            "/ticket",
            json={"context": "Shop", "subject": "Gift", "message": "How long are gift cards valid?"},
        )
    ).json()
    assert got["action"] == "answered"
    assert "three years" in got["reply"]


async def test_an_unknown_matter_goes_to_people_with_a_note_only_they_see(customer, shop, run_jobs, staff):
    ticket_id = await write(customer, "Can you sponsor our school's football tournament?")
    await run_jobs()
    got = await thread(customer, ticket_id)
    assert got["ticket"]["status"] == "human_assigned"
    assert len(by(got["messages"], "ai")) == 1
    noted = [m for m in (await thread(staff, ticket_id, include="notes"))["messages"] if m.get("is_internal")]
    assert "Handed over by the AI" in noted[0]["message"]
    assert "football" in noted[0]["message"]
    await write(customer, "Hello?", ticket_id=ticket_id)
    await run_jobs()
    assert len(by((await thread(customer, ticket_id))["messages"], "ai")) == 1


async def test_the_ai_stays_silent_after_a_human_takes_over(customer, shop, run_jobs, staff, make):
    ticket_id = await write(customer, "How can I track my parcel?")
    agent = await make.agent()
    await staff.post(f"/admin/ticket/{ticket_id}/assign-admin", json={"admin_email": agent.email})
    await run_jobs()
    await write(customer, "How do I download an invoice?", ticket_id=ticket_id)
    await run_jobs()
    assert by((await thread(customer, ticket_id))["messages"], "ai") == []
    await staff.post(f"/admin/ticket/{ticket_id}/give-to-ai")
    await write(customer, "How do I download an invoice?", ticket_id=ticket_id)
    await run_jobs()
    assert len(by((await thread(customer, ticket_id))["messages"], "ai")) == 1


async def test_messages_written_in_a_burst_get_one_answer(customer, shop, run_jobs, context):
    ticket_id = await write(customer, "Hi")
    await write(customer, "I have a question", ticket_id=ticket_id)
    await write(customer, "How do I download an invoice?", ticket_id=ticket_id)
    await run_jobs()
    assert len(by((await thread(customer, ticket_id))["messages"], "ai")) == 1
    assert {t["state"] for t in await turns(context, ticket_id)} == {"answered"}


async def test_the_third_answer_within_a_minute_waits_and_then_answers_all_at_once(
    customer, shop, run_jobs, context, client
):
    ticket_id = await write(customer, "How do I download an invoice?")
    await run_jobs()
    await write(customer, "And how do I reset my password?", ticket_id=ticket_id)
    await run_jobs()
    for message in ("How long are gift cards valid?", "I mean the gift cards I bought"):
        await write(customer, message, ticket_id=ticket_id)
        await run_jobs()
    state = await turns(context, ticket_id)
    assert [t["state"] for t in state] == ["answered", "answered", "limited", "limited"]
    assert len(by((await thread(customer, ticket_id))["messages"], "ai")) == 2
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE messages SET created_at = created_at - interval '2 minutes' WHERE ticket_id = %(id)s",
            id=UUID(ticket_id),
        )
        await execute(
            session,
            "UPDATE turns SET due_at = due_at - interval '2 minutes' WHERE ticket_id = %(id)s",
            id=UUID(ticket_id),
        )
    from deskwell.domains.ai.events import WakeTurns
    from deskwell.domains.ai.jobs import wake_turns

    await wake_turns(context, WakeTurns())
    await run_jobs()
    assert len(by((await thread(customer, ticket_id))["messages"], "ai")) == 3
    assert {t["state"] for t in await turns(context, ticket_id)} <= {"answered", "clarified", "handed_over"}


async def test_the_caller_learns_how_long_to_wait(customer, shop, worker):
    body = {"context": "Shop", "subject": "Limits", "message": "How do I download an invoice?"}
    for _ in range(2):
        ticket_id = (await customer.post("/ticket", json=body)).json()["ticket_id"]
    got = (await customer.post("/ticket", json=body)).json()
    assert got["rate_limited"] is True
    assert got["ticket_id"] == ticket_id
    assert 0 < got["wait_seconds"] <= 60


async def test_a_low_rating_brings_a_person_and_teaches_the_confidence(customer, shop, run_jobs, context):
    ticket_id = await write(customer, "How can I track my parcel?")
    await run_jobs()
    (answer,) = by((await thread(customer, ticket_id))["messages"], "ai")
    await customer.post(f"/ticket/{ticket_id}/rate", json={"message_id": answer["id"], "rating": 1})
    got = await thread(customer, ticket_id)
    assert got["ticket"]["status"] == "human_assigned"
    assert "sorry" in by(got["messages"], "ai")[-1]["message"]
    async with context.transaction() as session:
        outcome = await one(
            session,
            "SELECT is_right, source FROM ai_outcomes o JOIN ai_runs r ON r.id = o.run_id WHERE r.ticket_id = %(id)s",
            id=UUID(ticket_id),
        )
    assert outcome == {"is_right": False, "source": "rated"}


async def test_what_did_not_help_is_not_said_again(customer, shop, run_jobs, staff):
    ticket_id = await write(customer, "How can I track my parcel?")
    await run_jobs()
    await write(customer, "That did not help. How can I track my parcel?", ticket_id=ticket_id)
    await run_jobs()
    got = await thread(staff, ticket_id, include="notes")
    assert got["ticket"]["status"] == "human_assigned"
    first, second = [m for m in by(got["messages"], "ai") if not m.get("is_internal")]
    assert "tracking number" in first["message"]
    assert "tracking number" not in second["message"]
    (note,) = [m for m in got["messages"] if m.get("is_internal")]
    assert "did not settle the matter" in note["message"]


async def test_an_agents_reply_with_an_article_teaches_which_one_was_right(
    customer, shop, run_jobs, staff, context
):
    ticket_id = await write(customer, "Where is my stuff and can somebody send it elsewhere?")
    await run_jobs()
    link = f"https://desk.example/help/a/{shop['Change the delivery address']}"
    reply = {"message": f"See {link} for how that works."}
    answer = await staff.post(f"/ticket/{ticket_id}/admin/reply", json=reply)
    assert answer.status_code in {200, 201}, answer.text
    async with context.transaction() as session:
        (outcome,) = await rows(
            session,
            """SELECT o.source, o.article_id, o.is_right, r.candidates, r.signals FROM ai_outcomes o
               JOIN ai_runs r ON r.id = o.run_id WHERE r.ticket_id = %(id)s""",
            id=UUID(ticket_id),
        )
    assert (outcome["source"], str(outcome["article_id"])) == ("linked", shop["Change the delivery address"])
    assert outcome["is_right"] is (outcome["candidates"][0]["article_id"] == str(outcome["article_id"]))
    assert len(outcome["signals"]["candidates"]) >= 6  # enough to weigh words and meaning anew


async def test_switched_off_the_ai_says_nothing(customer, shop, run_jobs, staff, context):
    await staff.put("/admin/ai/settings", params={"context": "Quiet"}, json={"is_enabled": False})
    answer = await customer.post(
        "/ticket",
        json={"context": "Quiet", "subject": "x", "message": "How do I download an invoice?"},
        headers=ASYNC,
    )
    await run_jobs()
    ticket_id = answer.json()["ticket_id"]
    assert by((await thread(customer, ticket_id))["messages"], "ai") == []
    assert [(t["state"], t["reason"]) for t in await turns(context, ticket_id)] == [("person", "ai_off")]


async def test_personal_data_in_an_article_never_reaches_the_customer(customer, staff, run_jobs, make):
    await make.brand("Clinic", contacts=["help@clinic.example"])
    body = "Write to help@clinic.example for appointments. Dr Novak's own number is +1 415 555 2671, mail novak@private.example."
    await staff.post(
        "/admin/articles", json={"title": "Make an appointment", "body": body, "context": "Clinic"}
    )
    await run_jobs()
    answer = await customer.post(
        "/ticket",
        json={"context": "Clinic", "subject": "Visit", "message": "How do I make an appointment?"},
        headers=ASYNC,
    )
    await run_jobs()
    (said,) = by((await thread(customer, answer.json()["ticket_id"]))["messages"], "ai")
    assert "help@clinic.example" in said["message"]
    assert "555" not in str(said)
    assert "novak@" not in str(said)
