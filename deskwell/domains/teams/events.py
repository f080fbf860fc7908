from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """A team was created, changed or deleted, or its people changed."""

    kind = "team.changed"
    team_id: UUID
    change: str
    name: str
    fields: tuple[str, ...] = ()
    joined: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()
