"""The archive: a plain tar of `database.dump`, `secret_key`, `files/…` and, last, `manifest.json` with all hashes."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from deskwell.cli.errors import CommandError

MANIFEST = "manifest.json"
DATABASE = "database.dump"
SECRET_KEY = "secret_key"  # noqa: S105  a name, not a key
FILES = "files/"
_PIECE = 1024 * 1024


class Writer:
    """Adds parts to a new archive; the manifest is written when it is closed."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: IO[bytes]) -> None:
        """Add one part from an open file, from its beginning."""
        content.seek(0)
        self.hashes[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = content.tell(), 0o600
        content.seek(0)
        self._tar.addfile(entry, content)

    def finish(self, about: dict[str, Any]) -> None:
        """Write the manifest."""
        manifest = json.dumps({**about, "sha256": self.hashes}, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(manifest), 0o600
        self._tar.addfile(entry, io.BytesIO(manifest))


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """A new archive, readable by us alone; it gets its name only when it is whole."""
    if file.exists():
        raise CommandError(f"{file} exists already. Choose another name; backups are never overwritten.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                yield Writer(tar)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class Reader:
    """An archive whose hashes are checked as its parts are read."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members = {member.name: member for member in tar.getmembers() if member.isfile()}
        if MANIFEST not in self.members:
            raise CommandError(
                "The archive has no manifest: it is not a Deskwell backup, or it was cut short."
            )
        self.manifest: dict[str, Any] = json.loads(self._open(MANIFEST).read())
        self.hashes: dict[str, str] = self.manifest["sha256"]
        if missing := sorted(set(self.hashes) - set(self.members)):
            raise CommandError(f"The archive lacks {missing[0]} ({len(missing)} parts are missing).")

    def copy(self, name: str, target: IO[bytes]) -> None:
        """Copy a part and check its hash.

        Raises:
            CommandError: the part is not what was written.

        """
        digest = hashlib.sha256()
        source = self._open(name)
        while piece := source.read(_PIECE):
            digest.update(piece)
            target.write(piece)
        target.seek(0)
        if digest.hexdigest() != self.hashes.get(name):
            raise CommandError(f"{name} in the archive is damaged: its hash differs. Use another backup.")

    def _open(self, name: str) -> IO[bytes]:
        found = self._tar.extractfile(self.members[name])
        assert found
        return found


@contextmanager
def reading(file: Path) -> Iterator[Reader]:
    """An existing archive."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            yield Reader(tar)
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except (tarfile.TarError, EOFError) as error:
        raise CommandError(f"{file} is not a readable archive ({error}).") from None
