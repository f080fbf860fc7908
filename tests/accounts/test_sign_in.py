from tests.conftest import client_of
from tests.factories import PASSWORD

PERSON = {"email": "Ada@Example.org ", "password": "secret", "name": "Ada"}


async def test_customer_registers_signs_in_and_reads_themselves(client):
    registered = await client.post("/auth/register", json=PERSON)
    assert registered.status_code == 200, registered.text
    body = registered.json()
    assert body["token_type"] == "bearer"
    assert body["user"]["email"] == "ada@example.org"
    assert body["user"]["role"] == "customer"

    again = await client.post("/auth/register", json=PERSON)
    assert (again.status_code, again.json()["code"]) == (400, "email_taken")

    login = await client.post("/auth/login", json={"email": "ada@example.org", "password": "secret"})
    assert login.status_code == 200
    me = await client.get("/auth/me", headers={"Authorization": f"Bearer {login.json()['access_token']}"})
    assert me.json()["name"] == "Ada"
    assert me.json()["created_at"]


async def test_registering_never_makes_staff(client):
    answer = await client.post("/auth/register", json={**PERSON, "email": "eve@example.org", "role": "admin"})
    assert answer.json()["user"]["role"] == "customer"


async def test_wrong_password_and_unknown_account_answer_alike(client, make):
    user = await make.customer()
    wrong = await client.post("/auth/login", json={"email": user.email, "password": "wrong"})
    ghost = await client.post("/auth/login", json={"email": "ghost@example.org", "password": "wrong"})
    assert wrong.status_code == ghost.status_code == 401
    without_id = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in (wrong, ghost)]
    assert without_id[0] == without_id[1]


async def test_passwords_are_checked_as_the_wire_says(client):
    for password, code in (("short", "password_too_short"), ("ü" * 37, "password_too_long")):
        answer = await client.post(
            "/auth/register", json={**PERSON, "email": "new@example.org", "password": password}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_a_missing_field_is_422_with_a_sentence(client):
    answer = await client.post("/auth/register", json={"email": "x@example.org"})
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)
    assert {error["field"] for error in answer.json()["errors"]} == {"password", "name"}


async def test_signing_out_ends_the_token_at_once(client, make):
    user = await make.customer()
    login = await client.post("/auth/login", json={"email": user.email, "password": PASSWORD})
    headers = {"Authorization": f"Bearer {login.json()['access_token']}"}
    assert (await client.post("/auth/logout", headers=headers)).status_code == 200
    assert (await client.get("/auth/me", headers=headers)).status_code == 401


async def test_a_new_password_ends_all_other_sign_ins(client, make):
    user = await make.customer()
    tokens = [await make.token(user), await make.token(user)]
    mine, other = ({"Authorization": f"Bearer {token}"} for token in tokens)
    wrong = {"current_password": "nope", "new_password": "another one"}
    assert (await client.post("/auth/password", json=wrong, headers=mine)).status_code == 400
    right = {"current_password": PASSWORD, "new_password": "another one"}
    assert (await client.post("/auth/password", json=right, headers=mine)).status_code == 200
    assert (await client.get("/auth/me", headers=mine)).status_code == 200
    assert (await client.get("/auth/me", headers=other)).status_code == 401


async def test_the_cookie_signs_in_but_changes_nothing_from_another_site(app, make):
    user = await make.customer()
    async with client_of(app) as browser:
        await browser.post("/auth/login", json={"email": user.email, "password": PASSWORD})
        assert (await browser.get("/auth/me")).status_code == 200
        refused = await browser.post("/auth/logout", headers={"Origin": "https://evil.example"})
        assert refused.status_code == 401
        assert (
            await browser.post("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"})
        ).status_code == 200


async def test_sign_in_is_throttled_per_account(client, make):
    user = await make.customer()
    for _ in range(10):
        await client.post("/auth/login", json={"email": user.email, "password": "wrong"})
    answer = await client.post("/auth/login", json={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
