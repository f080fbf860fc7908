"""Keeps bytes: into the storage first, then the row; a row that is taken away gives its bytes to a job."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import rows
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue
from deskwell.core.storage import FileStore, StorageDown, StorageFull

from .errors import FileEmpty, FileRefused, FileTooLarge, StorageUnavailable
from .events import RemoveObjects
from .logic.kinds import IMAGES
from .logic.names import clean_name
from .logic.sniffing import Refused, kind_of_foreign, kind_of_upload
from .models import File

UPLOAD_LIMIT = 10 * 1024 * 1024
IN_MEMORY = 1024 * 1024
PIECE = 256 * 1024


class Received:
    """The bytes of one upload on this machine, counted while they come; gone when closed."""

    def __init__(self, *, limit: int = UPLOAD_LIMIT) -> None:
        """Take at most `limit` bytes."""
        self.name = "file"
        self.size = 0
        self.limit = limit
        self.fields: dict[str, str] = {}
        self._hash = hashlib.sha256()
        self._spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `close`

    def write(self, data: bytes) -> None:
        """Add bytes; raises `FileTooLarge` at once when they are too many."""
        self.size += len(data)
        if self.size > self.limit:
            raise FileTooLarge(self.limit)
        self._hash.update(data)
        try:
            self._spool.write(data)
        except OSError as error:
            raise StorageUnavailable from error

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def content(self) -> BinaryIO:
        return cast("BinaryIO", self._spool)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes from the start."""
        self._spool.seek(0)
        while piece := self._spool.read(PIECE):
            yield piece

    def close(self) -> None:
        self._spool.close()


@dataclass(frozen=True)
class Stored:
    """Bytes that lie in the storage and have no row yet."""

    id: UUID
    name: str
    size: int
    mime_type: str
    sha256: str
    storage_key: str


async def store(
    files: FileStore, received: Received, *, prefix: str, images_only: bool = False, foreign: bool = False
) -> Stored:
    """Check the bytes and put them under `prefix`, outside any transaction.

    `foreign` keeps what an upload may not be (parts of mails), as octets that can only be downloaded.

    Raises:
        FileRefused: not what its name says, or not in the list.
        StorageUnavailable: full or down; nothing was kept.

    """
    name = clean_name(received.name)
    if not received.size and not foreign:
        raise FileEmpty
    kind = await _kind(received, name, foreign=foreign)
    if images_only and kind not in IMAGES:
        raise FileRefused("Please choose a JPEG, PNG, GIF or WebP image.")
    file_id = new_id()
    key = f"{prefix.strip('/')}/{file_id}"
    try:
        await files.put(key, received.pieces())
    except (StorageFull, StorageDown) as error:
        raise StorageUnavailable from error
    return Stored(file_id, name, received.size, kind, received.sha256, key)


async def _kind(received: Received, name: str, *, foreign: bool) -> str:
    """Sniffing reads the whole file: in a thread, where the loop does not wait for it."""
    sniff = kind_of_foreign if foreign else kind_of_upload
    try:
        return await asyncio.to_thread(sniff, name, received.content)
    except Refused as refusal:
        raise FileRefused(str(refusal)) from refusal


async def store_bytes(
    files: FileStore, name: str, content: bytes, *, prefix: str, limit: int, foreign: bool = True
) -> Stored:
    """Store bytes that are in memory already, such as a part of a mail."""
    received = Received(limit=limit)
    try:
        received.name = name
        received.write(content)
        return await store(files, received, prefix=prefix, foreign=foreign)
    finally:
        received.close()


async def discard(files: FileStore, stored: Stored) -> None:
    """Take back bytes whose row could not be written; the sweep finds what this misses."""
    try:
        await files.delete([stored.storage_key])
    except StorageDown:
        return


async def add_file(session: AsyncSession, actor: Actor, stored: Stored, *, claim: bool = True) -> File:
    """Write the row of stored bytes. Unclaimed, it is swept after a day."""
    file = File(
        id=stored.id,
        name=stored.name,
        size=stored.size,
        mime_type=stored.mime_type,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
        uploaded_by_id=actor.user_id,
        claimed_at=now() if claim else None,
    )
    session.add(file)
    await session.flush()
    return file


async def claim_files(session: AsyncSession, actor: Actor, file_ids: Sequence[UUID]) -> list[UUID]:
    """Take over the caller's own files that nobody has; returns those it got."""
    found = await rows(
        session,
        """UPDATE files SET claimed_at = clock_timestamp()
           WHERE id = ANY(%(ids)s) AND claimed_at IS NULL AND uploaded_by_id IS NOT DISTINCT FROM %(me)s
           RETURNING id""",
        ids=list(file_ids),
        me=actor.user_id,
    )
    return [row["id"] for row in found]


async def remove_files(session: AsyncSession, file_ids: Sequence[UUID]) -> int:
    """Delete rows now and their bytes after the commit."""
    gone = await rows(
        session, "DELETE FROM files WHERE id = ANY(%(ids)s) RETURNING storage_key", ids=list(file_ids)
    )
    keys = tuple(row["storage_key"] for row in gone)
    for start in range(0, len(keys), 100):
        await enqueue(session, RemoveObjects(keys[start : start + 100]))
    return len(keys)


async def forget_unclaimed(session: AsyncSession, *, limit: int = 500) -> int:
    """Delete rows nobody claimed within a day."""
    old = await rows(
        session,
        """SELECT id FROM files WHERE claimed_at IS NULL AND created_at < clock_timestamp() - interval '1 day'
           ORDER BY created_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED""",
        limit=limit,
    )
    return await remove_files(session, [row["id"] for row in old]) if old else 0
