async def test_views_are_kept_shared_and_counted(make, sign_in):
    ann, bob, admin_user = await make.agent(), await make.agent(), await make.admin()
    team = await make.team(ann)
    agent, other, admin = [await sign_in(user) for user in (ann, bob, admin_user)]
    await make.ticket(context="Viewed", customer=await make.customer())
    built_in = (await agent.get("/inbox/views")).json()["views"]
    assert {"mine", "unassigned", "overdue", "all"} <= {view["id"] for view in built_in}

    mine = await agent.post(
        "/inbox/views", json={"name": "Mine", "filters": {"context": ["Viewed"], "is": ["active"]}}
    )
    assert mine.status_code == 200, mine.text
    view = mine.json()["view"]
    assert view["filters"] == {"context": ["Viewed"], "is": ["active"]}
    body = {"name": "Team", "sharing": "team", "team_id": str(team.id), "filters": {"status": ["closed"]}}
    shared = (await agent.post("/inbox/views", json=body)).json()["view"]
    every = (await agent.post("/inbox/views", json={"name": "All", "sharing": "everyone"})).json()["view"]

    async def seen(client):
        return {v["id"] for v in (await client.get("/inbox/views")).json()["views"] if not v["is_built_in"]}

    assert await seen(agent) == {view["id"], shared["id"], every["id"]}
    assert await seen(other) == {every["id"]}
    counts = (await agent.get("/inbox/views/counts")).json()
    assert counts["counts"][view["id"]] == 1
    assert counts["counts"]["all"] >= 1
    assert view["id"] not in (await other.get("/inbox/views/counts")).json()["counts"]

    url = f"/inbox/views/{view['id']}"
    assert (await other.put(url, json={"name": "Stolen"})).status_code == 404
    assert (await other.put(f"/inbox/views/{every['id']}", json={"name": "Stolen"})).status_code == 403
    assert (
        await admin.put(f"/inbox/views/{every['id']}", json={"name": "Ours", "sharing": "everyone"})
    ).status_code == 200
    renamed = await agent.put(url, json={"name": "Renamed", "filters": {"context": ["Nothing"]}})
    assert renamed.json()["view"]["name"] == "Renamed"
    assert (await agent.get("/inbox/views/counts")).json()["counts"][view["id"]] == 0
    for bad in (
        {"name": ""},
        {"name": "x", "sharing": "team"},
        {"name": "x", "filters": {"status": ["banana"]}},
        {"name": "x", "filters": {"sort": "password"}},
    ):
        assert (await agent.post("/inbox/views", json=bad)).status_code in {400, 422}
    foreign = {"name": "x", "sharing": "team", "team_id": str(team.id)}
    assert (await other.post("/inbox/views", json=foreign)).status_code == 403
    assert (await agent.delete(url)).json()["success"] is True
    assert await seen(agent) == {shared["id"], every["id"]}
    assert (await agent.get("/inbox/operators")).json()["operators"]
