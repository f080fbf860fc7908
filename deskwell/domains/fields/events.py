from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DefinitionChanged(Event):
    """A tag, category or custom field was created, changed, merged or deleted."""

    kind = "fields.changed"
    what: str
    subject_id: UUID
    change: str
    name: str
    fields: tuple[str, ...] = ()
