"""The database: one engine, short transactions, and the session's own psycopg connection for hot reads.

A transaction gathers facts (`core.events`) and job requests (`core.jobs`) and writes each kind in one statement just
before it commits, so that a change, its log and what follows from it share one fate.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import psycopg
from fastapi import Depends, Request
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import DateTime, MetaData, Uuid, func
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import Enum as EnumType
from sqlalchemy.types import TypeEngine

from .ids import new_id
from .settings import Settings

SCHEMA = "deskwell"
NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


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


Finisher = Callable[[AsyncSession], Awaitable[None]]


class Database:
    """Engine and sessions of this process. `finishers` run inside each transaction just before its commit."""

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
            max_size=4,
            open=False,
            timeout=10,
            kwargs={"autocommit": True, "row_factory": dict_row, **connect_args},
        )
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self.info = dict(info or {})
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
        for finish in self.finishers:
            await finish(session)
        await session.commit()

    async def look_up(self, sql: str, /, **params: Any) -> dict[str, Any] | None:
        """Run one reading statement outside any transaction (the session check of every request): one round trip."""
        if self.reader.closed:
            await self.reader.open()
        async with self.reader.connection() as connection:
            cursor = await connection.execute(sql.encode(), params)
            found: dict[str, Any] | None = await cursor.fetchone()  # type: ignore[assignment]
            return found

    async def close(self) -> None:
        await self.engine.dispose()
        if not self.reader.closed:
            await self.reader.close()


async def connection(session: AsyncSession) -> psycopg.AsyncConnection[Any]:
    """Return the psycopg connection that this session's transaction runs on, with pending ORM writes flushed."""
    if session.new or session.dirty or session.deleted:
        await session.flush()
    raw = await (await session.connection()).get_raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)
    return driver


async def rows(session: AsyncSession, sql: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run SQL text with `%(name)s` parameters in the session's transaction; return the rows as dicts."""
    async with (await connection(session)).cursor(row_factory=dict_row) as cursor:
        await cursor.execute(sql.encode(), params or None)
        return await cursor.fetchall() if cursor.description else []


async def one(session: AsyncSession, sql: str, /, **params: Any) -> dict[str, Any] | None:
    """Run SQL text; return the first row or None."""
    found = await rows(session, sql, **params)
    return found[0] if found else None


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
