"""Providers with an HTTP API, spoken to by doubles that check what they are sent; and signatures on what they hand in."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from deskwell.core.mail import Envelope, MailAccount, MailUnreachable, Outcome
from deskwell.domains.email.logic import signatures
from deskwell.domains.email.logic.composing import Draft, compose
from deskwell.gateways.mail import open_mail
from deskwell.gateways.mail.hosts import choose
from tests.conftest import working
from tests.email.corpus.building import mail

CONTENT = compose(Draft("id@desk.example", ("Desk", "help@desk.example"), ["ann@example.org"], "Hällo", "Plain", "<p>Rich</p>", datetime.now(UTC), cc=["cy@example.org"], files=[("ä.pdf", "application/pdf", b"%PDF")]))  # fmt: skip
ENVELOPE = Envelope(
    "id@desk.example",
    "help@desk.example",
    ["ann@example.org", "cy@example.org", "blind@example.org"],
    CONTENT,
)


class Provider:
    """Answers what the plan says and keeps what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.plan: list[tuple[int, dict, bytes] | str] = []
        self.asked: list[tuple[str, dict, bytes]] = []

    async def talk(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = {
            k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append((lines[0], headers, body))
        answer = self.plan.pop(0) if self.plan else (200, {}, b'{"id": "taken"}')
        if answer == "cut":
            writer.close()
            return
        status, extra, content = answer
        more = "".join(f"{k}: {v}\r\n" for k, v in extra.items())
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: {len(content)}\r\nConnection: close\r\n{more}\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()

    def account(self, provider, **credentials):
        return MailAccount(
            "help@desk.example",
            provider,
            api_key="the-key",
            credentials={"base_url": f"http://127.0.0.1:{self.port}", **credentials},
        )


@pytest_asyncio.fixture(loop_scope="session")
async def provider():
    double = Provider()
    server = await asyncio.start_server(double.talk, "127.0.0.1", 0)
    double.port = server.sockets[0].getsockname()[1]
    async with server:
        yield double


def _verify_v4(line, headers, body, secret):
    """What Amazon does with the signature of a request."""
    method, path, _ = line.split(" ")
    given = dict(
        part.strip().split("=", 1)
        for part in headers["authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(",")
    )
    key_id, day, region, service_name, end = given["Credential"].split("/")
    names = given["SignedHeaders"].split(";")
    canonical = "\n".join(
        [
            method,
            path,
            "",
            *(f"{n}:{headers[n]}" for n in names),
            "",
            ";".join(names),
            hashlib.sha256(body).hexdigest(),
        ]
    )
    to_sign = "\n".join(
        [
            "AWS4-HMAC-SHA256",
            headers["x-amz-date"],
            f"{day}/{region}/{service_name}/{end}",
            hashlib.sha256(canonical.encode()).hexdigest(),
        ]
    )
    key = ("AWS4" + secret).encode()
    for step in (day, region, service_name, end):
        key = hmac.new(key, step.encode(), hashlib.sha256).digest()
    return key_id, hmac.compare_digest(
        hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest(), given["Signature"]
    )


async def test_ses_gets_the_raw_mail_signed(provider):
    account = provider.account("ses", access_key_id="AKIA1", secret_access_key="s3cret", region="eu-west-1")
    result = await open_mail(["127.0.0.1"]).send(account, ENVELOPE)
    assert result.outcome is Outcome.SENT
    line, headers, body = provider.asked[0]
    assert line.startswith("POST /v2/email/outbound-emails")
    assert _verify_v4(line, headers, body, "s3cret") == ("AKIA1", True)
    assert _verify_v4(line, headers, body + b" ", "s3cret")[1] is False
    data = json.loads(body)
    assert base64.b64decode(data["Content"]["Raw"]["Data"]) == CONTENT
    assert data["Destination"]["ToAddresses"] == list(ENVELOPE.recipients)


async def test_mailgun_gets_the_raw_mail_and_sendgrid_its_parts(provider):
    gateway = open_mail(["127.0.0.1"])
    assert (
        await gateway.send(provider.account("mailgun", domain="mg.desk.example"), ENVELOPE)
    ).outcome is Outcome.SENT
    assert (await gateway.send(provider.account("sendgrid"), ENVELOPE)).outcome is Outcome.SENT
    (line, headers, body), (line2, headers2, body2) = provider.asked
    assert line.startswith("POST /v3/mg.desk.example/messages.mime")
    assert base64.b64decode(headers["authorization"].removeprefix("Basic ")) == b"api:the-key"
    assert CONTENT in body
    assert line2.startswith("POST /v3/mail/send")
    assert headers2["authorization"] == "Bearer the-key"
    sent = json.loads(body2)
    assert sent["personalizations"] == [
        {
            "to": [{"email": "ann@example.org"}],
            "cc": [{"email": "cy@example.org"}],
            "bcc": [{"email": "blind@example.org"}],
        }
    ]
    assert [c["type"] for c in sent["content"]] == ["text/plain", "text/html"]
    assert sent["headers"]["Message-ID"] == "<id@desk.example>"
    assert (sent["attachments"][0]["filename"], base64.b64decode(sent["attachments"][0]["content"])) == (
        "ä.pdf",
        b"%PDF",
    )


@pytest.mark.parametrize("name", ["ses", "sendgrid", "mailgun"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((429, {"Retry-After": "77"}, b"{}"), Outcome.LATER),
        ((500, {}, b"oops"), Outcome.LATER),
        ((202, {}, b"{broken"), Outcome.SENT),
        ((400, {}, b'{"message": "bad address"}'), Outcome.REFUSED),
        ((401, {}, b'{"errors": [{"message": "wrong key"}]}'), Outcome.REFUSED),
        ("cut", Outcome.UNCERTAIN),
    ],
)
async def test_every_answer_of_a_provider_has_its_meaning(provider, name, answer, outcome):
    provider.plan[:] = [answer]
    result = await open_mail(["127.0.0.1"]).send(
        provider.account(name, access_key_id="a", secret_access_key="b"), ENVELOPE
    )
    assert result.outcome is outcome
    if answer[0] == 429:
        assert result.retry_after == 77


async def test_check_tells_the_providers_words(provider):
    gateway = open_mail(["127.0.0.1"])
    assert "accepted" in await gateway.check(provider.account("sendgrid"))
    provider.plan[:] = [(403, {}, b'{"errors": [{"message": "access forbidden"}]}')]
    with pytest.raises(MailUnreachable, match="403 access forbidden"):
        await gateway.check(provider.account("sendgrid"))
    with pytest.raises(MailUnreachable, match=r"not a public server|not one for mail"):
        await open_mail([]).check(provider.account("sendgrid"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_no_address_inside_is_reached(address):
    with pytest.raises(MailUnreachable):
        choose("mail.example.org", 587, [address], [])
    with pytest.raises(MailUnreachable):
        choose("mail.example.org", 587, ["8.8.8.8", address], [])
    assert choose("mail.example.org", 9999, [address], [address])


def test_public_addresses_are_reached_on_mail_ports_only():
    assert choose("mail.example.org", 587, ["8.8.8.8"], []) == "8.8.8.8"
    with pytest.raises(MailUnreachable, match="Port 6379"):
        choose("mail.example.org", 6379, ["8.8.8.8"], [])
    assert choose("mail.internal", 6379, ["10.1.2.3"], ["10.0.0.0/8"]) == "10.1.2.3"


def test_mailgun_signs_what_it_hands_in():
    stamp = str(int(time.time()))
    fields = {
        "timestamp": stamp,
        "token": "t",
        "signature": hmac.new(b"key", f"{stamp}t".encode(), hashlib.sha256).hexdigest(),
    }
    assert signatures.is_mailgun(fields, "key", datetime.now(UTC))
    assert not signatures.is_mailgun(fields, "other", datetime.now(UTC))
    assert not signatures.is_mailgun(fields, "key", datetime.now(UTC) + timedelta(minutes=6))
    assert not signatures.is_mailgun({}, "key", datetime.now(UTC))


def test_sendgrid_signs_what_it_hands_in():
    key = ec.generate_private_key(ec.SECP256R1())
    public = base64.b64encode(
        key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    ).decode()
    stamp = str(int(time.time()))
    signature = base64.b64encode(key.sign(stamp.encode() + b"body", ec.ECDSA(hashes.SHA256()))).decode()
    assert signatures.is_sendgrid(public, stamp, signature, b"body", datetime.now(UTC))
    assert not signatures.is_sendgrid(public, stamp, signature, b"other", datetime.now(UTC))
    assert not signatures.is_sendgrid("nonsense", stamp, signature, b"body", datetime.now(UTC))


@pytest.fixture(scope="module")
def amazon():
    """A key and its certificate, as SNS has them."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.now(UTC)
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1)).sign(
        key, hashes.SHA256()
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM)


def _notification(key, raw, **changes):
    message = {
        "Type": "Notification", "MessageId": "1", "TopicArn": "arn:aws:sns:eu-west-1:1:mail", "Timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"), "SignatureVersion": "2",
        "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/cert.pem", "Message": json.dumps({"content": base64.b64encode(raw).decode(), "receipt": {"recipients": ["help@desk.example"]}}),
    }  # fmt: skip
    signed = "".join(
        f"{n}\n{message[n]}\n" for n in ("Message", "MessageId", "Timestamp", "TopicArn", "Type")
    )
    message["Signature"] = base64.b64encode(
        key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    ).decode()
    return message | changes


async def test_ses_hands_in_over_sns_with_amazons_signature_only(admin, client, queue, context, amazon):
    key, certificate = amazon
    saved = await admin.post(
        "/admin/email-accounts",
        json={
            "email": "ses@desk.example",
            "provider": "ses",
            "credentials": {
                "access_key_id": "a",
                "secret_access_key": "b",
                "topic_arn": "arn:aws:sns:eu-west-1:1:mail",
            },
        },
    )
    assert saved.status_code == 200, saved.text
    from deskwell.core.mail import MailGateway

    asked = []

    class Certificates:
        async def fetch(self, url, *, is_allowed_host, limit=0):
            from urllib.parse import urlsplit

            if not is_allowed_host(urlsplit(url).hostname):
                raise MailUnreachable("not allowed")
            asked.append(url)
            return certificate

    real = context.gateways[MailGateway]
    context.gateways[MailGateway] = Certificates()
    try:
        raw = mail("From SES", From="ses-customer@example.org", Subject="Over SNS", Message_ID="<sns@x>")
        headers = {"x-amz-sns-message-type": "Notification"}
        async with working(queue):
            good = await client.post("/webhooks/email", json=_notification(key, raw), headers=headers)
        assert good.status_code == 200, good.text
        assert good.json()["email_message"]["body_text"] == "From SES"
        for changes in (
            {"Message": "{}"},
            {"TopicArn": "arn:aws:sns:eu-west-1:666:mine"},
            {"SigningCertURL": "https://evil.example/cert.pem"},
            {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/c"},
            {"Timestamp": "2020-01-01T00:00:00.000Z"},
        ):
            refused = await client.post(
                "/webhooks/email", json=_notification(key, raw, **changes), headers=headers
            )
            assert refused.status_code == 401, changes
        assert all("evil" not in url for url in asked)
    finally:
        context.gateways[MailGateway] = real
