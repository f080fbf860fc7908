async def test_staff_read_tags_and_only_who_manages_fields_writes_them(sign_in, make):
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    customer = await sign_in(await make.customer())
    assert (await agent.post("/admin/tags", json={"name": "Refund"})).status_code == 403
    assert (await customer.get("/admin/tags")).status_code == 403

    saved = await admin.post("/admin/tags", json={"name": " Refund ", "color": "red", "extra": 1})
    assert saved.json()["success"] is True
    tag = saved.json()["tag"]
    assert (tag["name"], tag["color"]) == ("Refund", "red")
    assert tag["id"] in {t["id"] for t in (await agent.get("/admin/tags")).json()["tags"]}

    taken = await admin.post("/admin/tags", json={"name": "REFUND"})
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    for wrong in ({"name": " "}, {"name": "x" * 81}, {"name": "x", "color": "y" * 40}):
        assert (await admin.post("/admin/tags", json=wrong)).status_code == 400
    assert (await admin.post("/admin/tags", json={"color": "red"})).status_code == 422
    renamed = await admin.put(f"/admin/tags/{tag['id']}", json={"name": "Refunds"})
    assert renamed.json()["tag"] == {**tag, "name": "Refunds"}
    assert (await admin.delete(f"/admin/tags/{tag['id']}")).json()["success"] is True
    assert (await admin.delete(f"/admin/tags/{tag['id']}")).status_code == 404


async def test_tags_are_found_while_typing(sign_in, make):
    agent = await sign_in(await make.agent())
    for name in ("wifi 5 GHz", "office wifi", "printer"):
        await make.tag(name)
    found = (await agent.get("/admin/tags", params={"search": "WIFI"})).json()["tags"]
    assert [tag["name"] for tag in found] == ["wifi 5 GHz", "office wifi"]


async def test_categories_behave_like_tags(sign_in, make):
    admin = await sign_in(await make.admin())
    saved = (await admin.post("/admin/categories", json={"name": "Billing", "color": None})).json()
    category = saved["category"]
    listed = (await admin.get("/admin/categories")).json()["categories"]
    assert category in listed
    changed = await admin.put(
        f"/admin/categories/{category['id']}", json={"name": "Bills", "description": "x"}
    )
    assert changed.json()["category"]["description"] == "x"
    assert (await admin.delete(f"/admin/categories/{category['id']}")).status_code == 200


async def test_custom_fields_are_defined_changed_ordered_and_archived(sign_in, make):
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    size = {
        "key": "size",
        "label": "Size",
        "kind": "select",
        "options": [{"value": "s", "label": "Small"}],
        "required": "on_closing",
    }
    assert (await agent.post("/admin/custom-fields", json=size)).status_code == 403
    first = (await admin.post("/admin/custom-fields", json=size)).json()["field"]
    order = {
        "key": "order",
        "label": "Order",
        "kind": "text",
        "shown_when": {"key": "size", "operator": "is_set"},
    }
    second = (await admin.post("/admin/custom-fields", json=order)).json()["field"]
    assert (await admin.post("/admin/custom-fields", json=size)).status_code == 409

    empty = await admin.post("/admin/custom-fields", json={**size, "key": "other", "options": []})
    assert (empty.status_code, empty.json()["errors"][0]["field"]) == (400, "options")
    typed = await admin.put(
        f"/admin/custom-fields/{first['id']}", json={**size, "kind": "text", "options": []}
    )
    assert (typed.status_code, typed.json()["errors"][0]["field"]) == (400, "kind")

    await admin.put("/admin/custom-fields", json={"ids": [second["id"], first["id"]]})
    listed = (await agent.get("/admin/custom-fields", params={"subject": "ticket"})).json()["fields"]
    assert [field["key"] for field in listed] == ["order", "size"]
    await admin.post(f"/admin/custom-fields/{first['id']}/archive")
    listed = (await agent.get("/admin/custom-fields")).json()["fields"]
    assert [field["key"] for field in listed] == ["order"]
    await admin.post(f"/admin/custom-fields/{first['id']}/restore")
    assert len((await agent.get("/admin/custom-fields")).json()["fields"]) == 2
