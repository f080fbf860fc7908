"""Backup, verify, restore: by the commands, as an owner runs them."""

import hashlib
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from deskwell import migrations
from deskwell.app.context import build_context
from deskwell.cli.desk import find_desk
from deskwell.core.settings import Settings
from deskwell.gateways.postgres import Binaries, EmbeddedPostgres
from tests.factories import Make

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LETTER = b"Dear all, this is attached."


@pytest.fixture(scope="module")
def run(programs: Binaries, place: Path) -> Run:
    """Call `deskwell` in a process of its own."""

    def call(*arguments: object) -> "subprocess.CompletedProcess[str]":
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("DESKWELL_", "DATABASE_"))}
        return subprocess.run(
            [sys.executable, "-m", "deskwell", *map(str, arguments)],
            env={**environment, "DESKWELL_PG_BINDIR": str(programs.folder)},
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture(scope="module")
async def desk(place: Path, programs: Binaries) -> Path:
    """A stopped desk with tickets and a file."""
    folder = place / "desk"
    postgres = EmbeddedPostgres(folder, settings={"fsync": "off"}, binaries=programs)
    url = postgres.start()
    migrations.upgrade(url)
    known = find_desk(folder).environment(url)
    settings = Settings(
        _env_file=None,
        database_url=url,
        data_dir=folder,
        secret_key=known["DESKWELL_SECRET_KEY"],
        bcrypt_cost=4,
    )
    context = build_context(settings)
    for _ in range(3):
        await Make(context).ticket()
    await context.database.close()
    (folder / "files" / "tickets").mkdir(parents=True)
    (folder / "files" / "tickets" / "letter").write_bytes(LETTER)
    with psycopg.connect(url) as session:
        session.execute(
            "INSERT INTO files (id, name, size, mime_type, sha256, storage_key) "
            "VALUES (gen_random_uuid(), 'letter.txt', %s, 'text/plain', %s, 'tickets/letter')",
            [len(LETTER), hashlib.sha256(LETTER).hexdigest()],
        )
        session.execute(
            "INSERT INTO email_messages (id, rfc_id, direction, from_email, to_email, subject, body_text, delivery_state) "
            "VALUES ('00000000-0000-7000-8000-000000000001', '<a@desk>', 'outbound', 'help@desk.example', "
            "'{maria@example.org}', 'Re: Printer', 'Done.', 'queued')"
        )
        session.execute(
            "INSERT INTO outbox (id, email_id, recipients, state) VALUES (gen_random_uuid(), "
            "'00000000-0000-7000-8000-000000000001', '{maria@example.org}', 'queued')"
        )
    postgres.stop()
    return folder


def test_a_backup_restores_to_the_same_desk(desk: Path, place: Path, run: Run, programs: Binaries) -> None:
    made = run("backup", "desk.tar", "--data-dir", desk)
    assert made.returncode == 0, made.stderr
    assert (place / "desk.tar").stat().st_mode & 0o777 == 0o600

    checked = run("verify", "desk.tar")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "3 tickets, 3 messages, 1 files" in checked.stdout

    restored = run("restore", "desk.tar", "--data-dir", place / "new")
    assert restored.returncode == 0, restored.stderr
    assert "1 mails were waiting" in restored.stdout
    assert (place / "new" / "files" / "tickets" / "letter").read_bytes() == LETTER
    assert (place / "new" / "secret_key").read_text() == (desk / "secret_key").read_text()
    server = EmbeddedPostgres(place / "new", settings={"fsync": "off"}, binaries=programs)
    try:
        with psycopg.connect(server.start()) as session:
            assert session.execute("SELECT count(*) FROM tickets").fetchone() == (3,)
            assert session.execute("SELECT state FROM outbox").fetchall() == [("failed",)], (
                "no mail goes out twice"
            )
            assert session.execute("SHOW search_path").fetchone() == ("deskwell, public, extensions",)
    finally:
        server.stop()


def test_a_desk_in_use_is_never_overwritten(desk: Path, place: Path, run: Run) -> None:
    refused = run("restore", "desk.tar", "--data-dir", desk)
    assert refused.returncode == 1
    assert "already holds a desk" in refused.stderr
    refused = run("backup", "desk.tar", "--data-dir", desk)
    assert refused.returncode == 1
    assert "never overwritten" in refused.stderr


def test_damage_is_found(place: Path, run: Run) -> None:
    whole = (place / "desk.tar").read_bytes()
    (place / "damaged.tar").write_bytes(whole.replace(LETTER, LETTER[::-1]))
    damaged = run("verify", "damaged.tar")
    assert damaged.returncode == 1
    assert "files/tickets/letter" in damaged.stdout

    (place / "short.tar").write_bytes(whole[: len(whole) // 2])
    short = run("restore", "short.tar", "--data-dir", place / "from-short")
    assert short.returncode == 1
    assert "Traceback" not in short.stderr
    assert not (place / "from-short" / "postgres").exists()


def test_a_stranger_s_file_is_not_taken_for_a_backup(place: Path, run: Run) -> None:
    with tarfile.open(place / "other.tar", "w") as tar:
        tar.add(__file__, "something.py")
    refused = run("verify", "other.tar")
    assert refused.returncode == 1
    assert "not a Deskwell backup" in refused.stderr
    assert run("verify", "nowhere.tar").returncode == 1


def test_the_doctor_looks_at_a_healthy_desk(desk: Path, run: Run) -> None:
    looked = run("doctor", "--data-dir", desk)
    for expected in ("PostgreSQL", "schema is this version's", "secret key is strong", "Files can be stored"):
        assert f"✓ {expected}" in looked.stdout or expected in looked.stdout, looked.stdout + looked.stderr
    assert "! No worker runs" in looked.stdout


def test_the_doctor_names_what_is_broken(desk: Path, run: Run) -> None:
    (desk / "files").rename(desk / "files-away")
    (desk / "files").write_text("a file in the way")
    try:
        looked = run("doctor", "--data-dir", desk)
    finally:
        (desk / "files").unlink()
        (desk / "files-away").rename(desk / "files")
    assert looked.returncode == 1
    assert "Traceback" not in looked.stderr
    assert "✗ Files cannot be stored" in looked.stdout
