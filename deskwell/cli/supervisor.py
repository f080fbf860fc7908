"""A small single-threaded supervisor: starts the children, restarts those that end, stops them in order."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from . import lifeline
from .parts import Process

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 15.0
_SETTLED_SECONDS = 30.0  # a child alive for so long has recovered: its next fall is a first one
_STOP_SECONDS = 30.0
_LOG_LIMIT = 20_000_000
Launch = Callable[[Mapping[str, str], Collection[int], IO[bytes] | None], Process]
"""Starts a child with this environment beside ours, these descriptors, and this output (None: ours)."""


@dataclass
class Child:
    """A process that should be running, and how its restarts are going."""

    name: str
    launch: Launch
    environment: dict[str, str]
    pass_fds: tuple[int, ...] = ()
    log_file: Path | None = None  # None: our own standard error
    process: Process | None = None
    pause: float = _FIRST_PAUSE
    started_at: float = 0.0
    restart_at: float | None = None

    def start(self) -> None:
        """Start it now."""
        self.started_at, self.restart_at = time.monotonic(), None
        with _log(self.log_file) as output:
            self.process = self.launch(self.environment, self.pass_fds, output)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self, now: float) -> str | None:
        """Restart it if it ended, pausing longer each time; returns what to say about it."""
        if self.is_running:
            if now - self.started_at > _SETTLED_SECONDS:
                self.pause = _FIRST_PAUSE
            return None
        if self.restart_at is None:
            self.restart_at = now + self.pause
            status = self.process.returncode if self.process else None
            said = f"{self.name} ended ({_reason(status)}); it starts again in {self.pause:g} s"
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
            return said
        if now >= self.restart_at:
            self.start()
        return None

    def signal(self, how: signal.Signals) -> None:
        if self.process and self.is_running:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(how)


@dataclass
class Supervisor:
    """Children and what else is to be looked after, until a signal says stop."""

    say: Callable[[str], None]
    tend: Callable[[], object] = lambda: None  # called at each look: restarts the database
    log_file: Path | None = None
    children: list[Child] = field(default_factory=list)
    is_stopping: bool = False
    is_hurried: bool = False

    def __post_init__(self) -> None:
        self._lifeline, self._held = os.pipe()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def add(self, name: str, launch: Launch, environment: dict[str, str], *fds: int) -> Child:
        """Start a child and keep it running."""
        environment = environment | lifeline.variable(self._lifeline)
        child = Child(name, launch, environment, (self._lifeline, *fds), self.log_file)
        child.start()
        self.children.append(child)
        return child

    def rounds(self, *, seconds: float = 0.2) -> Iterator[None]:
        """Look after everything again and again; ends when a signal asked to stop."""
        while not self.is_stopping:
            self.tend()
            for child in self.children:
                if said := child.look_after(time.monotonic()):
                    self.say(said)
            yield
            if not self.is_stopping:
                time.sleep(seconds)

    def stop(self) -> None:
        """End the children: all are asked, then waited for, at last killed."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while any(child.is_running for child in self.children):
            if self.is_hurried or time.monotonic() > deadline:
                for child in self.children:
                    child.signal(signal.SIGKILL)
            time.sleep(0.02)
        os.close(self._held)
        os.close(self._lifeline)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.is_hurried = self.is_stopping  # the second Ctrl-C means now
        self.is_stopping = True


@contextlib.contextmanager
def _log(file: Path | None) -> Iterator[IO[bytes] | None]:
    if file is None:
        yield None
        return
    if file.exists() and file.stat().st_size > _LOG_LIMIT:
        file.replace(file.with_suffix(".log.1"))
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as handle:
        yield handle


def _reason(status: int | None) -> str:
    if status is not None and status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"status {status}"
