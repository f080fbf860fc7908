"""The schema's history: Alembic revisions named by UTC minute, reversible, expand first and contract later."""

import contextlib
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from psycopg.sql import SQL

from deskwell.gateways.postgres.provisioning import EXTENSIONS, ROLE_SETTINGS, apply_role_settings

HERE = Path(__file__).parent
LOCK = 7_250_251_124


class MigrationRefused(Exception):
    """The database cannot take the schema; the message says what to do."""


def config(url: str) -> Config:
    """Return Alembic's configuration for a database."""
    result = Config()
    result.set_main_option("script_location", str(HERE))
    result.attributes["url"] = url.replace("postgresql+psycopg", "postgresql")
    return result


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to a revision. Two at once: one waits for the other; a killed run starts again.

    Raises:
        MigrationRefused: too old a server, or an extension that cannot be had, with the command that helps.

    """
    plain = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        is_furnished = _is_furnished(connection)
        _prepare(connection)
        command.upgrade(config(url), revision)
        if not is_furnished:
            _end_older_sessions(connection)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(config(url), revision)


def current_head() -> str:
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(config("")).get_current_head()
    assert head is not None
    return head


def is_current(url: str) -> bool:
    """Whether a database has this program's schema."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as connection:
        try:
            row = connection.execute("SELECT version_num FROM deskwell.alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and row[0] == current_head()


def _prepare(connection: psycopg.Connection) -> None:
    if connection.info.server_version < 150000:
        raise MigrationRefused("Deskwell needs PostgreSQL 15 or newer.")
    connection.execute("CREATE SCHEMA IF NOT EXISTS deskwell")
    apply_role_settings(connection, _name_of(connection), role=SQL("CURRENT_USER"))
    connection.execute(f"SET search_path = {ROLE_SETTINGS['search_path']}".encode())
    for extension in EXTENSIONS:
        _need_extension(connection, extension)


def _is_furnished(connection: psycopg.Connection) -> bool:
    """Whether new sessions of this role find the desk's tables."""
    row = connection.execute("SHOW search_path").fetchone()
    return row is not None and "deskwell" in str(row[0])


def _end_older_sessions(connection: psycopg.Connection) -> None:
    """The role's settings are read when a session begins, and a pooler keeps those that began before."""
    with contextlib.suppress(psycopg.OperationalError):  # our own session is the last of them
        connection.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user
               AND datname = current_database() ORDER BY pid = pg_backend_pid()"""
        )


def _name_of(connection: psycopg.Connection) -> str:
    """The database's own name: a pooler may know it by another one."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row
    return str(row[0])


def _need_extension(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_extension WHERE extname = %s", (name,)).fetchone():
        return
    try:
        connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA public".encode())
    except psycopg.Error as error:
        raise MigrationRefused(
            f"The database lacks the extension {name}. As its superuser, run in the database "
            f'"{_name_of(connection)}": CREATE EXTENSION {name}; '
            "(on Debian the packages are postgresql-contrib and postgresql-NN-pgvector)."
        ) from error
