from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ContextChanged(Event):
    kind = "context.changed"
    context_id: UUID
    name: str
    fields: tuple[str, ...]
