"""`deskwell serve`: the whole product on one machine."""

import errno
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from deskwell.gateways.postgres import EmbeddedPostgres, ServerFailed

from . import parts
from .desk import Desk, find_desk
from .errors import CommandError
from .readiness import is_prepared
from .supervisor import Supervisor

_PORT_PATIENCE = 4.0  # seconds: a web process of a killed Deskwell lets go of the port within this time
_ON_TERMINAL = sys.stdout.isatty()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    port: Annotated[int | None, typer.Option(help="Port of the web server (0: any free one).")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for every one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where database, files and keys live.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill a new desk with a believable example.")] = False,
) -> None:
    """Serve everything: database, web and worker, with nothing to install or to configure."""
    desk = find_desk(data_dir)
    started = time.monotonic()
    loading = parts.Loading()
    with _listening(host or desk.settings.host, desk.settings.port if port is None else port) as listener:
        address = _address_of(listener)
        with _database(desk) as (postgres, url):
            environment = desk.environment(url) | _addresses(desk, address)
            loading.finish()
            supervisor = Supervisor(_say, _tending(postgres), log_file=_log_file(desk))
            try:
                _run(supervisor, desk, environment, listener, address, is_demo=demo, started=started)
            finally:
                _say("stopping …")
                supervisor.stop()
    _say("stopped")


def _run(
    supervisor: Supervisor,
    desk: Desk,
    environment: dict[str, str],
    listener: socket.socket,
    address: tuple[str, int],
    *,
    is_demo: bool,
    started: float,
) -> None:
    notices = []
    if is_demo or not is_prepared(environment.get("DATABASE_URL", desk.settings.direct_url)):
        notices = _prepare(environment, is_demo=is_demo)
    if supervisor.is_stopping:
        return
    fd = listener.fileno()
    supervisor.add("web", partial(parts.start, ["web", "--fd", str(fd)]), environment, fd)
    supervisor.add("worker", partial(parts.start, ["worker"]), environment)
    is_announced, probe = False, _Probe(address)
    for _ in supervisor.rounds():
        if not is_announced and probe.is_answered():
            is_announced = True
            _announce(desk, environment["DESKWELL_BASE_URL"], notices, time.monotonic() - started)


@contextmanager
def _database(desk: Desk) -> Iterator[tuple[EmbeddedPostgres | None, str]]:
    """The embedded server, or the one that DATABASE_URL names."""
    if not desk.is_embedded:
        yield None, desk.settings.database_url
        return
    postgres = EmbeddedPostgres(desk.data_dir)
    is_new = not postgres.cluster.exists()
    _say(f"making a new database in {desk.data_dir} …" if is_new else "starting the database …")
    # Until the supervisor listens to signals, a stop must not leave by the short way and skip the clean-up
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield postgres, postgres.start()
    finally:
        postgres.stop()


def _tending(postgres: EmbeddedPostgres | None) -> Callable[[], None]:
    """Restart the database when it died; when it will not start (a full disk), try again and again."""
    wait_until = 0.0

    def tend() -> None:
        nonlocal wait_until
        if postgres is None or time.monotonic() < wait_until:
            return
        try:
            if postgres.supervise():
                _say("the database had ended and was started again")
        except ServerFailed as error:
            _say(str(error))
            wait_until = time.monotonic() + 5

    return tend


def _prepare(environment: dict[str, str], *, is_demo: bool) -> list[str]:
    """Migrate, fill the demo, make the set-up link: in a process of its own, so that this one stays small."""
    notices = []
    reading, writing = os.pipe()
    with os.fdopen(reading) as lines, os.fdopen(writing, "wb") as output:
        process = parts.start(
            ["prepare", *(["--demo"] if is_demo else [])],
            environment,
            output=output,
            errors=sys.stderr.buffer,
        )
        output.close()
        for line in lines:
            if line.startswith("→ "):
                _say(line[2:].rstrip())
            else:
                notices.append(line.rstrip())
    if process.wait() not in {0, -signal.SIGINT}:
        raise CommandError("The desk could not be made ready; the reason stands above.")
    return notices


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """The listening socket, held here: while web restarts, visitors wait instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        deadline = time.monotonic() + _PORT_PATIENCE
        while True:
            try:
                listener.bind((host, port))
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CommandError(
                        f"Deskwell cannot listen on {host}:{port} ({error.strerror})."
                    ) from error
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"Port {port} is in use by another program. Choose another one: deskwell serve --port {port + 1}"
                    ) from None
                time.sleep(0.1)
        listener.listen(2048)
        listener.set_inheritable(True)
        yield listener


def _address_of(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()[:2]
    return ("127.0.0.1" if host in {"0.0.0.0", "::"} else host), port  # noqa: S104  compared, not bound


def _addresses(desk: Desk, address: tuple[str, int]) -> dict[str, str]:
    host, port = address
    base_url = desk.settings.base_url or f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    return {"DESKWELL_HOST": host, "DESKWELL_PORT": str(port), "DESKWELL_BASE_URL": base_url.rstrip("/")}


class _Probe:
    """Asks web once whether it answers, and looks for the answer without ever waiting."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._asked: socket.socket | None = None

    def is_answered(self) -> bool:
        if self._asked is None:
            self._asked = socket.create_connection(self._address, timeout=1)
            self._asked.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        if not select.select([self._asked], [], [], 0)[0]:
            return False
        with self._asked as connection:
            self._asked = None
            return b" 200 " in connection.recv(64)


def _announce(desk: Desk, base_url: str, notices: list[str], seconds: float) -> None:
    bold, plain = ("\033[1m", "\033[0m") if _ON_TERMINAL else ("", "")
    lines = [
        "",
        f"  {bold}Deskwell is ready: {base_url}{plain}   ({seconds:.1f} s)",
        "",
        *(f"  {line}" for line in notices),
        *([""] if notices else []),
        f"  Agents and admins    {base_url}/app",
        f"  Customers            {base_url}/portal",
        f"  The API              {base_url}/docs",
        f"  Your data            {desk.data_dir}",
        *([f"  The log              {file}"] if (file := _log_file(desk)) else []),
        "  Stop                 Ctrl-C",
        "",
    ]
    print("\n".join(lines), flush=True)


def _log_file(desk: Desk) -> Path | None:
    """Where the parts write what they log: beside the data, so that a terminal stays readable; else to our own stderr."""
    return desk.data_dir / "deskwell.log" if _ON_TERMINAL and desk.is_embedded else None


def _say(text: str) -> None:
    print(f"  · {text}", flush=True)
