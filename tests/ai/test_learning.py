"""Outcomes become the desk's own confidence; settings, calibration and their permissions."""

from uuid import UUID

import numpy as np
import pytest_asyncio

from deskwell.core.db import execute, one
from deskwell.core.ids import new_id
from deskwell.domains.ai.events import RefitConfidence
from deskwell.domains.ai.jobs import refit_confidence
from deskwell.domains.ai.logic.confidence import NAMES, shipped


@pytest_asyncio.fixture(loop_scope="session")
async def agent(sign_in, make):
    return await sign_in(await make.agent())


async def remember(context, count, *, shift):
    """Runs and outcomes of a desk on which the shipped numbers are too sure of themselves."""
    rng = np.random.RandomState(4)
    model = shipped()
    rows = rng.normal(0.4, 1, (count, len(NAMES))) * model.scales + 0.3
    truth = rng.rand(count) < 1 / (1 + np.exp(-(rows @ model.weights + model.intercept - shift)))
    async with context.transaction() as session:
        for facts, is_right in zip(rows.tolist(), truth.tolist(), strict=True):
            run_id = new_id()
            sure = model.probability(tuple(facts))
            await execute(
                session,
                """INSERT INTO ai_runs (id, kind, context_key, provider, action, features, confidence)
                   VALUES (%(id)s, 'answer', 'learning', 'embedded', 'answered', %(facts)s, %(sure)s)""",
                id=run_id, facts=facts, sure=sure,
            )  # fmt: skip
            await execute(
                session,
                """INSERT INTO ai_outcomes (id, run_id, context_key, features, confidence, is_right, source)
                   VALUES (%(id)s, %(run)s, 'learning', %(facts)s, %(sure)s, %(right)s, 'judged')""",
                id=new_id(), run=run_id, facts=facts, sure=sure, right=is_right,
            )  # fmt: skip


async def test_own_outcomes_refit_the_confidence_and_raise_the_threshold(staff, context):
    before = (await staff.get("/admin/ai/calibration", params={"context": "Learning"})).json()
    assert (before["outcomes"], before["is_own"], before["calibration_error"]) == (0, False, None)
    await remember(context, 250, shift=2.0)
    raw = (await staff.get("/admin/ai/calibration", params={"context": "Learning"})).json()
    await refit_confidence(context, RefitConfidence())
    after = (await staff.get("/admin/ai/calibration", params={"context": "Learning"})).json()
    assert after["is_own"] is True
    assert after["calibration_error"] < raw["calibration_error"] / 2
    at = [p for p in after["curve"] if p["threshold"] >= after["threshold"]]
    assert not at or at[-1]["precision"] >= 0.95
    settings = (await staff.get("/admin/ai/settings", params={"context": "Learning"})).json()
    assert settings["effective"]["threshold"] == after["threshold"]


async def test_an_agent_judges_a_run(agent, staff, shop, make, run_jobs, context):
    ticket = await make.ticket(body="How can I track my parcel?")
    await run_jobs()
    (run,) = (await agent.get("/admin/ai/runs", params={"ticket_id": str(ticket.id)})).json()["runs"]
    done = await agent.post(f"/admin/ai/runs/{run['id']}/outcome", json={"is_right": True})
    assert done.status_code == 200
    async with context.transaction() as session:
        assert (
            await execute(
                session, "SELECT 1 FROM ai_outcomes WHERE run_id = %(id)s AND is_right", id=UUID(run["id"])
            )
            == 1
        )
    other = {"is_right": False, "article_id": shop["Gift cards"]}
    assert (await agent.post(f"/admin/ai/runs/{run['id']}/outcome", json=other)).status_code == 200
    async with context.transaction() as session:
        kept = await one(
            session, "SELECT is_right, article_id FROM ai_outcomes WHERE run_id = %(id)s", id=UUID(run["id"])
        )
    assert kept == {"is_right": False, "article_id": UUID(shop["Gift cards"])}
    unknown = {"is_right": False, "article_id": str(new_id())}
    assert (await agent.post(f"/admin/ai/runs/{run['id']}/outcome", json=unknown)).status_code == 400
    assert (await agent.get(f"/admin/ai/runs/{new_id()}")).status_code == 404


async def test_settings_are_an_admins_and_a_context_overrides_the_defaults(agent, staff):
    assert (await agent.put("/admin/ai/settings", json={"tone": "cheeky"})).status_code == 403
    assert (await agent.post("/admin/ai/settings/test", json={})).status_code == 403
    await staff.put("/admin/ai/settings", json={"tone": "calm", "target_precision": 0.9})
    await staff.put("/admin/ai/settings", params={"context": "VIP"}, json={"target_precision": 0.98})
    everybody = (await agent.get("/admin/ai/settings")).json()["effective"]
    vip = (await agent.get("/admin/ai/settings", params={"context": "vip"})).json()["effective"]
    assert (everybody["target_precision"], vip["target_precision"], vip["tone"]) == (0.9, 0.98, "calm")
    assert vip["threshold"] > everybody["threshold"]
    await staff.put("/admin/ai/settings", json={"tone": None, "target_precision": None})
    assert (await agent.get("/admin/ai/settings")).json()["effective"]["target_precision"] == 0.95
    for bad in ({"target_precision": 2}, {"per_window": -1}, {"unknown": 1}):
        assert (await staff.put("/admin/ai/settings", json=bad)).status_code == 422


async def test_an_owners_words_are_taken_out(staff):
    await staff.put("/admin/ai/settings", json={"extra_words": ["poppycock"]})
    answer = (await staff.post("/admin/ai/redact", json={"text": "That is poppycock."})).json()
    assert answer["text"] == "That is *********."
    await staff.put("/admin/ai/settings", json={"extra_words": None})
