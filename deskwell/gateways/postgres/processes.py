"""Server processes left behind by a Deskwell that was killed: find them, end them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PATIENCE = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def end_leftovers(cluster: Path) -> bool:
    """End every server process that still works in `cluster`; True when there was one.

    Backends outlive a killed postmaster for a moment and hold its shared memory, so all of them are
    waited for, not only the one in `postmaster.pid`.
    """
    found = working_in(cluster)
    if not found:
        return False
    for how, seconds in _PATIENCE:
        postmaster = recorded_pid(cluster)
        for pid in [postmaster] if postmaster in found else found:
            _send(pid, how)
        if _wait_until(lambda: not working_in(cluster), seconds):
            return True
        found = working_in(cluster)
    return True


def recorded_pid(cluster: Path) -> int | None:
    """The process that `postmaster.pid` names; it may be long gone."""
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def working_in(cluster: Path) -> list[int]:
    """Processes whose current folder is `cluster`: a server changes into its data folder and stays."""
    if sys.platform == "linux":
        return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _cwd(p) == cluster]
    return _postmasters_by_command_line(cluster)


def _cwd(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:  # ended meanwhile, or not ours to look at
        return None


def _postmasters_by_command_line(cluster: Path) -> list[int]:
    listing = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False)  # noqa: S607
    rows = [line.strip().partition(" ") for line in listing.stdout.splitlines()]
    return [int(pid) for pid, _, command in rows if "postgres" in command and f"-D {cluster} " in command]


def _send(pid: int | None, how: signal.Signals) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)


def _wait_until(is_done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
