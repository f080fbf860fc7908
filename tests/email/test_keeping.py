"""Floods are held and let in by a click; the bytes of old mails go after their time."""

from datetime import timedelta

from deskwell.core import clock
from deskwell.domains.email.events import ForgetRawMail
from deskwell.domains.email.jobs import forget_raw_mail
from tests.email.corpus.building import mail


def _mail(index: int, sender: str) -> bytes:
    return mail(f"Text {index}", From=sender, Subject=f"Matter {index}", Message_ID=f"<{index}.{sender}>")


async def test_what_is_too_much_is_held_seen_and_let_in(account, admin, hand_in, run_jobs):
    rules = {"keep_days": 365, "hold_after": 3}
    assert (await admin.put("/admin/email/settings", json=rules)).json() == rules
    answers = [await hand_in(_mail(i, "flood@example.org")) for i in range(5)]
    other = await hand_in(_mail(9, "calm@example.org"))
    assert [bool(a["ticket_id"]) for a in answers] == [True, True, True, False, False]
    assert [a.get("category") for a in answers[3:]] == ["flood", "flood"]
    assert other["ticket_id"]
    [held] = (await admin.get("/admin/email/held")).json()["senders"]
    assert (held["from_email"], held["count"]) == ("flood@example.org", 2)
    assert (await admin.get("/admin/email/health")).json()["held"] == 2
    listed = (await admin.get("/admin/email/inbound?state=filtered")).json()["mails"]
    reasons = {m["reason"] for m in listed if m["category"] == "flood"}
    assert reasons == {"Held: more than 3 mails of this sender came within an hour."}

    released = await admin.post("/admin/email/held/release", json={"from_email": "Flood@example.org"})
    assert released.status_code == 200, released.text
    await run_jobs()
    assert (await admin.get("/admin/email/held")).json()["senders"] == []
    found = (await admin.get("/admin/tickets?search=Matter")).json()
    assert {f"Matter {i}" for i in range(5)} <= {t["subject"] for t in found["tickets"]}
    again = await admin.post("/admin/email/held/release", json={"from_email": "flood@example.org"})
    assert again.status_code == 404
    await admin.put("/admin/email/settings", json={"keep_days": 365, "hold_after": 0})


async def test_spam_that_somebody_lets_in_becomes_a_ticket(account, admin, hand_in, run_jobs):
    spam = mail(
        "You have won! Claim your prize: http://192.0.2.1/x",
        From="win@example.org",
        Subject="LOTTERY WINNER!!!",
    )
    assert (await hand_in(spam))["category"] == "spam"
    listed = (await admin.get("/admin/email/inbound?state=filtered")).json()["mails"]
    row = next(m for m in listed if m["from_email"] == "win@example.org")
    assert (await admin.post(f"/admin/email/inbound/{row['id']}/retry")).status_code == 200
    await run_jobs()
    assert (await hand_in(spam))["ticket_id"]


async def test_bytes_go_after_their_time_and_are_known_when_they_come_again(account, admin, hand_in, context):
    first = await hand_in(_mail(1, "old@example.org"))
    path = f"/ticket/{first['ticket_id']}/emails"
    [email] = [e for e in (await admin.get(path)).json()["emails"] if e["direction"] == "inbound"]
    assert email["has_raw"]
    assert (await admin.get(f"{path}/{email['id']}/raw")).status_code == 200
    await admin.put("/admin/email/settings", json={"keep_days": 30, "hold_after": 0})
    with clock.shifted(timedelta(days=20)):
        await forget_raw_mail(context, ForgetRawMail())
    assert (await admin.get(f"{path}/{email['id']}/raw")).status_code == 200
    with clock.shifted(timedelta(days=40)):
        await forget_raw_mail(context, ForgetRawMail())
    [email] = [e for e in (await admin.get(path)).json()["emails"] if e["direction"] == "inbound"]
    assert not email["has_raw"]
    assert (await admin.get(f"{path}/{email['id']}/raw")).status_code == 404
    assert email["body_text"] == "Text 1"
    assert (await hand_in(_mail(1, "old@example.org")))["ticket_id"] == first["ticket_id"]


async def test_rules_have_bounds(admin, make, sign_in):
    for wrong in ({"keep_days": -1, "hold_after": 0}, {"keep_days": 1, "hold_after": 9999}, {"keep_days": 1}):
        assert (await admin.put("/admin/email/settings", json=wrong)).status_code == 422
    agent = await sign_in(await make.agent())
    assert (
        await agent.put("/admin/email/settings", json={"keep_days": 1, "hold_after": 1})
    ).status_code == 403
