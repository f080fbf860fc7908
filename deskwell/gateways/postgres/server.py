"""The embedded server: start it, watch it, stop it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import quote

from . import data_folder, processes, provisioning
from .binaries import Binaries, find_binaries
from .errors import EmbeddedPostgresError, ServerFailed, WrongVersion
from .identity import ServerUser, server_user

_START_SECONDS = 60.0
_RETRY_SIGNS = ("shared memory block", "lock file")  # a server before us has not quite gone
_LOG_LIMIT = 10_000_000
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Statements and key values hold personal data: the log gets neither.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedPostgres:
    """One PostgreSQL server on one data folder, living no longer than this process.

    Start it from the main thread: Linux ties its life to the thread that started it.
    """

    def __init__(
        self, data_dir: Path, *, settings: dict[str, str] | None = None, binaries: Binaries | None = None
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "postgres"
        self.socket_dir = data_folder.socket_dir(self.data_dir)
        self.log_file = self.data_dir / "postgres.log"
        self._settings = _SETTINGS | (settings or {})
        self._binaries = binaries
        self._user: ServerUser = server_user()
        self._server: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """A libpq URL of Deskwell's own database, as its own role."""
        return self.url_of(provisioning.DATABASE)

    @property
    def superuser_url(self) -> str:
        """A libpq URL for upkeep only: extensions, other databases, backup and restore."""
        return self.url_of("postgres", role="postgres")

    @property
    def is_running(self) -> bool:
        """Whether our server process is alive."""
        return self._server is not None and self._server.poll() is None

    @property
    def pid(self) -> int | None:
        """The server's process."""
        return self._server.pid if self._server else None

    def url_of(self, database: str, *, role: str = provisioning.ROLE) -> str:
        """A libpq URL of any database on this server."""
        # The port is named because PGPORT in the environment would move the socket's name.
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_dir), safe='/')}&port=5432"

    def start(self) -> str:
        """Start the server, making its files at the first start; returns the URL when it is ready."""
        if sys.platform == "win32":
            raise EmbeddedPostgresError(
                "The embedded database needs Linux or macOS. On Windows use WSL, or give DATABASE_URL."
            )
        data_folder.prepare(self.data_dir, self._user)
        self._lock = data_folder.claim(self.data_dir)
        try:
            self._start_locked()
        except BaseException:
            self.stop()
            raise
        return self.url

    def find_running(self) -> str | None:
        """The URL, when another process of this machine keeps a server running on this folder."""
        is_served = (
            data_folder.is_claimed(self.data_dir) and (self.socket_dir / data_folder.SOCKET_NAME).exists()
        )
        return self.url if is_served else None

    def create_database(self, name: str, *, template: str | None = None) -> str:
        """A further database of Deskwell's role, empty or copied from another one; returns its URL."""
        provisioning.create_database(self.superuser_url, name, template=template)
        return self.url_of(name)

    def supervise(self) -> bool:
        """Restart the server if it died; True when it had to. Call it regularly from the main thread."""
        if self._server is None or self.is_running:
            return False
        self._launch()
        return True

    def stop(self) -> None:
        """Stop the server in an orderly way and release the data folder; safe to repeat."""
        if self._server and self.is_running:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(30)
            except subprocess.TimeoutExpired:
                self._server.send_signal(signal.SIGQUIT)
                self._server.wait()
        self._server = None
        if self._lock:
            if not self.socket_dir.is_relative_to(self.data_dir):
                shutil.rmtree(self.socket_dir, ignore_errors=True)
            self._lock.close()
            self._lock = None

    def _start_locked(self) -> None:
        binaries = self._binaries or find_binaries()
        if self._user.is_other:
            binaries = binaries.staged_in(self.data_dir)
        self._binaries = binaries
        self._check_version(binaries)
        processes.end_leftovers(self.cluster)
        if not self.cluster.exists():
            self._make_cluster(binaries)
        self._launch()
        provisioning.provision(self.superuser_url)

    def _check_version(self, binaries: Binaries) -> None:
        try:
            written_by = (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return
        ours = str(binaries.major)
        if written_by != ours:
            raise WrongVersion(
                f"{self.data_dir} was written by PostgreSQL {written_by}; this Deskwell brings PostgreSQL {ours}. "
                "With the Deskwell you used before, run “deskwell backup desk.tar”, then with this one "
                "“deskwell restore desk.tar --data-dir NEW-FOLDER”."
            )

    def _make_cluster(self, binaries: Binaries) -> None:
        unfinished = self.cluster.with_name("postgres.new")  # renamed when whole: a cut start leaves no half
        shutil.rmtree(unfinished, ignore_errors=True)
        data_folder.make_private(unfinished, self._user)
        initdb, folder = str(binaries.folder / "initdb"), str(unfinished)
        command = [initdb, "-D", folder, "-U", "postgres", "-E", "UTF8", "--auth=trust"]
        if binaries.major >= 17:
            command += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        else:
            command.append("--locale=C")
        if self._settings.get("fsync") == "off":
            command.append("--no-sync")
        made = subprocess.run(  # noqa: S603
            command,
            cwd="/",
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            **self._user.popen,
        )
        if made.returncode != 0:
            raise ServerFailed(f"The database could not be made in {self.cluster}:\n{made.stderr.strip()}")
        unfinished.rename(self.cluster)

    def _launch(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            processes.end_leftovers(self.cluster)
            self._clear_traces()
            logged_before = self.log_file.stat().st_size if self.log_file.exists() else 0
            self._server = self._spawn()
            if self._is_ready_by(deadline):
                return
            complaint = self._log_since(logged_before)
            if not any(sign in complaint for sign in _RETRY_SIGNS) or time.monotonic() > deadline:
                raise ServerFailed(
                    f"The database did not start. Its log ({self.log_file}) says:\n{complaint}"
                )
            time.sleep(0.2)

    def _clear_traces(self) -> None:
        """Remove the pid and socket files of a server that is gone.

        In a container the old process number often belongs to somebody else by now, and PostgreSQL
        would refuse to start. We hold the folder's lock and nobody works in it, so they are stale.
        """
        if sys.platform == "linux":
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        data_folder.make_private(self.socket_dir, self._user)
        for name in (data_folder.SOCKET_NAME, f"{data_folder.SOCKET_NAME}.lock"):
            (self.socket_dir / name).unlink(missing_ok=True)

    def _spawn(self) -> subprocess.Popen[bytes]:
        assert self._binaries
        command = [str(self._binaries.folder / "postgres"), "-D", str(self.cluster)]
        for name, value in {**self._settings, "unix_socket_directories": str(self.socket_dir)}.items():
            command += ["-c", f"{name}={value}"]
        if self.log_file.exists() and self.log_file.stat().st_size > _LOG_LIMIT:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))
        with self.log_file.open("ab") as log:
            os.fchmod(log.fileno(), 0o600)
            return subprocess.Popen(  # noqa: S603
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal reaches us first, and we stop it in order
                preexec_fn=_die_with_parent(),  # noqa: PLW1509  only two system calls, bound before the fork
                **self._user.popen,
            )

    def _is_ready_by(self, deadline: float) -> bool:
        while self.is_running and time.monotonic() < deadline:
            try:
                lines = (self.cluster / "postmaster.pid").read_text().split("\n")
            except OSError:
                lines = []
            if len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.01)
        return False

    def _log_since(self, position: int) -> str:
        try:
            with self.log_file.open("rb") as log:
                log.seek(position)
                return log.read()[-4000:].decode(errors="replace").strip()
        except OSError:
            return ""


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _die_with_parent() -> Callable[[], None] | None:
    """What the child does before it becomes the server: ask Linux for SIGINT when its parent ends."""
    if sys.platform != "linux":
        return None
    prctl, parent, pr_set_pdeathsig = ctypes.CDLL(None).prctl, os.getpid(), 1

    def ask() -> None:
        prctl(pr_set_pdeathsig, signal.SIGINT)
        if os.getppid() != parent:  # it ended between the fork and the request
            os._exit(1)

    return ask
