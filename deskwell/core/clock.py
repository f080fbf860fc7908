"""The time, in UTC. Tests turn it with `frozen`; leases and order use the database's clock instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """Return the current moment, timezone-aware, in UTC."""
    return datetime.now(UTC) + _offset


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move this process's clock by `by` while the block runs."""
    global _offset  # noqa: PLW0603 - a clock is global
    before, _offset = _offset, _offset + by
    try:
        yield
    finally:
        _offset = before


def shift() -> timedelta:
    """Return by how much a test moved this clock, to be added to the database's."""
    return _offset
