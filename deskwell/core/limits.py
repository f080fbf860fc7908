"""Rate limits, counted in PostgreSQL so that all processes share them.

A hit is counted in a short transaction of its own, before the work: in the request's own transaction a refused
attempt would roll its count back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, func
from sqlalchemy.orm import Mapped, mapped_column

from .context import Context
from .db import Base, one
from .errors import TooMany


@dataclass(frozen=True)
class Limit:
    """So many within a window, counted per key (an address, an account, an API key)."""

    name: str
    count: int
    seconds: int
    why: str


TABLE: dict[str, Limit] = {
    limit.name: limit
    for limit in (
        Limit("sign_in", 10, 300, "Per account and address: guessing passwords."),
        Limit("sign_in_address", 100, 300, "Per address: guessing many accounts."),
        Limit("second_factor", 10, 300, "Per account: guessing codes once a password is known."),
        Limit("register", 30, 3600, "Per address: making accounts in bulk."),
        Limit("reset", 5, 3600, "Per account: flooding a mailbox with reset links."),
        Limit("reset_address", 30, 3600, "Per address."),
        Limit("ticket", 120, 3600, "Per customer: opening tickets."),
        Limit("reply", 600, 3600, "Per customer: writing messages."),
        Limit("upload", 200, 3600, "Per account or API key."),
        Limit("search", 240, 60, "Per account."),
        Limit("public_search", 120, 60, "Per address: the help center's search."),
        Limit("feedback", 60, 3600, "Per address: helpful or not."),
        Limit("export", 30, 3600, "Per account: CSV files and archives."),
        Limit("webhook", 6000, 60, "Per address."),
        Limit("ai", 6000, 60, "Per account or API key: drafts, test questions, measuring."),
        Limit("api_key", 1200, 60, "Per API key: any call."),
    )
}


class LimitCount(Base):
    """How often a key was hit in its current window."""

    __tablename__ = "limit_counts"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy reads it so

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=1)


_HIT = """
INSERT INTO limit_counts AS l (key, ends_at, count)
VALUES (%(key)s, clock_timestamp() + %(window)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN l.ends_at > clock_timestamp() THEN l.count + 1 ELSE 1 END,
    started_at = CASE WHEN l.ends_at > clock_timestamp() THEN l.started_at ELSE clock_timestamp() END,
    ends_at = CASE WHEN l.ends_at > clock_timestamp() THEN l.ends_at ELSE clock_timestamp() + %(window)s END
RETURNING count, extract(epoch FROM ends_at - clock_timestamp())::float AS seconds_left
"""


def limit_of(context: Context, name: str) -> Limit:
    """Return a limit, with the override of the settings ("count/seconds") if there is one."""
    limit = TABLE[name]
    override = context.settings.rate_limits.get(name)
    if not override:
        return limit
    count, _, seconds = override.partition("/")
    return Limit(name, int(count), int(seconds or limit.seconds), limit.why)


async def hit(context: Context, name: str, key: str) -> None:
    """Count one attempt.

    Raises:
        TooMany: the limit is reached, with the seconds until the window ends.

    """
    limit = limit_of(context, name)
    row = await context.database.look_up(_HIT, key=f"{name}:{key}", window=timedelta(seconds=limit.seconds))
    assert row is not None
    if row["count"] > limit.count:
        raise TooMany(row["seconds_left"])


async def forget(context: Context, name: str, key: str) -> None:
    """Start a key's window anew, as after a sign-in that succeeded."""
    async with context.transaction() as session:
        await one(session, "DELETE FROM limit_counts WHERE key = %(key)s RETURNING key", key=f"{name}:{key}")
