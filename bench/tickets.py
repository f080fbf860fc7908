"""Measure lists, deep pages, search by class of word, and counts, beside the bare statements.

    uv run python -m bench.tickets --tickets 300000

Search is compared with "rank the newest thousand hits" as one bare statement; a deep page with the first one.
"""

import argparse
import asyncio
import os
import random
import signal
import subprocess
import urllib.parse

import psycopg

from bench import filling
from bench.__main__ import CACHE, Side, _get, measure_round, start
from bench.load import Request, Result, median
from deskwell import migrations
from deskwell.gateways.postgres import EmbeddedPostgres

FOLD = """WITH gone AS (DELETE FROM ticket_count_deltas RETURNING team, total, open),
    sums AS (SELECT team, sum(total) AS total, sum(open) AS open FROM gone GROUP BY team)
    INSERT INTO ticket_counts AS c (team, total, open) SELECT team, total, open FROM sums
    ON CONFLICT (team) DO UPDATE SET total = c.total + excluded.total, open = c.open + excluded.open"""


def main() -> None:
    """Fill, start both, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", default="", help='operations by the start of their names: "list,search"')
    options = parser.parse_args()
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(CACHE / str(options.tickets), settings={"shared_buffers": "1GB"})
    started: list[subprocess.Popen[bytes]] = []
    try:
        url = postgres.start()
        migrations.upgrade(url)
        filling.fill(url, options.tickets)
        filling.lengthen(url)
        with psycopg.connect(url, autocommit=True) as session:
            session.execute("SET statement_timeout = 0")
            session.execute(FOLD)  # the worker does it every few seconds
            session.execute("VACUUM ANALYZE")
        sides = start(url, started)
        asyncio.run(compare(sides, options, postgres.pid or 0, words_of(url)))
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
            process.wait()
        postgres.stop()


def words_of(url: str) -> dict[str, list[str]]:
    """Words of each class: in no ticket, in the fewest, in some thousand, in half of all."""
    with psycopg.connect(url) as session:
        session.execute("SET statement_timeout = 0")
        total = session.execute("SELECT count(*) FROM ticket_search").fetchone()
        newest = "select everything from ticket_search order by ticket_id desc limit 20000"
        counted = session.execute("SELECT word, ndoc FROM ts_stat(%s)", [newest]).fetchall()
    assert total
    share = {word: hits / 20_000 for word, hits in counted}
    classes = {
        "unknown": ["zzqxvkw", "qquuxxyy", "vvbbnnmm"],
        "rare": sorted(share, key=lambda word: (share[word], word))[:20],
        "mid": [word for word, part in share.items() if 0.01 < part < 0.03][:20],
        "half": [word for word, part in share.items() if part > 0.4][:20],
    }
    return {name: words for name, words in classes.items() if words}


async def compare(
    sides: list[Side], options: argparse.Namespace, postgres_pid: int, words: dict[str, list[str]]
) -> None:
    """Measure each operation on both sides in turn and print it at once."""
    print(f"\n{options.tickets:,} tickets, {options.clients} clients, median of {options.rounds} rounds\n")
    print(
        "| operation | side | req/s | p50 ms | p95 ms | CPU ms app + database | rate to bare | CPU to bare |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    chance = random.Random(3)
    only = tuple(part.strip() for part in options.only.split(","))
    for name, (ours, theirs) in operations(sides, words, chance).items():
        if not name.startswith(only):
            continue
        bare_rate = bare_cpu = 0.0
        for side, request in ((sides[1], theirs), (sides[0], ours)):
            if request is None:
                continue
            rounds: list[Result] = []
            for number in range(options.rounds + 1):
                result = await measure_round(side, name, request, options, number, postgres_pid)
                if number:
                    rounds.append(result)
            rate = median([r.rate for r in rounds])
            bare_rate = bare_rate or rate
            app, database = (median([r.cpu[i] for r in rounds]) for i in (0, 1))
            bare_cpu = bare_cpu or app + database
            p50, p95 = (median([r.percentile(share) for r in rounds]) for share in (0.5, 0.95))
            print(
                f"| {name} | {side.name} | {rate:,.0f} | {p50:.1f} | {p95:.1f} | {app:.2f} + {database:.2f} "
                f"| {rate / bare_rate:.2f} | {(app + database) / bare_cpu:.2f} |",
                flush=True,
            )


def operations(
    sides: list[Side], words: dict[str, list[str]], chance: random.Random
) -> dict[str, tuple[Request, Request | None]]:
    """What is asked of the product, and of the bare program where there is something to compare."""
    desk, bare = sides
    token = desk.requests["list"]().split(b"Bearer ")[1].split(b"\r\n")[0].decode()
    cursor = _deep_cursor(desk.port, token)

    def search(kind: str, port: int, path: str, auth: str) -> Request:
        return lambda: _get(f"{path}{urllib.parse.quote(chance.choice(words[kind]))}", port, auth)

    found: dict[str, tuple[Request, Request | None]] = {
        "list": (desk.requests["list"], bare.requests["list"]),
        "deep page": (
            lambda: _get(f"/admin/tickets?status=open&page_size=25&cursor={cursor}", desk.port, token),
            bare.requests["list"],
        ),
        "thread": (desk.requests["thread"], bare.requests["thread"]),
        "create": (desk.requests["create"], bare.requests["create"]),
        "create, beside the same rows": (desk.requests["create"], bare.requests["create whole"]),
        "view counts": (lambda: _get("/inbox/views/counts", desk.port, token), None),
        "stats": (lambda: _get("/stats", desk.port, token), None),
    }
    for kind in words:
        ours = search(kind, desk.port, "/admin/tickets?page_size=25&search=", token)
        found[f"search {kind}"] = (ours, search(kind, bare.port, "/search?q=", ""))
    return found


def _deep_cursor(port: int, token: str) -> str:
    """The cursor some thousand tickets down the list."""
    import json
    import urllib.request

    cursor = ""
    for _ in range(int(os.environ.get("BENCH_DEPTH", "40"))):
        address = f"http://127.0.0.1:{port}/admin/tickets?status=open&page_size=100&cursor={cursor}"
        call = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
        answer = json.load(urllib.request.urlopen(call, timeout=60))
        cursor = answer["pagination"]["next_cursor"] or cursor
    return cursor


if __name__ == "__main__":
    main()
