"""Desks to be photographed: one that is full of a demo, one that is still empty."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PERSON = re.compile(r"^\s*(admin|agent|customer)\s+(\S+@\S+)\s+(\S+)$", re.MULTILINE)
READY = re.compile(r"Deskwell is ready: (\S+)")
SETUP = re.compile(r"/setup\?token=(\S+)")

Accounts = dict[str, tuple[str, str]]


@contextmanager
def demo_desk() -> Iterator[tuple[str, Accounts]]:
    """Address of a demo desk, and one account of each role."""
    print("Filling a demo desk …", file=sys.stderr, flush=True)
    with _served("--demo", until=lambda said: len(PERSON.findall(said)) > 2) as (url, said):
        yield url, accounts_in(said)


@contextmanager
def empty_desk() -> Iterator[tuple[str, str]]:
    """Address of a desk nobody has set up yet, and the token that does it."""
    with _served(until=lambda said: bool(SETUP.search(said))) as (url, said):
        token = SETUP.search(said)
        assert token
        yield url, token[1]


def accounts_in(said: str) -> Accounts:
    """The first account of each role that a demo desk has printed."""
    people: Accounts = {}
    for role, email, password in PERSON.findall(said):
        people.setdefault(role, (email, password))
    return people


@contextmanager
def _served(*more: str, until: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="dw-pictures-", dir="/tmp"))
    folder.chmod(0o755)
    log = (folder / "log").open("w+")
    serve = [sys.executable, "-m", "deskwell", "serve", "--port", "0", "--data-dir", str(folder / "data")]
    process = subprocess.Popen([*serve, *more], stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            said = (folder / "log").read_text()
            if (ready := READY.search(said)) and until(said):
                break
            if process.poll() is not None:
                raise SystemExit(said)
            time.sleep(0.5)
        else:
            raise SystemExit(said)
        yield ready[1], said
    finally:
        process.terminate()
        process.wait(60)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)
