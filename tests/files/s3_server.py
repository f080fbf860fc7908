"""A real S3 server, from PyPI: SeaweedFS with one bucket."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import obstore
from obstore.store import S3Store

KEY, SECRET = "deskwell", "a-secret-of-the-test"


@contextlib.contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Run it in this folder; yields the storage URL of its bucket."""
    weed = shutil.which("weed") or str(Path(sys.executable).with_name("weed"))
    identity = {
        "name": "deskwell",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {name: _free_port() for name in ("master", "volume", "filer", "s3")}
    command = [weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3"]
    command += [f"-s3.config={folder / 's3.json'}", "-volume.max=8", "-master.volumeSizeLimitMB=64"]
    command += [f"-{name}.port={port}" for name, port in ports.items()]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{ports['s3']}/", process)
        _make_bucket(ports["s3"])
        yield f"s3://desk/files?endpoint=http://127.0.0.1:{ports['s3']}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # it takes half a minute to part politely
        process.wait(20)


def _free_port() -> int:
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


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
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


def _make_bucket(port: int) -> None:
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
