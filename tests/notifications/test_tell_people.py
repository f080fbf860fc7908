async def notifications_of(sign_in, user):
    return (await (await sign_in(user)).get("/notifications")).json()


async def test_people_hear_of_what_concerns_them(sign_in, make):
    ana, ben = await make.agent(name="Ana"), await make.agent(name="Ben")
    kim = await make.customer(name="Kim")
    ticket = await make.ticket(customer=kim, subject="Fire")
    assign = {"admin_email": ben.email}
    await (await sign_in(ana)).post(f"/admin/ticket/{ticket.id}/assign-admin", json=assign)
    note = {"message": "@Ben please look", "is_internal": True}
    await (await sign_in(ana)).post(f"/ticket/{ticket.id}/admin/reply", json=note)
    await (await sign_in(kim)).post(f"/ticket/{ticket.id}/reply", json={"message": "Any news?"})

    heard = await notifications_of(sign_in, ben)
    assert [n["kind"] for n in heard["notifications"]] == ["customer_replied", "mentioned", "assigned"]
    assert heard["notifications"][1]["text"] == f"Ana mentioned you on #{ticket.number} Fire"
    assert heard["unread_count"] == 3
    assert (await notifications_of(sign_in, ana))["notifications"] == []
    assert (await (await sign_in(kim)).get("/notifications")).status_code == 403

    client = await sign_in(ben)
    one = heard["notifications"][0]["id"]
    assert (await client.post("/notifications/read", json={"ids": [one]})).json() == {"unread_count": 2}
    assert (await client.post("/notifications/read", json={"all": True})).json() == {"unread_count": 0}
    back = {"ids": [one], "is_read": False}
    assert (await client.post("/notifications/read", json=back)).json() == {"unread_count": 1}


async def test_each_person_chooses_what_to_hear_of(sign_in, make):
    ana, ben = await make.agent(), await make.agent()
    client = await sign_in(ben)
    wish = {"preferences": [{"kind": "assigned", "in_app": False, "by_mail": False}]}
    saved = (await client.put("/notifications/preferences", json=wish)).json()["preferences"]
    assert next(p for p in saved if p["kind"] == "assigned")["in_app"] is False
    ticket = await make.ticket()
    assign = {"admin_email": ben.email}
    await (await sign_in(ana)).post(f"/admin/ticket/{ticket.id}/assign-admin", json=assign)
    assert (await notifications_of(sign_in, ben))["unread_count"] == 0


async def test_a_restricted_teams_ticket_is_not_told_to_others(sign_in, make):
    ana, ben = await make.agent(name="Ina"), await make.agent(name="Udo Fremd")
    team, ticket = await make.team(ana, is_restricted=True), await make.ticket()
    await make.put_in_team(ticket, team)
    note = {"message": "@Udo Fremd look at this", "is_internal": True}
    assert (await (await sign_in(ana)).post(f"/ticket/{ticket.id}/admin/reply", json=note)).status_code == 200
    assert (await notifications_of(sign_in, ben))["notifications"] == []
