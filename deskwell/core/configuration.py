"""What a process remembers of the desk's configuration, and how it knows that this still holds.

Rules, service levels, fields, templates, accounts and contexts change a few times a day and are needed for every
message. A process keeps what it read of them together with the version of their tables; triggers give a table's kind
a new version with every change. A transaction looks at the versions once, in its own snapshot, so that it never works
with less than what was committed before it began, in this process or another. A version is random, never counted: one
that was rolled back cannot come again with other content.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Statement, rows, together

T = TypeVar("T")
WATCHED = frozenset(
    (
        "contexts",
        "custom_fields",
        "email_accounts",
        "email_templates",
        "notification_preferences",
        "rules",
        "sla_context_versions",
        "slas",
    )
)
"""The tables with a trigger that renews the version of their kind."""
SQL = "SELECT kind, version FROM configuration_versions"


class ConfigurationVersion(Base):
    """The version of one kind of configuration; triggers on its tables renew it."""

    __tablename__ = "configuration_versions"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[UUID]


class Kept(Generic[T]):
    """Something read of the configuration, kept by each process until one of its kinds changes.

    What `read` returns is shared by all that come later: nobody may change it. A transaction that changes
    configuration otherwise than through records and goes on to use it calls `forget`.
    """

    def __init__(self, *kinds: str, read: Callable[[AsyncSession], Awaitable[T]]) -> None:
        """Keep what `read` returns as long as these kinds of configuration stay as they are."""
        self._kinds = kinds
        self._read = read

    async def get(self, session: AsyncSession) -> T:
        """Return it as it is in this transaction."""
        store: dict[Kept[T], tuple[tuple[UUID | None, ...], T]] = session.info.setdefault("kept", {})
        known = await _versions(session)
        version = tuple(known.get(kind) for kind in self._kinds)
        held = store.get(self)
        if held is None or held[0] != version:
            held = version, await self._read(session)
            store[self] = held
        return held[1]


async def ask(session: AsyncSession, *statements: Statement) -> list[list[dict[str, Any]]]:
    """Run statements as `together` does, and look at the versions on the same way."""
    *found, versions = await together(session, *statements, (SQL, {}))
    _note(session, versions)
    return found


def _note(session: AsyncSession, versions: list[dict[str, Any]]) -> dict[str, UUID]:
    known = {row["kind"]: row["version"] for row in versions}
    session.info["versions"] = (session.sync_session.get_transaction(), known)
    return known


async def _versions(session: AsyncSession) -> dict[str, UUID]:
    of, known = session.info.get("versions", (None, {}))
    has_changed_some = not WATCHED.isdisjoint(table.name for table in session.info.get("written", ()))
    if of is None or has_changed_some or of is not session.sync_session.get_transaction():
        return _note(session, await rows(session, SQL))
    return known  # type: ignore[no-any-return]


def forget(session: AsyncSession) -> None:
    """Let this transaction look at the versions anew, for it has changed configuration itself."""
    session.info.pop("versions", None)
