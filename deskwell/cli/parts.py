"""The parts of a desk, as forks of one process that has loaded the product.

Loading takes longer than everything else at a start. Here it happens once, beside the start of the database; web and
worker then begin at once, come back at once after a crash, and share the loaded code in memory. Only Linux forks
safely: elsewhere each part is a program of its own.
"""

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO, NoReturn, Protocol

_IS_FORKING = sys.platform == "linux"


class Process(Protocol):
    """What the supervisor needs of a running part; `subprocess.Popen` has it too."""

    returncode: int | None

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self) -> int: ...

    def send_signal(self, sig: int, /) -> None: ...


class Loading:
    """Loads the product in the background; `finish` before the first part starts."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=_load_ahead, daemon=True, name="loading")
        if _IS_FORKING:
            self._thread.start()

    def finish(self) -> None:
        """Wait until all is loaded, so that this process has a single thread again.

        Raises:
            ImportError: a module cannot be loaded.

        """
        if _IS_FORKING:
            self._thread.join()
            _load()


def _load_ahead() -> None:
    # Nothing that is loaded is ever garbage: looking for some would take a sixth of the time
    gc.disable()
    with contextlib.suppress(ImportError):  # told by `finish`, which tries again
        _load()
    gc.freeze()
    gc.enable()


def _load() -> None:
    import uvicorn  # noqa: F401

    from deskwell.app import api, worker  # noqa: F401


class Fork:
    """A forked child, handled like a `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self) -> int:
        """Wait for its end; returns the exit status."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def send_signal(self, sig: int, /) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)


def start(
    arguments: list[str],
    environment: Mapping[str, str],
    fds: Collection[int] = (),
    output: IO[bytes] | None = None,
    *,
    errors: IO[bytes] | None = None,
) -> Process:
    """Start `deskwell ARGUMENTS` as a child with these descriptors.

    It writes to `output` (None: where we write), and to `errors` where that is another place.
    """
    if not _IS_FORKING:
        return spawn([sys.executable, "-m", "deskwell", *arguments], environment, fds, output, errors=errors)
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _become(arguments, environment, fds, output, errors or output)
    return Fork(pid)


def spawn(
    command: list[str],
    environment: Mapping[str, str],
    fds: Collection[int] = (),
    output: IO[bytes] | None = None,
    *,
    errors: IO[bytes] | None = None,
) -> Process:
    """Start a program in the same way."""
    return subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, **environment},
        pass_fds=tuple(fds),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors or output,
        start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops the children in order
    )


def _become(
    arguments: list[str],
    environment: Mapping[str, str],
    fds: Collection[int],
    output: IO[bytes] | None,
    errors: IO[bytes] | None,
) -> NoReturn:
    """In the child: take nothing of the parent along but the loaded code and the given descriptors."""
    status = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        with Path(os.devnull).open("rb") as nothing:
            for stream, descriptor in ((nothing, 0), (output, 1), (errors, 2)):
                if stream:
                    os.dup2(stream.fileno(), descriptor)
        _close_all_but({0, 1, 2, *fds})
        os.environ.update(environment)
        status = _call(arguments)
    except BaseException:  # noqa: BLE001  nothing may come back into the parent's code
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _call(arguments: list[str]) -> int:
    from setproctitle import setproctitle

    from deskwell.core.settings import get_settings

    from . import main

    setproctitle(" ".join(["deskwell", *arguments]))
    sys.argv = ["deskwell", *arguments]
    get_settings.cache_clear()
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _close_all_but(kept: set[int]) -> None:
    """The lock of the data folder and the pipe that tells of our end belong to the parent alone."""
    for entry in list(Path("/proc/self/fd").iterdir()):
        if int(entry.name) not in kept:
            with contextlib.suppress(OSError):
                os.close(int(entry.name))
