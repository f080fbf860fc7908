"""Where bytes are kept: the protocol that a folder and an S3-speaking service both fulfil."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class StoredObject:
    """One object as the storage lists it."""

    key: str
    size: int
    modified_at: datetime


class StorageFull(Exception):
    """The storage has no room left, or a write was cut short by a limit."""


class StorageDown(Exception):
    """The storage does not answer, or refuses our key."""


class ObjectMissing(Exception):
    """No object lies under this key."""


class FileStore(Protocol):
    """Objects under keys such as `tickets/<ticket id>/<file id>`; knows neither names nor owners."""

    async def put(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        """Store everything `chunks` yields, or nothing: when it raises, no object is left behind."""

    def get(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`."""

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove the objects; a key that is already gone is no error."""

    def objects(self, prefix: str = "") -> AsyncIterator[StoredObject]:
        """Yield every object below `prefix`."""

    async def check(self) -> None:
        """Write, read and remove a small object; raises what is wrong."""
