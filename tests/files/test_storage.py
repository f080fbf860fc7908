"""The file gateway against the two real things: a folder and a server that speaks S3."""

import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from deskwell.core.storage import ObjectMissing, StorageDown, StorageFull
from deskwell.gateways.files import open_files

KEY, SECRET = "deskwell", "a-secret-of-the-test"


def free_port() -> int:
    """A port whose gRPC twin (weed adds 10,000) is free, too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            if port > 50000:
                continue
            try:
                two.bind(("127.0.0.1", port + 10000))
            except OSError:
                continue
            return port


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the S3 server did not start")


@pytest.fixture(scope="module")
def s3_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weed")
    weed = shutil.which("weed") or str(Path(sys.executable).with_name("weed"))
    identity = {
        "name": "deskwell",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    command = [weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3"]
    command += [f"-s3.config={folder / 's3.json'}", "-volume.max=8", "-master.volumeSizeLimitMB=64"]
    command += [f"-{name}.port={port}" for name, port in ports.items()]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{ports['s3']}/", process)
        make_bucket(ports["s3"])
        yield f"s3://desk/files?endpoint=http://127.0.0.1:{ports['s3']}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # it takes half a minute to part politely
        process.wait(20)


def make_bucket(port: int) -> None:
    """A bucket is the administrator's to make; here an object in it does the same."""
    store = S3Store(
        "desk",
        endpoint=f"http://127.0.0.1:{port}",
        access_key_id=KEY,
        secret_access_key=SECRET,
        region="us-east-1",
        client_options={"allow_http": True},
    )
    deadline = time.monotonic() + 30
    while True:
        try:
            obstore.put(store, "first", b"1")
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


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
