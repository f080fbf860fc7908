"""A load of plain HTTP over kept-open connections, and the processor time it costs the other side."""

import asyncio
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Request = Callable[[], bytes]


@dataclass(frozen=True)
class Result:
    """One round."""

    requests: int
    seconds: float
    milliseconds: list[float]
    failures: int
    app_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu(self) -> tuple[float, float]:
        """Processor milliseconds per request: the program's and the database's."""
        return self.app_cpu / self.requests * 1000, self.database_cpu / self.requests * 1000

    def percentile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def measure(
    port: int, request: Request, *, seconds: float, clients: int, app_pid: int, postgres_pid: int
) -> Result:
    """Send requests from several clients for a while."""
    app_before, database_before = cpu_seconds([app_pid]), cpu_seconds([postgres_pid, *children(postgres_pid)])
    started = time.perf_counter()
    rounds = await asyncio.gather(*(_client(port, request, started + seconds) for _ in range(clients)))
    took = time.perf_counter() - started
    times = [t for ok, _ in rounds for t in ok]
    return Result(
        requests=len(times),
        seconds=took,
        milliseconds=times,
        failures=sum(failed for _, failed in rounds),
        app_cpu=cpu_seconds([app_pid]) - app_before,
        database_cpu=cpu_seconds([postgres_pid, *children(postgres_pid)]) - database_before,
    )


async def _client(port: int, request: Request, until: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times, failures = [], 0
    while time.perf_counter() < until:
        before = time.perf_counter()
        writer.write(request())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        await reader.readexactly(length)
        times.append((time.perf_counter() - before) * 1000)
        failures += not head.startswith(b"HTTP/1.1 2")
    writer.close()
    return times, failures


def cpu_seconds(pids: list[int]) -> float:
    """Processor time of processes that live, and of their children that have ended."""
    ticks = 0
    for pid in pids:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(value) for value in stat[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(parent: int) -> list[int]:
    """The processes a server has forked."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return found


def median(values: list[float]) -> float:
    return statistics.median(values)
