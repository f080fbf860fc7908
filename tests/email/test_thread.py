"""Answers find their ticket, strangers do not get in, machines are not answered."""

from tests.email.corpus.building import mail, multipart, part, text


async def _thread(admin, ticket_id):
    return (await admin.get(f"/ticket/{ticket_id}", params={"include": "notes"})).json()


async def _opened(hand_in, name, **values):
    values.setdefault("From", f"{name}@example.org")
    return await hand_in(
        mail(
            values.pop("body", "It smokes."),
            *values.pop("headers", ()),
            Subject=values.pop("Subject", f"Printer {name}"),
            Message_ID=f"<{name}@example.org>",
            **values,
        )
    )


async def _agent_replies(admin, ticket_id, run_jobs, sink, to, words="Please restart it."):
    answer = await admin.post(f"/ticket/{ticket_id}/admin/reply", json={"message": words})
    assert answer.status_code == 200, answer.text
    await run_jobs()
    return sink.to(to)[-1]


async def test_a_reply_goes_out_and_its_answer_comes_back(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "round", Subject="Round trip")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "round@example.org")
    assert sent["subject"] == "Re: Round trip"
    assert sent["in-reply-to"] == "<round@example.org>"
    assert "<round@example.org>" in sent["references"]
    assert sent["from"].addresses[0].addr_spec == "help@desk.example"
    assert "Please restart it." in sent.get_body(("plain",)).get_content()
    assert "Please restart it." in sent.get_body(("html",)).get_content()
    quoted = "It works, thanks!\n\nOn Tue, 5 Mar 2024 at 10:00, Desk <help@desk.example> wrote:\n> Please restart it.\n"
    back = await hand_in(
        mail(
            quoted,
            f"In-Reply-To: {sent['message-id']}",
            From="round@example.org",
            Subject="Something else",
            Message_ID="<round2@example.org>",
        )
    )
    assert back["ticket_id"] == opened["ticket_id"]
    thread = await _thread(admin, opened["ticket_id"])
    assert [m["message"] for m in thread["messages"]] == [
        "It smokes.",
        "Please restart it.",
        "It works, thanks!",
    ]
    emails = (await admin.get(f"/ticket/{opened['ticket_id']}/emails")).json()
    replies = [e for e in emails["emails"] if e["template_type"] == "ticket_reply"]
    assert [(e["status"], e["delivery_state"]) for e in replies] == [("sent", "sent")]
    assert emails["emails"][-1]["quoted_text"].startswith("On Tue")


async def test_a_stranger_with_the_reference_gets_a_linked_ticket(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "victim")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "victim@example.org")
    stranger = await hand_in(
        mail(
            "Give me all",
            f"In-Reply-To: {sent['message-id']}",
            f"References: {sent['message-id']}",
            From="eve@evil.example",
            Subject="Re: Printer victim",
            Message_ID="<eve@x>",
        )
    )
    assert stranger["ticket_id"] != opened["ticket_id"]
    assert len((await _thread(admin, opened["ticket_id"]))["messages"]) == 2


async def test_a_forged_identifier_opens_nothing(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "forge")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "forge@example.org")
    broken = sent["message-id"].replace(sent["message-id"][40], "a" if sent["message-id"][40] != "a" else "b")
    answer = await hand_in(
        mail(
            "Hi",
            f"In-Reply-To: {broken}",
            From="forge@example.org",
            Subject="Unrelated forged",
            Message_ID="<forge2@x>",
        )
    )
    assert answer["ticket_id"] != opened["ticket_id"]


async def test_subject_and_sender_together_are_enough_a_bare_number_never(account, hand_in):
    opened = await _opened(hand_in, "subject", Subject="The lamp is dark")
    same = await _opened(hand_in, "subject2", From="subject@example.org", Subject="AW: RE: the lamp is dark")
    other = await _opened(hand_in, "subject3", From="other@example.org", Subject="Re: The lamp is dark")
    number = await _opened(hand_in, "subject4", From="subject@example.org", Subject="Re: #1001 [Ticket 1001]")
    assert same["ticket_id"] == opened["ticket_id"]
    assert len({opened["ticket_id"], other["ticket_id"], number["ticket_id"]}) == 3


async def test_an_answer_that_comes_before_its_parent_joins_it(account, admin, hand_in):
    answer = await hand_in(
        mail(
            "And another thing",
            "In-Reply-To: <parent@example.org>",
            "References: <parent@example.org>",
            From="early@example.org",
            Subject="Re: Early",
            Message_ID="<child@example.org>",
        )
    )
    parent = await hand_in(
        mail(
            "First thing",
            From="early@example.org",
            Subject="A quite different subject",
            Message_ID="<parent@example.org>",
        )
    )
    assert parent["ticket_id"] == answer["ticket_id"]


async def test_two_answers_to_a_mail_that_never_came_are_one_thread(account, hand_in):
    heads = ("In-Reply-To: <elsewhere@example.org>",)
    first = await hand_in(
        mail("One", *heads, From="pair@example.org", Subject="Re: Offer", Message_ID="<p1@e>")
    )
    second = await hand_in(mail("Two", *heads, From="pair@example.org", Subject="Aside", Message_ID="<p2@e>"))
    other = await hand_in(
        mail("Three", *heads, From="else@example.org", Subject="Re: Offer", Message_ID="<p3@e>")
    )
    assert first["ticket_id"] == second["ticket_id"] != other["ticket_id"]


async def test_somebody_in_copy_may_answer(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "boss", headers=("Cc: colleague@example.org, help@desk.example",))
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "boss@example.org")
    assert sent["cc"].addresses[0].addr_spec == "colleague@example.org"
    answer = await hand_in(
        mail(
            "Me too",
            f"In-Reply-To: {sent['message-id']}",
            From="colleague@example.org",
            Subject="Re: x",
            Message_ID="<colleague@x>",
        )
    )
    assert answer["ticket_id"] == opened["ticket_id"]


async def test_a_closed_ticket_is_taken_up_again(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "closed")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "closed@example.org")
    await admin.post(f"/admin/ticket/{opened['ticket_id']}/close")
    await run_jobs()
    assert "settled" in sink.to("closed@example.org")[-1]["subject"]
    answer = await hand_in(
        mail(
            "Not settled",
            f"In-Reply-To: {sent['message-id']}",
            From="closed@example.org",
            Subject="Re: x",
            Message_ID="<closed2@x>",
        )
    )
    assert answer["ticket_id"] == opened["ticket_id"]
    assert (await _thread(admin, opened["ticket_id"]))["ticket"]["status"] != "closed"


async def test_a_bounce_is_noted_on_the_mail_it_is_about(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "bouncing")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "bouncing@example.org")
    header, body = multipart(
        "report; report-type=delivery-status",
        text("Could not be delivered."),
        part(
            "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; bouncing@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 unknown\n",
            "Content-Type: message/delivery-status",
        ),
        part(f"Message-ID: {sent['message-id']}\nSubject: x\n\nHi", "Content-Type: message/rfc822"),
    )
    answer = await hand_in(
        mail(body, header, From="MAILER-DAEMON@mx.example", Subject="Undelivered", Message_ID="<dsn@mx>")
    )
    assert (answer["category"], answer["ticket_id"]) == ("bounce", opened["ticket_id"])
    emails = (await admin.get(f"/ticket/{opened['ticket_id']}/emails")).json()["emails"]
    [reply] = [e for e in emails if e["template_type"] == "ticket_reply"]
    assert (reply["delivery_state"], reply["status"]) == ("bounced", "failed")
    assert "550 unknown" in reply["error_message"]
    thread = await _thread(admin, opened["ticket_id"])
    assert thread["messages"][1]["success"] is False
    assert "came back" in thread["messages"][-1]["message"]
    assert thread["messages"][-1]["is_internal"] is True


async def test_automatic_replies_start_nothing(account, admin, hand_in, run_jobs, sink):
    opened = await _opened(hand_in, "away")
    sent = await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "away@example.org")
    before = len(sink.to("away@example.org"))
    answer = await hand_in(
        mail(
            "I am away.",
            f"In-Reply-To: {sent['message-id']}",
            "Auto-Submitted: auto-replied",
            From="away@example.org",
            Subject="Out of office",
            Message_ID="<away2@x>",
        )
    )
    await run_jobs()
    assert (answer["category"], answer["ticket_id"]) == ("auto_reply", opened["ticket_id"])
    assert len(sink.to("away@example.org")) == before
    assert (await _thread(admin, opened["ticket_id"]))["messages"][-1]["is_internal"] is True


async def test_own_mail_come_back_is_no_ticket(account, hand_in, run_jobs, sink, admin):
    opened = await _opened(hand_in, "loop")
    await _agent_replies(admin, opened["ticket_id"], run_jobs, sink, "loop@example.org")
    data = [data for _, to, data in sink.mails if "loop@example.org" in to][-1]
    answer = await hand_in(data)
    assert (answer["filtered"], answer["category"]) == (True, "own")
    forged = await hand_in(
        mail(
            "Not theirs",
            "X-Deskwell-Loop: 123",
            From="otherdesk@example.org",
            Subject="Another desk",
            Message_ID="<other-desk@x>",
        )
    )
    assert forged["ticket_id"]


async def test_a_forward_by_staff_becomes_the_customers_ticket(account, admin, hand_in, make):
    agent = await make.agent(email="agent@desk.example", name="Agent")
    body = "Please look.\n\n---------- Forwarded message ---------\nFrom: Rita Real <rita@example.org>\nDate: Tue, Mar 5, 2024\nSubject: Fan is loud\nTo: agent@desk.example\n\nMy fan is loud.\n"
    answer = await hand_in(
        mail(body, From=f"Agent <{agent.email}>", Subject="Fwd: Fan is loud", Message_ID="<fwd@x>")
    )
    thread = await _thread(admin, answer["ticket_id"])
    assert thread["ticket"]["customer_email"] == "rita@example.org"
    assert thread["ticket"]["subject"] == "Fan is loud"
    assert [m["message"] for m in thread["messages"]] == [
        "My fan is loud.",
        f"Forwarded by {agent.email}: Please look.",
    ]


async def test_at_most_three_automatic_mails_an_hour(account, admin, hand_in, run_jobs, sink):
    for i in range(6):
        await _opened(
            hand_in, f"many{i}", From="many@example.org", Subject=f"Quite another matter {i}", Date=""
        )
    await run_jobs()
    acknowledged = sink.to("many@example.org")
    assert len(acknowledged) == 3
    assert all(m["auto-submitted"] == "auto-replied" for m in acknowledged)
    receipts = [m for m in acknowledged if "received" in str(m["subject"])]
    assert receipts
    assert all(
        "another matter" not in str(m["subject"]) + m.get_body(("plain",)).get_content() for m in receipts
    )


async def test_old_mail_and_machines_are_not_acknowledged(account, hand_in, run_jobs, sink):
    await _opened(hand_in, "oldmail", Date="Tue, 5 Mar 2019 10:00:00 +0100")
    await _opened(hand_in, "listmail", headers=("List-Id: <x.example>",), Date="")
    await run_jobs()
    assert sink.to("oldmail@example.org") == sink.to("listmail@example.org") == []
