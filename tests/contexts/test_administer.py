"""What a context has of its own: name, look, e-mail account, hours. Each is used for real."""

from datetime import UTC, datetime

import pytest_asyncio

from deskwell.core.clock import shifted
from deskwell.core.db import rows
from deskwell.core.ids import new_id
from deskwell.domains.email.models import EmailAccount, Provider
from deskwell.domains.sla.events import ReapplySlas
from deskwell.domains.sla.jobs import reapply_slas
from deskwell.domains.tickets.models import Priority
from tests.conftest import client_of
from tests.files.samples import png

PNG = png()
GHOST = "00000000-0000-7000-8000-000000000000"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(sign_in, make):
    return await sign_in(await make.admin())


async def a_context(admin, name, **values):
    answer = await admin.post("/admin/contexts", json={"name": name, **values})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def change(admin, context, **values):
    body = {key: value for key, value in context.items() if key not in {"id", "logo_url"}}
    return await admin.put(f"/admin/contexts/{context['id']}", json={**body, **values})


async def account(make, address):
    values = {"email": address, "provider": Provider.SMTP, "smtp_host": "mail.example.net"}
    return await make.saved(EmailAccount(id=new_id(), **values))


async def test_names_are_taken_once_and_what_is_named_must_exist(admin):
    first = await a_context(admin, "Tarn")
    second = await a_context(admin, "Fell")
    for refused in (
        await admin.post("/admin/contexts", json={"name": " tarn "}),
        await change(admin, second, name="TARN"),
    ):
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "name")
    assert (await change(admin, first, name="TARN")).json()["name"] == "TARN"
    for column in ("email_account_id", "calendar_id"):
        refused = await change(admin, first, **{column: GHOST})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, column)


async def test_its_mail_leaves_by_its_account_and_what_comes_to_it_belongs_there(
    admin, client, make, context, worker
):
    await account(make, "desk@example.net")
    own = await account(make, "brand@example.net")
    await a_context(admin, "Branded", email_account_id=str(own.id))
    await a_context(admin, "Plain")
    ticket, plain = await make.ticket(context="branded"), await make.ticket(context="Plain")
    for each in (ticket, plain):
        answer = await admin.post(f"/ticket/{each.id}/admin/reply", json={"message": "Hello"})
        assert answer.status_code == 200, answer.text
    async with context.transaction() as session:
        sent = await rows(
            session,
            "SELECT DISTINCT ticket_id, from_email FROM email_messages WHERE direction = 'outbound' AND ticket_id = ANY(%(ids)s)",
            ids=[ticket.id, plain.id],
        )
    assert {(row["ticket_id"], row["from_email"]) for row in sent} == {
        (ticket.id, "brand@example.net"),
        (plain.id, "desk@example.net"),
    }

    mail = {
        "from_email": "kim@example.com",
        "to_email": "brand@example.net",
        "subject": "By mail",
        "body": "Please help.",
        "message_id": "<by-mail@example.com>",
    }
    for _ in range(5):  # a repeat changes nothing and waits anew
        secret = {"X-Webhook-Secret": "webhook-secret-of-the-tests"}
        answer = await client.post("/webhooks/email", json=mail, headers=secret)
        if answer.json()["ticket_id"]:
            break
    arrived = (await admin.get(f"/ticket/{answer.json()['ticket_id']}")).json()["ticket"]
    assert arrived["context"] == "Branded"
    refused = await admin.delete(f"/admin/email-accounts/{own.id}")
    assert refused.status_code == 409
    assert "Branded" in refused.json()["detail"]


async def test_service_levels_count_by_the_hours_of_the_context(admin, make, context):
    week = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]
    nights = [{"weekday": day, "start": "20:00", "end": "22:00"} for day in range(1, 8)]
    calendars = {}
    for name, periods in (("Week", week), ("Nights", nights)):
        body = {"name": name, "timezone": "UTC", "periods": periods}
        saved = await admin.post("/admin/sla-calendars", json=body)
        calendars[name] = saved.json()["calendar"]
    for priority, hours in (("urgent", {"calendar_id": calendars["Week"]["id"]}), ("high", {})):
        level = {"name": priority, "priority": priority, "response_time_minutes": 60}
        await admin.post("/admin/slas", json={**level, "resolution_time_minutes": 600, **hours})

    brand = await a_context(admin, "Night shop", calendar_id=calendars["Nights"]["id"])
    thursday = datetime(2030, 1, 3, 10, tzinfo=UTC)
    with shifted(thursday - datetime.now(UTC)):
        day = await make.ticket(context="Elsewhere", priority=Priority.URGENT)
        night = await make.ticket(context="night  SHOP", priority=Priority.URGENT)
        clock_round = await make.ticket(context="Night shop", priority=Priority.HIGH)

        async def due(ticket):
            status = (await admin.get(f"/ticket/{ticket.id}/sla-status")).json()
            return status["response_time"]["expected"][:16]

        assert [await due(t) for t in (day, night, clock_round)] == [
            "2030-01-03T11:00",
            "2030-01-03T21:00",
            "2030-01-03T11:00",
        ]
        kept = await admin.delete(f"/admin/sla-calendars/{calendars['Nights']['id']}")
        assert kept.status_code == 409
        assert "1 contexts" in kept.json()["detail"]

        late = {
            **{k: calendars["Nights"][k] for k in ("id", "name", "timezone")},
            "periods": [{**period, "start": "21:00", "end": "23:00"} for period in nights],
        }
        assert (await admin.post("/admin/sla-calendars", json=late)).status_code == 200
        await reapply_slas(context, ReapplySlas(priorities=("urgent",)))
        assert await due(night) == "2030-01-03T22:00"
        assert (await change(admin, brand, calendar_id=None)).status_code == 200
        await reapply_slas(context, ReapplySlas(priorities=("urgent",)))
        assert [await due(t) for t in (day, night)] == ["2030-01-03T11:00", "2030-01-03T11:00"]


async def test_its_look_is_that_of_portal_and_help_center(app, admin, sign_in, make):
    brand = await a_context(admin, "Heron", color="#7445c9", tagline="Answers in a minute.")
    url = f"/admin/contexts/{brand['id']}/logo"
    for name, content in (
        ("logo.svg", b"<svg/>"),
        ("logo.png", b"no picture"),
        ("large.png", PNG + b"0" * 600_000),
    ):
        assert (await admin.put(url, files={"file": (name, content)})).status_code in {400, 413, 415}
    saved = await admin.put(url, files={"file": ("logo.png", PNG)})
    assert saved.status_code == 200, saved.text
    logo = saved.json()["logo_url"]

    async with client_of(app) as stranger:
        shown = await stranger.get(logo)
        assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, PNG, "image/png")
        assert "immutable" in shown.headers["cache-control"]
        page = (await stranger.get("/help/heron")).text
    assert f'<img src="{logo}"' in page
    assert "Answers in a minute." in page

    customer = await sign_in(await make.customer())
    known = (await customer.get("/contexts")).json()["contexts"]
    heron = next(context for context in known if context["name"] == "Heron")
    assert heron["logo_url"] == logo
    assert heron["look"]["fill"] in page

    renewed = (await admin.put(url, files={"file": ("new.png", PNG)})).json()["logo_url"]
    assert renewed != logo
    async with client_of(app) as stranger:
        assert (await stranger.get(logo)).status_code == 404
    assert (await admin.delete(url)).json()["logo_url"] is None
    log = (await admin.get("/admin/audit", params={"kind": "context.changed"})).json()
    assert "Context “Heron” changed: logo" in str(log)
