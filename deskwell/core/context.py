"""What a process holds while it runs: settings, database, and the doors to the outside."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from .db import Database
from .listen import Listener
from .settings import Settings

G = TypeVar("G")


@dataclass(frozen=True)
class OnFirstUse:
    """A gateway whose library takes long to load and that many desks never need."""

    open: Callable[[], Any]


@dataclass
class Context:
    """Handed to jobs as first argument, and to routes as `Ctx`. Gateways are looked up by their protocol."""

    settings: Settings
    database: Database
    listener: Listener
    gateways: dict[type[Any], Any] = field(default_factory=dict)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A short transaction; never hold one while the network or a job is waited for."""
        async with self.database.transaction() as session:
            yield session

    def gateway(self, protocol: type[G]) -> G:
        """Return the implementation of a gateway protocol, as put together in `app/context.py`."""
        found = self.gateways[protocol]
        if isinstance(found, OnFirstUse):
            found = self.gateways[protocol] = found.open()
        return found  # type: ignore[no-any-return]


def get_context(request: Request) -> Context:
    context = request.app.state.context
    assert isinstance(context, Context)
    return context


async def _context(request: Request) -> Context:
    """Not a plain function: FastAPI runs those in a thread, which costs more than all they do."""
    return get_context(request)


Ctx = Annotated[Context, Depends(_context)]
