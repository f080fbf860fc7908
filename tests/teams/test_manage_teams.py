async def test_a_team_is_made_of_staff_and_says_so_at_once(sign_in, make):
    admin, ben = await sign_in(await make.admin()), await make.agent(name="Ben")
    agent = await sign_in(ben)
    body = {"name": "Billing", "members": [{"user_id": str(ben.id), "is_lead": True}], "is_restricted": True}
    assert (await agent.post("/admin/teams", json=body)).status_code == 403

    team = (await admin.post("/admin/teams", json=body)).json()["team"]
    assert [(m["name"], m["is_lead"]) for m in team["members"]] == [("Ben", True)]
    assert (await agent.get("/auth/me")).json()["team_ids"] == [team["id"]]
    assert (await admin.post("/admin/teams", json={"name": "BILLING"})).json()["code"] == "name_taken"

    customer = await make.customer()
    stranger = {"name": "Billing", "members": [{"user_id": str(customer.id)}]}
    assert (await admin.put(f"/admin/teams/{team['id']}", json=stranger)).status_code == 400

    kept = await admin.put(f"/admin/teams/{team['id']}", json={"name": "Bills"})
    assert (kept.json()["team"]["name"], len(kept.json()["team"]["members"])) == ("Bills", 1)
    await admin.put(f"/admin/teams/{team['id']}", json={"name": "Bills", "members": []})
    assert (await agent.get("/auth/me")).json()["team_ids"] == []


async def test_tickets_of_a_restricted_team_follow_its_people(sign_in, make):
    admin, ben = await sign_in(await make.admin()), await make.agent()
    agent, ticket = await sign_in(ben), await make.ticket()
    team = await make.team(is_restricted=True)
    await make.put_in_team(ticket, team)
    assert (await agent.get(f"/ticket/{ticket.id}")).status_code == 404

    members = {"name": team.name, "members": [{"user_id": str(ben.id)}]}
    await admin.put(f"/admin/teams/{team.id}", json=members)
    assert (await agent.get(f"/ticket/{ticket.id}")).status_code == 200
    assert (await admin.delete(f"/admin/teams/{team.id}")).status_code == 200
    assert (await admin.get(f"/ticket/{ticket.id}")).json()["ticket"]["team_id"] is None


async def test_people_set_their_own_availability(sign_in, make):
    ben, eve = await make.agent(), await make.agent()
    team = await make.team(ben)
    url = f"/admin/teams/{team.id}/members/{ben.id}/availability"
    assert (await (await sign_in(eve)).put(url, json={"takes_tickets": False})).status_code == 403
    away = await (await sign_in(ben)).put(url, json={"takes_tickets": False})
    assert away.json()["team"]["members"][0]["takes_tickets"] is False
