"""A whole desk in processes of its own, as a person starts it."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from deskwell.gateways.postgres import Binaries, find_binaries

READY = re.compile(r"Deskwell is ready: (\S+)")


class RunningDesk:
    """`deskwell serve` in the background."""

    def __init__(self, data_dir: Path, *arguments: str, **environment: str) -> None:
        self.data_dir = data_dir
        inherited = {
            k: v for k, v in os.environ.items() if not k.startswith(("DESKWELL_", "DATABASE_", "OPENAI"))
        }
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)
        # Read by its name: with one handle for both, what the desk writes while one reads from the start
        # lands at the start.
        self._log = tempfile.NamedTemporaryFile("w")  # noqa: SIM115  closed in kill()
        self._url = ""
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "deskwell",
                "serve",
                "--port",
                "0",
                "--data-dir",
                str(data_dir),
                *arguments,
            ],
            env={**inherited, "DESKWELL_BCRYPT_COST": "4", **environment},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=data_dir.parent,
        )

    @property
    def output(self) -> str:
        return Path(self._log.name).read_text(errors="replace")

    @property
    def url(self) -> str:
        """Where it is served; waits until it is."""
        if self._url:
            return self._url
        wait_until(lambda: READY.search(self.output) or self.process.poll() is not None, 240, self)
        found = READY.search(self.output)
        assert found, self.output
        self._url = found[1]
        return self._url

    def call(
        self, path: str, body: object = None, *, method: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON; 0 when nobody answers."""
        data = json.dumps(body).encode() if body is not None else None
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.url + path, data, {"Content-Type": "application/json", **names}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")
        except OSError:
            return 0, None

    def pids_of(self, name: str) -> list[int]:
        """Processes of one of the parts: web, worker or postgres."""
        wanted = "postgres" if name == "postgres" else f"deskwell {name}"
        return [pid for pid, line in command_lines(self.process.pid) if wanted in line]

    def stop(self) -> int:
        """End it as a service manager would; returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._log.close()


def command_lines(parent: int) -> list[tuple[int, str]]:
    """Children of a process with their command lines."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if folder.name.isdigit() and int(stat[1]) == parent and stat[0] != "Z":
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found.append((int(folder.name), line))
    return found


class Talking(Protocol):
    """What has written something that explains why one waits in vain."""

    @property
    def output(self) -> str: ...


def wait_until(is_done: Callable[[], object], seconds: float, who: Talking | None = None) -> None:
    deadline = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < deadline, f"nothing within {seconds} s\n{who.output if who else ''}"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def programs() -> Iterator[Binaries]:
    """PostgreSQL's programs where `nobody` may run them: copied once instead of once per desk."""
    found = find_binaries()
    if os.geteuid() != 0:
        yield found
        return
    folder = Path(tempfile.mkdtemp(prefix="dw-bin-", dir="/tmp"))
    folder.chmod(0o755)
    yield Binaries(found.staged_in(folder).folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder `nobody` may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="dw-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def start(programs: Binaries) -> Iterator[Callable[..., RunningDesk]]:
    """Start desks; all of them are gone at the end."""
    started: list[RunningDesk] = []

    def run(data_dir: Path, *arguments: str, **environment: str) -> RunningDesk:
        desk = RunningDesk(data_dir, *arguments, DESKWELL_PG_BINDIR=str(programs.folder), **environment)
        started.append(desk)
        return desk

    yield run
    for desk in started:
        if desk.process.poll() is None:
            desk.process.send_signal(signal.SIGTERM)
    for desk in started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            desk.process.wait(20)
        desk.kill()
