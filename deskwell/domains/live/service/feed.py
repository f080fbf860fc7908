import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from deskwell.core.actor import Actor, Kind
from deskwell.core.context import Context
from deskwell.core.events import Horizon, get_horizon, read_facts
from deskwell.core.logs import get_logger

from .. import queries
from ..queries import CUSTOMER_KINDS

log = get_logger(__name__)
MAX_WAITING = 1000
AUTHORITY = frozenset({"role.changed", "team.changed", "api_key.revoked"})
OWN_AUTHORITY = frozenset({"user.changed", "user.sessions_ended"})
"""Facts after which somebody may see more or less: of anybody, or of the one they are about."""
Renew = Callable[[], Awaitable[Actor | None]]


@dataclass(frozen=True)
class Item:
    """One line of the stream: a kind and ids. `id` is set for facts, from which a browser can go on."""

    kind: str
    ticket_id: UUID | None
    data: dict[str, Any]
    id: int | None = None
    staff_only: bool = False
    actor_id: UUID | None = None
    person_id: str | None = None
    """Whom a fact of accounts is about; it does not leave the server."""


class Feed:
    """Follows the log once a process and hands each new item to all who listen, filtered by what they may see."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._queues: dict[asyncio.Queue[list[Item] | None], Actor] = {}
        self._task: asyncio.Task[None] | None = None
        self.is_stopping = False

    async def start(self) -> None:
        self._task = self._task or asyncio.create_task(self._follow(), name="live-feed")

    async def stop(self) -> None:
        """End all streams, so that a graceful stop need not wait for them."""
        self.is_stopping = True
        for queue in list(self._queues):
            queue.put_nowait(None)
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def listen(self, actor: Actor, renew: Renew) -> AsyncIterator[list[Item]]:
        """Yield the items this actor may see, as they come; empty lists are signs of life.

        When roles, teams or the person change, `renew` says what they may from then on; None ends the stream.
        """
        queue: asyncio.Queue[list[Item] | None] = asyncio.Queue(MAX_WAITING)
        self._queues[queue] = actor
        try:
            while not self.is_stopping:
                try:
                    async with asyncio.timeout(15):
                        items = await queue.get()
                except TimeoutError:
                    yield []
                    continue
                if items is None:
                    return
                if any(_changes_authority(actor, item) for item in items):
                    renewed = await renew()
                    if renewed is None:
                        return
                    actor = renewed
                visible = await self._visible(actor, items)
                if visible:
                    yield visible
        finally:
            self._queues.pop(queue, None)

    async def _visible(self, actor: Actor, items: list[Item]) -> list[Item]:
        wanted = [_as_seen_by(actor, item) for item in items if _concerns(actor, item)]
        ticket_ids = {item.ticket_id for item in wanted if item.ticket_id}
        if not ticket_ids:
            return wanted
        async with self._context.transaction() as session:
            allowed = await queries.visible_ids(session, actor, ticket_ids)
        return [item for item in wanted if item.ticket_id is None or item.ticket_id in allowed]

    async def _follow(self) -> None:
        horizon: Horizon | None = None
        told: set[UUID] = set()
        async for _ in self._context.listener.ticks():
            try:
                async with self._context.transaction() as session:
                    if horizon is None:
                        horizon = await get_horizon(session)
                        told = {row["id"] for row in await queries.read_signals(session)}
                    facts, horizon = await read_facts(session, since=horizon)
                    signals = await queries.read_signals(session)
            except (SQLAlchemyError, OSError) as error:
                log.warning("live_feed_interrupted", error=type(error).__name__)
                await asyncio.sleep(1)
                continue
            new = [row for row in signals if row["id"] not in told]
            told = {row["id"] for row in signals}
            self._hand_out([_fact(row) for row in facts] + [_signal(row) for row in new])

    def _hand_out(self, items: list[Item]) -> None:
        if not items:
            return
        for queue in list(self._queues):
            try:
                queue.put_nowait(items)
            except (
                asyncio.QueueFull
            ):  # a browser that does not read: it comes back and fetches what it missed
                self._queues.pop(queue, None)


def _changes_authority(actor: Actor, item: Item) -> bool:
    return item.kind in AUTHORITY or (item.kind in OWN_AUTHORITY and item.person_id == str(actor.user_id))


def _concerns(actor: Actor, item: Item) -> bool:
    if actor.is_staff:
        return True
    is_public = item.kind in CUSTOMER_KINDS and not item.staff_only and not item.data.get("is_internal")
    return item.ticket_id is not None and is_public


def _as_seen_by(actor: Actor, item: Item) -> Item:
    """Customers are not told the name of a custom field: it may be hidden from them."""
    if actor.is_staff or not str(item.data.get("field", "")).startswith("custom."):
        return item
    return replace(item, data={key: value for key, value in item.data.items() if key != "field"})


def _fact(row: dict[str, Any]) -> Item:
    keep = ("message_id", "position", "author", "is_internal", "turn_id", "state", "field", "action")
    data = {key: row["data"][key] for key in keep if key in row["data"]}
    actor_id = row["actor_id"] if row["actor_kind"] in {Kind.STAFF.value, Kind.CUSTOMER.value} else None
    person_id = row["data"].get("user_id") if row["kind"] in OWN_AUTHORITY else None
    return Item(row["kind"], row["ticket_id"], data, id=row["id"], actor_id=actor_id, person_id=person_id)


def _signal(row: dict[str, Any]) -> Item:
    return Item(row["kind"], row["ticket_id"], json.loads(row["data"]), staff_only=row["staff_only"])
