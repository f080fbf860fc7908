from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class Notified(Event):
    """People were told of something; their centres count one more."""

    kind = "notification.added"
    about: str
    user_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class MailNotification(JobRequest):
    """Mail one notification to its person, unless they have read it meanwhile."""

    notification_id: UUID
    queue = "mail"
