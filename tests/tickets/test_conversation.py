from tests.factories import actor_of

ASYNC = {"Prefer": "respond-async"}
TICKET = {"context": "Shop", "subject": "Where is my order?", "message": "It should have come on Monday."}


async def test_customer_opens_continues_and_reads_a_ticket(sign_in, make):
    customer = await sign_in(await make.customer())
    opened = await customer.post("/ticket", json=TICKET, headers=ASYNC)
    assert opened.status_code == 202, opened.text
    ticket_id = opened.json()["ticket_id"]

    same_matter = {**TICKET, "subject": "AW: where is my order", "message": "Still not here."}
    again = await customer.post("/ticket", json=same_matter, headers=ASYNC)
    assert again.json()["ticket_id"] == ticket_id

    thread = (await customer.get(f"/ticket/{ticket_id}")).json()
    assert thread["ticket"]["status"] == "open"
    assert [m["message"] for m in thread["messages"]] == [TICKET["message"], "Still not here."]
    assert {m["sender"] for m in thread["messages"]} == {"customer"}

    stranger = await sign_in(await make.customer())
    assert (await stranger.get(f"/ticket/{ticket_id}")).status_code == 404
    ghost = await stranger.get("/ticket/00000000-0000-7000-8000-000000000000")
    foreign = await stranger.get(f"/ticket/{ticket_id}")
    assert ghost.json()["detail"] == foreign.json()["detail"]


async def test_the_first_staff_reply_takes_the_ticket(sign_in, make):
    user, agent = await make.customer(), await make.agent()
    ticket = await make.ticket(customer=user)
    staff = await sign_in(agent)
    answer = await staff.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "On its way."})
    assert answer.status_code == 200, answer.text
    body = answer.json()["ticket"]
    assert (body["status"], body["assigned_to"]) == ("human_assigned", agent.email)
    assert body["first_response_at"]

    customer = await sign_in(user)
    reply = await customer.post(f"/ticket/{ticket.id}/reply", json={"message": "Thank you."})
    assert reply.json()["reply"] == f"Human agent {agent.email} will handle this ticket."


async def test_notes_never_reach_the_customer(sign_in, make):
    user = await make.customer()
    ticket = await make.ticket(customer=user)
    staff, customer = await sign_in(await make.agent()), await sign_in(user)
    note = {"message": "CANARY note", "is_internal": True}
    assert (await staff.post(f"/ticket/{ticket.id}/admin/reply", json=note)).status_code == 200
    assert "CANARY" not in (await customer.get(f"/ticket/{ticket.id}?include=notes")).text
    assert "CANARY" not in (await staff.get(f"/ticket/{ticket.id}")).text
    assert "CANARY" in (await staff.get(f"/ticket/{ticket.id}?include=notes")).text


async def test_escalating_puts_the_ticket_into_the_queue_of_people_once(sign_in, make):
    user = await make.customer()
    ticket = await make.ticket(customer=user)
    customer = await sign_in(user)
    assert (
        await customer.post(f"/ticket/{ticket.id}/escalate", json={"reason": "Please call"})
    ).status_code == 200
    thread = (await customer.get(f"/ticket/{ticket.id}")).json()
    assert (thread["ticket"]["status"], thread["ticket"]["assigned_to"]) == ("human_assigned", None)
    assert "Please call" in thread["messages"][-1]["message"]
    again = await customer.post(f"/ticket/{ticket.id}/escalate")
    assert (again.status_code, again.json()["code"]) == (400, "already_escalated")
    reply = await customer.post(f"/ticket/{ticket.id}/reply", json={"message": "Hello?"})
    assert reply.json()["action"] == "handed_over"


async def test_closing_reopening_and_following_up(sign_in, make, context):
    from datetime import timedelta

    from deskwell.core import clock

    user = await make.customer()
    ticket = await make.ticket(customer=user)
    staff, customer = await sign_in(await make.agent()), await sign_in(user)
    assert (await staff.post(f"/admin/ticket/{ticket.id}/close")).json()["success"]
    assert (await customer.get(f"/ticket/{ticket.id}")).json()["ticket"]["resolved_at"]
    reply = await customer.post(f"/ticket/{ticket.id}/reply", json={"message": "Not solved."}, headers=ASYNC)
    assert reply.json()["ticket_id"] == str(ticket.id)
    assert (await customer.get(f"/ticket/{ticket.id}")).json()["ticket"]["status"] == "open"

    await staff.post(f"/admin/ticket/{ticket.id}/close")
    with clock.shifted(timedelta(days=15)):
        late = await customer.post(f"/ticket/{ticket.id}/reply", json={"message": "Again!"}, headers=ASYNC)
    assert late.json()["ticket_id"] != str(ticket.id)
    follow_up = (await customer.get(f"/ticket/{late.json()['ticket_id']}")).json()["ticket"]
    assert follow_up["follows_id"] == str(ticket.id)


async def test_an_idempotency_key_creates_once(sign_in, make):
    customer = await sign_in(await make.customer())
    headers = {**ASYNC, "Idempotency-Key": "once"}
    first = await customer.post("/ticket", json=TICKET, headers=headers)
    second = await customer.post("/ticket", json=TICKET, headers=headers)
    assert first.json() == second.json()
    thread = (await customer.get(f"/ticket/{first.json()['ticket_id']}")).json()
    assert len(thread["messages"]) == 1
    other = await customer.post("/ticket", json={**TICKET, "message": "Other"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_assigning_by_mail_and_by_name(sign_in, make):
    ticket, agent = await make.ticket(), await make.agent(name="Grace Unique Hopper")
    staff = await sign_in(agent)
    unknown = await staff.post(
        f"/admin/ticket/{ticket.id}/assign-admin", json={"admin_email": "no@example.org"}
    )
    assert unknown.status_code == 404
    by_mail = await staff.post(f"/admin/ticket/{ticket.id}/assign-admin", json={"admin_email": agent.email})
    assert by_mail.json()["success"]
    by_name = await staff.post(
        f"/admin/ticket/{ticket.id}/assign", params={"agent_name": "grace unique hopper"}
    )
    assert by_name.json()["success"]


async def test_only_ai_messages_can_be_rated(sign_in, make, context):
    from deskwell.core.actor import AI
    from deskwell.domains.tickets import service
    from deskwell.domains.tickets.models import Author

    user = await make.customer()
    ticket = await make.ticket(customer=user)
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, ticket.id)
        message, _ = await service.write_message(
            session, AI, locked, Author.AI, "Restart it.", confidence=0.9
        )
    customer, staff = await sign_in(user), await sign_in(await make.agent())
    url = f"/ticket/{ticket.id}/rate"
    assert (await customer.post(url, json={"message_id": str(message.id), "rating": 6})).status_code == 400
    for rating in (2, 5):
        rated = await customer.post(url, json={"message_id": str(message.id), "rating": rating})
        assert rated.json()["success"]
    thread = (await staff.get(f"/ticket/{ticket.id}")).json()["messages"]
    seen = next(entry for entry in thread if entry["id"] == str(message.id))
    assert seen["user_rating"] == 5
    assert [rating["rating"] for rating in seen["ratings"]] == [2, 5]
    assert (await staff.post(url, json={"message_id": str(message.id), "rating": 1})).status_code == 404


async def test_odd_text_is_stored_or_refused_never_a_500(sign_in, make):
    customer = await sign_in(await make.customer())
    odd = await customer.post("/ticket", json={**TICKET, "message": "a\x00b"}, headers=ASYNC)
    assert odd.status_code == 202
    raw = b'{"context":"Shop","subject":"x","message":"\\ud800 lone"}'
    lone = await customer.post("/ticket", content=raw, headers={**ASYNC, "Content-Type": "application/json"})
    assert lone.status_code in {202, 422}
    assert (await customer.post("/ticket", json={**TICKET, "message": "  "})).status_code == 400
    assert (await customer.post("/ticket", json={**TICKET, "priority": "now"})).status_code == 400
    assert (await customer.get("/ticket/nonsense")).status_code == 422


async def test_staff_open_a_ticket_for_somebody(sign_in, make, context):
    agent = await make.agent()
    staff = await sign_in(agent)
    assert (await staff.post("/ticket", json=TICKET)).json()["code"] == "requester_missing"
    body = {**TICKET, "requester": {"email": "caller@example.org", "name": "Caller"}, "source": "phone"}
    opened = await staff.post("/ticket", json=body, headers=ASYNC)
    assert opened.status_code == 202, opened.text
    ticket = (await staff.get(f"/ticket/{opened.json()['ticket_id']}")).json()["ticket"]
    assert (ticket["customer_email"], ticket["source"]) == ("caller@example.org", "phone")
    assert actor_of(agent).is_staff


async def test_payment_cards_are_masked_before_they_are_stored(sign_in, make):
    customer = await sign_in(await make.customer())
    body = {
        **TICKET,
        "subject": "Card 4111 1111 1111 1111",
        "message": "Mine is 5500-0000-0000-0004, order 4111111111111112.",
    }
    opened = await customer.post("/ticket", json=body, headers=ASYNC)
    thread = (await customer.get(f"/ticket/{opened.json()['ticket_id']}")).json()
    text = thread["ticket"]["subject"] + thread["messages"][0]["message"]
    assert "4111 1111 1111 1111" not in text
    assert "5500-0000-0000-0004" not in text
    assert "4111111111111112" in text  # fails the checksum: an order number
