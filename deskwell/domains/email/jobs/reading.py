import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import execute, rows
from deskwell.core.jobs import enqueue
from deskwell.core.logs import get_logger
from deskwell.core.storage import FileStore
from deskwell.domains.files import service as files
from deskwell.domains.files.service import Stored

from .. import service
from ..events import DeliverMail, ReadMail, SweepMail
from ..logic.reading import MAX_SIZE, Mail
from ..service.outcome import Kept
from ..service.receiving import identity_of
from .reader import UnreadableMail, reader_of

log = get_logger(__name__)
BATCH = 20
AT_ONCE = 4
LOOK_AGAIN_SECONDS = 0.05
CLAIM = timedelta(minutes=2)
MOST_ATTEMPTS = 8
FILES_LIMIT = 25 * 1024 * 1024

_CLAIM = """
UPDATE inbound_mails SET attempts = attempts + 1, tried_at = %(now)s, next_attempt_at = %(until)s
WHERE id IN (SELECT id FROM inbound_mails WHERE state = 'received' AND (next_attempt_at IS NULL OR next_attempt_at <= %(now)s)
             ORDER BY created_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING id, content, sha256, account_id, envelope_to, attempts, created_at, category
"""


async def read_mails(context: Context, request: ReadMail) -> None:  # noqa: ARG001 - the job is only the doorbell
    """Read what waits, oldest first, until nothing is left; one bad mail never stops the next."""
    await _read_waiting(context)
    # A mail that joined this job just before it began may have been committed only now.
    await asyncio.sleep(LOOK_AGAIN_SECONDS)
    await _read_waiting(context)


async def _read_waiting(context: Context) -> None:
    slots = asyncio.Semaphore(AT_ONCE)
    while True:
        async with context.transaction() as session:
            moment = now()
            claimed = await rows(session, _CLAIM, now=moment, until=moment + CLAIM, batch=BATCH)
        claimed.sort(key=lambda row: row["created_at"])
        await asyncio.gather(*(_one(context, row, slots) for row in claimed))
        if len(claimed) < BATCH:
            return


async def _one(context: Context, inbound: dict[str, Any], slots: asyncio.Semaphore) -> None:
    async with slots:
        try:
            await _read(context, inbound)
        except UnreadableMail as error:
            await _give_up(context, inbound, str(error))
        except Exception as error:
            log.exception("mail_not_processed", inbound=str(inbound["id"]))
            await _try_later(context, inbound, error)


async def _read(context: Context, inbound: dict[str, Any]) -> None:
    if len(inbound["content"]) > MAX_SIZE + 5 * 1024 * 1024:
        raise UnreadableMail("It is bigger than 30 MB.")
    mail = await reader_of(context).read(bytes(inbound["content"]))
    kept = await _keep_files(context, inbound, mail)
    # When the database goes away at the commit, the row may be written: its files stay, and the sweep takes orphans.
    async with context.transaction() as session:
        result = await service.accept(session, inbound, mail, kept)
    if not result.takes_files:
        store = context.gateway(FileStore)
        for one in kept:
            await files.discard(store, one.stored)


async def _keep_files(context: Context, inbound: dict[str, Any], mail: Mail) -> list[Kept]:
    """Store the parts, outside of any transaction, unless the mail is here already or tells only of another one."""
    if not mail.content.files or mail.bounce is not None:
        return []
    async with context.transaction() as session:
        if await service.is_known(session, identity_of(mail, inbound["sha256"])):
            return []
    store = context.gateway(FileStore)
    kept: list[Kept] = []
    left = FILES_LIMIT
    try:
        for file in mail.content.files:
            if len(file.content) > left:
                mail.problems.append(f"{file.name} is too big to be kept apart; it is in the original.")
                continue
            left -= len(file.content)
            stored: Stored = await files.store_bytes(
                store, file.name, file.content, prefix=f"mail/{inbound['id']}", limit=FILES_LIMIT
            )
            kept.append(Kept(stored, file.content_id if file.is_inline else ""))
    except BaseException:
        for one in kept:
            await files.discard(store, one.stored)
        raise
    return kept


async def _give_up(context: Context, inbound: dict[str, Any], reason: str) -> None:
    async with context.transaction() as session:
        await service.note_failure(session, inbound["id"], reason)


async def _try_later(context: Context, inbound: dict[str, Any], error: Exception) -> None:
    if inbound["attempts"] >= MOST_ATTEMPTS:
        await _give_up(context, inbound, f"It could not be put into a ticket ({type(error).__name__}).")
        return
    async with context.transaction() as session:
        await execute(
            session,
            "UPDATE inbound_mails SET next_attempt_at = %(next)s, reason = %(reason)s WHERE id = %(id)s",
            id=inbound["id"],
            next=now() + timedelta(seconds=min(600, 2 ** inbound["attempts"])),
            reason=type(error).__name__,
        )


async def sweep_mail(context: Context, request: SweepMail) -> None:  # noqa: ARG001
    """Ring the bell again for rows that are due: the row is the truth."""
    async with context.transaction() as session:
        waiting = await rows(
            session,
            """SELECT id FROM inbound_mails WHERE state = 'received'
               AND (next_attempt_at <= %(now)s OR (next_attempt_at IS NULL AND created_at < %(now)s - interval '5 seconds'))
               ORDER BY created_at LIMIT 1""",
            now=now(),
        )
        due = await rows(
            session,
            """SELECT id FROM outbox WHERE state IN ('queued', 'uncertain') AND next_attempt_at <= %(now)s
               ORDER BY next_attempt_at LIMIT 200""",
            now=now(),
        )
        lost = await rows(
            session,
            "SELECT id FROM outbox WHERE state = 'leased' AND leased_until < %(now)s LIMIT 100",
            now=now(),
        )
        await _settle(session, lost)
        await enqueue(
            session, *(ReadMail(row["id"]) for row in waiting), *(DeliverMail(row["id"]) for row in due)
        )


async def _settle(session: Any, lost: Sequence[dict[str, Any]]) -> None:
    for row in lost:
        await service.settle_lost_lease(session, row["id"])
