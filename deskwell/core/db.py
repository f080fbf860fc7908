"""The database: one engine, short transactions, and plain SQL for hot reads.

A read that needs no transaction runs on a connection of its own for that long (`Reads`): no BEGIN, no COMMIT, and
nothing held while the answer is made. `rows` takes either, so that a query serves both.

A transaction gathers facts (`core.events`) and job requests (`core.jobs`) and writes each kind in one statement just
before it commits, so that a change, its log and what follows from it share one fate.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import psycopg
from fastapi import Depends, Request
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool
from pydantic_core import from_json
from sqlalchemy import DateTime, MetaData, Uuid, func
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import Enum as EnumType
from sqlalchemy.types import TypeEngine

from .ids import new_id
from .records import RecordSession, write_records
from .settings import Settings

SCHEMA = "deskwell"
NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}

set_json_loads(from_json)  # a tenth of the time of Python's own, and a list has two JSON columns a row


class Base(DeclarativeBase):
    """All tables. Text enums are stored by value, without a database type, so that adding one needs no migration."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: DateTime(timezone=True), UUID: Uuid()}  # noqa: RUF012 - SQLAlchemy reads it so


def text_enum(enum: type) -> TypeEngine[Any]:
    """Return the column type for a StrEnum: its values as text."""
    return EnumType(
        enum,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda e: [m.value for m in e],
    )


class Record:
    """Mixin: an id that sorts by time, and the moment of creation by the database's clock."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


def sqlalchemy_url(url: str) -> str:
    """Turn any PostgreSQL URL into one for SQLAlchemy on psycopg 3."""
    _, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}"


T = TypeVar("T")
K = TypeVar("K")
Statement = tuple[str, Mapping[str, Any]]
Finisher = Callable[[AsyncSession], Sequence[Statement]]


class Database:
    """Engine and sessions of this process.

    `finishers` say what each transaction has to write just before its commit; that goes in one round trip.
    """

    def __init__(self, settings: Settings, *, info: Mapping[str, Any] | None = None) -> None:
        connect_args: dict[str, Any] = {"prepare_threshold": None} if settings.is_pooled else {}
        self.url = settings.database_url
        self.engine = create_async_engine(
            sqlalchemy_url(settings.database_url),
            pool_size=settings.database_pool_size,
            max_overflow=0,
            pool_timeout=10,
            pool_pre_ping=False,
            pool_recycle=1800,
            connect_args=connect_args,
        )
        self.reader = AsyncConnectionPool(
            settings.database_url.replace("postgresql+psycopg", "postgresql"),
            min_size=0,
            max_size=settings.database_pool_size,
            open=False,
            timeout=10,
            kwargs={"autocommit": True, "row_factory": dict_row, **connect_args},
        )
        self.sessions = async_sessionmaker(
            self.engine, sync_session_class=RecordSession, expire_on_commit=False, autoflush=True
        )
        self.info = {"kept": {}, **(info or {})}
        self.finishers: list[Finisher] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a session; commit at the end, roll back when anything is raised."""
        async with self.sessions() as session:
            session.info.update(self.info)
            yield session
            await self.commit(session)

    async def commit(self, session: AsyncSession) -> None:
        """Write what the transaction gathered, then commit it."""
        await self.finish(session)
        await session.commit()

    async def finish(self, session: AsyncSession) -> None:
        """Write what the transaction gathered so far."""
        gathered: list[Statement] = session.info.pop("at_commit", [])
        for finish in self.finishers:
            gathered += finish(session)
        await together(session, *gathered)

    async def read(self, sql: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run one reading statement outside any transaction: one round trip."""
        return await self._read(sql, params, prepare=None)

    async def read_unprepared(self, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run a reading statement whose plan depends on the values it is asked with."""
        return await self._read(sql, params, prepare=False)

    async def look_up(self, sql: str, /, **params: Any) -> dict[str, Any] | None:
        """Run one reading statement outside any transaction; return the first row or None."""
        found = await self._read(sql, params, prepare=None)
        return found[0] if found else None

    async def read_together(
        self, *statements: Statement, prepare: bool | None = None
    ) -> list[list[dict[str, Any]]]:
        """Run several reading statements, all in one round trip; return the rows of each.

        With `prepare=False` for those whose plan depends on the values they are asked with.
        """
        return await self._using(lambda driver: _pipelined(driver, statements, prepare))

    async def _read(
        self, sql: str, params: Mapping[str, Any], *, prepare: bool | None
    ) -> list[dict[str, Any]]:
        return await self._using(lambda driver: _fetch(driver, sql, params, prepare))

    async def _using(self, ask: Callable[[psycopg.AsyncConnection[Any]], Awaitable[T]]) -> T:
        if self.reader.closed:
            await self.reader.open()
        used = await self.reader.getconn()
        try:
            return await ask(used)
        except psycopg.OperationalError:
            if not used.broken:
                raise
        finally:
            await self.reader.putconn(used)
        await self.reader.check()  # the server was restarted: its other connections are as dead
        async with self.reader.connection() as fresh:
            return await ask(fresh)

    async def close(self) -> None:
        await self.engine.dispose()
        if not self.reader.closed:
            await self.reader.close()


async def _fetch(
    driver: psycopg.AsyncConnection[Any],
    sql: str,
    params: Mapping[str, Any],
    prepare: bool | None = None,  # noqa: FBT001 - psycopg's own word
) -> list[dict[str, Any]]:
    async with driver.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(sql.encode(), params or None, prepare=prepare)
        has_rows = cursor.rownumber is not None
        return await cursor.fetchall() if has_rows else []


def _driver(session: OrmSession) -> psycopg.AsyncConnection[Any]:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)
    return driver


async def connection(session: AsyncSession) -> psycopg.AsyncConnection[Any]:
    """Return the psycopg connection that this session's transaction runs on, with pending ORM writes flushed.

    It is asked for anew in each transaction and savepoint, for that is when SQLAlchemy begins them.
    """
    inner = session.sync_session
    driver: psycopg.AsyncConnection[Any]
    begun, driver = session.info.get("driver", (None, None))
    if begun is None or begun is not (inner.get_nested_transaction() or inner.get_transaction()):
        driver = await session.run_sync(_driver)
        session.info["driver"] = (inner.get_nested_transaction() or inner.get_transaction(), driver)
    if not inner._is_clean() and not await write_records(inner, driver):  # noqa: SLF001
        await session.flush()
    return driver


async def flush(session: AsyncSession) -> None:
    """Write what the session holds that is new or changed, in one round trip."""
    if not session.sync_session._is_clean():  # noqa: SLF001
        await connection(session)


def at_hand(session: AsyncSession, entity: type[K], key: UUID) -> K | None:
    """Return a record that this session holds already, new or loaded, without asking the database."""
    held = session.sync_session.identity_map.get(identity_key(entity, key))
    if held is not None:
        return held
    return next((new for new in session.new if isinstance(new, entity) and new.id == key), None)  # type: ignore[attr-defined]


Source = AsyncSession | Database
"""Where a query reads: in a transaction, or outside any."""


async def rows(source: Source, sql: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run SQL text with `%(name)s` parameters; return the rows as dicts."""
    if isinstance(source, Database):
        return await source.read(sql, **params)
    return await _fetch(await connection(source), sql, params)


async def one(source: Source, sql: str, /, **params: Any) -> dict[str, Any] | None:
    """Run SQL text; return the first row or None."""
    found = await rows(source, sql, **params)
    return found[0] if found else None


async def together(source: Source, *statements: Statement) -> list[list[dict[str, Any]]]:
    """Run several statements one after the other in one round trip; return the rows of each."""
    if not statements:
        return []
    if isinstance(source, Database):
        return await source.read_together(*statements)
    return await _pipelined(await connection(source), statements)


def at_commit(session: AsyncSession, sql: str, /, **params: Any) -> None:
    """Run a statement just before the commit, with all else that is written then; for what nobody reads before."""
    session.info.setdefault("at_commit", []).append((sql, params))


async def guarded(session: AsyncSession, *statements: Statement) -> None:
    """Run statements in a savepoint of their own, all in one round trip; when one fails, none of them happened.

    For a reaction that does nothing else with the database (`Bus.subscribe_guarding`).
    """
    driver = await connection(session)
    try:
        await _pipelined(driver, (("SAVEPOINT guarded", {}), *statements, ("RELEASE SAVEPOINT guarded", {})))
    except psycopg.Error:
        await driver.execute("ROLLBACK TO SAVEPOINT guarded")
        raise


async def _pipelined(
    driver: psycopg.AsyncConnection[Any],
    statements: Sequence[Statement],
    prepare: bool | None = None,  # noqa: FBT001 - psycopg's own word
) -> list[list[dict[str, Any]]]:
    async with driver.pipeline():
        cursors = [driver.cursor(row_factory=dict_row) for _ in statements]
        for cursor, (sql, params) in zip(cursors, statements, strict=True):
            await cursor.execute(sql.encode(), params or None, prepare=prepare)
    return [await cursor.fetchall() if cursor.rownumber is not None else [] for cursor in cursors]


async def execute(session: AsyncSession, sql: str, /, **params: Any) -> int:
    """Run SQL text that returns nothing; return how many rows it touched."""
    async with (await connection(session)).cursor() as cursor:
        await cursor.execute(sql.encode(), params or None)
        return cursor.rowcount


async def session_scope(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.context.transaction() as session:
        yield session


Session = Annotated[AsyncSession, Depends(session_scope, scope="function")]
"""A route's transaction: it commits before the response is sent, so nothing answers 200 and is lost."""


async def _reads(request: Request) -> Database:  # a plain function would run in a thread
    database = request.app.state.context.database
    assert isinstance(database, Database)
    return database


Reads = Annotated[Database, Depends(_reads)]
"""For a route that only reads: statements outside any transaction, each one round trip."""
