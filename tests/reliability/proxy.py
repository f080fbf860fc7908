"""A TCP proxy that breaks what passes it: cut after so many bytes or after a pattern, delay, garble, reset, swallow.

Each connection takes the next fault of `plan`; when none is left, everything passes unharmed.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal

Way = Literal["up", "down"]  # to the server, or back to the client


@dataclass
class Fault:
    """What happens to one connection. Bytes and patterns are counted on the way named by `way`."""

    way: Way = "down"
    cut_after: int | None = None
    cut_at: bytes | None = None
    garble_at: int | None = None
    delay: float = 0.0
    swallow: bool = False
    reset: bool = False


@dataclass
class FaultProxy:
    """Listens on a free port and passes on to `host:port`, or to a Unix socket."""

    host: str = "127.0.0.1"
    target_port: int = 0
    path: str = ""
    plan: list[Fault] = field(default_factory=list)
    everywhere: Fault | None = None  # also on connections that are open already
    connections: int = 0
    port: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["FaultProxy"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut_all()

    def cut_all(self) -> None:
        """Break off every connection that is open, as when a cable is pulled."""
        for writer in list(self._open):
            _abort(writer, reset=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        fault = self.plan.pop(0) if self.plan else Fault()
        if fault.swallow:  # a black hole: taken, never answered
            self._open.add(writer)
            with contextlib.suppress(ConnectionError):
                await reader.read()
            return
        try:
            if self.path:
                up_reader, up_writer = await asyncio.open_unix_connection(self.path)
            else:
                up_reader, up_writer = await asyncio.open_connection(self.host, self.target_port)
        except OSError:
            _abort(writer, reset=True)
            return
        both = (writer, up_writer)
        self._open.update(both)
        try:
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._pass(reader, up_writer, fault, "up", both))
                ways.create_task(self._pass(up_reader, writer, fault, "down", both))
        except* (ConnectionError, OSError):
            pass
        finally:
            for each in both:
                self._open.discard(each)
                each.close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        fault: Fault,
        way: Way,
        both: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        passed, seen = 0, b""
        while piece := await reader.read(65536):
            fault = self.everywhere or fault
            is_meant = fault.way == way
            if is_meant and fault.delay:
                await asyncio.sleep(fault.delay)
            if is_meant and fault.garble_at is not None and passed <= fault.garble_at < passed + len(piece):
                place = fault.garble_at - passed
                piece = piece[:place] + bytes([piece[place] ^ 0xFF]) + piece[place + 1 :]
            end = self._end(fault, passed, seen, piece) if is_meant else None
            writer.write(piece if end is None else piece[:end])
            await writer.drain()
            if end is not None:
                for each in both:
                    _abort(each, reset=fault.reset)
                return
            passed += len(piece)
            seen = (seen + piece)[-64:]
        with contextlib.suppress(OSError):
            writer.write_eof()

    @staticmethod
    def _end(fault: Fault, passed: int, seen: bytes, piece: bytes) -> int | None:
        """How much of this piece still passes, when the connection is to end within it."""
        if fault.cut_after is not None and passed + len(piece) >= fault.cut_after:
            return fault.cut_after - passed
        if fault.cut_at is not None and (found := (seen + piece).find(fault.cut_at)) >= 0:
            return found + len(fault.cut_at) - len(seen)
        return None


def _abort(writer: asyncio.StreamWriter, *, reset: bool) -> None:
    """Close at once; with `reset` the other side reads an error instead of an end."""
    connection = writer.get_extra_info("socket")
    if reset and connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    else:
        writer.close()
