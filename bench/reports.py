"""Measure /stats, the home page's report and the reports on a desk with a million tickets.

    python -m bench.reports --tickets 1000000

Tickets are written by SQL, the roll-ups by the product's own job; then each call is timed alone over HTTP.
Limits: /stats and the home page's figures p95 ≤ 30 ms, reports p95 ≤ 100 ms.
"""

import argparse
import asyncio
import os
import statistics
import time
from pathlib import Path

import httpx2
import psycopg
from sqlalchemy import select

from bench.load import children, cpu_seconds
from deskwell import migrations
from deskwell.app.api import create_app
from deskwell.app.context import build_context
from deskwell.core.context import Context
from deskwell.core.settings import Settings
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.models import User
from deskwell.domains.reports.events import FoldReports, RebuildReports
from deskwell.domains.reports.jobs import fold_reports, rebuild_reports
from deskwell.gateways.postgres import EmbeddedPostgres

CACHE = Path(os.environ.get("DESKWELL_BENCH_DIR", "/var/tmp/deskwell-bench"))
YEARS = "730 days"
CALLS = {
    "/stats": 30,
    "/reports/overview?days=30&figures=created,closed,first_response_median,ai_resolution_rate": 30,
    "/reports/overview?days=7": 100,
    "/reports/overview?days=30": 100,
    "/reports/overview?days=30&tz=Asia/Kathmandu": 100,
    "/reports/overview?days=30&context=Shop": 100,
    "/reports/overview?days=90": 100,
    "/reports/overview?days=365": 100,
    "/reports/breakdown?days=30&by=agent": 100,
    "/reports/breakdown?days=90&by=agent": 100,
    "/reports/tickets?days=30&figure=created": 100,
}

FILL = f"""
INSERT INTO users (id, email, name, role)
SELECT gen_random_uuid(), 'person-' || n || '@example.org', 'Person ' || n,
       CASE WHEN n = 0 THEN 'admin' WHEN n <= 20 THEN 'agent' ELSE 'customer' END
FROM generate_series(0, 2000) n;
WITH people AS (
    SELECT array_agg(id) FILTER (WHERE role = 'customer') AS customers,
           array_agg(id) FILTER (WHERE role = 'agent') AS agents FROM users
), made AS (
    SELECT n, now() - interval '{YEARS}' * (1 - n::float8 / %(tickets)s) AS at, random() AS chance,
           random() AS speed, random() AS length FROM generate_series(1, %(tickets)s) n
)
INSERT INTO tickets (id, number, created_at, updated_at, last_message_at, context, context_key, subject, subject_key,
    status, waiting_for, priority, source, customer_id, assignee_id, first_response_at, first_ai_response_at, resolved_at)
OVERRIDING SYSTEM VALUE
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
           || 'a' || substr(md5(n::text), 4, 15))::uuid,
       n + 1000, at, at, at, c, lower(c), 'Ticket', 'ticket', s, 'agent', 'medium', 'web',
       people.customers[1 + n %% array_length(people.customers, 1)],
       CASE WHEN chance < 0.7 THEN people.agents[1 + n %% 20] END,
       CASE WHEN chance < 0.7 THEN at + interval '6 hours' * -ln(1 - speed * 0.999) END,
       at + interval '8 seconds',
       CASE WHEN s = 'closed' THEN at + interval '30 hours' * -ln(1 - length * 0.999) END
FROM made, people, LATERAL (SELECT (ARRAY['Shop', 'App', 'Clients', 'Staff desk'])[1 + n %% 4] AS c,
    CASE WHEN chance < 0.94 THEN 'closed' ELSE 'open' END AS s) AS chosen
"""


def fill(url: str, tickets: int) -> None:
    """Write people and tickets, unless they are there."""
    with psycopg.connect(url) as session:
        session.execute("SET statement_timeout = 0")
        row = session.execute("SELECT count(*) FROM tickets").fetchone()
        if row and row[0] >= tickets:
            return
        people, made = FILL.split(";", 1)
        session.execute(people.encode())
        session.execute(made.encode(), {"tickets": tickets})
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("ANALYZE")


async def measure(url: str, rounds: int, *, postgres: int, is_new: bool) -> None:
    """Count, then time every call."""
    settings = Settings(_env_file=None, database_url=url, secret_key="bench-" + "k" * 40)
    context = build_context(settings)
    if is_new:
        started = time.perf_counter()
        await rebuild_reports(context, RebuildReports())
        await fold_reports(context, FoldReports())
        print(f"rebuilt in {time.perf_counter() - started:.0f} s", flush=True)
    token = await _token(context)
    app = create_app(context=context)
    transport = httpx2.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client:
        print("| call | p50 ms | p95 ms | CPU ms app + database | limit |\n|---|---|---|---|---|")
        for path, limit in CALLS.items():
            for _ in range(3):  # warms up
                await _time(client, path)
            app, database = time.process_time(), cpu_seconds([postgres, *children(postgres)])
            times = [await _time(client, path) for _ in range(rounds)]
            app = (time.process_time() - app) / rounds * 1000
            database = (cpu_seconds([postgres, *children(postgres)]) - database) / rounds * 1000
            p95 = sorted(times)[int(len(times) * 0.95) - 1]
            print(
                f"| {path} | {statistics.median(times):.1f} | {p95:.1f} | {app:.1f} + {database:.1f} | {limit} |",
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
    options = parser.parse_args()
    folder = CACHE / f"reports-{options.tickets}"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(folder, settings={"shared_buffers": "512MB"})
    try:
        url = postgres.start()
        migrations.upgrade(url)
        started = time.perf_counter()
        fill(url, options.tickets)
        print(f"{options.tickets:,} tickets, filled in {time.perf_counter() - started:.0f} s", flush=True)
        with psycopg.connect(url) as session:
            row = session.execute("SELECT count(*) FROM report_tickets").fetchone()
        asyncio.run(
            measure(
                url, options.rounds, postgres=postgres.pid or 0, is_new=not row or row[0] < options.tickets
            )
        )
    finally:
        postgres.stop()


if __name__ == "__main__":
    main()
