async def test_bulk_actions_are_previewed_run_and_logged(sign_in, make):
    agent, tag = await sign_in(await make.agent()), await make.tag()
    tickets = [await make.ticket() for _ in range(3)]
    ghost = "019ab000-0000-7000-8000-00000000dead"
    body = {
        "ticket_ids": [str(t.id) for t in tickets] + [ghost],
        "actions": [
            {"type": "set_priority", "priority": "high"},
            {"type": "add_tags", "tag_ids": [str(tag.id)]},
        ],
    }
    preview = (await agent.post("/admin/actions/preview", json=body)).json()["results"]
    assert (await agent.get(f"/ticket/{tickets[0].id}")).json()["ticket"]["priority"] == "medium"
    done = (await agent.post("/admin/actions/run", json=body)).json()
    assert done["results"] == preview
    assert (done["changed_count"], done["failed_count"], done["success"]) == (3, 1, False)
    assert "There is no such ticket." in done["message"]
    ticket = (await agent.get(f"/ticket/{tickets[2].id}")).json()["ticket"]
    assert (ticket["priority"], [t["name"] for t in ticket["tags"]]) == ("high", [tag.name])


async def test_actions_need_the_permissions_of_their_buttons(sign_in, make):
    admin, ben, ticket = await sign_in(await make.admin()), await make.agent(), await make.ticket()
    role = {"name": "Note taker", "permissions": ["tickets.read", "tickets.note"]}
    role_id = (await admin.post("/admin/roles", json=role)).json()["role"]["id"]
    await admin.put(f"/admin/users/{ben.id}/role", json={"role": "agent", "role_id": role_id})
    agent = await sign_in(ben)
    note, reply = {"type": "note", "body": "Seen"}, {"type": "reply", "body": "Hello"}
    both = {"ticket_ids": [str(ticket.id)], "actions": [note, reply]}
    assert (await agent.post("/admin/actions/run", json=both)).status_code == 403
    assert (await agent.post("/admin/actions/run", json={**both, "actions": [note]})).json()[
        "success"
    ] is True
    customer = await sign_in(await make.customer())
    assert (await customer.post("/admin/actions/run", json=both)).status_code == 403


async def test_custom_fields_are_checked_where_they_are_set(sign_in, make):
    admin, ticket = await sign_in(await make.admin()), await make.ticket()
    field = {"key": "weight", "label": "Weight", "kind": "number", "limits": {"minimum": 1}}
    await admin.post("/admin/custom-fields", json=field)

    async def set_to(value):
        action = {"type": "set_field", "key": "weight", "value": value}
        body = {"ticket_ids": [str(ticket.id)], "actions": [action]}
        return await admin.post("/admin/actions/run", json=body)

    assert (await set_to(0)).status_code == 400
    assert (await set_to(5)).json()["success"] is True
    assert (await admin.get(f"/ticket/{ticket.id}")).json()["ticket"]["custom_fields"] == {"weight": 5}
    assert (await set_to(None)).json()["success"] is True
    assert (await admin.get(f"/ticket/{ticket.id}")).json()["ticket"]["custom_fields"] == {}


async def test_tags_and_category_of_a_ticket_by_the_wire(sign_in, make):
    await make.category("Wires")
    agent, tag, ticket = (
        await sign_in(await make.agent()),
        await make.tag("wire"),
        await make.ticket(),
    )
    added = await agent.post(f"/ticket/{ticket.id}/tags", json={"tag_ids": [str(tag.id)]})
    assert (added.json()["success"], added.json()["added_tags"][0]["name"]) == (True, "wire")
    again = await agent.post(f"/ticket/{ticket.id}/tags", json={"tag_ids": [str(tag.id)]})
    assert again.json()["added_tags"] == []
    assert [t["name"] for t in (await agent.get(f"/ticket/{ticket.id}/tags")).json()["tags"]] == ["wire"]
    assert (await agent.delete(f"/ticket/{ticket.id}/tags/{tag.id}")).json()["success"] is True
    assert (await agent.put(f"/ticket/{ticket.id}/category", json={"category": "wires"})).status_code == 200
    assert (await agent.get(f"/ticket/{ticket.id}")).json()["ticket"]["category"] == "Wires"
    assert (await agent.put(f"/ticket/{ticket.id}/category", json={"category": "ghost"})).status_code == 404
    await agent.put(f"/ticket/{ticket.id}/category", json={"category": None})
    assert (await agent.get(f"/ticket/{ticket.id}")).json()["ticket"]["category"] is None
    customer = await sign_in(await make.customer())
    assert (await customer.get(f"/ticket/{ticket.id}/tags")).status_code in {403, 404}


async def test_merging_tags_moves_their_tickets(sign_in, make):
    admin = await sign_in(await make.admin())
    old, new, one, two = await make.tag(), await make.tag(), await make.ticket(), await make.ticket()
    await admin.post(f"/ticket/{one.id}/tags", json={"tag_ids": [str(old.id)]})
    await admin.post(f"/ticket/{two.id}/tags", json={"tag_ids": [str(old.id), str(new.id)]})
    merged = await admin.post(f"/admin/tags/{old.id}/merge", json={"into": str(new.id)})
    assert merged.json()["success"] is True
    for ticket in (one, two):
        tags = (await admin.get(f"/ticket/{ticket.id}/tags")).json()["tags"]
        assert [t["id"] for t in tags] == [str(new.id)]
    usage = (await admin.get("/admin/label-usage")).json()["tags"]
    assert usage[str(new.id)] == 2


async def test_a_team_shares_out_what_comes_to_it(sign_in, make):
    admin, ana, ben = await sign_in(await make.admin()), await make.agent(), await make.agent()
    team = await make.team(ana, ben, assignment="round_robin")
    tickets = [await make.ticket() for _ in range(3)]
    for ticket in tickets:
        await make.put_in_team(ticket, team)
    got = [(await admin.get(f"/ticket/{t.id}")).json()["ticket"]["assignee_id"] for t in tickets]
    assert got == [str(ana.id), str(ben.id), str(ana.id)]
