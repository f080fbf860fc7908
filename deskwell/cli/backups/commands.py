"""The three commands."""

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from deskwell.cli.desk import opened
from deskwell.cli.errors import CommandError
from deskwell.core.settings import Settings
from deskwell.gateways.postgres import EmbeddedPostgres

from . import archive, checking, dumping, storing
from .archive import DATABASE, SECRET_KEY

DataDir = Annotated[Path | None, typer.Option(help="Where database, files and keys live.")]
Archive = Annotated[Path, typer.Argument(help="The archive, for example desk.tar.")]
FORMAT = 1


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (backup, verify, restore):
        app.command()(command)


def backup(
    file: Archive,
    data_dir: DataDir = None,
    files: Annotated[bool, typer.Option("--files/--without-files", help="Take the files along.")] = True,
) -> None:
    """Write the whole desk into one archive while it runs: database, files, and the key that reads its secrets."""
    with opened(data_dir) as settings, archive.writing(file) as writer, _scratch() as scratch:
        stored: set[str] = set()
        if files:  # before the database is read: what is deleted meanwhile is in the archive all the same
            asyncio.run(storing.collect(settings, writer, stored))
        dumping.dump(settings.direct_url, scratch / DATABASE)
        with (scratch / DATABASE).open("rb") as content:
            writer.add(DATABASE, content)
        if files:  # and after it: what was added meanwhile
            asyncio.run(storing.collect(settings, writer, stored))
        if (key := _kept_key(settings)) is not None:
            with key.open("rb") as content:
                writer.add(SECRET_KEY, content)
        about = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "has_files": files}
        writer.finish(
            about | {"key_mark": checking.key_mark(settings), "schema": checking.revision(settings)}
        )
    print(
        f"{file} holds the desk: database and {len(stored):,} files, {file.stat().st_size:,} bytes. Keep it safe."
    )


def verify(file: Archive) -> None:
    """Check every hash, restore into a server that is thrown away afterwards, and look whether all fits together."""
    with _scratch() as scratch:
        postgres = EmbeddedPostgres(scratch / "server", settings={"fsync": "off"})
        try:
            url = postgres.start()
            with archive.reading(file) as reader:
                _load_database(reader, url, scratch)
                found = checking.check(reader, url, scratch)
        finally:
            postgres.stop()
    for line in found.problems:
        print(f"✗ {line}")
    if found.problems:
        raise CommandError(f"{file} does not restore whole: {len(found.problems)} problems.")
    print(f"{file} is whole: {found.tickets:,} tickets, {found.messages:,} messages, {found.files:,} files.")


def restore(file: Archive, data_dir: DataDir = None) -> None:
    """Make a desk out of an archive, in a new data folder or an empty database. Its mails are held back."""
    with archive.reading(file) as reader:
        _bring_key(reader, data_dir)
        with opened(data_dir) as settings, _scratch() as scratch:
            if reader.manifest["key_mark"] != checking.key_mark(settings):
                raise CommandError(
                    "The archive was made with another DESKWELL_SECRET_KEY; without it stored passwords of mailboxes "
                    "cannot be read. Set that key and try again."
                )
            _load_database(reader, settings.direct_url, scratch)
            held = checking.hold_mail_back(settings.direct_url)
            asyncio.run(storing.put_back(settings, reader))
    print(f"Restored from {file} ({reader.manifest['made_at'][:16].replace('T', ' ')} UTC).")
    if held:
        print(f"{held} mails were waiting. They may have been sent since, so they are held back as failed:")
        print("look at them under Settings → E-mail, and send again what is missing.")


def _load_database(reader: archive.Reader, url: str, scratch: Path) -> None:
    from deskwell import migrations

    with (scratch / DATABASE).open("w+b") as target:
        reader.copy(DATABASE, target)
    dumping.load(url, scratch / DATABASE)
    migrations.upgrade(url)  # an older desk is brought to this version; also sets the role's search path


def _bring_key(reader: archive.Reader, data_dir: Path | None) -> None:
    from deskwell.cli.desk import find_desk

    desk = find_desk(data_dir)
    if not desk.is_embedded or SECRET_KEY not in reader.hashes:
        return
    if (desk.data_dir / "postgres").exists():
        raise CommandError(
            f"{desk.data_dir} already holds a desk. Restore into a new folder with --data-dir."
        )
    desk.data_dir.mkdir(parents=True, exist_ok=True)
    target = desk.data_dir / "secret_key"
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as content:
        reader.copy(SECRET_KEY, content)


def _kept_key(settings: Settings) -> Path | None:
    """The key file of an embedded desk; a key given by the environment stays there."""
    file = (settings.data_dir or Path()) / "secret_key"
    known = settings.secret_key.get_secret_value()
    return file if file.is_file() and file.read_text().strip() == known else None


class _scratch(tempfile.TemporaryDirectory[str]):  # noqa: N801  used like a function
    """A private folder for what is in between; the server's user may pass through it."""

    def __init__(self) -> None:
        super().__init__(prefix="deskwell-", dir="/tmp")  # noqa: S108  made new, with a random name

    def __enter__(self) -> Path:  # type: ignore[override]
        folder = Path(super().__enter__())
        folder.chmod(0o711)
        return folder
