ADMIN = {"email": "root@example.org", "password": "a long phrase", "name": "Root"}


async def test_first_admin_needs_the_bootstrap_key_and_later_ones_an_admin(client, sign_in, make):
    wrong = await client.post("/auth/admin/register?bootstrap_key=wrong", json=ADMIN)
    assert wrong.status_code == 401
    weak = {**ADMIN, "password": "password1"}
    key = {"X-Bootstrap-Key": "bootstrap-key-of-the-tests"}
    assert (await client.post("/auth/admin/register", json=weak, headers=key)).status_code == 400
    first = await client.post("/auth/admin/register", json=ADMIN, headers=key)
    assert first.status_code == 200
    assert first.json()["user"]["role"] == "admin"

    second = {**ADMIN, "email": "second@example.org"}
    assert (await client.post("/auth/admin/register", json=second, headers=key)).status_code == 401
    token = {"Authorization": f"Bearer {first.json()['access_token']}"}
    assert (await client.post("/auth/admin/register", json=second, headers=token)).status_code == 200


async def test_an_invited_agent_joins_with_the_link(client, sign_in, make):
    admin = await sign_in(await make.admin())
    agent = await sign_in(await make.agent())
    body = {"email": "grace@example.org", "name": "Grace"}
    assert (await agent.post("/admin/users", json=body)).status_code == 403
    invited = await admin.post("/admin/users", json=body)
    assert invited.status_code == 200, invited.text
    token = invited.json()["invitation_url"].partition("token=")[2]
    assert (await client.get("/auth/invitation", params={"token": token})).json()[
        "email"
    ] == "grace@example.org"
    join = {"token": token, "name": "Grace Hopper", "password": "nanosecond wire"}
    joined = await client.post("/auth/invitation", json=join)
    assert joined.json()["user"]["role"] == "agent"
    assert (await client.post("/auth/invitation", json=join)).json()["code"] == "link_expired"


async def test_the_copied_link_and_the_mailed_link_both_lead_in_once(client, sign_in, make, context):
    from deskwell.domains.accounts.models import TokenKind
    from deskwell.domains.accounts.service import make_token

    admin = await sign_in(await make.admin())
    invited = (await admin.post("/admin/users", json={"email": "two@example.org", "name": "Two"})).json()
    copied = invited["invitation_url"].partition("token=")[2]
    async with context.transaction() as session:
        mailed = await make_token(session, TokenKind.INVITATION, invited["user"]["id"], keeps_earlier=True)
    join = {"token": copied, "name": "Two", "password": "nanosecond wire"}
    assert (await client.post("/auth/invitation", json=join)).status_code == 200
    again = await client.post("/auth/invitation", json={**join, "token": mailed})
    assert again.json()["code"] == "link_expired"
