"""What the co-pilot proposes to agents, without and with a model."""

import json

import pytest
import pytest_asyncio

from deskwell.core.actor import SYSTEM, Role
from deskwell.core.llm import ChatModel
from deskwell.domains.tickets import service as tickets
from deskwell.gateways.llm.endpoints import OpenAiEndpoints
from tests.ai.conftest import SHOP
from tests.ai.model_server import model_server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def staff(sign_in, make):
    return await sign_in(await make.user(role=Role.ADMIN))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(staff, make, run_jobs, context):
    """Articles, and solved tickets in two categories."""
    for title, body in SHOP.items():
        await staff.post("/admin/articles", json={"title": title, "body": body, "context": "Shop"})
    shipping, billing = await make.category("Shipping"), await make.category("Billing")
    tag = await make.tag("carrier")
    texts = {
        shipping: [
            "Where is my parcel?",
            "Parcel not delivered",
            "Tracking does not move",
            "Courier lost my package",
        ],
        billing: [
            "Invoice missing",
            "I need a receipt for my taxes",
            "Wrong VAT on invoice",
            "Charged twice on my card",
        ],
    }
    for category, subjects in texts.items():
        for subject in subjects:
            ticket = await make.ticket(subject=subject, body=f"{subject}. Please help me with this.")
            async with context.transaction() as session:
                locked = await tickets.lock_ticket(session, ticket.id)
                await tickets.set_category(session, SYSTEM, locked, category)
            if category is shipping:
                await staff.post(f"/ticket/{ticket.id}/tags", json={"tag_ids": [str(tag.id)]})
                await staff.post(
                    f"/ticket/{ticket.id}/admin/reply",
                    json={"message": "The carrier found it, it arrives tomorrow."},
                )
    await run_jobs()
    from deskwell.domains.ai.events import EmbedTickets
    from deskwell.domains.ai.jobs import embed_tickets

    await embed_tickets(context, EmbedTickets())
    return {"Shipping": shipping, "Billing": billing, "carrier": tag}


async def test_articles_similar_tickets_and_proposals_are_suggested(staff, desk, make, worker):
    ticket = await make.ticket(
        subject="Package lost?", body="The tracking of my parcel has not moved for a week!! This is urgent."
    )
    got = (await staff.get(f"/ticket/{ticket.id}/copilot/suggestions")).json()
    assert got["articles"][0]["title"] == "Track your parcel"
    assert got["articles"][0]["url"].startswith("/help/")
    assert {t["subject"] for t in got["tickets"]} & {
        "Tracking does not move",
        "Courier lost my package",
        "Parcel not delivered",
    }
    assert "carrier" in got["tickets"][0]["solution"]
    assert got["proposals"]["category"]["value"] == "Shipping"
    assert got["proposals"]["category"]["id"] == str(desk["Shipping"].id)
    assert got["proposals"]["tags"][0]["value"] == "carrier"
    assert got["proposals"]["priority"] == {"id": None, "value": "high", "probability": 0.4}
    assert got["proposals"]["sentiment"]["value"] == "negative"
    assert got["has_model"] is False
    ticket_read = (await staff.get(f"/ticket/{ticket.id}")).json()["ticket"]
    assert ticket_read["category"] is None
    assert ticket_read["priority"] == "medium"


async def test_without_a_model_articles_draft_and_threads_summarise_themselves(staff, desk, make, worker):
    ticket = await make.ticket(
        subject="Invoice", body="How do I download an invoice? I could not find it in the app."
    )
    lines = [
        json.loads(line)
        for line in (await staff.post(f"/ticket/{ticket.id}/copilot/draft", json={})).text.splitlines()
    ]
    assert len(lines) == 1
    done = lines[0]["done"]
    assert "Account → Billing" in done["text"]
    assert (done["provider"], done["sources"][0]["title"]) == ("embedded", "Download an invoice")
    summary = (await staff.post(f"/ticket/{ticket.id}/copilot/summary")).json()
    assert "How do I download an invoice?" in summary["summary"]
    refused = await staff.post(f"/ticket/{ticket.id}/copilot/change", json={"text": "hi", "how": "shorten"})
    assert (refused.status_code, refused.json()["code"]) == (409, "model_needed")
    assert "Settings" in refused.json()["detail"]


async def test_with_a_model_drafts_stream_and_texts_change(staff, desk, make, worker, context):
    ticket = await make.ticket(
        subject="Invoice", body="How do I download an invoice? Mail me at eve@example.com"
    )
    # It is a person's: the AI's own answer must not take what the model is told to say here
    taken = {"admin_email": (await make.agent()).email}
    assert (await staff.post(f"/admin/ticket/{ticket.id}/assign-admin", json=taken)).status_code == 200
    async with model_server() as model:
        context.gateways[ChatModel] = OpenAiEndpoints(first_wait=0.01, allowed_hosts=["127.0.0.1"])
        await staff.put(
            "/admin/ai/settings", json={"base_url": model.url, "model": "scripted", "api_key": "k"}
        )
        model.script = ["Hello, open Account and then Billing. [[EMAIL_1]]", "Kürzer."]
        answer = await staff.post(f"/ticket/{ticket.id}/copilot/draft", json={"wish": "short please"})
        lines = [json.loads(line) for line in answer.text.splitlines()]
        assert len(lines) > 3
        assert lines[-1]["done"]["text"].endswith("eve@example.com")
        assert "eve@example.com" not in str(model.requests)
        assert "short please" in str(model.requests)
        changed = (
            await staff.post(
                f"/ticket/{ticket.id}/copilot/change",
                json={"text": "A long text.", "how": "translate", "language": "German"},
            )
        ).json()
        assert changed["text"] == "Kürzer."
        done = await staff.post(
            f"/ticket/{ticket.id}/copilot/used",
            json={"kind": "change", "was_useful": True, "run_id": changed["run_id"]},
        )
        assert done.status_code == 200
        runs = (await staff.get("/admin/ai/runs", params={"ticket_id": str(ticket.id)})).json()["runs"]
        assert {(r["kind"], r["was_useful"]) for r in runs} >= {("change:translate", True), ("draft", None)}
        (drafted,) = [r for r in runs if r["kind"] == "draft"]
        assert min(drafted["cost"], drafted["input_tokens"], drafted["output_tokens"]) > 0
    await staff.put("/admin/ai/settings", json={"base_url": None, "model": None, "api_key": ""})


@pytest.mark.parametrize("call", ["draft", "summary", "change", "used"])
async def test_customers_have_no_copilot(sign_in, make, call):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    client = await sign_in(customer)
    assert (await client.post(f"/ticket/{ticket.id}/copilot/{call}", json={})).status_code in {403, 422}
    assert (await client.get(f"/ticket/{ticket.id}/copilot/suggestions")).status_code == 403
