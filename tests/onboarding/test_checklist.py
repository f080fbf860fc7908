"""The way from an empty desk to the first answered ticket, seen from the desk itself."""

import pytest


@pytest.fixture(scope="module")
async def admin(make, sign_in):
    return await sign_in(await make.admin())


async def state(admin):
    answer = await admin.get("/admin/onboarding")
    assert answer.status_code == 200, answer.text
    return {step["key"]: step["is_done"] for step in answer.json()["steps"]}


async def test_steps_follow_what_the_desk_has(admin, make):
    assert not any((await state(admin)).values())
    await admin.post("/admin/contexts", json={"name": "Shop"})
    await admin.post("/admin/articles", json={"title": "Returns", "body": "60 days."})
    assert [key for key, is_done in (await state(admin)).items() if is_done] == ["brand", "article"]
    ticket = await make.ticket()
    assert (await state(admin))["ticket"]
    assert not (await state(admin))["answer"]
    await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Here you are."})
    assert (await state(admin))["answer"]


async def test_owner_puts_steps_and_the_list_aside(admin):
    skipped = (await admin.post("/admin/onboarding/skip", json={"key": "email"})).json()
    assert next(step for step in skipped["steps"] if step["key"] == "email")["is_skipped"]
    assert not skipped["is_hidden"]
    assert (await admin.post("/admin/onboarding/skip", json={"key": "everything"})).json()["is_hidden"]
    back = await admin.post("/admin/onboarding/skip", json={"key": "everything", "is_skipped": False})
    assert not back.json()["is_hidden"]
    assert (await admin.post("/admin/onboarding/skip", json={"key": "nothing"})).status_code == 422


async def test_list_is_for_admins(make, sign_in, client):
    agent = await sign_in(await make.agent())
    assert (await agent.get("/admin/onboarding")).status_code == 403
    assert (await client.get("/admin/onboarding")).status_code == 401
