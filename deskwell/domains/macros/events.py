from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MacroRan(Event):
    """Somebody ran a macro on a ticket."""

    kind = "macro.ran"
    macro_id: UUID
    name: str
    changes: int


@dataclass(frozen=True, kw_only=True)
class SnippetChanged(Event):
    """A macro or canned response was created, changed or deleted."""

    kind = "macros.changed"
    what: str
    subject_id: UUID
    change: str
    name: str
    visibility: str
