"""Measure /stats, the home page's report and the reports on a desk with a million tickets.

    python -m bench.reports --tickets 1000000

Tickets are written by SQL, the roll-ups by the product's own job; then each call is timed alone over HTTP.
Limits: /stats and the home page's figures p95 ≤ 30 ms, reports p95 ≤ 100 ms.
"""

import argparse
import asyncio
import gc
import os
import statistics
import time
from pathlib import Path

import httpx2
import psycopg
from sqlalchemy import select

from bench.load import children, cpu_seconds
from bench.report_histories import fill
from deskwell import migrations
from deskwell.app.api import create_app
from deskwell.app.context import build_context
from deskwell.core.context import Context
from deskwell.core.settings import Settings
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.models import User
from deskwell.domains.reports.events import FoldReports, RebuildReports, RollMonths
from deskwell.domains.reports.jobs import fold_reports, rebuild_reports, roll_months
from deskwell.gateways.postgres import EmbeddedPostgres

CACHE = Path(os.environ.get("DESKWELL_BENCH_DIR", "/var/tmp/deskwell-bench"))
CALLS = {
    "/stats": 30,
    "/reports/overview?days=30&figures=created,closed,first_response_median,ai_resolution_rate": 30,
    "/reports/overview?days=7": 100,
    "/reports/overview?days=30": 100,
    "/reports/overview?days=30&tz=Asia/Kathmandu": 100,
    "/reports/overview?days=30&context=Shop": 100,
    "/reports/overview?days=90": 100,
    "/reports/overview?days=365": 100,
    "/reports/overview?days=365&tz=Asia/Kathmandu": 100,
    "/reports/overview?days=365&context=Shop": 100,
    "/reports/breakdown?days=30&by=agent": 100,
    "/reports/breakdown?days=90&by=agent": 100,
    "/reports/breakdown?days=365&by=agent": 100,
    "/reports/breakdown?days=365&by=team&context=Shop": 100,
    "/reports/breakdown?days=365&by=tag": 100,
    "/reports/tickets?days=30&figure=created": 100,
    "/reports/tickets?days=365&figure=resolution_median": 100,
    "/reports/tickets?days=30&figure=backlog": 100,
}


async def count(url: str) -> None:
    """Build the roll-ups by the product's own job."""
    context = build_context(_settings(url))
    started = time.perf_counter()
    await rebuild_reports(context, RebuildReports())
    await fold_reports(context, FoldReports())
    print(f"rebuilt in {time.perf_counter() - started:.0f} s", flush=True)
    await context.database.close()


async def roll(url: str) -> None:
    """Roll up what is not, by the product's own job."""
    context = build_context(_settings(url))
    started = time.perf_counter()
    await roll_months(context, RollMonths())
    print(f"months rolled up in {time.perf_counter() - started:.0f} s", flush=True)
    await context.database.close()


def _settings(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url, secret_key="bench-" + "k" * 40)


async def measure(url: str, rounds: int, *, postgres: int) -> None:
    """Time every call."""
    context = build_context(_settings(url))
    token = await _token(context)
    app = create_app(context=context)
    gc.collect()
    gc.freeze()  # as every part of the product does once it is loaded
    transport = httpx2.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client:
        print("| call | p50 ms | p95 ms | CPU ms app + database | limit |\n|---|---|---|---|---|")
        for path, limit in CALLS.items():
            for _ in range(3):  # warms up
                await _time(client, path)
            before = time.process_time(), cpu_seconds([postgres, *children(postgres)])
            times = [await _time(client, path) for _ in range(rounds)]
            own = (time.process_time() - before[0]) / rounds * 1000
            database = (cpu_seconds([postgres, *children(postgres)]) - before[1]) / rounds * 1000
            p95 = sorted(times)[int(len(times) * 0.95) - 1]
            print(
                f"| {path} | {statistics.median(times):.1f} | {p95:.1f} | {own:.1f} + {database:.1f} | {limit} |",
                flush=True,
            )
    await context.database.close()


async def _time(client: httpx2.AsyncClient, path: str) -> float:
    started = time.perf_counter()
    answer = await client.get(path)
    took = (time.perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
    return took


async def _token(context: Context) -> str:
    async with context.transaction() as session:
        admin = await session.scalar(select(User).where(User.email == "person-0@example.org"))
        assert admin
        token, _ = await accounts.sign_in(session, context.settings, admin, accounts.Device("127.0.0.1"))
    return token


def main() -> None:
    """Fill, count, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--prepare", action="store_true", help="fill and count only, to measure later")
    options = parser.parse_args()
    folder = CACHE / f"reports-{options.tickets}"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(folder, settings={"shared_buffers": "512MB"})
    try:
        url = postgres.start()
        migrations.upgrade(url)
        started = time.perf_counter()
        fill(postgres.superuser_url, options.tickets)
        print(f"{options.tickets:,} tickets, filled in {time.perf_counter() - started:.0f} s", flush=True)
        with psycopg.connect(url) as session:
            row = session.execute("SELECT count(*) FROM report_tickets").fetchone()
        if not row or row[0] < options.tickets:
            asyncio.run(count(url))
        asyncio.run(roll(url))
        if not options.prepare:
            asyncio.run(measure(url, options.rounds, postgres=postgres.pid or 0))
    finally:
        postgres.stop()


if __name__ == "__main__":
    main()
