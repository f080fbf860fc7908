"""Run by Alembic: all in one transaction, so that a killed run leaves nothing half-way, in the schema `deskwell`."""

from alembic import context
from sqlalchemy import create_engine, pool

from deskwell.app.models import metadata
from deskwell.core.db import SCHEMA, sqlalchemy_url


def include_name(name: str | None, type_: str, parents: object) -> bool:  # noqa: ARG001 - Alembic's signature
    return not (type_ == "table" and name and (name.startswith("procrastinate") or name == "alembic_version"))


def run() -> None:
    config = context.config
    connection = config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine = create_engine(sqlalchemy_url(config.attributes["url"]), poolclass=pool.NullPool)
    with engine.connect() as opened:
        opened.exec_driver_sql(f"SET search_path = {SCHEMA}, public, extensions")
        opened.exec_driver_sql("SET statement_timeout = 0")
        opened.commit()
        opened.dialect.default_schema_name = SCHEMA
        _migrate(opened)
    engine.dispose()


def _migrate(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=metadata,
        version_table_schema=SCHEMA,
        include_name=include_name,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
