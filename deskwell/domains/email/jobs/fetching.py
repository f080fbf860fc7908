"""Mailboxes: one watcher each in the whole desk, held by a lease; nothing is marked before it is stored."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.core.logs import get_logger
from deskwell.core.mail import Fetched, MailAccount, Mailbox, MailGateway, MailUnreachable

from .. import service
from ..events import FetchMailboxes
from ..models import EmailAccount

log = get_logger(__name__)
LEASE = timedelta(seconds=90)
IDLE_SECONDS = 25.0
BATCH = 25
LONGEST_PAUSE = 300.0
STEP_SECONDS = 120.0

_TAKE = """
UPDATE email_accounts SET lease_owner = %(owner)s, leased_until = %(until)s
WHERE id = %(id)s AND imap_enabled AND is_active
  AND (lease_owner = %(owner)s OR leased_until IS NULL OR leased_until < %(now)s)
RETURNING id, uid_validity, last_uid, polling_since
"""


class Lost(Exception):
    """The lease went to another worker, or the account is fetched no more."""


async def fetch_mailboxes(context: Context, request: FetchMailboxes) -> None:  # noqa: ARG001
    """Look into every mailbox that nobody watches now, once."""
    owner = new_id()
    for account_id in await _due(context, within=timedelta(seconds=60)):
        with contextlib.suppress(Lost):
            await _watch_one(context, account_id, owner, is_once=True)


async def watch_mailboxes(context: Context) -> None:
    """Watch all mailboxes for as long as the worker lives, each in a task of its own."""
    owner = new_id()
    tasks: dict[UUID, asyncio.Task[None]] = {}
    try:
        while True:
            with contextlib.suppress(Exception):  # the database may be away for a moment
                for account_id in await _due(context, within=timedelta(0)):
                    task = tasks.get(account_id)
                    if task is None or task.done():
                        tasks[account_id] = asyncio.create_task(_keep_watching(context, account_id, owner))
            await asyncio.sleep(5)
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


async def _due(context: Context, *, within: timedelta) -> list[UUID]:
    async with context.transaction() as session:
        found = await rows(
            session,
            """SELECT id FROM email_accounts WHERE imap_enabled AND is_active
               AND (leased_until IS NULL OR leased_until < %(now)s)
               AND (last_polled_at IS NULL OR last_polled_at <= %(before)s)""",
            now=now(),
            before=now() - within,
        )
    return [row["id"] for row in found]


async def _keep_watching(context: Context, account_id: UUID, owner: UUID) -> None:
    pause = 5.0
    while True:
        try:
            await _watch_one(context, account_id, owner)
            pause = 5.0
        except (Lost, asyncio.CancelledError):
            await _give_back(context, account_id, owner)
            raise
        except Exception as error:  # noqa: BLE001 - a mailbox may hang or break; it is tried again
            await _note_error(context, account_id, error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _watch_one(context: Context, account_id: UUID, owner: UUID, *, is_once: bool = False) -> None:
    """Fetch what is new, wait, and again, over one connection."""
    account, _ = await _take(context, account_id, owner)
    gateway = context.gateway(MailGateway)
    mailbox = await _step(gateway.open_mailbox, account)
    try:
        while True:
            await _fetch_all(context, account_id, owner, mailbox)
            if is_once:
                break
            await _step(mailbox.wait, IDLE_SECONDS)
    finally:
        await asyncio.to_thread(mailbox.close)
        if is_once:
            await _give_back(context, account_id, owner)


async def _fetch_all(context: Context, account_id: UUID, owner: UUID, mailbox: Mailbox) -> None:
    while True:
        _, state = await _take(context, account_id, owner)
        is_same = state["uid_validity"] == mailbox.uid_validity
        after = state["last_uid"] if is_same else 0
        # A mailbox that was numbered anew is looked through from the day of its set-up; what is known is known by its bytes.
        since = None if is_same else _imap_date(state["polling_since"] or now())
        fetched: list[Fetched] = await _step(partial(mailbox.fetch_new, after, since=since, limit=BATCH))
        await _store(context, account_id, owner, mailbox.uid_validity, fetched)
        if fetched:
            await _step(mailbox.mark_seen, [f.uid for f in fetched])
        if len(fetched) < BATCH:
            return


async def _store(
    context: Context, account_id: UUID, owner: UUID, uid_validity: int, fetched: list[Fetched]
) -> None:
    """Store mails and how far we got in one commit each, so that neither can be ahead of the other."""
    for mail in fetched:
        async with context.transaction() as session:
            await service.store_inbound(session, mail.content, via="imap", account_id=account_id)
            await _note_uid(session, account_id, owner, uid_validity, mail.uid)
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE email_accounts SET last_polled_at = %(now)s, poll_error = NULL, uid_validity = %(v)s WHERE id = %(id)s",
            now=now(),
            v=uid_validity,
            id=account_id,
        )


async def _note_uid(
    session: AsyncSession, account_id: UUID, owner: UUID, uid_validity: int, uid: int
) -> None:
    written = await execute(
        session,
        """UPDATE email_accounts SET uid_validity = %(v)s,
                  last_uid = CASE WHEN uid_validity IS DISTINCT FROM %(v)s THEN %(uid)s ELSE greatest(last_uid, %(uid)s) END
           WHERE id = %(id)s AND lease_owner = %(owner)s""",
        v=uid_validity,
        uid=uid,
        id=account_id,
        owner=owner,
    )
    if not written:
        raise Lost


async def _take(context: Context, account_id: UUID, owner: UUID) -> tuple[MailAccount, dict[str, Any]]:
    """Take or prolong the lease; return the account and how far it was read."""
    async with context.transaction() as session:
        moment = now()
        state = await one(session, _TAKE, id=account_id, owner=owner, now=moment, until=moment + LEASE)
        account = await session.get(EmailAccount, account_id) if state else None
        if state is None or account is None:
            raise Lost
        return service.plain_account(context.settings, account), state


async def _give_back(context: Context, account_id: UUID, owner: UUID) -> None:
    with contextlib.suppress(Exception):
        async with context.transaction() as session:
            await execute(
                session,
                "UPDATE email_accounts SET lease_owner = NULL, leased_until = NULL WHERE id = %(id)s AND lease_owner = %(owner)s",
                id=account_id,
                owner=owner,
            )


async def _note_error(context: Context, account_id: UUID, error: Exception) -> None:
    words = (
        str(error)
        if isinstance(error, MailUnreachable)
        else f"The mailbox could not be read ({type(error).__name__})."
    )
    log.warning("mailbox_failed", account=str(account_id), error=type(error).__name__)
    with contextlib.suppress(Exception):
        async with context.transaction() as session:
            await execute(
                session,
                "UPDATE email_accounts SET poll_error = %(w)s WHERE id = %(id)s",
                w=words[:500],
                id=account_id,
            )


async def _step(function: Any, *args: Any) -> Any:
    """A blocking call in a thread; a server that hangs is left after two minutes."""
    async with asyncio.timeout(STEP_SECONDS):
        return await asyncio.to_thread(function, *args)


def _imap_date(moment: datetime) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    day = moment - timedelta(days=1)
    return f"{day.day:02d}-{months[day.month - 1]}-{day.year}"
