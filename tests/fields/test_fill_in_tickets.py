CANARY = "canary-of-hidden-fields"


async def define(admin, **values):
    body = {"label": values["key"].title(), "kind": "text", **values}
    assert (await admin.post("/admin/custom-fields", json=body)).status_code == 200


async def test_customers_fill_in_what_was_opened_to_them_and_see_no_more(sign_in, make):
    admin, customer = await sign_in(await make.admin()), await sign_in(await make.customer())
    await define(admin, key="order", customer_access="write", required="on_creation")
    await define(admin, key="note", customer_access="read")
    await define(admin, key="secret")
    body = {"context": "Shop", "subject": "Form", "message": "Hello", "custom_fields": {}}
    form = (await customer.get("/custom-fields", params={"context": "Shop"})).json()["fields"]
    assert [(f["key"], f["customer_access"]) for f in form] == [("order", "write"), ("note", "read")]

    now = {"Prefer": "respond-async"}
    missing = await customer.post("/ticket", json=body, headers=now)
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (400, "custom_fields.order")
    for key in ("secret", "note", "ghost"):
        stolen = {**body, "custom_fields": {"order": "1", key: "x"}}
        assert (await customer.post("/ticket", json=stolen, headers=now)).status_code == 400
    opened = await customer.post("/ticket", json={**body, "custom_fields": {"order": "4711"}}, headers=now)
    ticket_id = opened.json()["ticket_id"]

    filled = {"custom_fields": {"secret": CANARY, "note": "Paid"}}
    assert (await admin.patch(f"/ticket/{ticket_id}", json=filled)).status_code == 200
    seen = await customer.get(f"/ticket/{ticket_id}")
    assert seen.json()["ticket"]["custom_fields"] == {"order": "4711", "note": "Paid"}
    listed = await customer.get("/customer/tickets")
    assert CANARY not in seen.text + listed.text
    staff = (await admin.get(f"/ticket/{ticket_id}")).json()["ticket"]
    assert staff["custom_fields"] == {"order": "4711", "note": "Paid", "secret": CANARY}


async def test_rules_see_the_form_and_closing_asks_for_what_is_required(sign_in, make):
    admin, customer = await sign_in(await make.admin()), await sign_in(await make.customer())
    await define(admin, key="cause", required="on_closing")
    await define(admin, key="size", customer_access="write")
    tag = await make.tag()
    rule = {
        "name": "Large ones",
        "triggers": ["ticket_opened"],
        "conditions": {
            "match": "all",
            "conditions": [{"field": "custom.size", "operator": "is", "value": "XL"}],
        },
        "actions": [{"type": "add_tags", "tag_ids": [str(tag.id)]}],
    }
    assert (await admin.post("/admin/rules", json=rule)).status_code == 200
    body = {
        "context": "Shop",
        "subject": "Large",
        "message": "Hi",
        "custom_fields": {"size": "XL", "order": "1"},
    }
    opened = await customer.post("/ticket", json=body, headers={"Prefer": "respond-async"})
    ticket_id = opened.json()["ticket_id"]
    ticket = (await admin.get(f"/ticket/{ticket_id}")).json()["ticket"]
    assert [t["id"] for t in ticket["tags"]] == [str(tag.id)]

    refused = await admin.post(f"/admin/ticket/{ticket_id}/close")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "custom_fields.cause")
    await admin.patch(f"/ticket/{ticket_id}", json={"custom_fields": {"cause": "Weather"}})
    assert (await admin.post(f"/admin/ticket/{ticket_id}/close")).status_code == 200


async def test_customers_and_companies_have_fields_of_their_own(sign_in, make):
    admin, kim = await sign_in(await make.admin()), await make.customer()
    options = [{"value": "gold", "label": "Gold"}]
    await define(admin, key="tier", subject="customer", kind="select", options=options)
    url = f"/admin/customers/{kim.id}/fields"
    filled = await admin.put(url, json={"values": {"tier": "gold"}})
    assert filled.json()["custom_fields"] == {"tier": "gold"}
    wrong = await admin.put(url, json={"values": {"tier": "lead"}})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "tier")
    assert (await (await sign_in(kim)).put(url, json={"values": {"tier": "gold"}})).status_code == 403
