"""SMTP: one attempt, and an honest word on how it ended."""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

import aiosmtplib

from deskwell.core.mail import Envelope, MailAccount, MailUnreachable, Outcome, SendResult

from .hosts import resolve

CONNECT_SECONDS = 20
COMMAND_SECONDS = 60
DATA_SECONDS = 180
_TRANSIENT = {421, 450, 451, 452, 454, 455, 471}


async def connect(account: MailAccount, allowed: Sequence[str]) -> aiosmtplib.SMTP:
    """Connect with TLS where the server has it, and sign in.

    Raises:
        MailUnreachable: with the server's words.

    """
    address = await resolve(account.host, account.port, allowed)
    client = aiosmtplib.SMTP(
        hostname=account.host,
        sock=await _socket(address, account.port),
        timeout=CONNECT_SECONDS,
        use_tls=account.port == 465,
        start_tls=False,
        tls_context=_tls(),
        local_hostname=account.email.rpartition("@")[2] or "localhost",
    )
    try:
        await client.connect()
        await client.ehlo()
        if account.port != 465 and client.supports_extension("starttls"):
            await client.starttls(server_hostname=account.host, tls_context=_tls())
            await client.ehlo()
        elif account.password and account.port != 465:
            _require_own_machine(address)
        if account.username or account.password:
            await client.login(account.username or account.email, account.password)
    except MailUnreachable:
        client.close()
        raise
    except (aiosmtplib.SMTPException, OSError, ssl.SSLError, TimeoutError) as error:
        client.close()
        raise MailUnreachable(words(error)) from error
    return client


async def _socket(address: str, port: int) -> socket.socket:
    """Connect to the address that was checked; the name is only for the certificate."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setblocking(False)
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            await asyncio.get_running_loop().sock_connect(opened, (address, port))
    except (OSError, TimeoutError) as error:
        opened.close()
        raise MailUnreachable(f"{address}:{port} cannot be reached: {words(error)}") from error
    return opened


async def check(account: MailAccount, allowed: Sequence[str]) -> str:
    """Connect, sign in, say good-bye."""
    client = await connect(account, allowed)
    try:
        response = await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MailUnreachable(words(error)) from error
    finally:
        client.close()
    return f"{account.host} answered {response.code} and accepted the sign-in."


async def send(account: MailAccount, envelope: Envelope, allowed: Sequence[str]) -> SendResult:
    """Try once. After the final dot, silence means uncertain; before it, nothing was sent."""
    try:
        client = await connect(account, allowed)
    except MailUnreachable as error:
        return _of_connect(error)
    try:
        return await _transact(client, account, envelope)
    finally:
        client.close()


async def _transact(client: aiosmtplib.SMTP, account: MailAccount, envelope: Envelope) -> SendResult:
    body = _note_body(client)
    try:
        try:
            await client.mail(envelope.sender, timeout=COMMAND_SECONDS)
        except aiosmtplib.SMTPSenderRefused:
            if envelope.sender:
                raise
            await client.rset()  # a server that refuses the null return path gets our address
            await client.mail(account.email, timeout=COMMAND_SECONDS)
        refused, accepted = await _recipients(client, envelope)
        if not accepted:
            raise next(iter(refused.values()))
        response = await client.data(envelope.content, timeout=DATA_SECONDS)
    except aiosmtplib.SMTPResponseException as error:
        is_later = error.code in _TRANSIENT or 400 <= error.code < 500
        return SendResult(Outcome.LATER if is_later else Outcome.REFUSED, words(error))
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        # Once the body is on its way the server may have taken it, so nobody may simply send again.
        return SendResult(Outcome.UNCERTAIN if body.is_written else Outcome.LATER, words(error))
    await _say_goodbye(client)
    return SendResult(Outcome.SENT, response.message[:300], refused={k: words(v) for k, v in refused.items()})


@dataclass
class _Body:
    is_written: bool = False


def _note_body(client: aiosmtplib.SMTP) -> _Body:
    """Note when the body is handed to the connection: the library itself does not tell DATA from what follows it."""
    body, protocol = _Body(), client.protocol
    assert protocol is not None
    write = protocol.write

    def noting(data: bytes) -> None:
        body.is_written = body.is_written or data.endswith(b"\r\n.\r\n")
        write(data)

    protocol.write = noting  # type: ignore[method-assign]
    return body


async def _recipients(
    client: aiosmtplib.SMTP, envelope: Envelope
) -> tuple[dict[str, aiosmtplib.SMTPRecipientRefused], int]:
    refused: dict[str, aiosmtplib.SMTPRecipientRefused] = {}
    accepted = 0
    for recipient in envelope.recipients:
        try:
            await client.rcpt(recipient, timeout=COMMAND_SECONDS)
            accepted += 1
        except aiosmtplib.SMTPRecipientRefused as error:
            refused[recipient] = error
    return refused, accepted


async def _say_goodbye(client: aiosmtplib.SMTP) -> None:
    """The mail is taken; what happens to the good-bye changes nothing."""
    try:
        await asyncio.wait_for(client.quit(), 5)
    except (aiosmtplib.SMTPException, OSError, TimeoutError):
        return


def _of_connect(error: MailUnreachable) -> SendResult:
    """Whatever keeps us from signing in may be put right by somebody: nothing is given up for it."""
    return SendResult(Outcome.LATER, str(error))


def words(error: BaseException) -> str:
    """What the server said, else what happened, in a sentence."""
    if isinstance(error, aiosmtplib.SMTPRecipientRefused):
        return f"{error.recipient}: {error.code} {error.message}"[:500]
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"[:500]
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The server's certificate is not valid: {error.verify_message}."
    if isinstance(error, (TimeoutError, aiosmtplib.SMTPTimeoutError)):
        return "The server did not answer in time."
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return str(error)[:500] or type(error).__name__


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _require_own_machine(address: str) -> None:
    """A password is never sent over a line that others can read."""
    if address not in {"127.0.0.1", "::1"}:
        raise MailUnreachable("The server offers no encryption, so the password is not sent.")
