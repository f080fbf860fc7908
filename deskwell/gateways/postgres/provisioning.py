"""What a fresh server gets: the role Deskwell works as, its database, schema and extensions."""

from psycopg import Connection, connect
from psycopg.sql import SQL, Composable, Identifier

ROLE = "deskwell"
DATABASE = "deskwell"
EXTENSIONS = ("vector", "pg_trgm", "unaccent")
ROLE_SETTINGS = {
    "search_path": "deskwell, public, extensions",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    # A desk asks many small questions at once: spreading one over processors costs more than it takes.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}


def provision(superuser_url: str) -> None:
    """Make the role and the database where they are missing; safe to repeat after any interruption."""
    with connect(superuser_url, autocommit=True) as server:
        if not _exists(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
            # Not a superuser: the append-only log would mean nothing to one.
            server.execute(
                SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(Identifier(ROLE))
            )
        is_missing = not _exists(server, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE)
    if is_missing:
        create_database(superuser_url, DATABASE)
    else:
        _furnish(superuser_url, DATABASE)


def create_database(superuser_url: str, name: str, *, template: str | None = None) -> None:
    """Make a database owned by the role, furnished like the first one."""
    statement = SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    with connect(superuser_url, autocommit=True) as server:
        server.execute(
            statement.format(Identifier(name), Identifier(ROLE), Identifier(template or "template1"))
        )
    _furnish(superuser_url, name)


def _furnish(superuser_url: str, database: str) -> None:
    """Give one database what only a superuser can: extensions, the schema, the role's settings."""
    with connect(superuser_url, dbname=database, autocommit=True) as session:
        for extension in EXTENSIONS:
            if not _exists(session, "SELECT 1 FROM pg_extension WHERE extname = %s", extension):
                session.execute(SQL("CREATE EXTENSION {} SCHEMA public").format(Identifier(extension)))
        if not _exists(session, "SELECT 1 FROM pg_namespace WHERE nspname = %s", ROLE):
            session.execute(
                SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(Identifier(ROLE), Identifier(ROLE))
            )
        if not _exists(
            session,
            "SELECT 1 FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
            "JOIN pg_database d ON d.oid = s.setdatabase WHERE r.rolname = %s AND d.datname = current_database()",
            ROLE,
        ):
            apply_role_settings(session, database, role=Identifier(ROLE))


def apply_role_settings(session: Connection[tuple[object, ...]], database: str, *, role: Composable) -> None:
    """Give a role the settings of its later sessions in one database."""
    for name, value in ROLE_SETTINGS.items():
        wanted = SQL(value) if name == "search_path" else SQL("'{}'").format(SQL(value))
        session.execute(
            SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                role, Identifier(database), Identifier(name), wanted
            )
        )


def _exists(session: Connection[tuple[object, ...]], question: str, value: str) -> bool:
    return session.execute(SQL(question), [value]).fetchone() is not None
