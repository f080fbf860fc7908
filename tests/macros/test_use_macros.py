async def test_a_macro_does_several_things_in_one_click(sign_in, make):
    admin, agent_user = await sign_in(await make.admin()), await make.agent(name="Ana Petrova")
    agent, tag, ticket = await sign_in(agent_user), await make.tag(), await make.ticket()
    body = {
        "name": "Refund",
        "visibility": "everyone",
        "actions": [
            {"type": "add_tags", "tag_ids": [str(tag.id)]},
            {"type": "reply", "body": "Dear {{customer_name}}, {{agent_name}} will refund you."},
            {"type": "close"},
        ],
    }
    assert (await agent.post("/admin/macros", json=body)).status_code == 403
    macro = (await admin.post("/admin/macros", json=body)).json()["macro"]

    preview = await agent.post(f"/ticket/{ticket.id}/macros/{macro['id']}/preview")
    run = await agent.post(f"/ticket/{ticket.id}/macros/{macro['id']}")
    assert run.status_code == 200, run.text
    assert run.json()["changes"] == preview.json()["changes"]
    thread = (await agent.get(f"/ticket/{ticket.id}")).json()
    assert thread["ticket"]["status"] == "closed"
    assert thread["ticket"]["assigned_to"] == agent_user.email
    assert "Ana Petrova will refund you." in thread["messages"][-1]["message"]
    listed = (await agent.get("/admin/macros")).json()["macros"]
    assert [(m["uses"], m["is_editable"]) for m in listed if m["id"] == macro["id"]] == [(1, False)]


async def test_a_macro_is_all_or_nothing(sign_in, make):
    agent, ticket = await sign_in(await make.agent()), await make.ticket()
    body = {
        "name": "Broken",
        "actions": [{"type": "set_priority", "priority": "urgent"}, {"type": "note", "body": "{{category}}"}],
    }
    macro = (await agent.post("/admin/macros", json=body)).json()["macro"]
    refused = await agent.post(f"/ticket/{ticket.id}/macros/{macro['id']}")
    assert (refused.status_code, refused.json()["code"]) == (400, "placeholder_unresolved")
    assert (await agent.get(f"/ticket/{ticket.id}")).json()["ticket"]["priority"] == "medium"


async def test_a_macro_runs_on_many_tickets_at_once(sign_in, make):
    agent, (first, second) = await sign_in(await make.agent()), [await make.ticket(), await make.ticket()]
    body = {"name": "Rush", "actions": [{"type": "set_priority", "priority": "urgent"}]}
    macro = (await agent.post("/admin/macros", json=body)).json()["macro"]
    ids = [str(first.id), str(second.id), "019ab000-0000-7000-8000-00000000dead"]
    done = (await agent.post(f"/admin/macros/{macro['id']}/run", json={"ticket_ids": ids})).json()
    assert (done["changed_count"], done["failed_count"]) == (2, 1)
    assert (await agent.get(f"/ticket/{second.id}")).json()["ticket"]["priority"] == "urgent"
    listed = (await agent.get("/admin/macros")).json()["macros"]
    assert [m["uses"] for m in listed if m["id"] == macro["id"]] == [2]


async def test_a_light_agent_runs_what_their_role_allows(sign_in, make):
    """The built-in role that only notes may use texts and macros, as far as they only note."""
    admin = await sign_in(await make.admin())
    roles = (await admin.get("/admin/roles")).json()["roles"]
    light = next(role for role in roles if role["name"] == "Light agent")
    agent, ticket = await sign_in(await make.agent(role_id=light["id"])), await make.ticket()
    for name, action in (("Note", {"type": "note", "body": "Looked at it."}), ("Close", {"type": "close"})):
        body = {"name": name, "visibility": "everyone", "actions": [action]}
        assert (await admin.post("/admin/macros", json=body)).status_code == 200
    macros = {m["name"]: m for m in (await agent.get("/admin/macros")).json()["macros"]}
    assert (macros["Note"]["is_runnable"], macros["Close"]["is_runnable"]) == (True, False)
    url = f"/ticket/{ticket.id}/macros"
    assert (await agent.post(f"{url}/{macros['Note']['id']}")).status_code == 200
    assert (await agent.post(f"{url}/{macros['Close']['id']}")).status_code == 403
    assert (await agent.get("/admin/canned-responses")).status_code == 200


async def test_personal_and_team_things_are_seen_by_whom_they_belong_to(sign_in, make):
    admin, ana, ben = await sign_in(await make.admin()), await make.agent(), await make.agent()
    team = await make.team(ana)
    own = {"title": "Mine", "body": "Hi", "visibility": "personal", "shortcut": "hi"}
    mine = (await (await sign_in(ana)).post("/admin/canned-responses", json=own)).json()["canned_response"]
    shared = {"title": "Ours", "body": "Hello", "visibility": "team", "team_id": str(team.id)}
    await admin.post("/admin/canned-responses", json=shared)

    async def titles(user):
        answer = await (await sign_in(user)).get("/admin/canned-responses")
        return {canned["title"] for canned in answer.json()["canned_responses"]}

    assert await titles(ana) >= {"Mine", "Ours"}
    assert not await titles(ben) & {"Mine", "Ours"}
    stolen = await (await sign_in(ben)).put(f"/admin/canned-responses/{mine['id']}", json=own)
    assert stolen.status_code == 404
    again = await (await sign_in(ana)).post("/admin/canned-responses", json={**own, "title": "Again"})
    assert (again.status_code, again.json()["code"]) == (409, "shortcut_taken")


async def test_canned_responses_are_found_filled_in_and_counted(sign_in, make):
    agent, ticket = await sign_in(await make.agent()), await make.ticket(subject="Blue screen")
    for title, shortcut, body in (
        ("Greeting", "hello", "Dear {{customer_name}}"),
        ("Say hello again", "", "Again, hello"),
        ("Late", "late", "About {{ticket_subject}} in {{category}}"),
    ):
        data = {"title": title, "shortcut": shortcut, "folder": "Basics", "body": body}
        assert (await agent.post("/admin/canned-responses", json=data)).status_code == 200
    found = (await agent.get("/admin/canned-responses", params={"search": "hello"})).json()
    assert [c["title"] for c in found["canned_responses"]] == ["Greeting", "Say hello again"]
    assert found["folders"] == ["Basics"]

    late = (await agent.get("/admin/canned-responses", params={"search": "late"})).json()["canned_responses"][
        0
    ]
    used = await agent.post(f"/admin/canned-responses/{late['id']}/use", json={"ticket_id": str(ticket.id)})
    assert used.json() == {"text": "About Blue screen in {{category}}", "unresolved": ["category"]}
    late = (await agent.get("/admin/canned-responses", params={"search": "late"})).json()["canned_responses"][
        0
    ]
    assert late["uses"] == 1
    unknown = await agent.post("/admin/canned-responses", json={"title": "X", "body": "{{password}}"})
    assert (unknown.status_code, unknown.json()["code"]) == (400, "placeholder_unknown")
    sample = await agent.post("/admin/canned-responses/preview", json={"body": "Hi {{customer_first_name}}"})
    assert sample.json()["text"] == "Hi Kim"
