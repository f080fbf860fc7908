"""Files on obstore: a local folder, or anything that speaks S3 (Supabase Storage, R2, MinIO, AWS)."""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from deskwell.core.storage import ObjectMissing, StorageDown, StorageFull, StoredObject

PART = 5 * 1024 * 1024
NO_ROOM = ("os error 28", "os error 27", "os error 122", "no space left", "quota exceeded", "file too large")


class ObjectFiles:
    """A `FileStore` over one obstore store."""

    def __init__(self, open_store: Callable[[], Any]) -> None:
        """Take what opens the store; it is opened at the first use."""
        self._open_store = open_store

    @cached_property
    def _store(self) -> Any:
        with _told():
            return self._open_store()

    async def put(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        """Store what `chunks` yields; obstore drops the unfinished object when it raises."""
        with _told():
            await obstore.put_async(self._store, key, chunks, chunk_size=PART, max_concurrency=2)

    async def get(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes of a range, a piece at a time."""
        if end is not None and end <= start:
            return
        wanted: Any = {"offset": start} if end is None else (start, end)
        options: Any = {"range": wanted} if start or end is not None else None
        with _told():
            found = await obstore.get_async(self._store, key, options=options)
            async for piece in found.stream(min_chunk_size=64 * 1024):
                yield bytes(piece)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove each object by itself: a folder refuses the whole list when one is gone."""
        for key in keys:
            try:
                with _told():
                    await obstore.delete_async(self._store, key)
            except ObjectMissing:
                continue

    async def objects(self, prefix: str = "") -> AsyncIterator[StoredObject]:
        """List lazily, a thousand at a time."""
        with _told():
            async for page in obstore.list(self._store, prefix or None, chunk_size=1000):
                for found in page:
                    yield StoredObject(found["path"], found["size"], found["last_modified"])

    async def check(self) -> None:
        """Prove that this process may write, read and remove."""
        key = ".deskwell-check"

        async def content() -> AsyncIterator[bytes]:
            yield b"deskwell"

        await self.put(key, content())
        async for _ in self.get(key):
            pass
        await self.delete([key])


@contextmanager
def _told() -> Iterator[None]:
    """Say in our own words what obstore means."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise ObjectMissing(_first_line(error)) from error
    except (PermissionDeniedError, UnauthenticatedError, PermissionError) as error:
        raise StorageDown(f"The file storage refuses us: {_first_line(error)}") from error
    except (BaseError, OSError) as error:
        reason = str(error).lower()
        if any(sign in reason for sign in NO_ROOM):
            raise StorageFull("The file storage is full.") from error
        raise StorageDown(f"The file storage does not answer: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__


def open_files(url: str, *, access_key_id: str = "", secret_access_key: str = "") -> ObjectFiles:
    """Open the storage an address names.

    `file:///var/lib/deskwell/files` is a folder. `s3://bucket/prefix?endpoint=https://host&region=…` is a
    service; without an endpoint it is AWS. Path style unless `style=virtual`.
    Supabase: `s3://bucket?endpoint=https://PROJECT.supabase.co/storage/v1/s3&region=REGION`.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        folder = Path(unquote(parts.path))
        return ObjectFiles(lambda: LocalStore(folder, mkdir=True, automatic_cleanup=False))
    if parts.scheme == "s3" and parts.netloc:
        return ObjectFiles(lambda: _open_s3(url, access_key_id, secret_access_key))
    raise ValueError("DESKWELL_STORAGE_URL looks like file:///folder or s3://bucket?endpoint=https://host")


def _open_s3(url: str, access_key_id: str, secret_access_key: str) -> S3Store:
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    config: dict[str, Any] = {
        "region": options.get("region", "us-east-1"),
        "virtual_hosted_style_request": options.get("style") == "virtual",
    }
    if endpoint := options.get("endpoint"):
        config["endpoint"] = endpoint.rstrip("/")
    if access_key_id:
        config["access_key_id"] = access_key_id
        config["secret_access_key"] = secret_access_key
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        client_options={
            "allow_http": options.get("endpoint", "").startswith("http://"),
            "timeout": "60s",
            "connect_timeout": "5s",
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
        **config,
    )
