"""How many mails a second become tickets, beside a bare loop that parses and inserts the same mails.

    python -m bench.mail_ingest [--mails 600]

Both run on the same database server, one after the other. Ours: stored, queued, read in the reading process, threaded,
a ticket with its message, clocks, rules and activity. Bare: the standard library's parser and one INSERT a mail.
"""

import argparse
import asyncio
import email
import email.policy
import tempfile
import time
from pathlib import Path

import psycopg

from deskwell import migrations
from deskwell.app.context import build_context
from deskwell.app.worker import build_queue
from deskwell.core.context import Context
from deskwell.core.db import one
from deskwell.core.settings import Settings
from deskwell.domains.email import service
from deskwell.gateways.postgres import EmbeddedPostgres

WORDS = [
    "the",
    "printer",
    "in",
    "our",
    "office",
    "does",
    "not",
    "print",
    "any",
    "more",
    "since",
    "the",
    "update",
    "of",
    "last",
    "week",
    "please",
    "help",
    "us",
    "soon",
]
FLOOR_PER_SECOND, FLOOR_SHARE = 130, 0.35


def mails(count: int) -> list[bytes]:
    """Plausible mails of 2 to 4 kB: text and HTML, encoded, every third one an answer with a quote."""
    made = []
    for i in range(count):
        person = i // 3
        text = " ".join(WORDS[(i + k) % len(WORDS)] for k in range(120)) + " – Grüße"
        quote = (
            f"\n\nOn Tue, 5 Mar 2024 at 10:00, Desk <help@desk.example> wrote:\n> {text[:200]}\n"
            if i % 3
            else ""
        )
        reply = f"In-Reply-To: <{i - 1}@example.org>\nReferences: <{i - 1}@example.org>\n" if i % 3 else ""
        made.append(
            f"From: =?utf-8?Q?Person_{person}=C3=A4?= <person{person}@example.org>\nTo: help@desk.example\nSubject: =?utf-8?Q?Matter_{person}?=\n"
            f"Message-ID: <{i}@example.org>\n{reply}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
            f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}{quote}\n--b\nContent-Type: text/html; charset=utf-8\n\n"
            f"<div>{text}</div><div class=gmail_quote>{quote}</div>\n--b--\n".encode()
        )
    return made


def bare(url: str, raws: list[bytes]) -> float:
    """Parse with the library, insert a row, commit."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE bare_mails (id bigserial PRIMARY KEY, message_id text, sender text, subject text, body text, raw bytea)"
        )
        connection.execute("CREATE INDEX ON bare_mails (message_id)")
        connection.commit()
        started = time.perf_counter()
        for raw in raws:
            parsed = email.message_from_bytes(raw, policy=email.policy.default)
            body = parsed.get_body(("plain",))  # type: ignore[attr-defined]
            connection.execute(
                "SELECT id FROM bare_mails WHERE message_id = %s", (parsed["in-reply-to"] or "",)
            )
            connection.execute(
                "INSERT INTO bare_mails (message_id, sender, subject, body, raw) VALUES (%s, %s, %s, %s, %s)",
                (
                    str(parsed["message-id"]),
                    str(parsed["from"]),
                    str(parsed["subject"]),
                    body.get_content(),
                    raw,
                ),
            )
            connection.commit()
        return time.perf_counter() - started


async def ours(context: Context, raws: list[bytes]) -> float:
    """Hand in as the webhook does, with a worker beside it; the clock stops when the last one is in its ticket."""
    queue = build_queue(context)
    async with queue.open_async():
        worker = asyncio.create_task(
            queue.run_worker_async(
                queues=["mail"],
                concurrency=4,
                install_signal_handlers=False,
                fetch_job_polling_interval=0.2,
                delete_jobs="successful",
            )
        )
        await service_ready(context)
        started = time.perf_counter()
        slots = asyncio.Semaphore(4)

        async def hand_in(raw: bytes) -> None:
            async with slots, context.transaction() as session:
                await service.store_inbound(session, raw, via="raw")

        await asyncio.gather(*(hand_in(raw) for raw in raws))
        await until_done(context)
        took = time.perf_counter() - started
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    return took


async def service_ready(context: Context) -> None:
    """One mail through, so that the reading processes are up before the clock starts."""
    async with context.transaction() as session:
        await service.store_inbound(
            session, b"From: first@example.org\nSubject: First\nMessage-ID: <first@x>\n\nHello", via="raw"
        )
    await until_done(context)


async def until_done(context: Context) -> None:
    async def look() -> bool | None:
        return None if await waiting(context) else True

    await context.listener.wait_until(look, timeout=600)


async def waiting(context: Context) -> int:
    async with context.transaction() as session:
        row = await one(session, "SELECT count(*) AS n FROM inbound_mails WHERE state = 'received'")
    return row["n"] if row else 0


async def run(url: str, folder: Path, raws: list[bytes]) -> tuple[float, dict[str, int]]:
    settings = Settings(
        _env_file=None,
        database_url=url,
        secret_key="bench-" + "k" * 40,
        data_dir=folder,
        storage_url=f"file://{folder}/files",
        log_format="text",
    )
    context = build_context(settings)
    await context.listener.start()
    took = await ours(context, raws)
    async with context.transaction() as session:
        row = await one(
            session,
            "SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM inbound_mails WHERE state <> 'processed') AS others",
        )
    await context.listener.stop()
    await context.database.close()
    return took, dict(row or {})


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=600)
    raws = mails(parser.parse_args().mails)
    folder = Path(tempfile.mkdtemp(prefix="deskwell-mail-bench-", dir="/tmp"))
    folder.chmod(0o755)
    postgres = EmbeddedPostgres(folder / "data")
    try:
        url = postgres.start()
        migrations.upgrade(url)
        bare_seconds = bare(url.replace("postgresql+psycopg", "postgresql"), raws)
        seconds, counted = asyncio.run(run(url, folder, raws))
    finally:
        postgres.stop()
    rate, limit = len(raws) / seconds, len(raws) / bare_seconds
    print(f"bare parse and insert  {limit:8.0f} mails/s")
    print(f"Deskwell, end to end   {rate:8.0f} mails/s   {rate / limit:.0%} of bare")
    print(
        f"{counted['tickets']:,} tickets, {counted['messages']:,} messages, {counted['others']} not processed"
    )
    verdict = "reached" if rate >= FLOOR_PER_SECOND or rate / limit >= FLOOR_SHARE else "MISSED"
    print(f"goal (≥ {FLOOR_PER_SECOND} mails/s or ≥ {FLOOR_SHARE:.0%} of bare): {verdict}")


if __name__ == "__main__":
    main()
