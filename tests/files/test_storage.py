"""The file gateway against the two real things: a folder and a server that speaks S3."""

import asyncio
import os
import resource
import signal
from collections.abc import Iterator

import pytest

from deskwell.core.storage import ObjectMissing, StorageDown, StorageFull
from deskwell.gateways.files import open_files

from .s3_server import KEY, SECRET, s3_server


@pytest.fixture(scope="module")
def s3_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("weed")) as url:
        yield url


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path):
    if request.param == "folder":
        return open_files(f"file://{tmp_path / 'with space'}")
    url = request.getfixturevalue("s3_url")
    return open_files(url, access_key_id=KEY, secret_access_key=SECRET)


async def pieces(*parts: bytes, then: Exception | None = None):
    for part in parts:
        yield part
    if then:
        raise then


async def read(store, key, **options) -> bytes:
    return b"".join([piece async for piece in store.get(key, **options)])


async def keys(store, prefix="") -> list[str]:
    return sorted([found.key async for found in store.objects(prefix)])


async def test_bytes_come_back_whole_and_in_ranges(store):
    content = os.urandom(7 * 1024 * 1024)
    await store.put("tickets/t1/big", pieces(content[:100_000], content[100_000:]))
    assert await read(store, "tickets/t1/big") == content
    assert await read(store, "tickets/t1/big", start=10, end=20) == content[10:20]
    assert await read(store, "tickets/t1/big", start=len(content) - 5) == content[-5:]
    assert await read(store, "tickets/t1/big", start=4, end=4) == b""


async def test_an_upload_that_is_cut_short_leaves_nothing(store):
    for parts in ([b"x" * 100], [b"x" * 1024 * 1024] * 11):
        with pytest.raises(ValueError, match="too big"):
            await store.put("tickets/t2/half", pieces(*parts, then=ValueError("too big")))
    assert await keys(store, "tickets/t2") == []


async def test_deleting_twice_is_no_error_and_a_missing_object_says_so(store):
    await store.put("tickets/t3/a", pieces(b"a"))
    await store.put("tickets/t3/b", pieces(b"b"))
    assert await keys(store, "tickets/t3") == ["tickets/t3/a", "tickets/t3/b"]
    await store.delete(["tickets/t3/gone", "tickets/t3/a", "tickets/t3/a"])
    assert await keys(store, "tickets/t3") == ["tickets/t3/b"]
    with pytest.raises(ObjectMissing):
        await read(store, "tickets/t3/a")
    await store.check()


async def test_a_wrong_secret_is_told_as_the_storage_refusing(s3_url):
    with pytest.raises(StorageDown, match="refuses"):
        await open_files(s3_url, access_key_id=KEY, secret_access_key="wrong").put("tickets/x", pieces(b"x"))


async def test_a_full_disk_is_told_apart_and_leaves_nothing(tmp_path):
    store = open_files(f"file://{tmp_path}")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        with pytest.raises(StorageFull):
            await store.put("tickets/t4/big", pieces(b"x" * 200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await keys(store) == []
    await store.put("tickets/t4/big", pieces(b"x" * 200_000))


async def test_ten_uploads_at_once_do_not_mix(store):
    await asyncio.gather(*(store.put(f"many/{n}", pieces(bytes([n]) * 1000)) for n in range(10)))
    found = await asyncio.gather(*(read(store, f"many/{n}") for n in range(10)))
    assert found == [bytes([n]) * 1000 for n in range(10)]


@pytest.mark.parametrize("url", ["", "ftp://x/y", "s3://", "file:"])
def test_an_address_that_names_no_storage_is_refused(url):
    with pytest.raises(ValueError, match="DESKWELL_STORAGE_URL"):
        open_files(url)
