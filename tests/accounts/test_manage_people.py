from tests.conftest import client_of


async def test_a_role_made_on_screen_holds_at_once(sign_in, make):
    admin, ben = await sign_in(await make.admin()), await make.agent()
    agent, ticket = await sign_in(ben), await make.ticket()
    reply = {"message": "Hello"}
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=reply)).status_code == 200

    quiet = {"name": "Reader", "permissions": ["tickets.read", "tickets.note"]}
    role = (await admin.post("/admin/roles", json=quiet)).json()["role"]
    changed = await admin.put(f"/admin/users/{ben.id}/role", json={"role": "agent", "role_id": role["id"]})
    assert changed.json()["user"]["role_name"] == "Reader"
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=reply)).status_code == 403
    note = await agent.post(f"/ticket/{ticket.id}/admin/reply", json={**reply, "is_internal": True})
    assert note.status_code == 200

    louder = {**quiet, "permissions": [*quiet["permissions"], "tickets.reply"]}
    await admin.put(f"/admin/roles/{role['id']}", json=louder)
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=reply)).status_code == 200
    in_use = await admin.delete(f"/admin/roles/{role['id']}")
    assert (in_use.status_code, in_use.json()["code"]) == (409, "role_in_use")
    await admin.put(f"/admin/users/{ben.id}/role", json={"role": "agent"})
    assert (await admin.delete(f"/admin/roles/{role['id']}")).status_code == 200


async def test_built_in_roles_stay_and_the_matrix_shows_them(sign_in, make):
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    matrix = (await admin.get("/admin/roles")).json()
    by_name = {role["name"]: role for role in matrix["roles"]}
    assert set(by_name["Admin"]["permissions"]) == {p["key"] for p in matrix["permissions"]}
    assert "tickets.reply" not in by_name["Light agent"]["permissions"]
    light = by_name["Light agent"]["id"]
    body = {"name": "Light agent", "permissions": ["tickets.reply"]}
    assert (await admin.put(f"/admin/roles/{light}", json=body)).status_code == 403
    assert (await admin.delete(f"/admin/roles/{light}")).status_code == 403
    assert (await agent.post("/admin/roles", json={"name": "X", "permissions": []})).status_code == 403
    assert (await admin.post("/admin/roles", json={"name": "X", "permissions": ["fly"]})).status_code == 400


async def test_who_manages_people_gives_no_more_than_they_hold(sign_in, make):
    admin, mia = await sign_in(await make.admin()), await make.agent()
    keeper = {"name": "People keeper", "permissions": ["users.manage", "tickets.read"]}
    role = (await admin.post("/admin/roles", json=keeper)).json()["role"]
    await admin.put(f"/admin/users/{mia.id}/role", json={"role": "agent", "role_id": role["id"]})
    client, ben = await sign_in(mia), await make.agent()
    assert (await client.put(f"/admin/users/{ben.id}/role", json={"role": "admin"})).status_code == 403
    assert (await client.put(f"/admin/users/{mia.id}/role", json={"role": "admin"})).status_code == 403
    greedy = {"name": "Greedy", "permissions": ["settings.manage"]}
    assert (await client.post("/admin/roles", json=greedy)).status_code == 403
    key = {"name": "Greedy", "scopes": ["settings.manage"]}
    assert (await client.post("/admin/api-keys", json=key)).status_code == 403
    invited = {"email": "boss@example.net", "name": "Boss", "role": "admin"}
    assert (await client.post("/admin/users", json=invited)).status_code == 403


async def test_the_last_admin_stays_and_deactivation_ends_sessions(sign_in, make):
    first, second = await make.admin(), await make.admin()
    one, two = await sign_in(first), await sign_in(second)
    everyone = (await one.get("/admin/users", params={"role": "admin", "page_size": 100})).json()["users"]
    for other in everyone:
        if other["id"] not in {str(first.id), str(second.id)}:
            await one.post(f"/admin/users/{other['id']}/deactivate")
    assert (await one.post(f"/admin/users/{second.id}/deactivate")).json()["user"]["is_active"] is False
    assert (await two.get("/auth/me")).status_code == 401
    last = await one.put(f"/admin/users/{first.id}/role", json={"role": "agent"})
    assert (last.status_code, last.json()["code"]) == (409, "last_admin")
    assert (await one.post(f"/admin/users/{first.id}/deactivate")).status_code == 409
    assert (await one.post(f"/admin/users/{second.id}/activate")).json()["user"]["is_active"] is True


async def test_people_are_found_and_invited_again(sign_in, make):
    admin = await sign_in(await make.admin())
    await make.agent(name="Zoë Quill", email="zoe@example.org")
    found = (await admin.get("/admin/users", params={"search": "quill"})).json()
    assert [user["name"] for user in found["users"]] == ["Zoë Quill"]
    assert found["pagination"]["total_count"] == 1
    assert (await admin.get("/admin/users", params={"search": "%"})).json()["users"] == []

    first = (await admin.post("/admin/users", json={"email": "new@example.org", "name": "New"})).json()
    again = await admin.post(f"/admin/users/{first['user']['id']}/invitation")
    assert again.json()["invitation_url"] != first["invitation_url"]
    listed = (await admin.get("/admin/users", params={"search": "new@"})).json()["users"][0]
    assert listed["is_invited"] is True


async def test_a_key_acts_within_its_scopes_until_it_is_revoked(app, sign_in, make):
    admin = await sign_in(await make.admin())
    made = (await admin.post("/admin/api-keys", json={"name": "Shop", "scopes": ["tickets.read"]})).json()
    ticket = await make.ticket()
    async with client_of(app, Authorization=f"Bearer {made['key']}") as program:
        assert (await program.get(f"/ticket/{ticket.id}")).status_code == 200
        assert (await program.post(f"/admin/ticket/{ticket.id}/close")).status_code == 403
        assert (await program.get("/admin/users")).status_code == 403
        listed = (await admin.get("/admin/api-keys")).json()["api_keys"]
        shown = next(key for key in listed if key["id"] == made["api_key"]["id"])
        assert shown["last_used_at"] is not None
        assert made["key"] not in str(listed)
        await admin.delete(f"/admin/api-keys/{made['api_key']['id']}")
        assert (await program.get(f"/ticket/{ticket.id}")).status_code == 401
    assert (await admin.post("/admin/api-keys", json={"name": "None", "scopes": []})).status_code == 422


async def test_customers_join_companies_by_their_address_and_are_noted_on(sign_in, make, client):
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    kim = await make.customer(email="kim@acme.example")
    body = {"name": "Acme", "domains": ["ACME.example"]}
    company = (await agent.post("/admin/companies", json=body)).json()["company"]
    assert (company["people"], company["domains"]) == (1, ["acme.example"])
    lee = {"email": "lee@acme.example", "password": "secret", "name": "Lee"}
    await client.post("/auth/register", json=lee)
    people = (await agent.get("/admin/customers", params={"company_id": company["id"]})).json()["users"]
    assert [user["name"] for user in people][-1] == "Lee"
    assert len(people) == 2
    public = await admin.post("/admin/companies", json={"name": "Mail", "domains": ["gmail.com"]})
    assert public.status_code == 409

    notes = await agent.post(f"/admin/customers/{kim.id}/notes", json={"body": "Prefers mornings"})
    assert [note["body"] for note in notes.json()["notes"]] == ["Prefers mornings"]
    assert (await (await sign_in(kim)).get(f"/admin/customers/{kim.id}/notes")).status_code == 403
    moved = await agent.put(f"/admin/customers/{kim.id}", json={"name": "Kim L.", "company_id": None})
    assert (moved.json()["user"]["name"], moved.json()["user"]["company"]) == ("Kim L.", None)


async def test_the_audit_log_tells_who_did_what(sign_in, make):
    owner = await make.admin(name="Owner")
    admin, agent = await sign_in(owner), await sign_in(await make.agent())
    ben = await make.agent(name="Ben")
    await admin.put(f"/admin/users/{ben.id}/role", json={"role": "admin"})
    log = (await admin.get("/admin/audit", params={"kind": "user.changed"})).json()
    assert log["events"][0]["text"] == "Changed Ben: role: agent → admin"
    assert log["events"][0]["actor_name"] == "Owner"
    assert (await agent.get("/admin/audit")).status_code == 403
    export = await admin.get("/admin/audit/export", params={"kind": "user"})
    assert export.headers["content-type"].startswith("text/csv")
    assert "Changed Ben: role: agent → admin" in export.text
    assert (await admin.get("/admin/audit", params={"date_from": "soon"})).status_code == 400
