"""Mails are read in processes of their own: with a limit of memory, killed after ten seconds, replaced when they die."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from deskwell.core.context import Context

from ..logic.reading import Mail
from ..logic.wire import unpack

SECONDS = 10.0
PROCESSES = 2
MAILS_PER_PROCESS = 2000
TOP = str(Path(__file__).parents[4])


class UnreadableMail(Exception):
    """The reason, for the list of unprocessed mails."""


class MailReader:
    """A few reading processes, started when needed. They end with us: their input closes."""

    def __init__(self, processes: int = PROCESSES, seconds: float = SECONDS) -> None:
        """Read at most `processes` mails at once, each for at most `seconds`."""
        self._seconds = seconds
        self._free: asyncio.LifoQueue[_Process] = asyncio.LifoQueue()
        for _ in range(processes):
            self._free.put_nowait(_Process())

    async def read(self, raw: bytes) -> Mail:
        """What the mail says.

        Raises:
            UnreadableMail: too slow, too big for the memory, or a fault of the reader.

        """
        process = await self._free.get()
        try:
            async with asyncio.timeout(self._seconds):
                return unpack(await process.ask(raw))
        except TimeoutError as error:
            await process.end()
            raise UnreadableMail(f"It could not be read within {self._seconds:.0f} seconds.") from error
        except (EOFError, OSError, asyncio.IncompleteReadError) as error:
            await process.end()
            raise UnreadableMail("The reading process ended; the mail may need too much memory.") from error
        except UnreadableMail:
            raise
        except BaseException:
            await process.end()  # what it was about to say belongs to no other mail
            raise
        finally:
            self._free.put_nowait(process)

    async def close(self) -> None:
        while not self._free.empty():
            await self._free.get_nowait().end()


class _Process:
    def __init__(self) -> None:
        self._child: asyncio.subprocess.Process | None = None
        self._count = 0

    async def ask(self, raw: bytes) -> bytes:
        child = await self._started()
        assert child.stdin
        assert child.stdout
        self._count += 1
        child.stdin.write(len(raw).to_bytes(8, "big") + raw)
        await child.stdin.drain()
        head = await child.stdout.readexactly(9)
        answer = await child.stdout.readexactly(int.from_bytes(head[1:], "big"))
        if head[:1] != b"\1":
            raise _Told(answer.decode("utf-8", "replace"))
        if self._count >= MAILS_PER_PROCESS:
            await self.end()
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is None or self._child.returncode is not None:
            self._count = 0
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "deskwell.domains.email.logic.child",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": TOP, "LANG": "C.UTF-8"},
                cwd="/", limit=2**20,
            )  # fmt: skip
        return self._child

    async def end(self) -> None:
        child, self._child = self._child, None
        if child and child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()


class _Told(UnreadableMail):
    """The reader itself says that it failed; its process is well."""


def reader_of(context: Context) -> MailReader:
    """The process pool of this process of ours."""
    reader = context.gateways.get(MailReader)
    if reader is None:
        reader = context.gateways.setdefault(MailReader, MailReader())
    assert isinstance(reader, MailReader)
    return reader
