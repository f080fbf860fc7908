import pyotp

from tests.factories import PASSWORD


async def test_staff_turn_on_a_second_factor_and_need_it_from_then_on(client, sign_in, make):
    agent = await make.agent()
    staff = await sign_in(agent)
    started = (await staff.post("/auth/totp/start")).json()
    assert started["uri"].startswith("otpauth://totp/Deskwell")
    totp = pyotp.TOTP(started["secret"])
    wrong = await staff.post("/auth/totp/confirm", json={"code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "code_wrong")
    confirmed = await staff.post("/auth/totp/confirm", json={"code": totp.now()})
    assert confirmed.status_code == 200, confirmed.text
    recovery = confirmed.json()["recovery_codes"]
    assert len(set(recovery)) == 10
    assert (await staff.get("/auth/me")).json()["has_totp"]

    pair = {"email": agent.email, "password": PASSWORD}
    without = await client.post("/auth/login", json=pair)
    assert (without.status_code, without.json()["code"]) == (401, "totp_required")
    used = await client.post("/auth/login", json={**pair, "code": totp.now()})
    assert used.status_code == 401  # the code that confirmed it works once
    lost = await client.post("/auth/login", json={**pair, "code": recovery[0]})
    assert lost.status_code == 200
    assert (await client.post("/auth/login", json={**pair, "code": recovery[0]})).status_code == 401

    assert (await staff.post("/auth/totp/stop", json={"password": "wrong"})).status_code == 400
    assert (await staff.post("/auth/totp/stop", json={"password": PASSWORD})).status_code == 200
    assert (await client.post("/auth/login", json=pair)).status_code == 200


async def test_a_wrong_password_does_not_tell_that_there_is_a_second_factor(client, sign_in, make):
    agent = await make.agent()
    staff = await sign_in(agent)
    secret = (await staff.post("/auth/totp/start")).json()["secret"]
    await staff.post("/auth/totp/confirm", json={"code": pyotp.TOTP(secret).now()})
    answer = await client.post("/auth/login", json={"email": agent.email, "password": "wrong"})
    assert answer.json()["code"] == "wrong_credentials"


async def test_customers_have_none(sign_in, make):
    customer = await sign_in(await make.customer())
    assert (await customer.post("/auth/totp/start")).status_code == 403
