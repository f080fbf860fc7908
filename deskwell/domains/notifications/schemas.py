from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from deskwell.core.pages import Pagination


class NotificationRead(BaseModel):
    id: UUID
    kind: str
    text: str
    ticket_id: UUID | None
    ticket_number: int | None
    ticket_subject: str | None
    message_id: UUID | None
    actor_name: str | None
    actor_kind: str
    is_read: bool
    created_at: datetime


class Notifications(BaseModel):
    notifications: list[NotificationRead]
    unread_count: int
    pagination: Pagination


class UnreadCount(BaseModel):
    unread_count: int


class MarkRead(BaseModel):
    """Which notifications were read: some, those of one ticket, or all."""

    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(default_factory=list, max_length=500)
    ticket_id: UUID | None = None
    all: bool = False
    is_read: bool = True


class Preference(BaseModel):
    kind: str
    label: str
    in_app: bool
    by_mail: bool


class Preferences(BaseModel):
    preferences: list[Preference]


class PreferenceWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "mentioned",
        "assigned",
        "team_assigned",
        "customer_replied",
        "agent_replied",
        "note_added",
        "escalated",
        "new_ticket",
        "rated_low",
        "sla_warned",
        "sla_broken",
        "rule",
    ]
    in_app: bool
    by_mail: bool


class PreferencesWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    preferences: list[PreferenceWrite] = Field(min_length=1, max_length=50)
