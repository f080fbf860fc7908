from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from deskwell.core.events import PERSONAL, Event


@dataclass(frozen=True, kw_only=True)
class TimeLogged(Event):
    kind = "time.logged"
    entry_id: UUID
    minutes: int
    entry_type: str
    billable: bool


@dataclass(frozen=True, kw_only=True)
class TimeEntryChanged(Event):
    """The description may tell of people, so old and new values stand apart from the log."""

    kind = "time.changed"
    entry_id: UUID
    fields: tuple[str, ...]
    before: dict[str, Any] = field(default_factory=dict, metadata=PERSONAL)
    after: dict[str, Any] = field(default_factory=dict, metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class TimeEntryDeleted(Event):
    kind = "time.deleted"
    entry_id: UUID
    minutes: int
    entry_type: str
    billable: bool
    before: dict[str, Any] = field(default_factory=dict, metadata=PERSONAL)
