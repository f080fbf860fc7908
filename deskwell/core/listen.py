"""Waking up when facts are committed: one LISTEN connection a process feeds all who wait.

A notification only says "look again"; who waits looks at the rows. Every five seconds everybody is woken anyway, so
that a lost connection, or a pooler that eats notifications, costs seconds and never an answer.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import psycopg

from .logs import get_logger
from .settings import Settings

log = get_logger(__name__)
POLL_SECONDS = 5.0
RECONNECT_SECONDS = 1.0
T = TypeVar("T")


class Listener:
    """Start it once a process; `wait_until` and `ticks` are woken at each commit that announced something."""

    def __init__(self, settings: Settings, channel: str) -> None:
        self._url = settings.direct_url.replace("postgresql+psycopg", "postgresql")
        self._channel = channel
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = self._task or asyncio.create_task(self._run(), name="listener")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        self._wake()

    def _wake(self) -> None:
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()

    async def _run(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {self._channel}".encode())
                    self._wake()
                    while True:
                        async for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                            pass
                        self._wake()
            except psycopg.Error as error:
                log.warning("listener_lost", error=type(error).__name__)
                self._wake()
                await asyncio.sleep(RECONNECT_SECONDS)

    async def ticks(self) -> AsyncIterator[None]:
        """Yield at once, and again whenever something was committed or five seconds have passed."""
        while True:
            woken = self._woken
            yield
            await _within(POLL_SECONDS, woken)

    async def wait_until(self, look: Callable[[], Awaitable[T | None]], *, timeout: float) -> T | None:  # noqa: ASYNC109
        """Look again at each commit until `look` finds something; None after `timeout` seconds."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            woken = self._woken
            found = await look()
            left = deadline - asyncio.get_running_loop().time()
            if found is not None or left <= 0:
                return found
            await _within(min(left, POLL_SECONDS), woken)


async def _within(seconds: float, woken: asyncio.Event) -> None:
    """Wait for the event, not longer. `wait_for` of Python 3.11 loses a cancellation that comes with the event."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()
