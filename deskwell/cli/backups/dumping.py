"""The database in and out of an archive, by PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path

from psycopg import connect
from psycopg.conninfo import conninfo_to_dict

from deskwell.cli.errors import CommandError
from deskwell.gateways.postgres import find_binaries

SCHEMA = "deskwell"


def dump(url: str, target: Path) -> None:
    """Write one consistent picture of the schema; the desk keeps running."""
    _run(
        "pg_dump",
        url,
        "--format=custom",
        f"--schema={SCHEMA}",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
    )


def load(url: str, source: Path) -> None:
    """Fill an empty database with what `dump` wrote, all or nothing."""
    with connect(url, autocommit=True) as session:
        if _table_count(url):
            raise CommandError(
                "The database already holds a desk. Restore into a new data folder or an empty database."
            )
        session.execute(f"DROP SCHEMA IF EXISTS {SCHEMA}".encode())
    _run(
        "pg_restore",
        url,
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        str(source),
    )


def _table_count(url: str) -> int:
    with connect(url) as session:
        row = session.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [SCHEMA]).fetchone()
    return int(row[0]) if row else 0


def _run(program: str, url: str, *arguments: str) -> None:
    path = find_binaries().folder / program
    if not path.is_file():
        raise CommandError(
            f"{program} is missing in {path.parent}. Set DESKWELL_PG_BINDIR to a folder that has it."
        )
    environment, database = _connection(url)
    where = ["--dbname", database]
    done = subprocess.run(  # noqa: S603
        [path, *where, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CommandError(f"{program} failed:\n{done.stderr.strip()}")


def _connection(url: str) -> tuple[dict[str, str], str]:
    """How to reach the database, in the environment: a password on the command line is seen by everybody."""
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "sslmode": "PGSSLMODE",
    }
    known = {k: str(v) for k, v in conninfo_to_dict(url.replace("postgresql+psycopg", "postgresql")).items()}
    environment = {**os.environ, "LC_ALL": "C", **{names[k]: v for k, v in known.items() if k in names}}
    return environment, known.get("dbname", "")
