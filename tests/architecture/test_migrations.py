"""The schema's history: one line, both directions, and where it ends is what the models say."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from deskwell import migrations
from deskwell.app.context import build_context
from deskwell.app.models import metadata
from deskwell.core.db import sqlalchemy_url
from deskwell.gateways.postgres import EmbeddedPostgres
from tests.conftest import new_database
from tests.conftest import test_settings as settings_of
from tests.factories import Make

VERSIONS = Path(migrations.__file__).parent / "versions"


def script() -> ScriptDirectory:
    return ScriptDirectory.from_config(migrations.config(""))


def test_history_has_one_head() -> None:
    assert len(script().get_heads()) == 1, "run: python -m scripts.rebase_migrations main"


def test_files_are_named_by_the_minute() -> None:
    odd = [
        p.name
        for p in VERSIONS.glob("*.py")
        if not re.fullmatch(r"\d{4}_\d\d_\d\d_\d{4}_[a-z0-9_]+\.py", p.name)
    ]
    assert odd == []


def test_models_and_migrated_schema_are_equal(database_url: str) -> None:
    assert differences(database_url) == []


def test_every_domain_with_models_is_registered() -> None:
    """A domain left out of app/models.py would compare as equal and never get its tables."""
    folder = Path(migrations.__file__).parents[1] / "domains"
    with_tables = {p.relative_to(folder).parts[0] for p in folder.glob("*/models*") if _has_tables(p)}
    modules = {mapper.class_.__module__ for mapper in _mappers()}
    known = {name.split(".")[2] for name in modules if name.startswith("deskwell.domains.")}
    assert with_tables - known == set()


@pytest.fixture
def filled(postgres: EmbeddedPostgres) -> Iterator[str]:
    return new_database(postgres)


async def test_up_down_up_on_filled_data(filled: str) -> None:
    """Every revision can be left and entered again with rows in the tables, down to nothing and back."""
    await fill(filled)
    revisions = [found.revision for found in script().walk_revisions()]
    assert count(filled, "tickets") == 3
    for revision in [*revisions[1:], "base"]:
        migrations.downgrade(filled, revision)
    assert left_over(filled) <= {"alembic_version"}
    migrations.upgrade(filled)
    assert differences(filled) == []
    await fill(filled)
    assert count(filled, "tickets") == 3


async def fill(url: str) -> None:
    """People, brands, tickets and what hangs on them, by the product's own services."""
    context = build_context(settings_of(url))
    make = Make(context)
    try:
        customer, agent = await make.customer(), await make.agent()
        await make.brand(f"Shop {agent.name}")
        await make.team(agent)
        await make.tag()
        await make.category()
        for _ in range(3):
            await make.ticket(customer=customer)
    finally:
        await context.database.close()


def differences(url: str) -> list[object]:
    """What a new migration would have to change."""
    engine = create_engine(sqlalchemy_url(url))
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Did not recognize type 'xid8'")
        connection.dialect.default_schema_name = "deskwell"
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: not (kind == "table" and name.startswith("procrastinate")),
            "version_table_schema": "deskwell",
        }
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    return [change for change in found if not _is_version_table(change) and not _is_respelt(change)]


RESPELT = {"tickets_active_rank_idx"}
"""Indexes over an expression that PostgreSQL gives back with casts of its own; they exist, see below."""


def _is_respelt(change: object) -> bool:
    return (
        isinstance(change, tuple) and change[0] in {"remove_index", "add_index"} and change[1].name in RESPELT
    )


def test_respelt_indexes_exist(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        names = {
            row[0]
            for row in connection.execute("SELECT indexname FROM pg_indexes WHERE schemaname = 'deskwell'")
        }
    assert names >= RESPELT


def _is_version_table(change: object) -> bool:
    return isinstance(change, tuple) and change[0] == "remove_table" and change[1].name == "alembic_version"


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as session:
        row = session.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


def left_over(url: str) -> set[str]:
    with psycopg.connect(url) as session:
        rows = session.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'deskwell'").fetchall()
    return {name for (name,) in rows}


def _mappers() -> list[object]:
    from deskwell.core.db import Base

    return list(Base.registry.mappers)


def _has_tables(path: Path) -> bool:
    files = path.rglob("*.py") if path.is_dir() else [path]
    return any("__tablename__" in file.read_text() for file in files)
