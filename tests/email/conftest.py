"""A real SMTP server that can break off where a test wants it to, and an account that sends by it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest_asyncio

from tests.conftest import test_settings
from tests.email.corpus.building import mail as build

SECRET = "webhook-secret-of-the-tests"
HEADERS = {"X-Webhook-Secret": SECRET}


@dataclass
class Sink:
    """Takes mail on a free port. `plan` says what happens to the next ones, then all are taken."""

    port: int = 0
    plan: list[str] = field(default_factory=list)
    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    attempts: int = 0

    def to(self, address: str) -> list[EmailMessage]:
        return [self.read(data) for _, recipients, data in self.mails if address in recipients]

    @staticmethod
    def read(data: bytes) -> EmailMessage:
        parsed = message_from_bytes(data, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation. The library's server cannot be cut at a byte, so this is spoken by hand."""
        self.attempts += 1
        fate = self.plan.pop(0) if self.plan else "take"
        sender, recipients = "", []

        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        try:
            await say("220 sink ready")
            while line := (await reader.readline()).decode().strip():
                word = line.upper()
                if word.startswith(("EHLO", "HELO")):
                    await say("250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
                elif word.startswith("AUTH"):
                    await say("535 5.7.8 bad credentials" if fate == "bad-login" else "235 welcome")
                elif word.startswith("MAIL"):
                    sender = line.partition("<")[2].partition(">")[0]
                    await say("451 4.3.0 try later" if fate == "later" else "250 ok")
                elif word.startswith("RCPT"):
                    recipient = line.partition("<")[2].partition(">")[0]
                    if fate == "refuse" or "nobody" in recipient:
                        await say("550 5.1.1 no such user here")
                    else:
                        recipients.append(recipient)
                        await say("250 ok")
                elif word.startswith("DATA"):
                    if fate == "cut-before-data":
                        return
                    await say("354 go on")
                    data = b""
                    while not data.endswith(b"\r\n.\r\n"):
                        piece = await reader.read(65536)
                        if not piece:
                            return
                        data += piece
                    if fate == "refuse-data":
                        await say("554 5.7.1 we do not like this")
                        continue
                    self.mails.append((sender, recipients, data[:-5].replace(b"\r\n..", b"\r\n.") + b"\r\n"))
                    if fate == "cut-after-dot":
                        return
                    await say("250 2.0.0 taken")
                    if fate == "cut-after-250":
                        return
                elif word.startswith("QUIT"):
                    await say("221 bye")
                    return
                else:
                    await say("250 ok")
        finally:
            writer.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sink() -> AsyncIterator[Sink]:
    taken = Sink()
    server = await asyncio.start_server(taken.talk, "127.0.0.1", 0)
    taken.port = server.sockets[0].getsockname()[1]
    async with server:
        yield taken


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def settings(database_url, files_folder):
    return test_settings(
        database_url,
        data_dir=files_folder,
        storage_url=f"file://{files_folder}",
        allow_private_hosts=["127.0.0.1"],
        rate_limits={
            "register": "100000/60",
            "sign_in_address": "100000/60",
            "ticket": "100000/60",
            "webhook": "100000/60",
        },
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(make, sign_in):
    return await sign_in(await make.admin(name="Ada Admin"))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def account(admin, sink):
    """The desk's address, sending by the sink."""
    answer = await admin.post(
        "/admin/email-accounts",
        json={
            "email": "help@desk.example", "display_name": "Desk", "provider": "smtp", "smtp_host": "127.0.0.1",
            "smtp_port": sink.port, "smtp_username": "help", "smtp_password": "secret-of-the-account",
        },
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    return answer.json()["account"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hand_in(client, queue):
    """Give a mail to the webhook while a worker runs beside it."""
    from tests.conftest import working

    async def give(raw: bytes, **headers: str) -> dict:
        async with working(queue):
            answer = await client.post(
                "/webhooks/email",
                content=raw,
                headers={"Content-Type": "message/rfc822", **HEADERS, **headers},
            )
        assert answer.status_code in {200, 202}, answer.text
        return answer.json()

    return give


__all__ = ["build"]
