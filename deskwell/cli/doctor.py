"""`deskwell doctor`: looks at everything a desk stands on, and says what to do about what it finds."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from deskwell.core.settings import Settings

from .desk import opened
from .errors import CommandError
from .readiness import Schema, schema_state

_LEAST_FREE = 1_000_000_000
_LONGEST_SKEW = 5.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: fine, worth knowing, or broken, with what helps."""

    mark: str
    text: str
    advice: str = ""


def fine(text: str) -> Finding:
    return Finding("✓", text)


def odd(text: str, advice: str) -> Finding:
    return Finding("!", text, advice)


def broken(text: str, advice: str) -> Finding:
    return Finding("✗", text, advice)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    data_dir: Annotated[Path | None, typer.Option(help="Where database, files and keys live.")] = None,
) -> None:
    """Look at everything this desk stands on; ends with status 1 when something is broken."""
    with ExitStack() as stack:
        settings = stack.enter_context(opened(data_dir))
        findings = []
        for look in (_database, _schema, _key, _files, _disk, _web_app, _address, _worker, _model):
            for finding in _guarded(look, settings):
                findings.append(finding)
                print(f"{finding.mark} {finding.text}", flush=True)
                if finding.advice:
                    print(f"    {finding.advice}")
    if any(finding.mark == "✗" for finding in findings):
        raise CommandError("Something is broken; see the lines with ✗.")


def _guarded(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from look(settings)
    except psycopg.Error as error:
        yield broken(f"The database refused a question: {str(error).splitlines()[0]}", "See the lines above.")


def _connect(settings: Settings) -> psycopg.Connection[tuple[object, ...]]:
    url = settings.direct_url.replace("postgresql+psycopg", "postgresql")
    return psycopg.connect(url, autocommit=True, connect_timeout=5)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        session = _connect(settings)
    except psycopg.OperationalError as error:
        yield broken(
            f"The database does not answer: {str(error).splitlines()[0]}",
            "Check DATABASE_URL and the server.",
        )
        return
    with session:
        version = session.info.server_version // 10000
        yield fine(f"PostgreSQL {version} answers")
        row = session.execute(
            "SELECT extract(epoch FROM clock_timestamp()) - %s, rolsuper, current_setting('search_path'), "
            "current_setting('synchronous_commit') FROM pg_roles WHERE rolname = current_user",
            [_now()],
        ).fetchone()
        assert row
        if abs(float(str(row[0]))) > _LONGEST_SKEW:
            yield odd(
                f"The database's clock differs by {float(str(row[0])):.0f} s",
                "Let both machines set their clocks (NTP).",
            )
        if row[1]:
            yield odd(
                "Deskwell's role is a superuser",
                "Give it a role without power: the append-only log relies on it.",
            )
        if not str(row[2]).startswith("deskwell"):
            yield broken("The role's search path lacks the schema deskwell", "Run: deskwell migrate")
        if row[3] == "off":
            yield odd(
                "synchronous_commit is off",
                "Accepted messages may be lost when the server crashes. Turn it on.",
            )


def _now() -> float:
    import time

    return time.time()


def _schema(settings: Settings) -> Iterator[Finding]:
    match schema_state(settings.direct_url):
        case Schema.CURRENT:
            yield fine("The schema is this version's")
        case Schema.NEWER:
            yield odd("The schema is newer than this Deskwell", "Install the newer version here too.")
        case Schema.OLDER:
            yield broken("The schema is older than this Deskwell", "Run: deskwell migrate")
        case Schema.UNREACHABLE:
            pass  # said already


def _key(settings: Settings) -> Iterator[Finding]:
    try:
        settings.key_bytes()
    except ValueError as error:
        yield broken("The secret key is missing or weak", str(error))
    else:
        yield fine("The secret key is strong")


def _files(settings: Settings) -> Iterator[Finding]:
    from deskwell.app.context import build_context
    from deskwell.core.storage import FileStore, StorageDown, StorageFull

    try:
        asyncio.run(build_context(settings).gateway(FileStore).check())
    except (StorageDown, StorageFull) as error:
        yield broken(
            f"Files cannot be stored: {error}", "Check DESKWELL_STORAGE_URL, its keys, and the room it has."
        )
    else:
        yield fine("Files can be stored, read and removed")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if folder is None or not folder.exists():
        return
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:.1f} GB are free in {folder}"
    yield (
        fine(text)
        if free > _LEAST_FREE
        else odd(text, "Make room: without it mails are deferred and uploads refused.")
    )


def _web_app(_: Settings) -> Iterator[Finding]:
    from deskwell.app.web import dist

    if (dist() / "index.html").is_file():
        yield fine("The web app is built")
    else:
        yield broken("The web app is not built", "Run: make build (the wheel carries it ready-made)")


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.base_url:
        yield odd(
            f"Links in mails begin with {settings.public_url}", "Set DESKWELL_BASE_URL to what people type."
        )
    elif not settings.is_https and "localhost" not in settings.base_url:
        yield odd(
            "The desk is served without https",
            "Put it behind a proxy with a certificate: docs/how-to/run-it-for-real.md",
        )
    else:
        yield fine(f"People reach it at {settings.public_url}")
    if settings.is_https and not settings.trusted_proxies:
        yield odd(
            "No proxy is trusted",
            "Behind one, all visitors look alike to the limits: set DESKWELL_TRUSTED_PROXIES.",
        )


def _worker(settings: Settings) -> Iterator[Finding]:
    with _connect(settings) as session:
        row = session.execute(
            "SELECT (SELECT count(*) FROM deskwell.procrastinate_workers "
            "WHERE last_heartbeat > clock_timestamp() - interval '1 minute'), "
            "(SELECT count(*) FROM deskwell.procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL), "
            "(SELECT count(*) FROM deskwell.procrastinate_jobs WHERE status = 'failed')"
        ).fetchone()
    assert row
    if row[0]:
        yield fine(f"{row[0]} queues are being worked off, {row[1]} jobs wait")
    else:
        yield odd(f"No worker runs; {row[1]} jobs wait", "Start the desk, or: deskwell worker")
    if row[2]:
        yield odd(f"{row[2]} jobs have failed", "Their reasons stand in the log of the worker.")


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.openai_api_key.get_secret_value() or settings.openai_base_url:
        yield fine(f"Answers are written by {settings.ai_model}")
    else:
        yield fine("Answers are quoted from articles; no language model is connected")
