"""IMAP: look, fetch, mark what is safely stored. Blocking, for a thread; every step has a time limit."""

import contextlib
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import IMAPClientError  # type: ignore[import-untyped]

from deskwell.core.mail import Fetched, MailAccount, MailUnreachable

from .hosts import resolve_blocking

SECONDS = 30
MAX_SIZE = 30 * 1024 * 1024


class ImapMailbox:
    """The inbox of an account, selected."""

    def __init__(self, client: IMAPClient) -> None:
        """Select the inbox of a client that is signed in."""
        self._client = client
        selected = client.select_folder("INBOX")
        self.uid_validity = int(selected.get(b"UIDVALIDITY", 0))
        self._count = int(selected.get(b"EXISTS", 0))
        self._has_idle = client.has_capability("IDLE")

    def fetch_new(self, after_uid: int, *, since: str | None, limit: int) -> list[Fetched]:
        self._has_grown()  # what was told before this search, the search will find
        criteria: list[object] = ["UID", f"{after_uid + 1}:*"]
        if since:
            criteria += ["SINCE", since]
        with _told():
            # "n:*" always contains the last message, also when its number is below n.
            found = sorted(uid for uid in self._client.search(criteria) if uid > after_uid)[:limit]
            return [fetched for uid in found if (fetched := self._fetch(uid))]

    def _fetch(self, uid: int) -> Fetched | None:
        sizes = self._client.fetch([uid], ["RFC822.SIZE"])
        size = int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0))
        item = "BODY.PEEK[]" if size <= MAX_SIZE else "BODY.PEEK[HEADER]"
        data = self._client.fetch([uid], [item]).get(uid, {})
        content = next((v for k, v in data.items() if k.startswith(b"BODY[") and isinstance(v, bytes)), None)
        return Fetched(uid, content) if content else None  # expunged by another client meanwhile

    def mark_seen(self, uids: Sequence[int]) -> None:
        with _told():
            self._client.add_flags(list(uids), [b"\\Seen"], silent=True)

    def wait(self, seconds: float) -> None:
        """Wait for news. A mail told with the answer to an earlier command is news already: IDLE stays silent about it."""
        with _told():
            if self._has_grown():
                return
            if not self._has_idle:
                time.sleep(min(seconds, 20))
                self._client.noop()
                return
            self._client.idle()
            try:
                self._client.idle_check(timeout=seconds)
            finally:
                self._client.idle_done()

    def _has_grown(self) -> bool:
        """Whether the server has told of more mails than before, with whatever it answered since the last look."""
        told = self._client._imap  # noqa: SLF001 - the library keeps these lines and has no name for them
        removed = [line for line in told.response("EXPUNGE")[1] if line is not None]
        counts = [int(line) for line in told.response("EXISTS")[1] if line is not None]
        before = self._count - len(removed)
        self._count = counts[-1] if counts else max(0, before)
        return self._count > before

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._client.logout()
        with contextlib.suppress(Exception):
            self._client.shutdown()


def open_mailbox(account: MailAccount, allowed: Sequence[str]) -> ImapMailbox:
    """Connect with TLS where the server has it, sign in, select the inbox.

    Raises:
        MailUnreachable: with the server's words.

    """
    address = resolve_blocking(account.imap_host, account.imap_port, allowed)
    with _told():
        client = _connect(account, address)
        try:
            if account.imap_port != 993 and client.has_capability("STARTTLS"):
                client.starttls(_tls_for(account.imap_host))
            elif account.imap_port != 993:
                _require_own_machine(address)
            client.login(account.username or account.email, account.password)
            return ImapMailbox(client)
        except BaseException:
            with contextlib.suppress(Exception):
                client.shutdown()
            raise


def _require_own_machine(address: str) -> None:
    """A password is never sent over a line that others can read."""
    if address not in {"127.0.0.1", "::1"}:
        raise MailUnreachable("The server offers no encryption, so the password is not sent.")


def _connect(account: MailAccount, address: str) -> IMAPClient:
    is_tls = account.imap_port == 993
    return IMAPClient(
        address,
        port=account.imap_port,
        ssl=is_tls,
        ssl_context=_tls_for(account.imap_host) if is_tls else None,
        timeout=SECONDS,
        use_uid=True,
    )


class _Named(ssl.SSLContext):
    """Checks the certificate against the name that was typed, though the connection goes to an address."""

    name: str

    def wrap_socket(self, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        kwargs["server_hostname"] = self.name
        return super().wrap_socket(sock, *args, **kwargs)


def _tls_for(host: str) -> ssl.SSLContext:
    context = _Named(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.name = host
    return context


class _told(contextlib.AbstractContextManager[None]):  # noqa: N801 - reads as a verb where it stands
    """Turns what the library raises into the server's words."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, MailUnreachable) or error is None:
            return
        if isinstance(error, ssl.SSLCertVerificationError):
            raise MailUnreachable(
                f"The server's certificate is not valid: {error.verify_message}."
            ) from error
        if isinstance(error, TimeoutError):
            raise MailUnreachable("The server did not answer in time.") from error
        if isinstance(error, (IMAPClientError, OSError, EOFError)):
            raise MailUnreachable(
                str(error).removeprefix("b'").rstrip("'")[:500] or "The connection was lost."
            ) from error
