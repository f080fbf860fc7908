"""Mail from strangers: no ticket is entered, no mail is forged, no loop starts, nothing stalls (classes 7-9, 19-22, 26, 27, 33)."""

import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.core.db import rows
from deskwell.domains.email.logic import signatures
from deskwell.domains.email.logic.reading import read_mail
from tests.email.conftest import HEADERS
from tests.email.corpus.building import mail, multipart, nested, text


async def opened(hand_in, name, **values):
    values.setdefault("Subject", f"Printer {name}")
    return await hand_in(
        mail("It smokes.", From=f"{name}@example.org", Message_ID=f"<{name}@example.org>", **values)
    )


async def reply(admin, run_jobs, sink, ticket_id, to):
    assert (
        await admin.post(f"/ticket/{ticket_id}/admin/reply", json={"message": "CANARY of the thread"})
    ).status_code == 200
    await run_jobs()
    return sink.to(to)[-1]


async def words(admin, ticket_id):
    thread = (await admin.get(f"/ticket/{ticket_id}", params={"include": "notes"})).json()
    return [message["message"] for message in thread["messages"]]


async def test_class_07_ticket_trick_a_number_or_our_address_opens_nothing(
    account, admin, hand_in, run_jobs, sink, client
):
    victim = await opened(hand_in, "trick-victim")
    number = (await admin.get(f"/ticket/{victim['ticket_id']}")).json()["ticket"]["number"]
    for index, values in enumerate((
        {"Subject": f"Re: [#{number}] Printer trick-victim"},
        {"To": f"help+{number}@desk.example"},
        {"To": f"help+{victim['ticket_id']}@desk.example"},
        {"Cc": "trick-victim@example.org", "Subject": "Re: Printer trick-victim"},
    )):  # fmt: skip
        eve = await opened(hand_in, f"trick-eve{index}", **values)
        assert eve["ticket_id"] != victim["ticket_id"]
    assert await words(admin, victim["ticket_id"]) == ["It smokes."]
    # The desk's own address is no identity one could sign up with and read mail by.
    own = await client.post(
        "/auth/register", json={"email": "help@desk.example", "password": "secret1", "name": "E"}
    )
    assert own.status_code == 400, "the support address is not a log-in identity"


async def test_class_07_a_copy_hears_what_follows_but_gets_no_history(
    account, admin, hand_in, run_jobs, sink
):
    first = await opened(hand_in, "history")
    sent = await reply(admin, run_jobs, sink, first["ticket_id"], "history@example.org")
    await hand_in(
        mail(
            "Please copy Bo",
            f"In-Reply-To: {sent['message-id']}",
            From="history@example.org",
            Cc="bo@example.net",
            Subject="Re: Printer history",
            Message_ID="<h2@example.org>",
        )
    )
    sink.mails.clear()
    assert (
        await admin.post(f"/ticket/{first['ticket_id']}/admin/reply", json={"message": "New words"})
    ).status_code == 200
    await run_jobs()
    for told in sink.to("bo@example.net"):
        assert "CANARY" not in told.as_string()


async def test_class_08_a_forged_reference_or_sender_writes_as_nobody(
    account, admin, hand_in, run_jobs, sink, make
):
    agent = await make.agent()
    first = await opened(hand_in, "forged")
    sent = await reply(admin, run_jobs, sink, first["ticket_id"], "forged@example.org")
    good = sent["message-id"].strip()
    local, _, domain = good.strip("<>").partition("@")
    kind, ticket, message, mac = local.split(".")
    for index, forged in enumerate((
        f"<{kind}.{ticket}.{message}.{'a' * len(mac)}@{domain}>",
        f"<{kind}.{ticket}.{message}.@{domain}>",
        f"<{kind}.{message}.{ticket}.{mac}@{domain}>",
        f"<ticket-{first['ticket_id']}@{domain}>",
        f"<notify-1-1@{domain}>",
    )):  # fmt: skip
        answer = await hand_in(
            mail(
                "forged words",
                f"In-Reply-To: {forged}",
                From=agent.email,
                Subject=f"Other {index}",
                Message_ID=f"<forged{index}@x>",
            )
        )
        assert answer["ticket_id"] != first["ticket_id"], forged
    assert "forged words" not in await words(admin, first["ticket_id"])
    sink.mails.clear()
    # Even with the true reference, a mail "from" an agent is not an agent's answer to the customer.
    await hand_in(
        mail(
            "as the agent",
            f"In-Reply-To: {good}",
            From=agent.email,
            Subject="Re: Printer forged",
            Message_ID="<asagent@x>",
        )
    )
    await run_jobs()
    assert not [m for m in sink.to("forged@example.org") if "as the agent" in m.as_string()]


async def test_class_09_a_leaked_token_from_another_sender_gets_no_history(
    account, admin, hand_in, run_jobs, sink
):
    first = await opened(hand_in, "leaked")
    sent = await reply(admin, run_jobs, sink, first["ticket_id"], "leaked@example.org")
    address = sent["reply-to"].addresses[0].addr_spec if sent["reply-to"] else "help@desk.example"
    sink.mails.clear()
    eve = await hand_in(
        mail(
            "I am new here",
            f"In-Reply-To: {sent['message-id']}",
            From="eve@evil.example",
            To=address,
            Subject="Re: Printer leaked",
            Message_ID="<eve-leak@x>",
        )
    )
    await run_jobs()
    assert eve["ticket_id"] != first["ticket_id"]
    assert "I am new here" not in await words(admin, first["ticket_id"])
    for told in sink.to("eve@evil.example"):
        assert "CANARY" not in told.as_string()
        assert "It smokes" not in told.as_string()
    ticket = (await admin.get(f"/ticket/{first['ticket_id']}")).json()["ticket"]
    assert "leaked@example.org" in str(ticket), "the requester stays"


@pytest.mark.parametrize(
    "evil",
    [
        "x\r\nBcc: eve@evil.example",
        "x\nBcc: eve@evil.example",
        "x\r\n\r\nbody",
        "x\x00y",
        "=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=",
        "x\u2028Bcc: eve@evil.example",
        '"x" <eve@evil.example>, y',
    ],
)
async def test_class_19_no_header_gets_into_a_mail(evil, account, admin, sign_in, make, run_jobs, sink):
    customer = await make.customer(name=evil.replace("\x00", ""))
    ticket = await make.ticket(customer=customer, subject=evil.replace("\x00", "")[:100])
    await run_jobs()
    sink.mails.clear()
    assert (await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": "hi"})).status_code == 200
    sent = await admin.post(
        f"/ticket/{ticket.id}/send-email",
        json={"to_emails": [customer.email], "subject": evil, "body_text": "x"},
    )
    assert sent.status_code in {200, 400, 422}
    for field in ("cc_emails", "bcc_emails", "to_emails") if "\n" in evil or "\x00" in evil else ():
        body = {
            "to_emails": [customer.email],
            "subject": "s",
            "body_text": "x",
            field: [f"a@example.org{evil}"],
        }
        assert (await admin.post(f"/ticket/{ticket.id}/send-email", json=body)).status_code in {400, 422}
    await run_jobs()
    assert sink.mails
    for _, recipients, raw in sink.mails:
        assert "eve@evil.example" not in recipients
        read = message_from_bytes(raw, policy=policy.default)
        assert read["bcc"] is None
        assert len(read.get_all("subject")) == 1
        assert [a.addr_spec for a in read["to"].addresses] == recipients


@pytest.mark.parametrize(
    "header",
    [
        "From: boss@company.example, eve@evil.example",
        "From: boss@company.example <eve@evil.example>",
        "From: <eve@evil.example> (boss@company.example)",
        'From: "boss@company.example" <eve@evil.example>',
        "From: eve@evil.example <boss@company.example> x@y",
        "From: a@b.example\nFrom: boss@company.example",
        "From: boss@company.example\x00@evil.example",
        "From: (boss@company.example",
    ],
)
def test_class_20_an_address_that_is_not_certain_is_not_trusted(header):
    read = read_mail(mail("x", header, From=""))
    taken = read.sender.email if read.sender else None
    assert taken != "boss@company.example" or not read.is_sender_certain, header


@given(st.text(max_size=60), st.sampled_from(["boss@company.example"]))
def test_class_20_a_name_never_becomes_the_address(name, decoy):
    header = f'From: "{decoy} {name}" <eve@evil.example>'.replace("\n", " ").replace("\r", " ")
    read = read_mail(mail("x", header.encode("utf-8", "replace"), From=""))
    assert read.sender is None or read.sender.email != decoy or not read.is_sender_certain


MACHINES = [
    "Auto-Submitted: auto-replied",
    "Precedence: bulk",
    "X-Auto-Response-Suppress: All",
    "X-Autoreply: yes",
    "List-Id: <x.example>",
    "Return-Path: <>",
]


@pytest.mark.parametrize("header", MACHINES)
async def test_class_21_machines_get_no_answer(header, account, hand_in, run_jobs, sink):
    name = f"machine{abs(hash(header)) % 10**8}"
    sink.mails.clear()
    await hand_in(mail("Away", header, From=f"{name}@example.org", Subject="Away", Message_ID=f"<{name}@x>"))
    await run_jobs()
    assert sink.to(f"{name}@example.org") == []


async def test_class_21_two_desks_stop_after_three_an_hour_and_say_what_they_are(
    account, hand_in, run_jobs, sink
):
    sink.mails.clear()
    for index in range(8):
        await hand_in(
            mail(
                f"No machine at all {index}",
                From="loop@example.org",
                Subject=f"Matter {index} {'abcdefgh'[index] * 9}",
                Message_ID=f"<loop{index}@x>",
                Date="",
            )
        )
    await run_jobs()
    answers = [
        (sender, message)
        for sender, to, raw in sink.mails
        if "loop@example.org" in to
        for message in [sink.read(raw)]
    ]
    assert 1 <= len(answers) <= 3
    assert all(m["auto-submitted"] == "auto-replied" for _, m in answers)
    assert answers[0][0] == "", "what merely acknowledges leaves without a return path"


async def test_class_22_the_first_answer_carries_none_of_the_strangers_words(
    account, hand_in, run_jobs, sink
):
    sink.mails.clear()
    await hand_in(
        mail(
            "BUY CHEAP PILLS http://spam.example",
            From="Pills http://spam.example <target@example.org>",
            Subject="WIN http://spam.example now",
            Message_ID="<relay@x>",
        )
    )
    await run_jobs()
    for sent in sink.to("target@example.org"):
        body = (
            sent.get_body(("plain",)).get_content()
            + (sent.get_body(("html",)) or sent.get_body()).get_content()
        )
        assert "PILLS" not in body
        assert "spam.example" not in body


def deep(depth):
    inner = text("at the bottom")
    for level in range(depth):
        inner = nested("mixed", inner, boundary=f"b{level}x")
    header, _, body = inner.partition(b"\n\n")
    return mail(body, header)


@pytest.mark.parametrize(
    "raw",
    [
        mail(b"<!--" * 40_000, "Content-Type: text/html"),
        deep(3000),
        mail(*reversed(multipart("mixed", *[text("p")] * 3000))),
        mail(b"> " * 200_000),
        mail(b"x", b"References: " + b"<a@b> " * 50_000),
        mail(b"a " * 500_000 + b"wrote:"),
    ],
    ids=["comments", "3,000 deep", "3,000 parts", "quotes", "references", "one line"],
)
def test_class_26_no_mail_stalls_the_reader(raw):
    began = time.process_time()
    read_mail(raw)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "name",
    [
        "punycode",
        "rot13",
        "undefined",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "hex",
        "zlib",
        "bz2",
        "base64",
        "uu",
        "quopri",
        "mbcs",
        "oem",
        "charmap",
        "x-unknown",
        "utf-7",
        "../../etc",
        "",
    ],
)
def test_class_27_codec_names_come_from_a_table(name):
    read = read_mail(
        mail(
            "Gr\u00fc\u00dfe aus K\u00f6ln - Hello".encode(),
            f"Content-Type: text/plain; charset={name}",
            "Content-Transfer-Encoding: 8bit",
        )
    )
    assert "Hello" in read.text
    assert "Gr" in read.text


def test_class_33_a_webhook_is_signed_fresh_and_taken_once():
    stamp = str(int(time.time()))
    fields = {
        "timestamp": stamp,
        "token": "t",
        "signature": hmac.new(b"key", f"{stamp}t".encode(), hashlib.sha256).hexdigest(),
    }
    now = datetime.now(UTC)
    assert signatures.is_mailgun(fields, "key", now)
    assert not signatures.is_mailgun({**fields, "signature": ""}, "key", now)
    assert not signatures.is_mailgun(fields, "", now), "an empty key matches nothing"
    assert not signatures.is_mailgun(fields, "key", now + timedelta(minutes=6))
    for host in (
        "sns.eu-west-1.amazonaws.com.evil.example",
        "evil.example",
        "sns.amazonaws.com@evil.example",
        "snsXamazonaws.com",
        "",
        "sns.eu-west-1.amazonaws.com:evil",
    ):
        assert not signatures.is_sns_host(host), host


async def test_class_33_without_the_secret_nothing_is_taken_and_a_replay_changes_nothing(
    account, client, hand_in, context
):
    raw = mail("once", From="replay@example.org", Subject="Replay", Message_ID="<replay@x>")
    for headers in ({}, {"X-Webhook-Secret": ""}, {"X-Webhook-Secret": HEADERS["X-Webhook-Secret"] + "x"}):
        assert (await client.post("/webhooks/email", content=raw, headers=headers)).status_code == 401
    assert (await client.post("/webhooks/email/wrong", content=raw)).status_code == 401
    first, again = await hand_in(raw), await hand_in(raw)
    assert first["ticket_id"] == again["ticket_id"]
    async with context.transaction() as session:
        found = await rows(session, "SELECT 1 FROM messages WHERE body = 'once'")
    assert len(found) == 1
