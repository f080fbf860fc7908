"""Mail goes out: once, with the same bytes, and with an honest word on what became of it."""

import base64
from datetime import timedelta

import pytest

from deskwell.core import clock
from deskwell.core.db import execute, rows


async def _reply(admin, make, words="Done.", *, customer=None):
    customer = customer or await make.customer()
    ticket = await make.ticket(customer=customer)
    answer = await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": words})
    assert answer.status_code == 200, answer.text
    return customer, ticket


async def _mail(admin, ticket):
    emails = (await admin.get(f"/ticket/{ticket.id}/emails")).json()["emails"]
    return next(e for e in emails if e["template_type"] == "ticket_reply")


async def _after(context, run_jobs, queue, **time):
    """What the sweep does when so much time has passed."""
    from deskwell.domains.email.events import SweepMail
    from deskwell.domains.email.jobs import sweep_mail

    with clock.shifted(timedelta(**time)):
        await sweep_mail(context, SweepMail())
        await run_jobs()


@pytest.fixture(autouse=True)
async def quiet(context, sink):
    """Each test looks at its own mails only."""
    sink.plan.clear()
    yield
    sink.plan.clear()
    async with context.transaction() as session:
        await execute(
            session, "UPDATE outbox SET state = 'failed' WHERE state NOT IN ('sent', 'failed', 'bounced')"
        )


async def _without_acknowledgement(run_jobs, admin, make, sink, *plan):
    """A ticket whose acknowledgement has gone; the plan is for what follows."""
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    await run_jobs()
    sink.mails.clear()
    sink.plan[:] = plan
    answer = await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "Done."})
    assert answer.status_code == 200
    await run_jobs()
    return customer, ticket


async def test_cut_before_the_data_it_is_tried_again_and_arrives_once(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, "cut-before-data")
    assert (await _mail(admin, ticket))["delivery_state"] == "queued"
    await _after(context, run_jobs, queue, minutes=2)
    assert len(sink.to(customer.email)) == 1
    assert (await _mail(admin, ticket))["delivery_state"] == "sent"


async def test_cut_after_the_dot_it_is_uncertain_and_tried_again_with_the_same_bytes(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, "cut-after-dot")
    found = await _mail(admin, ticket)
    assert (found["delivery_state"], found["status"]) == ("uncertain", "pending")
    await _after(context, run_jobs, queue, minutes=5)
    assert len(sink.to(customer.email)) == 1, "not before a quarter of an hour"
    await _after(context, run_jobs, queue, minutes=16)
    assert len(sink.mails) == 2
    assert sink.mails[0][2] == sink.mails[1][2]
    assert (await _mail(admin, ticket))["delivery_state"] == "sent"


async def test_always_uncertain_it_is_given_up_after_two_more_tries(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, *["cut-after-dot"] * 9)
    for minutes in (16, 32, 48, 64):
        await _after(context, run_jobs, queue, minutes=minutes)
    assert len(sink.to(customer.email)) == 3
    found = await _mail(admin, ticket)
    assert found["delivery_state"] == "failed"
    assert "not known whether" in found["error_message"]


async def test_cut_after_the_confirmation_it_is_sent_once(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, "cut-after-250")
    await _after(context, run_jobs, queue, hours=1)
    assert len(sink.to(customer.email)) == 1
    assert (await _mail(admin, ticket))["delivery_state"] == "sent"


async def test_refused_for_good_it_is_shown_at_once_and_retried_by_a_click(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, "refuse-data")
    found = await _mail(admin, ticket)
    assert (found["delivery_state"], found["status"]) == ("failed", "failed")
    assert "554 5.7.1 we do not like this" in found["error_message"]
    thread = (await admin.get(f"/ticket/{ticket.id}", params={"include": "notes"})).json()
    assert [m["success"] for m in thread["messages"] if m["sender"] == "admin"] == [False]
    assert "could not be sent" in thread["messages"][-1]["message"]
    await _after(context, run_jobs, queue, days=1)
    assert sink.to(customer.email) == []
    assert found["id"] in [e["id"] for e in (await admin.get("/admin/email/failed")).json()["emails"]]
    answer = await admin.post(f"/ticket/{ticket.id}/emails/{found['id']}/retry")
    assert answer.status_code == 200
    await run_jobs()
    assert len(sink.to(customer.email)) == 1
    assert (await admin.post(f"/ticket/{ticket.id}/emails/{found['id']}/retry")).status_code == 409


async def test_while_the_server_is_down_replies_wait_and_then_all_go_out(
    account, admin, make, run_jobs, sink, context, queue
):
    async with context.transaction() as session:
        await execute(session, "UPDATE email_accounts SET smtp_port = 9")
    waiting = [await _reply(admin, make) for _ in range(3)]
    await run_jobs()
    assert {(await _mail(admin, t))["delivery_state"] for _, t in waiting} == {"queued"}
    health = (await admin.get("/admin/email/health")).json()
    assert health["queued_out"] >= 3
    assert "cannot be reached" in health["accounts"][0]["send_error"]
    async with context.transaction() as session:
        await execute(session, "UPDATE email_accounts SET smtp_port = %(p)s", p=sink.port)
    await _after(context, run_jobs, queue, hours=1)
    for customer, ticket in waiting:
        assert len([m for m in sink.to(customer.email) if "Re:" in m["subject"]]) == 1
        assert (await _mail(admin, ticket))["delivery_state"] == "sent"


async def test_one_bad_recipient_does_not_hold_back_the_others(account, admin, make, run_jobs, sink):
    ticket = await make.ticket()
    await run_jobs()
    answer = await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={
            "to_emails": ["good@example.org", "nobody@example.org"],
            "subject": "To both",
            "body_text": "Hello",
        },
    )
    assert answer.json()["email_message"]["status"] == "pending"
    await run_jobs()
    assert len(sink.to("good@example.org")) == 1
    emails = (await admin.get(f"/ticket/{ticket.id}/emails")).json()["emails"]
    assert emails[-1]["delivery_state"] == "sent"
    assert "nobody@example.org: 550" in emails[-1]["error_message"]


async def test_a_worker_that_dies_while_sending_leaves_an_uncertain_mail(
    account, admin, make, run_jobs, sink, context, queue
):
    customer, ticket = await _without_acknowledgement(run_jobs, admin, make, sink, "later")
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE outbox SET state = 'leased', leased_until = now() FROM email_messages e WHERE e.id = email_id AND e.ticket_id = %(t)s AND state = 'queued'",
            t=ticket.id,
        )
    await _after(context, run_jobs, queue, minutes=1)
    assert (await _mail(admin, ticket))["delivery_state"] == "uncertain"
    await _after(context, run_jobs, queue, minutes=20)
    assert len(sink.to(customer.email)) == 1


async def test_two_workers_send_a_mail_once(account, admin, make, run_jobs, sink, context):
    import asyncio

    from deskwell.domains.email.events import DeliverMail
    from deskwell.domains.email.jobs import deliver_mail

    customer, ticket = await _reply(admin, make)
    async with context.transaction() as session:
        found = await rows(
            session,
            "SELECT o.id FROM outbox o JOIN email_messages e ON e.id = o.email_id WHERE e.ticket_id = %(t)s",
            t=ticket.id,
        )
    await asyncio.gather(*(deliver_mail(context, DeliverMail(row["id"])) for row in found for _ in range(4)))
    assert len([m for m in sink.to(customer.email) if "Re:" in m["subject"]]) == 1


async def test_a_mail_from_the_ticket_carries_everything_and_is_one_message(
    account, admin, make, run_jobs, sink
):
    ticket = await make.ticket()
    await run_jobs()
    uploaded = await admin.post(
        f"/ticket/{ticket.id}/attachments", files={"file": ("note.txt", b"some text", "text/plain")}
    )
    file_id = uploaded.json()["attachment"]["id"]
    answer = await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={
            "to_emails": ["to@example.org"], "cc_emails": ["Cy <cc@example.org>"], "bcc_emails": ["bcc@example.org"], "reply_to": "answers@desk.example",
            "subject": "Hello\u00e4 there", "body_text": "Plain *words*", "body_html": "<p>Rich <b>words</b><script>x</script></p>", "attachment_ids": [file_id],
        },
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    await run_jobs()
    [sent] = sink.to("bcc@example.org")
    assert (str(sent["to"]), str(sent["cc"]), sent["bcc"]) == ("to@example.org", "cc@example.org", None)
    assert str(sent["reply-to"]) == "answers@desk.example"
    assert sent["subject"] == "Hello\u00e4 there"
    assert sent.get_body(("plain",)).get_content().strip() == "Plain *words*"
    assert "<b>words</b>" in sent.get_body(("html",)).get_content()
    assert "script" not in sent.get_body(("html",)).get_content()
    assert [(a.get_filename(), a.get_content().strip()) for a in sent.iter_attachments()] == [
        ("note.txt", b"some text")
    ]
    thread = (await admin.get(f"/ticket/{ticket.id}")).json()
    assert [m["message"] for m in thread["messages"] if m["sender"] != "ai"] == [
        "It smokes.",
        "Plain *words*",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"to_emails": ["x\r\nBcc: eve@evil.example"]},
        {"to_emails": ["a@x.org, b@x.org"]},
        {"to_emails": []},
        {"subject": " "},
        {"cc_emails": ["no address"]},
    ],
)
async def test_what_cannot_be_sent_is_refused(change, account, admin, make):
    ticket = await make.ticket()
    body = {"to_emails": ["a@example.org"], "subject": "x", "body_text": "y"} | change
    assert (await admin.post(f"/ticket/{ticket.id}/send-email", json=body)).status_code == 400


async def test_no_line_break_gets_into_a_header(account, admin, make, run_jobs, sink):
    ticket = await make.ticket()
    await run_jobs()
    await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={"to_emails": ["safe@example.org"], "subject": "Hi\r\nBcc: eve@evil.example", "body_text": "y"},
    )
    await run_jobs()
    [sent] = sink.to("safe@example.org")
    assert sent["bcc"] is None
    assert sink.to("eve@evil.example") == []


async def test_a_customer_sees_their_mails_without_blind_copies(account, admin, make, sign_in, run_jobs):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={
            "to_emails": [customer.email],
            "bcc_emails": ["secret@desk.example"],
            "subject": "x",
            "body_text": "y",
        },
    )
    seen = await (await sign_in(customer)).get(f"/ticket/{ticket.id}/emails")
    assert seen.json()["count"] >= 1
    assert "secret@desk.example" not in seen.text
    stranger = await (await sign_in(await make.customer())).get(f"/ticket/{ticket.id}/emails")
    assert stranger.status_code == 404


async def test_password_links_are_mailed_but_never_stored(account, client, make, run_jobs, sink, context):
    user = await make.customer()
    assert (await client.post("/auth/reset-request", json={"email": user.email})).status_code < 500
    async with context.transaction() as session:
        from deskwell.domains.accounts.service import request_reset

        await request_reset(session, user.email)
    await run_jobs()
    sent = sink.to(user.email)[-1]
    assert "/reset?token=" in sent.get_body(("plain",)).get_content()
    async with context.transaction() as session:
        assert (
            await rows(session, "SELECT 1 FROM email_messages WHERE %(e)s = ANY(to_email)", e=user.email)
            == []
        )


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def _parts(sent):
    """Content types of a mail as a tree, and its pictures by content id."""

    def tree(part):
        kind = part.get_content_type()
        return (kind, [tree(p) for p in part.iter_parts()]) if part.is_multipart() else kind

    return tree(sent), {p["content-id"]: p.get_content() for p in sent.walk() if p["content-id"]}


async def test_pictures_in_a_reply_go_out_inside_the_mail(account, admin, make, run_jobs, sink):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    picture = base64.b64decode(PIXEL)
    uploaded = await admin.post("/files", files={"file": ("screen.png", picture, "image/png")})
    file_id = uploaded.json()["file"]["id"]
    words = f"See here:\n\n![The screen](/attachment/{file_id})\n\nFine?"
    answer = await admin.post(
        f"/ticket/{ticket.id}/admin/reply", json={"message": words, "file_ids": [file_id]}
    )
    assert answer.status_code == 200, answer.text
    sink.mails.clear()
    await run_jobs()
    sent = next(m for m in sink.to(customer.email) if str(m["subject"]).startswith("Re:"))
    tree, pictures = _parts(sent)
    assert tree == (
        "multipart/alternative",
        ["text/plain", ("multipart/related", ["text/html", "image/png"])],
    )
    [(content_id, data)] = pictures.items()
    assert data == picture
    assert f'src="cid:{content_id.strip("<>")}"' in sent.get_body(("html",)).get_content()
    plain = sent.get_body(("plain",)).get_content()
    assert "[The screen]" in plain
    assert "/attachment/" not in plain


async def test_pasted_pictures_and_files_of_others_in_rich_text(account, admin, make, run_jobs, sink):
    customer, other = await make.customer(), await make.ticket()
    ticket = await make.ticket(customer=customer)
    foreign = (
        await admin.post(
            f"/ticket/{other.id}/attachments",
            files={"file": ("secret.png", base64.b64decode(PIXEL), "image/png")},
        )
    ).json()["attachment"]["id"]
    rich = (
        f'<p>Look <img alt="a" src="data:image/png;base64,{PIXEL}"> and <img src="/attachment/{foreign}"></p>'
    )
    answer = await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={"to_emails": [customer.email], "subject": "Pictures", "body_text": "Look", "body_html": rich},
    )
    assert answer.status_code == 200, answer.text
    sink.mails.clear()
    await run_jobs()
    sent = next(m for m in sink.to(customer.email) if str(m["subject"]) == "Pictures")
    _, pictures = _parts(sent)
    assert list(pictures.values()) == [base64.b64decode(PIXEL)]
    html = sent.get_body(("html",)).get_content()
    assert "data:image" not in html
    assert "cid:" in html
