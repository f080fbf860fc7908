"""Mailboxes, against a real Dovecot: nothing is marked before it is stored, nothing is lost, nothing is doubled."""

import asyncio
import contextlib
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import pytest_asyncio

from deskwell.core.db import execute, one
from deskwell.core.ids import new_id
from deskwell.core.mail import MailAccount
from deskwell.domains.email.jobs import fetching
from deskwell.gateways.mail.imap import open_mailbox
from tests.debian import needs
from tests.email.corpus.building import mail


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def imap():
    """A Dovecot of our own: one user, mail in a temporary folder."""
    dovecot = needs("dovecot", package="dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="deskwell-dovecot-"))
    is_root = os.geteuid() == 0
    user = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.getuid())
    inner = pwd.getpwnam("dovenull").pw_name if is_root else user.pw_name
    port = _free_port()
    (folder / "mail").mkdir()
    (folder / "run").mkdir()
    for path in (folder, folder / "mail"):
        path.chmod(0o755)
        if is_root:
            os.chown(path, user.pw_uid, user.pw_gid)
    (folder / "dovecot.conf").write_text(
        f"""
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
default_login_user = {inner}
default_internal_user = {user.pw_name if not is_root else "dovecot"}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
{"" if is_root else "service imap-login { chroot = }" + chr(10) + "service anvil { chroot = }"}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
  {"" if is_root else "chroot ="}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user.pw_uid} gid={user.pw_gid} home={folder}/mail
}}
"""
    )
    process = subprocess.Popen(
        [dovecot, "-F", "-c", str(folder / "dovecot.conf")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.1)
        else:
            pytest.skip(
                f"DOVECOT DID NOT START: {(folder / 'log').read_text() if (folder / 'log').exists() else 'no log'}"
            )
        yield port
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


class Box:
    """The same mailbox as another program sees it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def _do(self, action):
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login("help", "secret")
        client.select("INBOX")
        try:
            return action(client)
        finally:
            client.logout()

    def put(self, *raws: bytes) -> None:
        self._do(
            lambda client: [client.append("INBOX", None, None, raw.replace(b"\n", b"\r\n")) for raw in raws]
        )

    def unseen(self) -> int:
        return len(self._do(lambda client: client.search(None, "UNSEEN"))[1][0].split())

    def count(self) -> int:
        return len(self._do(lambda client: client.search(None, "ALL"))[1][0].split())

    def read_everything(self) -> None:
        self._do(lambda client: client.store("1:*", "+FLAGS", "\\Seen"))

    def renumber(self) -> None:
        """As after a restored backup: the same mails, other numbers."""

        def action(client):
            client.create("Other")
            client.copy("1:*", "Other")
            client.select("Other")
            client.close()
            client.select("INBOX")
            client.store("1:*", "+FLAGS", "\\Deleted")
            client.expunge()
            client.select("Other")
            client.copy("1:*", "INBOX")

        self._do(action)


@pytest.fixture
def box(imap):
    return Box(imap)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def mailbox(admin, imap, sink):
    answer = await admin.post(
        "/admin/email-accounts",
        json={
            "email": "help@desk.example", "provider": "smtp", "smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_username": "help", "smtp_password": "secret",
            "imap_host": "127.0.0.1", "imap_port": imap,
        },
    )  # fmt: skip
    return answer.json()["account"]


async def _fetch(context, run_jobs, mailbox):
    from uuid import UUID

    with contextlib.suppress(fetching.Lost):
        await fetching._watch_one(context, UUID(mailbox["id"]), new_id(), is_once=True)
    await run_jobs()


async def _count(context, subject):
    async with context.transaction() as session:
        row = await one(
            session,
            "SELECT count(*) AS n FROM email_messages WHERE subject LIKE %(s)s AND direction = 'inbound'",
            s=subject,
        )
    return row["n"]


def _mails(name, count):
    return [
        mail(
            f"Text {i}",
            Subject=f"{name} {i}",
            From=f"{name.lower()}{i}@example.org",
            Message_ID=f"<{name}{i}@example.org>",
        )
        for i in range(count)
    ]


async def test_the_test_buttons_and_the_status_tell_the_truth(admin, mailbox, sink, imap):
    path = f"/admin/email-accounts/{mailbox['id']}"
    assert (await admin.post(f"{path}/test-imap")).status_code == 200
    await admin.post(
        "/admin/email-accounts",
        json={"email": "help@desk.example", "provider": "smtp", "smtp_password": "wrong"},
    )
    refused = await admin.post(f"{path}/test-imap")
    assert refused.status_code == 400
    assert "uthentication failed" in refused.json()["detail"]
    await admin.post(
        "/admin/email-accounts",
        json={"email": "help@desk.example", "provider": "smtp", "smtp_password": "secret"},
    )
    assert (await admin.post(f"{path}/enable-polling")).json()["account"]["imap_enabled"] is True
    status = (await admin.get(f"{path}/polling-status")).json()
    assert (status["can_poll"], status["imap_port"]) == (True, imap)


async def test_new_mail_is_fetched_once_and_marked_afterwards(context, run_jobs, mailbox, box):
    box.put(*_mails("Once", 5))
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "Once %") == 5
    assert (box.unseen(), box.count()) == (0, 5)
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "Once %") == 5


async def test_what_another_program_has_read_is_fetched_too(context, run_jobs, mailbox, box):
    box.put(*_mails("Seen", 3))
    box.read_everything()
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "Seen %") == 3


async def test_nothing_is_marked_when_it_could_not_be_stored(context, run_jobs, mailbox, box, monkeypatch):
    box.put(*_mails("Broken", 3))

    async def fails(*args, **values):
        raise RuntimeError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(fetching.service, "store_inbound", fails)
        with pytest.raises(RuntimeError):
            await _fetch(context, run_jobs, mailbox)
    assert box.unseen() == 3
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "Broken %") == 3
    assert box.unseen() == 0


async def test_a_mailbox_numbered_anew_loses_and_doubles_nothing(context, run_jobs, mailbox, box):
    before = await _count(context, "%")
    async with context.transaction() as session:
        await execute(session, "UPDATE email_accounts SET uid_validity = uid_validity + 1")
    box.put(*_mails("Anew", 2))
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "Anew %") == 2
    box.renumber()
    await _fetch(context, run_jobs, mailbox)
    assert await _count(context, "%") == before + 2


async def test_only_one_worker_watches_a_mailbox(context, mailbox):
    from uuid import UUID

    first, second = new_id(), new_id()
    await fetching._take(context, UUID(mailbox["id"]), first)
    with pytest.raises(fetching.Lost):
        await fetching._take(context, UUID(mailbox["id"]), second)
    await fetching._give_back(context, UUID(mailbox["id"]), first)
    await fetching._take(context, UUID(mailbox["id"]), second)
    await fetching._give_back(context, UUID(mailbox["id"]), second)


async def test_mail_told_between_the_search_and_the_wait_is_fetched_without_waiting(imap, box, monkeypatch):
    account = MailAccount(
        "help@desk.example", username="help", password="secret", imap_host="127.0.0.1", imap_port=imap
    )
    opened = await asyncio.to_thread(open_mailbox, account, ["127.0.0.1"])
    waits = []
    monkeypatch.setattr(opened._client, "idle", lambda: waits.append("idle"))
    monkeypatch.setattr(opened._client, "idle_check", lambda timeout: None)
    monkeypatch.setattr(opened._client, "idle_done", lambda: None)
    try:
        known = [f.uid for f in opened.fetch_new(0, since=None, limit=1000)]
        box.put(*_mails("Between", 1))
        opened.mark_seen(known[-1:] or [1])  # the server tells of the new mail with its answer to this
        opened.wait(20)
        assert waits == []
        assert len(opened.fetch_new(max(known, default=0), since=None, limit=1000)) == 1
        opened.wait(20)
        assert waits == ["idle"]
    finally:
        await asyncio.to_thread(opened.close)


async def test_the_watcher_hears_of_new_mail_at_once(context, run_jobs, mailbox, box):
    watcher = asyncio.create_task(fetching.watch_mailboxes(context))
    try:
        for _ in range(100):
            async with context.transaction() as session:
                row = await one(
                    session, "SELECT lease_owner FROM email_accounts WHERE email = 'help@desk.example'"
                )
            if row["lease_owner"]:
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)
        started = time.monotonic()
        await asyncio.to_thread(box.put, *_mails("Idle", 1))
        for _ in range(100):
            await run_jobs()
            if await _count(context, "Idle %"):
                break
            await asyncio.sleep(0.1)
        assert await _count(context, "Idle %") == 1
        assert time.monotonic() - started < 8
    finally:
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher
