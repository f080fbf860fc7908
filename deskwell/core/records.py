"""Writes new and changed records by plain statements, all of one flush in one round trip.

SQLAlchemy's own unit of work costs several times the statement it sends, and one round trip for each. A flush of
ordinary records (one table each, plain values, nothing deleted) therefore goes through here: each record becomes one
INSERT or UPDATE with the columns that were set, sent in psycopg's pipeline mode in the order of the foreign keys.
Anything else is left to SQLAlchemy. What the records look like afterwards is the same either way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import Column, event
from sqlalchemy.orm import DeclarativeBase, InstanceState, Mapper, Session
from sqlalchemy.orm.base import NO_VALUE
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import JSON
from sqlalchemy.types import Enum as EnumType
from sqlalchemy.util.concurrency import await_


@dataclass(frozen=True, eq=False)
class Shape:
    """What there is to know of a mapped class in order to write its records."""

    table: str
    place: int
    """Among all tables, those first that others refer to."""
    columns: Mapping[str, Column[Any]]
    key: tuple[str, ...]
    json: Mapping[str, bool]
    """JSON columns; true where None is stored as JSON's null."""
    given: tuple[str, ...]
    """Columns that the database fills in when they are not set."""
    empty: tuple[str, ...]
    """Columns that are NULL when they are not set."""
    defaults: Mapping[str, Any]


@cache
def _places(base: type[DeclarativeBase]) -> dict[str, int]:
    return {table.name: place for place, table in enumerate(base.metadata.sorted_tables)}


@cache
def shape_of(mapper: Mapper[Any]) -> Shape | None:
    """How to write a mapped class, or None when that is left to SQLAlchemy."""
    table = mapper.local_table
    columns = {prop.key: c for prop in mapper.column_attrs if isinstance(c := prop.columns[0], Column)}
    is_plain = not mapper.relationships and mapper.version_id_col is None and not mapper.inherits
    is_plain = is_plain and len(columns) == len(mapper.column_attrs)
    if not is_plain or any(c.computed is not None or c.onupdate is not None for c in columns.values()):
        return None
    json = {key: not c.type.none_as_null for key, c in columns.items() if isinstance(c.type, JSON)}
    given = tuple(key for key, c in columns.items() if c.server_default is not None or c.identity is not None)
    if any(isinstance(columns[key].type, EnumType) for key in given):
        return None  # would have to be read back as an enum
    base = next(parent for parent in mapper.class_.__mro__ if DeclarativeBase in parent.__bases__)
    return Shape(
        table=f'"{table.name}"',  # type: ignore[attr-defined]
        place=_places(base)[table.name],  # type: ignore[attr-defined]
        columns=columns,
        key=tuple(mapper.get_property_by_column(c).key for c in mapper.primary_key),
        json=json,
        given=given,
        empty=tuple(key for key, c in columns.items() if key not in given and c.default is None),
        defaults={key: c.default for key, c in columns.items() if c.default is not None},
    )


@dataclass
class _Write:
    """One statement of a flush."""

    state: InstanceState[Any]
    sql: bytes
    values: Sequence[Any]
    returned: tuple[str, ...] = ()
    is_update: bool = False


@cache
def _insert_sql(shape: Shape, keys: tuple[str, ...], returned: tuple[str, ...]) -> bytes:
    names = ", ".join(f'"{shape.columns[key].name}"' for key in keys)
    marks = ", ".join(["%s"] * len(keys))
    back = ", ".join(f'"{shape.columns[key].name}"' for key in returned)
    return (
        f"INSERT INTO {shape.table} ({names}) VALUES ({marks}){' RETURNING ' if back else ''}{back}".encode()
    )


@cache
def _update_sql(shape: Shape, keys: tuple[str, ...]) -> bytes:
    names = ", ".join(f'"{shape.columns[key].name}" = %s' for key in keys)
    where = " AND ".join(f'"{shape.columns[key].name}" = %s' for key in shape.key)
    return f"UPDATE {shape.table} SET {names} WHERE {where}".encode()


def _plain(shape: Shape, key: str, value: Any) -> Any:
    """The value as psycopg takes it."""
    if key in shape.json:
        return None if value is None and not shape.json[key] else Jsonb(value)
    return value.value if isinstance(value, Enum) else value


def _insert(state: InstanceState[Any], shape: Shape) -> _Write:
    found = state.dict
    for key, default in shape.defaults.items():
        if found.get(key) is None:
            found[key] = default.arg(None) if default.is_callable else default.arg
    keys = tuple(
        key for key in shape.columns if found.get(key) is not None or (key in found and shape.json.get(key))
    )
    for key in shape.empty:
        found.setdefault(key, None)
    returned = tuple(key for key in shape.given if key not in keys)
    values = [_plain(shape, key, found[key]) for key in keys]
    return _Write(state, _insert_sql(shape, keys, returned), values, returned)


def _update(state: InstanceState[Any], shape: Shape) -> _Write | None:
    found = state.dict
    keys = tuple(
        key
        for key, before in state.committed_state.items()
        if key in found and (before is NO_VALUE or found[key] != before)
    )
    if not keys:
        return None
    values = [_plain(shape, key, found[key]) for key in keys]
    values += [found[key] for key in shape.key]
    return _Write(state, _update_sql(shape, keys), values, is_update=True)


def _writes(session: Session) -> list[_Write] | None:
    """The statements of a flush in their order, or None when it is left to SQLAlchemy."""
    if session._deleted:  # noqa: SLF001 - this is the inside of a flush
        return None
    gathered: list[tuple[tuple[int, int], _Write]] = []
    for state in [*_changed(session), *session._new]:  # noqa: SLF001
        shape = shape_of(state.mapper)
        if shape is None or any(isinstance(value, ClauseElement) for value in state.dict.values()):
            return None
        if state.key and not state.committed_state.keys().isdisjoint(shape.key):
            return None
        write = _update(state, shape) if state.key else _insert(state, shape)
        if write:
            gathered.append(((shape.place, len(gathered)), write))
    return [write for _, write in sorted(gathered, key=lambda pair: pair[0])]


def _changed(session: Session) -> list[InstanceState[Any]]:
    """Stored records with changes, in the order of their keys, so that two transactions do not cross."""
    changed = list(session._dirty_states)  # noqa: SLF001
    return sorted(changed, key=lambda state: str(state.key and state.key[1])) if len(changed) > 1 else changed


async def _send(driver: psycopg.AsyncConnection[Any], writes: Sequence[_Write]) -> None:
    cursors = [driver.cursor() for _ in writes]
    if len(writes) == 1:
        await cursors[0].execute(writes[0].sql, writes[0].values)
    else:
        async with driver.pipeline():
            for cursor, write in zip(cursors, writes, strict=True):
                await cursor.execute(write.sql, write.values)
    for cursor, write in zip(cursors, writes, strict=True):
        if write.is_update and cursor.rowcount != 1:
            raise StaleDataError(f"A row of {write.state.class_.__name__} has gone that was to be changed.")
        if write.returned:
            row = await cursor.fetchone()
            assert row is not None
            write.state.dict.update(zip(write.returned, row, strict=True))


async def write_records(session: Session, driver: psycopg.AsyncConnection[Any]) -> bool:
    """Write what a session holds that is new or changed; False when SQLAlchemy has to do it.

    The tables are noted in `session.info["written"]`.
    """
    states = {*session._new, *session._dirty_states}  # noqa: SLF001
    touched = [*states, *session._deleted]  # noqa: SLF001
    session.info.setdefault("written", set()).update(state.mapper.local_table for state in touched)
    writes = _writes(session)
    if writes is None:
        return False
    if writes:
        await _send(driver, writes)
    if states:
        session._register_persistent(states)  # noqa: SLF001
    return True


class RecordSession(Session):
    """SQLAlchemy's session, with flushes that go through here where they can."""


@event.listens_for(RecordSession, "before_flush")
def _before_flush(session: Session, *_: Any) -> None:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)
    await_(write_records(session, driver))
