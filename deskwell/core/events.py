"""Facts, in the past tense. Published in the transaction that makes them true, written as the activity log.

`publish` runs the reactions of `app/subscriptions.py` at once, in the listed order, in the same transaction. A vital
reaction shares the transaction's fate; any other runs in a savepoint, and its failure is itself a fact. The rows are
written in one statement before the commit (`facts_to_write`); the log has ids and field names only, personal values
stand in `event_details`, which erasure may blank.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import psycopg
from sqlalchemy import BigInteger, Identity, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from .actor import SYSTEM, Actor
from .db import Base, Statement, flush, one, rows
from .logs import get_logger

log = get_logger(__name__)
CHANNEL = "deskwell_events"
PERSONAL = {"personal": True}
"""Field metadata: the value is kept apart from the log, where it may be erased."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses set `kind` and add ids and changed values, never message text or secrets."""

    kind: ClassVar[str]
    actor: Actor
    ticket_id: UUID | None = None


E = TypeVar("E", bound=Event)
Reaction = Callable[[AsyncSession, Any], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class ReactionFailed(Event):
    """A reaction that was not vital broke and was rolled back alone."""

    kind = "reaction.failed"
    reaction: str
    error: str


class Fate(Enum):
    """What becomes of a fact when a reaction to it breaks."""

    VITAL = "falls with it"
    ALONE = "stands; the reaction is rolled back to its savepoint"
    GUARDING = "stands; the reaction has guarded its own statements"


@dataclass(frozen=True)
class Subscription:
    """A reaction to one kind of fact."""

    reaction: Reaction
    fate: Fate
    only_if: Callable[[AsyncSession, Any], Awaitable[bool]] | None = None


class Bus:
    """Who reacts to what, in which order."""

    def __init__(self) -> None:
        self._reactions: dict[type[Event], list[Subscription]] = {}

    def subscribe(
        self,
        event: type[E],
        *reactions: Callable[[AsyncSession, E], Awaitable[None]],
        only_if: Callable[[AsyncSession, E], Awaitable[bool]] | None = None,
    ) -> None:
        """Add reactions that may fail alone, each in a savepoint.

        only_if: asked before, without a savepoint, so that most facts cost nothing. It may look at what is kept of
        the configuration, and at nothing else.
        """
        self._add(event, (Subscription(reaction, Fate.ALONE, only_if) for reaction in reactions))

    def subscribe_guarding(
        self, event: type[E], *reactions: Callable[[AsyncSession, E], Awaitable[None]]
    ) -> None:
        """Add reactions that may fail alone and need no savepoint: all they do in the database is `guarded`."""
        self._add(event, (Subscription(reaction, Fate.GUARDING) for reaction in reactions))

    def subscribe_vital(
        self, event: type[E], *reactions: Callable[[AsyncSession, E], Awaitable[None]]
    ) -> None:
        """Add reactions without which the fact must not stand."""
        self._add(event, (Subscription(reaction, Fate.VITAL) for reaction in reactions))

    def _add(self, event: type[Event], subscriptions: Iterable["Subscription"]) -> None:
        self._reactions.setdefault(event, []).extend(subscriptions)

    def reactions(self, event: Event) -> Sequence["Subscription"]:
        return self._reactions.get(type(event), ())


async def publish(session: AsyncSession, event: Event) -> None:
    """Write the fact into the log of this transaction and let the others react."""
    session.info.setdefault("facts", []).append(event)
    bus: Bus | None = session.info.get("bus")
    for subscription in bus.reactions(event) if bus else ():
        if subscription.fate is Fate.VITAL:
            await subscription.reaction(session, event)
        elif subscription.only_if is None or await subscription.only_if(session, event):
            await _not_vital(session, subscription, event)


async def _not_vital(session: AsyncSession, subscription: Subscription, event: Event) -> None:
    reaction = subscription.reaction
    gathered = {key: len(session.info.get(key, ())) for key in ("facts", "jobs", "at_commit")}
    await flush(session)
    try:
        if subscription.fate is Fate.GUARDING:
            await reaction(session, event)
        else:
            async with session.begin_nested():
                await reaction(session, event)
                await flush(session)
    except Exception as error:
        if _is_connection_lost(error):
            raise  # nothing of this transaction can be written any more: whoever asked hears “later”
        for key, length in gathered.items():  # what the failed reaction announced did not happen
            del session.info.get(key, [])[length:]
        name = f"{reaction.__module__.removeprefix('deskwell.domains.')}.{reaction.__name__}"
        log.exception("reaction_failed", reaction=name, fact=event.kind)
        failed = ReactionFailed(
            actor=SYSTEM, ticket_id=event.ticket_id, reaction=name, error=type(error).__name__
        )
        session.info["facts"].append(failed)


def _is_connection_lost(error: Exception) -> bool:
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    # By its class: a statement that took too long is an operational error too, and leaves the connection as it was.
    return isinstance(error, psycopg.OperationalError) and (
        not error.sqlstate or error.sqlstate.startswith(("08", "57P"))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (UUID, datetime)):
        return value.isoformat() if isinstance(value, datetime) else str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def _row(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for item in fields(event):
        if item.name not in {"actor", "ticket_id"}:
            (personal if item.metadata.get("personal") else data)[item.name] = _plain(
                getattr(event, item.name)
            )
    return {
        "kind": event.kind,
        "ticket_id": str(event.ticket_id) if event.ticket_id else None,
        "actor_kind": event.actor.kind.value,
        "actor_id": str(event.actor.user_id) if event.actor.user_id else None,
        "through": event.actor.through.value,
        "causes": list(event.actor.causes),
        "data": data,
        "personal": personal or None,
    }


_INSERT = """
WITH facts AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(%(facts)s::jsonb) AS (
            kind text, ticket_id uuid, actor_kind text, actor_id uuid, through text, causes text[], data jsonb,
            personal jsonb)) WITH ORDINALITY AS f(kind, ticket_id, actor_kind, actor_id, through, causes, data,
            personal, n)
), numbered AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('events', 'id')) AS id, f.* FROM facts f ORDER BY n
), logged AS (
    INSERT INTO events (id, at, kind, ticket_id, actor_kind, actor_id, through, causes, data)
    OVERRIDING SYSTEM VALUE
    SELECT id, coalesce(%(at)s::timestamptz, clock_timestamp()), kind, ticket_id, actor_kind, actor_id, through,
           causes, data
    FROM numbered
)
INSERT INTO event_details (event_id, data) SELECT id, personal FROM numbered WHERE personal IS NOT NULL
"""


def facts_to_write(session: AsyncSession, *, at: datetime | None = None) -> list[Statement]:
    """Take the facts gathered so far, to be written; with them, wake those who follow the log (one NOTIFY a transaction).

    They are dated by the database's clock, or `at` when the past is told.
    """
    facts = session.info.pop("facts", [])
    if not facts:
        return []
    statements: list[Statement] = [
        (_INSERT, {"facts": json.dumps([_row(event) for event in facts]), "at": at})
    ]
    if not session.info.get("notified"):
        session.info["notified"] = True
        statements.append((f"NOTIFY {CHANNEL}", {}))
    return statements


@dataclass(frozen=True)
class Horizon:
    """How far a follower of the log has read: all facts of transactions below `xid` are known to it."""

    xid: str
    newest_id: int


OVERLAP = 10_000
"""Ids are handed out before the commit, so a fact that becomes final now may have an id this much lower."""


async def get_horizon(session: AsyncSession) -> Horizon:
    """Return where a new follower starts: at what is final now."""
    row = await one(
        session,
        """SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid,
                  coalesce((SELECT max(id) FROM events), 0) AS newest_id""",
    )
    assert row is not None
    return Horizon(row["xid"], row["newest_id"])


async def read_facts(session: AsyncSession, *, since: Horizon) -> tuple[list[dict[str, Any]], Horizon]:
    """Return the facts that became final since a horizon, by id, and the horizon to go on from.

    Going on by id would lose facts: a transaction that commits later may hold a lower id.
    """
    until = await get_horizon(session)
    found = await rows(
        session,
        """SELECT id, kind, ticket_id, actor_kind, actor_id, through, data, at FROM events
           WHERE id > %(near)s AND xid >= %(since)s::text::xid8 AND xid < %(until)s::text::xid8 ORDER BY id""",
        near=since.newest_id - OVERLAP,
        since=since.xid,
        until=until.xid,
    )
    return found, until


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class EventRow(Base):
    """One line of the append-only log; the role that the product connects as may not change it."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"))
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    kind: Mapped[str] = mapped_column(Text)
    ticket_id: Mapped[UUID | None]
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[UUID | None]
    through: Mapped[str] = mapped_column(Text)
    causes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (
        Index("events_ticket_id_id_idx", "ticket_id", "id"),
        Index("events_at_idx", "at", postgresql_using="brin"),
        Index("events_unticketed_idx", "id", postgresql_where=text("ticket_id IS NULL")),
        Index("events_failed_idx", "at", postgresql_where=text("kind = 'reaction.failed'")),
    )


class EventDetail(Base):
    """The personal values of one fact, apart from it so that erasure may blank them."""

    __tablename__ = "event_details"

    event_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """No foreign key: its check would need the right to update the log."""
    data: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
