"""Measure list, thread and create on a filled desk, beside a bare endpoint with the same statements.

    make bench ARGS="--tickets 100000"

Both are measured in turn, several rounds, on the same database; what counts is the ratio and the processor time per request.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import filling
from bench.load import Request, Result, measure, median
from deskwell import migrations
from deskwell.app.context import build_context
from deskwell.core.actor import SYSTEM
from deskwell.core.db import execute, one
from deskwell.core.settings import Settings
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.models import User
from deskwell.domains.sla.schemas import SlaIn
from deskwell.domains.sla.service import save_sla
from deskwell.gateways.postgres import EmbeddedPostgres

CACHE = Path(os.environ.get("DESKWELL_BENCH_DIR", "/var/tmp/deskwell-bench"))
KEY = "bench-" + "k" * 40
CUSTOMERS = 200
"""Who write in turn: one person with thousands of open tickets would be nobody's day."""
GENEROUS = json.dumps(dict.fromkeys(("ticket", "reply", "search"), "100000000/60"))


@dataclass(frozen=True)
class Side:
    """One of the two programs that are compared."""

    name: str
    port: int
    pid: int
    requests: dict[str, Request]


def main() -> None:
    """Fill, start both, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--tickets", type=int, default=50_000, help="how many the database holds (10,000 to 1,000,000)"
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(CACHE / str(options.tickets), settings={"shared_buffers": "512MB"})
    started: list[subprocess.Popen[bytes]] = []
    try:
        url = postgres.start()
        migrations.upgrade(url)
        print(f"{options.tickets:,} tickets in {postgres.data_dir} …", flush=True)
        filling.fill(url, options.tickets)
        filling.lengthen(url)
        sides = start(url, started)
        rows = asyncio.run(compare(sides, options, postgres.pid or 0))
        print(table(rows, options))
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
            process.wait()
        postgres.stop()


def start(url: str, started: list[subprocess.Popen[bytes]]) -> list[Side]:
    """Start the product's web process and the bare one."""
    environment = {**os.environ, "DATABASE_URL": url, "BENCH_URL": url, "DESKWELL_SECRET_KEY": KEY}
    environment |= {"DESKWELL_RATE_LIMITS": GENEROUS, "DESKWELL_LOG_FORMAT": "json"}
    commands = {
        "deskwell": [sys.executable, "-m", "deskwell", "web", "--port", "18461"],
        "bare": [sys.executable, "-m", "uvicorn", "bench.bare:app", "--port", "18462", "--no-access-log"],
    }
    customers, ids = _people_and_tickets(url)
    agent, *tokens = asyncio.run(_tokens(url, customers))
    asyncio.run(_configure(url))
    sides = []
    for (name, command), port in zip(commands.items(), (18461, 18462), strict=True):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        requests = (
            product_requests(port, ids, agent, tokens)
            if name == "deskwell"
            else bare_requests(port, ids, customers)
        )
        sides.append(Side(name, port, process.pid, requests))
    for side in sides:
        _wait_for(side.port)
    return sides


async def compare(
    sides: list[Side], options: argparse.Namespace, postgres_pid: int
) -> dict[tuple[str, str], list[Result]]:
    """Measure each operation on both sides in turn."""
    results: dict[tuple[str, str], list[Result]] = {}
    for operation in ("list", "thread", "create"):
        for number in range(options.rounds + 1):
            for side in sides:
                request = side.requests[operation]
                result = await measure_round(side, operation, request, options, number, postgres_pid)
                if number:  # the first round only warms up
                    results.setdefault((operation, side.name), []).append(result)
    return results


async def measure_round(
    side: Side, operation: str, request: Request, options: argparse.Namespace, number: int, postgres_pid: int
) -> Result:
    """Measure one round of one side; the first one, number 0, is short. A request that fails ends everything."""
    result = await measure(
        side.port,
        request,
        seconds=options.seconds if number else 1.0,
        clients=options.clients,
        app_pid=side.pid,
        postgres_pid=postgres_pid,
    )
    if result.failures:
        raise SystemExit(f"{side.name}: {result.failures} of {result.requests} {operation} requests failed")
    return result


def table(results: dict[tuple[str, str], list[Result]], options: argparse.Namespace) -> str:
    """The figures, as Markdown."""
    lines = [
        "",
        f"{options.tickets:,} tickets, {options.clients} clients, median of {options.rounds} rounds of {options.seconds:g} s",
        "",
        "| operation | side | req/s | p50 ms | p95 ms | CPU ms app + database | rate to bare | CPU to bare |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for operation in ("list", "thread", "create"):
        figures = {}
        for side in ("bare", "deskwell"):
            rounds = results[operation, side]
            app, database = (median([r.cpu[i] for r in rounds]) for i in (0, 1))
            figures[side] = (median([r.rate for r in rounds]), app + database)
            ratio = figures[side][0] / figures["bare"][0]
            cost = figures[side][1] / figures["bare"][1]
            p50, p95 = (median([r.percentile(share) for r in rounds]) for share in (0.5, 0.95))
            lines.append(
                f"| {operation} | {side} | {figures[side][0]:,.0f} | {p50:.1f} | {p95:.1f} "
                f"| {app:.2f} + {database:.2f} | {ratio:.2f} | {cost:.2f} |"
            )
    return "\n".join(lines)


def product_requests(port: int, ids: list[uuid.UUID], agent: str, customers: list[str]) -> dict[str, Request]:
    """What a browser would send to the desk."""
    chance = random.Random(1)
    numbers = iter(range(10**9))

    def create() -> bytes:
        body = {
            "context": "Shop",
            "subject": f"Question {next(numbers)} {time.time()}",
            "message": "Where is my order?",
        }
        token = chance.choice(customers)
        return _post("/ticket", port, body, f"Authorization: Bearer {token}\r\nPrefer: respond-async\r\n")

    return {
        "list": lambda: _get("/admin/tickets?status=open&page_size=25", port, agent),
        "thread": lambda: _get(f"/ticket/{chance.choice(ids)}", port, agent),
        "create": create,
    }


def bare_requests(port: int, ids: list[uuid.UUID], customers: list[uuid.UUID]) -> dict[str, Request]:
    """The same of the bare program."""
    chance = random.Random(1)

    def create(path: str = "/create") -> bytes:
        body = {
            "context": "Shop",
            "subject": f"Question {time.time()}",
            "message": "Where is my order?",
            "customer_id": str(chance.choice(customers)),
        }
        return _post(path, port, body)

    return {
        "list": lambda: _get("/list", port),
        "thread": lambda: _get(f"/thread/{chance.choice(ids)}", port),
        "create": create,
        "create whole": lambda: create("/create-whole"),
    }


def _get(path: str, port: int, token: str = "") -> bytes:
    extra = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{extra}\r\n".encode()


def _post(path: str, port: int, body: dict[str, str], extra: str = "") -> bytes:
    content = json.dumps(body)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n{extra}\r\n{content}".encode()


def _people_and_tickets(url: str) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    with psycopg.connect(url) as session:
        customers = session.execute(
            "SELECT id FROM users WHERE role = 'customer' ORDER BY id LIMIT %s", [CUSTOMERS]
        ).fetchall()
        rows = session.execute(
            "SELECT id FROM tickets WHERE message_count = 10 ORDER BY id DESC LIMIT 2000"
        ).fetchall()
    return [row[0] for row in customers], [row[0] for row in rows]


async def _tokens(url: str, customer_ids: list[uuid.UUID]) -> list[str]:
    """Sign in an agent and some customers, as the product does."""
    context = build_context(Settings(_env_file=None, database_url=url, secret_key=KEY))
    try:
        async with context.transaction() as session:
            with psycopg.connect(url) as plain:
                agent_id = plain.execute(
                    "SELECT id FROM users WHERE role = 'agent' ORDER BY id LIMIT 1"
                ).fetchone()
            assert agent_id
            tokens = []
            for identity in (agent_id[0], *customer_ids):
                user = await session.get_one(User, identity)
                device = accounts.Device("127.0.0.1", "bench")
                tokens.append((await accounts.sign_in(session, context.settings, user, device))[0])
        return tokens
    finally:
        await context.database.close()


async def _configure(url: str) -> None:
    """Give the desk what every desk has: a service level; and a context in which no AI answers."""
    context = build_context(Settings(_env_file=None, database_url=url, secret_key=KEY))
    try:
        async with context.transaction() as session:
            await execute(
                session,
                """INSERT INTO contexts (id, key, name, ai_enabled) VALUES (gen_random_uuid(), 'shop', 'Shop', false)
                   ON CONFLICT (key) DO UPDATE SET ai_enabled = false""",
            )
            if await one(session, "SELECT 1 FROM slas LIMIT 1") is None:
                level = SlaIn(
                    name="Within a day",
                    priority="medium",
                    response_time_minutes=60,
                    resolution_time_minutes=1440,
                )
                await save_sla(session, SYSTEM, level)
    finally:
        await context.database.close()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=5).read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
