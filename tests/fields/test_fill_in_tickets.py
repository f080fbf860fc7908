import csv
import io

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


TEN = {
    "text": ("One line", "=one line", "one"),
    "textarea": ("Several lines", "two\nlines", None),
    "number": ("Number", 4.5, "many"),
    "date": ("Date", "2026-02-28", "2026-02-30"),
    "datetime": ("Moment", "2026-02-28T10:00:00+00:00", "soon"),
    "select": ("Choice", "red", "blue"),
    "multiselect": ("Choices", ["red", "green"], ["blue"]),
    "checkbox": ("Yes or no", True, "perhaps"),
    "url": ("Page", "https://example.org/a", "javascript:alert(1)"),
    "email": ("Address", "kim@example.org", "kim"),
}


async def test_ten_types_are_validated_filtered_by_and_exported(sign_in, make):
    admin, outsider = await sign_in(await make.admin()), await sign_in(await make.agent())
    ticket, other = await make.ticket(subject="Ten fields"), await make.ticket(subject="No fields")
    hidden = await make.ticket(subject="Hidden one")
    await make.put_in_team(hidden, await make.team(is_restricted=True))
    options = [{"value": "red", "label": "Red"}, {"value": "green", "label": "Green"}]
    for kind, (label, value, wrong) in TEN.items():
        more = {"options": options} if "select" in kind else {}
        more |= {"limits": {"max_length": 9}} if kind == "text" else {}
        await define(admin, key=f"ten_{kind}", label=label, kind=kind, **more)
        url = f"/ticket/{ticket.id}"
        if wrong is not None and kind != "text":
            refused = await admin.patch(url, json={"custom_fields": {f"ten_{kind}": wrong}})
            assert refused.status_code == 400, (kind, wrong)
        filled = await admin.patch(url, json={"custom_fields": {f"ten_{kind}": value}})
        assert filled.status_code == 200, (kind, filled.text)
    kept = (await admin.get(f"/ticket/{ticket.id}")).json()["ticket"]["custom_fields"]
    assert len(kept) == 10

    for filtered in (
        "ten_select=red",
        "ten_multiselect=green",
        "ten_checkbox=true",
        "ten_email=kim@example.org",
    ):
        found = (await admin.get("/admin/tickets", params={"field": filtered})).json()["tickets"]
        assert [t["id"] for t in found] == [str(ticket.id)], filtered

    text = (await admin.get("/admin/tickets/export", params={"field": "ten_select=red"})).text
    header, line = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    row = dict(zip(header, line, strict=True))
    assert {label: row[label] for label, _, _ in TEN.values()} == {
        "One line": "'=one line",
        "Several lines": "two\nlines",
        "Number": "4.5",
        "Date": "2026-02-28",
        "Moment": kept["ten_datetime"],
        "Choice": "red",
        "Choices": "red, green",
        "Yes or no": "yes",
        "Page": "https://example.org/a",
        "Address": "kim@example.org",
    }
    assert row["subject"] == "Ten fields"
    everything = (await outsider.get("/admin/tickets/export")).text
    assert str(other.number) in everything
    assert "No fields" in everything
    assert "Hidden one" not in everything
    words = (await admin.get("/admin/tickets/export", params={"search": "Hidden"})).text
    assert "Hidden one" in words
    customer = await sign_in(await make.customer())
    assert (await customer.get("/admin/tickets/export")).status_code == 403


async def test_a_field_may_wait_for_another_and_belong_to_one_context(sign_in, make):
    admin, customer = await sign_in(await make.admin()), await sign_in(await make.customer())
    await make.brand("Garden")
    contexts = (await admin.get("/admin/contexts")).json()["contexts"]
    garden = next(context["id"] for context in contexts if context["name"] == "Garden")
    options = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    shared = {"customer_access": "write", "context_ids": [garden]}
    await define(admin, key="has_serial", kind="select", options=options, **shared)
    rule = {"key": "has_serial", "operator": "is", "value": "yes"}
    await define(admin, key="serial", required="on_creation", shown_when=rule, **shared)

    async def form(context):
        found = (await customer.get("/custom-fields", params={"context": context})).json()["fields"]
        return {field["key"] for field in found} & {"has_serial", "serial"}

    assert await form("Garden") == {"has_serial", "serial"}
    assert await form("Elsewhere") == set()

    async def opened(context, **fields):
        body = {
            "context": context,
            "subject": "Serial",
            "message": f"Hello {fields}",
            "custom_fields": {"order": "1", **fields},
        }
        return await customer.post("/ticket", json=body, headers={"Prefer": "respond-async"})

    missing = await opened("Garden", has_serial="yes")
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (400, "custom_fields.serial")
    assert (await opened("Garden", has_serial="no")).is_success
    assert (await opened("Garden", has_serial="yes", serial="A1")).is_success
    assert (await opened("Elsewhere", has_serial="yes")).status_code == 400
