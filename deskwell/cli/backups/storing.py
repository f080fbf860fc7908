"""Files in and out of an archive, from a folder or an S3 store alike."""

import tempfile
from collections.abc import AsyncIterator
from typing import IO

from deskwell.core.settings import Settings
from deskwell.core.storage import FileStore, ObjectMissing

from .archive import FILES, Reader, Writer

_PIECE = 1024 * 1024
_IN_MEMORY = 16 * _PIECE


async def collect(settings: Settings, writer: Writer, stored: set[str]) -> None:
    """Add every object that is not in the archive yet; one that goes away meanwhile is no loss."""
    store = _store(settings)
    async for found in store.objects():
        if found.key in stored:
            continue
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
            try:
                async for piece in store.get(found.key):
                    content.write(piece)
            except ObjectMissing:
                continue
            writer.add(FILES + found.key, content)
        stored.add(found.key)


async def put_back(settings: Settings, reader: Reader) -> None:
    """Store every file of the archive under its old key."""
    store = _store(settings)
    for name in reader.hashes:
        if name.startswith(FILES):
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
                reader.copy(name, content)
                await store.put(name.removeprefix(FILES), _pieces(content))


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    content.seek(0)
    while piece := content.read(_PIECE):
        yield piece


def _store(settings: Settings) -> FileStore:
    from deskwell.app.context import build_context

    return build_context(settings).gateway(FileStore)
