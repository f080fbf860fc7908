"""Mail comes in: stored once, read, put into its ticket."""

import asyncio
import base64

import pytest

from tests.conftest import working
from tests.email.conftest import HEADERS, SECRET
from tests.email.corpus.building import b64, file, mail, multipart, part, text


async def _thread(admin, ticket_id):
    return (await admin.get(f"/ticket/{ticket_id}", params={"include": "notes"})).json()


async def test_a_mail_opens_a_ticket_with_its_files(account, admin, hand_in, client):
    header, body = multipart(
        "mixed", text("Mein Drucker ist kaputt – Grüße"), file("Foto.pdf", b"%PDF-1.4 x")
    )
    raw = mail(
        body,
        header,
        Subject="=?utf-8?Q?Drucker_f=C3=BCr_B=C3=BCro?=",
        From="Ann Lee <ann@example.org>",
        Message_ID="<open-1@example.org>",
    )
    answer = await hand_in(raw)
    thread = await _thread(admin, answer["ticket_id"])
    assert thread["ticket"]["subject"] == "Drucker für Büro"
    assert thread["ticket"]["source"] == "email"
    assert thread["ticket"]["customer_email"] == "ann@example.org"
    assert thread["messages"][0]["message"] == "Mein Drucker ist kaputt – Grüße"
    files = (await admin.get(f"/ticket/{answer['ticket_id']}/attachments")).json()["attachments"]
    assert [f["file_name"] for f in files] == ["Foto.pdf"]
    assert files[0]["message_id"] == thread["messages"][0]["id"]
    content = await admin.get(f"/attachment/{files[0]['id']}")
    assert content.content == b"%PDF-1.4 x"
    assert answer["email_message"]["from_email"] == "ann@example.org"


async def test_the_same_mail_twice_changes_nothing(admin, account, hand_in):
    raw = mail("Once", Message_ID="<twice@example.org>", Subject="Once only")
    first, again = await hand_in(raw), await hand_in(raw)
    other_route = await hand_in(b"X-Route: other\n" + raw)
    assert first["ticket_id"] == again["ticket_id"] == other_route["ticket_id"]
    assert first["email_message"]["id"] == other_route["email_message"]["id"]
    assert len((await _thread(admin, first["ticket_id"]))["messages"]) == 1


async def test_one_id_with_another_body_or_sender_is_another_mail(admin, account, hand_in):
    first = await hand_in(mail("First text", Message_ID="<same@example.org>", Subject="Same id"))
    second = await hand_in(mail("Second text", Message_ID="<same@example.org>", Subject="Same id"))
    third = await hand_in(
        mail("First text", Message_ID="<same@example.org>", Subject="Same id", From="bob@example.org")
    )
    assert second["email_message"]["id"] != first["email_message"]["id"]
    assert third["ticket_id"] != first["ticket_id"]
    texts = [m["message"] for m in (await _thread(admin, first["ticket_id"]))["messages"]]
    assert texts == ["First text", "Second text"]


async def test_eight_at_once_are_one(admin, account, client, queue):
    raw = mail("Parallel", Message_ID="<parallel@example.org>", Subject="Parallel")
    variants = [b"X-Number: %d\n" % i + raw for i in range(8)]
    async with working(queue):
        answers = await asyncio.gather(
            *(client.post("/webhooks/email", content=v, headers=HEADERS) for v in variants)
        )
    assert {a.json()["ticket_id"] for a in answers} == {answers[0].json()["ticket_id"]}
    assert len((await _thread(admin, answers[0].json()["ticket_id"]))["messages"]) == 1


async def test_without_the_secret_nothing_is_stored(client):
    raw = mail("Let me in", Subject="No secret")
    assert (await client.post("/webhooks/email", content=raw)).status_code == 401
    assert (
        await client.post("/webhooks/email", content=raw, headers={"X-Webhook-Secret": "wrong"})
    ).status_code == 401
    assert (await client.post("/webhooks/email/wrong", content=raw)).status_code == 401
    assert (await client.post("/webhooks/email", content=b" ", headers=HEADERS)).status_code == 400


@pytest.mark.parametrize("door", ["header", "basic", "path"])
async def test_the_secret_is_taken_at_three_doors(door, client, queue):
    raw = mail(
        f"By {door}",
        Subject=f"Door {door}",
        Message_ID=f"<door-{door}@example.org>",
        From=f"{door}@example.org",
    )
    basic = base64.b64encode(f"mail:{SECRET}".encode()).decode()
    headers = {"header": HEADERS, "basic": {"Authorization": f"Basic {basic}"}, "path": {}}[door]
    path = f"/webhooks/email/{SECRET}" if door == "path" else "/webhooks/email"
    async with working(queue):
        answer = await client.post(path, content=raw, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["ticket_id"]


async def test_other_systems_hand_in_json_and_forms(admin, account, client, queue):
    own = {
        "from_email": "Jay <jay@example.org>",
        "to_email": "help@desk.example",
        "subject": "JSON",
        "body": "From JSON",
    }
    postmark = {
        "FromFull": {}, "From": "Pat <pat@example.org>", "To": "help@desk.example", "Subject": "Postmark", "TextBody": "From Postmark", "MessageID": "pm-1",
        "Headers": [{"Name": "Message-ID", "Value": "<pm@example.org>"}], "Attachments": [{"Name": "a.txt", "Content": b64("x").decode(), "ContentType": "text/plain"}],
    }  # fmt: skip
    sendgrid = {
        "from": "Sam <sam@example.org>",
        "to": "help@desk.example",
        "subject": "SendGrid",
        "text": "From SendGrid",
        "headers": "Message-ID: <sg@example.org>\nDate: Tue, 5 Mar 2024 10:00:00 +0000",
        "envelope": '{"to":["help@desk.example"]}',
    }
    mailgun = {
        "from": "Mia <mia@example.org>",
        "recipient": "help@desk.example",
        "subject": "Mailgun",
        "body-plain": "From Mailgun",
        "Message-Id": "<mg@example.org>",
    }
    mime = {
        "recipient": "help@desk.example",
        "body-mime": mail(
            "From MIME", From="mim@example.org", Subject="MIME", Message_ID="<mime@example.org>"
        ).decode(),
    }
    raw_sendgrid = {
        "email": mail(
            "From raw", From="raw@example.org", Subject="Raw", Message_ID="<rawsg@example.org>"
        ).decode(),
        "envelope": "{}",
        "from": "raw@example.org",
    }
    async with working(queue):
        answers = [
            await client.post("/webhooks/email", json=own, headers=HEADERS),
            await client.post(
                "/webhooks/email",
                json={
                    "raw_email": mail(
                        "Raw in JSON", From="rj@example.org", Subject="RJ", Message_ID="<rj@x>"
                    ).decode()
                },
                headers=HEADERS,
            ),
            await client.post("/webhooks/email", json=postmark, headers=HEADERS),
            await client.post(
                "/webhooks/email",
                data=sendgrid,
                files={"attachment1": ("b.txt", b"y", "text/plain")},
                headers=HEADERS,
            ),
            await client.post("/webhooks/email", data=mailgun, headers=HEADERS),
            await client.post("/webhooks/email", data=mime, headers=HEADERS),
            await client.post(
                "/webhooks/email", data=raw_sendgrid, files={"none": ("", b"")}, headers=HEADERS
            ),
        ]
    assert [a.status_code for a in answers] == [200] * 7, [a.text for a in answers]
    found = [
        (a.json()["email_message"]["from_email"], a.json()["email_message"]["body_text"]) for a in answers
    ]
    assert found == [
        ("jay@example.org", "From JSON"), ("rj@example.org", "Raw in JSON"), ("pat@example.org", "From Postmark"), ("sam@example.org", "From SendGrid"),
        ("mia@example.org", "From Mailgun"), ("mim@example.org", "From MIME"), ("raw@example.org", "From raw"),
    ]  # fmt: skip
    assert [a.json()["email_message"]["has_attachments"] for a in answers] == [
        False,
        False,
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b'{"from": 1}', b'{"from_email": {"a": 1}, "body": 3}', b'{"a":' * 5000]
)
async def test_broken_json_is_refused_with_a_sentence(body, client):
    answer = await client.post(
        "/webhooks/email", content=body, headers={**HEADERS, "Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}
    assert isinstance(answer.json()["detail"], str)


async def test_a_mail_that_cannot_be_read_never_stops_the_next_and_can_be_read_again(
    admin, context, client, queue, monkeypatch
):
    from deskwell.domains.email.jobs import reader

    async def breaks(self, raw):
        if b"poison" in raw:
            raise reader.UnreadableMail("It could not be read within 10 seconds.")
        return await honest(self, raw)

    honest = reader.MailReader.read
    monkeypatch.setattr(reader.MailReader, "read", breaks)
    async with working(queue):
        answers = [
            await client.post(
                "/webhooks/email",
                content=mail(
                    "poison" if i % 2 else "fine",
                    Subject=f"Mix {i}",
                    From=f"mix{i}@example.org",
                    Message_ID=f"<mix{i}@x>",
                ),
                headers=HEADERS,
            )
            for i in range(4)
        ]
    assert [a.status_code for a in answers] == [200, 202, 200, 202]
    listed = (await admin.get("/admin/email/inbound")).json()["mails"]
    assert len(listed) == 2
    assert listed[0]["reason"] == "It could not be read within 10 seconds."
    raw = await admin.get(f"/admin/email/inbound/{listed[0]['id']}/raw")
    assert b"poison" in raw.content
    monkeypatch.setattr(reader.MailReader, "read", honest)
    async with working(queue):
        for entry in listed:
            assert (await admin.post(f"/admin/email/inbound/{entry['id']}/retry")).status_code == 200
        for _ in range(50):
            if (await admin.get("/admin/email/health")).json()["waiting_in"] == 0:
                break
            await asyncio.sleep(0.1)
    assert (await admin.get("/admin/email/inbound")).json()["count"] == 0


async def test_a_reader_that_hangs_or_dies_is_replaced():
    from deskwell.domains.email.jobs.reader import MailReader, UnreadableMail

    pool = MailReader(processes=1, seconds=0.0001)
    with pytest.raises(UnreadableMail, match="within"):
        await pool.read(mail("slow"))
    pool._seconds = 20
    assert (await pool.read(mail("Hello"))).text == "Hello"
    process = pool._free.get_nowait()
    process._child.kill()
    pool._free.put_nowait(process)
    with pytest.raises(UnreadableMail):
        for _ in range(2):  # its death may be noticed at the first or at the second mail
            await pool.read(mail("x"))
        raise UnreadableMail("it was noticed before")
    assert (await pool.read(mail("Again"))).text == "Again"
    await pool.close()


async def test_spam_of_a_stranger_is_kept_aside_and_can_be_let_in(admin, hand_in, account):
    spam = mail(
        "Dear friend, you have won the lottery prize of 5 million dollars. Act now!",
        Subject="CONGRATULATIONS WINNER!!!",
        From="prince@spam.example",
        Message_ID="<spam@x>",
    )
    answer = await hand_in(spam)
    assert (answer["filtered"], answer["category"], answer["ticket_id"]) == (True, "spam", None)
    [entry] = [
        m
        for m in (await admin.get("/admin/email/inbound", params={"state": "filtered"})).json()["mails"]
        if m["category"] == "spam"
    ]
    assert entry["from_email"] == "prince@spam.example"


async def test_no_sender_is_no_reason_to_lose_a_mail(admin, hand_in, account):
    answer = await hand_in(mail("Who am I?", From="", Subject="No sender at all", Message_ID="<nosender@x>"))
    thread = await _thread(admin, answer["ticket_id"])
    assert thread["messages"][0]["message"] == "Who am I?"


async def test_pictures_of_the_mail_are_shown_from_our_own_files(admin, hand_in, account):
    image = part(
        b64(b"\x89PNG\r\n\x1a\n" + b"0" * 60),
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-ID: <pic@x>",
    )
    header, body = multipart(
        "related",
        part(
            '<p>See <img src="cid:pic@x"><img src="https://track.example/p.gif"></p>',
            "Content-Type: text/html",
        ),
        image,
    )
    answer = await hand_in(mail(body, header, Subject="Picture", Message_ID="<pic@example.org>"))
    [attached] = (await admin.get(f"/ticket/{answer['ticket_id']}/attachments")).json()["attachments"]
    shown = answer["email_message"]["body_html"]
    assert f'src="/attachment/{attached["id"]}"' in shown
    assert 'src="remote:https://track.example/p.gif"' in shown
