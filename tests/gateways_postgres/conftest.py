"""Servers for these tests: real ones, each on a folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskwell.gateways.postgres import Binaries, EmbeddedPostgres, find_binaries

FAST = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="session")
def binaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Binaries]:
    """The programs where `nobody` may run them, copied once for all tests."""
    found = find_binaries()
    if os.geteuid() != 0:
        yield found
        return
    folder = Path(tempfile.mkdtemp(prefix="dw-bin-", dir="/tmp"))
    folder.chmod(0o755)
    staged = found.staged_in(folder)
    yield Binaries(staged.folder)
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A fresh, short folder that `nobody` may pass through; pytest's own is closed to others."""
    made = Path(tempfile.mkdtemp(prefix="dw-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def postgres(folder: Path, binaries: Binaries) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder / "data", settings=FAST, binaries=binaries)
    yield server
    server.stop()


@pytest.fixture
def elsewhere(binaries: Binaries) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a server in another process, which prints its process number and then waits."""
    started: list[subprocess.Popen[str]] = []

    def start(data_dir: Path, **options: object) -> subprocess.Popen[str]:
        code = (
            "import sys, time; from pathlib import Path\n"
            "from deskwell.gateways.postgres import EmbeddedPostgres\n"
            f"p = EmbeddedPostgres(Path({str(data_dir)!r}), settings={FAST!r})\n"
            "p.start(); print(p.pid, flush=True); time.sleep(60)\n"
        )
        env = {**os.environ, "DESKWELL_PG_BINDIR": str(binaries.folder)}
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env, **options
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()
