"""A new message joins the customer's own ticket on the same matter, is marked so, and can be split off."""

from datetime import timedelta

from deskwell.core import clock

ASYNC = {"Prefer": "respond-async"}


async def write(client, subject, message, context="Shop"):
    body = {"context": context, "subject": subject, "message": message}
    answer = await client.post("/ticket", json=body, headers=ASYNC)
    assert answer.status_code == 202, answer.text
    return answer.json()


async def test_the_same_subject_joins_however_it_is_written(make, sign_in):
    customer = await sign_in(await make.customer())
    first = await write(customer, "Printer smokes", "It does")
    for subject in ("Re: printer smokes!", "AW: Fwd: PRINTER  SMOKES"):
        assert (await write(customer, subject, "Still"))["ticket_id"] == first["ticket_id"]
    assert (await write(customer, "Printer smokes", "x", context="Other"))["ticket_id"] != first["ticket_id"]
    other = await sign_in(await make.customer())
    assert (await write(other, "Printer smokes", "x"))["ticket_id"] != first["ticket_id"]


async def test_the_same_matter_joins_and_can_be_split_off_with_one_click(make, sign_in):
    anna = await make.customer()
    customer, agent = await sign_in(anna), await sign_in(await make.agent())
    first = await write(customer, "Order not arrived", "My order 48213 is late")
    again = await write(customer, "Where is my order?", "Order 48213 still has not arrived")
    assert again["ticket_id"] == first["ticket_id"]
    thread = (await customer.get(f"/ticket/{first['ticket_id']}")).json()["messages"]
    assert [m["matched_by"] for m in thread] == [None, "text"]
    inside = (await agent.get(f"/ticket/{first['ticket_id']}")).json()["messages"][1]["data"]
    assert 0.3 < inside["similarity"] < 1

    stranger = await sign_in(await make.customer())
    url, body = f"/ticket/{first['ticket_id']}/split-off", {"message_id": again["message_id"]}
    assert (await stranger.post(url, json=body)).status_code == 404
    assert (await customer.post(url, json={"message_id": first["message_id"]})).status_code == 400
    split = await customer.post(url, json=body)
    assert split.status_code == 200, split.text
    new = (await customer.get(f"/ticket/{split.json()['ticket_id']}")).json()
    assert new["ticket"]["subject"] == "Where is my order?"
    assert [m["message"] for m in new["messages"]] == ["Order 48213 still has not arrived"]
    assert len((await customer.get(f"/ticket/{first['ticket_id']}")).json()["messages"]) == 1


async def test_another_matter_or_an_old_one_opens_a_ticket(make, sign_in):
    customer = await sign_in(await make.customer())
    first = await write(customer, "Order not arrived", "My order 48213 is late")
    made = {first["ticket_id"]}
    for subject, message in (
        ("Change my address", "Please use my new e-mail address"),
        ("Order 7 wrong colour", "It is green"),
        ("Order 8 wrong colour", "It is green"),
    ):
        made.add((await write(customer, subject, message))["ticket_id"])
    assert len(made) == 4
    with clock.shifted(timedelta(days=15)):
        late = await write(customer, "Where is my order?", "Order 48213 still has not arrived")
    assert late["ticket_id"] not in made


async def test_snoozed_and_assigned_tickets_are_joined_closed_ones_are_not(make, sign_in):
    customer, agent = await sign_in(await make.customer()), await sign_in(await make.agent())
    first = (await write(customer, "Broken lamp", "Dark"))["ticket_id"]
    await agent.post(f"/ticket/{first}/admin/reply", json={"message": "Hello"})
    await agent.post(f"/ticket/{first}/snooze", json={"until": "2099-01-01T00:00:00Z"})
    assert (await write(customer, "Broken lamp", "Still dark"))["ticket_id"] == first
    await agent.post(f"/admin/ticket/{first}/close")
    assert (await write(customer, "Broken lamp", "Dark again"))["ticket_id"] != first
