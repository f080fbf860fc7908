"""Accounts and templates: what an admin sets, what is told back, what stays secret."""

import pytest

BASE = {
    "email": "support@shop.example",
    "provider": "smtp",
    "smtp_host": "127.0.0.1",
    "smtp_port": 2525,
    "smtp_username": "shop",
    "smtp_password": "first-secret",
}


async def _save(admin, **values):
    return await admin.post("/admin/email-accounts", json={**BASE, **values})


async def test_secrets_are_written_and_never_read_back(admin, context):
    from deskwell.core.db import one

    saved = await _save(admin)
    assert saved.status_code == 200, saved.text
    listed = await admin.get("/admin/email-accounts")
    assert "first-secret" not in saved.text + listed.text
    assert saved.json()["account"]["secret_names"] == ["smtp_password"]
    async with context.transaction() as session:
        row = await one(session, "SELECT sealed FROM email_accounts WHERE email = %(e)s", e=BASE["email"])
    assert b"first-secret" not in bytes(row["sealed"])


async def test_another_server_or_user_wants_the_secret_again(admin):
    await _save(admin)
    without = {k: v for k, v in BASE.items() if k != "smtp_password"}
    for change in ({"smtp_host": "evil.example"}, {"smtp_username": "somebody"}, {"smtp_port": 26}):
        refused = await admin.post("/admin/email-accounts", json={**without, **change})
        assert (refused.status_code, refused.json()["code"]) == (400, "secret_wanted")
    renamed = await admin.post("/admin/email-accounts", json={**without, "display_name": "Shop"})
    assert renamed.json()["account"]["display_name"] == "Shop"
    assert (await _save(admin, smtp_host="localhost", smtp_password="second")).status_code == 200
    assert (await _save(admin)).status_code == 200


async def test_there_is_exactly_one_default(admin, account):
    await _save(admin, email="other@shop.example", is_default=True)
    accounts = (await admin.get("/admin/email-accounts")).json()["accounts"]
    assert [a["email"] for a in accounts if a["is_default"]] == ["other@shop.example"]
    await _save(admin, email="help@desk.example", smtp_port=1, is_default=True)


async def test_deleting_an_account_tells_first_what_depends_on_it(admin, account):
    used = (await _save(admin, email="poll@shop.example", imap_host="127.0.0.1", imap_enabled=True)).json()[
        "account"
    ]
    told = await admin.delete(f"/admin/email-accounts/{used['id']}")
    assert told.status_code == 409
    assert "its mailbox is being fetched" in told.json()["detail"]
    assert (
        await admin.delete(f"/admin/email-accounts/{used['id']}", params={"confirm": "true"})
    ).status_code == 200
    assert (await admin.get(f"/admin/email-accounts/{used['id']}/polling-status")).status_code == 404


async def test_the_test_button_says_what_the_server_said(admin, sink):
    good = (await _save(admin, email="good@shop.example", smtp_port=sink.port)).json()["account"]
    assert (await admin.post(f"/admin/email-accounts/{good['id']}/test")).status_code == 200
    sink.plan[:] = ["bad-login"]
    refused = await admin.post(f"/admin/email-accounts/{good['id']}/test")
    assert refused.status_code == 400
    assert "535 5.7.8 bad credentials" in refused.json()["detail"]
    closed = (await _save(admin, email="closed@shop.example", smtp_port=9)).json()["account"]
    assert (
        "cannot be reached"
        in (await admin.post(f"/admin/email-accounts/{closed['id']}/test")).json()["detail"]
    )


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "0.0.0.0",
        "192.168.1.1",
        "2130706433",
        "::ffff:10.0.0.1",
        "100.64.0.1",
        "[fd00::1]",
    ],
)
async def test_hosts_inside_are_not_reached(admin, host):
    saved = await _save(
        admin, email="inside@shop.example", smtp_host=host, smtp_port=25, smtp_password="again"
    )
    if saved.status_code == 200:
        answer = await admin.post(f"/admin/email-accounts/{saved.json()['account']['id']}/test")
        assert answer.status_code == 400
        assert "535" not in str({**answer.json(), "request_id": ""})  # whose digits may be any


async def test_only_admins_manage_accounts(make, sign_in):
    agent = await sign_in(await make.agent())
    assert (await agent.get("/admin/email-accounts")).status_code == 403
    assert (
        await agent.post(
            "/admin/email-templates",
            json={"name": "x", "subject": "x", "body_text": "x", "template_type": "custom"},
        )
    ).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [({"provider": "carrier-pigeon"}, "provider"), ({"email": "no address"}, "email"), ({"smtp_port": 0}, "smtp_port"), ({"smtp_host": ""}, "smtp_host"), ({"imap_enabled": True}, "imap_host"), ({"credentials": {"password": "x"}}, "credentials")],
)  # fmt: skip
async def test_wrong_values_are_named(admin, values, field):
    refused = await _save(admin, **{"email": "wrong@shop.example"} | values)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == field


async def test_four_templates_ship_and_are_really_sent(admin, make, run_jobs, sink, account):
    await _save(
        admin,
        email="help@desk.example",
        smtp_port=sink.port,
        smtp_username="help",
        smtp_password="again",
        is_default=True,
    )
    types = {t["template_type"] for t in (await admin.get("/admin/email-templates")).json()["templates"]}
    assert types >= {"ticket_created", "ticket_reply", "ticket_closed", "ticket_assigned"}
    customer, agent = await make.customer(name="Cleo Customer"), await make.agent(name="Arne Agent")
    ticket = await make.ticket(customer=customer, subject="My printer")
    await admin.post(f"/admin/ticket/{ticket.id}/assign-admin", json={"admin_email": agent.email})
    await admin.post(
        f"/ticket/{ticket.id}/admin/reply", json={"message": "It is **fixed**.\n\nSee https://desk.example/x"}
    )
    await admin.post(f"/admin/ticket/{ticket.id}/close")
    await run_jobs()
    to_customer = {m["subject"]: m for m in sink.to(customer.email)}
    assert list(to_customer) == [
        f"We have received your request #{ticket.number}",
        "Re: My printer",
        f"Your request #{ticket.number} is settled",
    ]
    assert "Hello Cleo," in next(iter(to_customer.values())).get_body(("plain",)).get_content()
    reply = to_customer["Re: My printer"].get_body(("html",)).get_content()
    assert "<strong>fixed</strong>" in reply
    assert '<a href="https://desk.example/x"' in reply
    [assigned] = sink.to(agent.email)
    assert assigned["subject"] == f"#{ticket.number} is yours: My printer"
    assert f"/app/tickets/{ticket.id}" in assigned.get_body(("plain",)).get_content()


async def test_a_template_switched_off_sends_nothing(admin, make, run_jobs, sink, account):
    templates = (await admin.get("/admin/email-templates", params={"template_type": "ticket_closed"})).json()[
        "templates"
    ]
    await admin.post("/admin/email-templates", json={**templates[0], "is_active": False})
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    await admin.post(f"/admin/ticket/{ticket.id}/close")
    await run_jobs()
    assert [m["subject"] for m in sink.to(customer.email)] == [
        f"We have received your request #{ticket.number}"
    ]
    await admin.post("/admin/email-templates", json={**templates[0], "is_active": True})


async def test_an_unknown_placeholder_is_refused_by_name(admin):
    body = {
        "name": "x",
        "subject": "Hi {{customer_name}}",
        "body_text": "{{ticket_colour}} {{ms}}",
        "template_type": "custom",
    }
    refused = await admin.post("/admin/email-templates", json=body)
    assert refused.status_code == 400
    assert "{{ticket_colour}}" in refused.json()["detail"]
    assert "{{ticket_number}}" in refused.json()["detail"]
    saved = await admin.post(
        "/admin/email-templates", json={**body, "variables": {"ticket_colour": "blue", "ms": "5"}}
    )
    assert saved.status_code == 200


async def test_preview_fills_in_once_and_escapes(admin, make):
    customer = await make.customer(name="<b>{{ticket_id}}</b>")
    ticket = await make.ticket(customer=customer)
    answer = await admin.post(
        "/admin/email-templates/preview",
        json={
            "ticket_id": str(ticket.id),
            "subject": "For {{customer_name}}",
            "body_text": "Dear {{customer_name}},\n\n{{message}}",
            "body_html": None,
        },
    )
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["subject"] == "For <b>{{ticket_id}}</b>"
    assert "&lt;b&gt;{{ticket_id}}&lt;/b&gt;" in shown["body_html"]
    assert "<strong>your order leaves today</strong>" in shown["body_html"]


async def test_a_test_mail_is_really_sent(admin, run_jobs, sink, account):
    answer = await admin.post(
        "/admin/email-templates/test-send",
        json={
            "to_email": "me@example.org",
            "subject": "Hi {{customer_first_name}}",
            "body_text": "x {{ticket_number}}",
        },
    )
    assert answer.status_code == 200, answer.text
    await run_jobs()
    [sent] = sink.to("me@example.org")
    assert sent["subject"] == "[Test] Hi Robin"
