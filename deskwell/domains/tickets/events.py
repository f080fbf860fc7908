from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any
from uuid import UUID

from deskwell.core.events import PERSONAL, Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class TicketOpened(Event):
    kind = "ticket.opened"
    ticket_id: UUID
    customer_id: UUID
    source: str
    priority: str
    context: str
    follows_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MessageAdded(Event):
    """Somebody wrote. `turn_id` is set when a customer wrote and the message wants an answer."""

    kind = "message.added"
    ticket_id: UUID
    message_id: UUID
    author: str
    position: int
    is_internal: bool = False
    source: str | None = None
    turn_id: UUID | None = None
    is_first: bool = False
    matched_by: str | None = None
    action: str | None = None
    """For an AI message: answered, clarified or handed_over."""


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(Event):
    kind = "ticket.assigned"
    ticket_id: UUID
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True, kw_only=True)
class TeamAssigned(Event):
    kind = "ticket.team_assigned"
    ticket_id: UUID
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True, kw_only=True)
class TicketEscalated(Event):
    """A person is needed: the customer asked, or the AI handed over."""

    kind = "ticket.escalated"
    ticket_id: UUID
    by: str
    reason_code: str
    reason: str | None = kept(default=None, metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(Event):
    kind = "ticket.priority_changed"
    ticket_id: UUID
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class TicketClosed(Event):
    kind = "ticket.closed"
    ticket_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketReopened(Event):
    kind = "ticket.reopened"
    ticket_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketSnoozed(Event):
    """Snoozed until a time, or woken when `until` is None."""

    kind = "ticket.snoozed"
    ticket_id: UUID
    until: str | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class FieldChanged(Event):
    """Any other field: subject, context, requester, category, tags, a custom field."""

    kind = "ticket.field_changed"
    ticket_id: UUID
    field: str
    before: Any = kept(default=None, metadata=PERSONAL)
    after: Any = kept(default=None, metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class TurnSettled(Event):
    kind = "turn.settled"
    ticket_id: UUID
    turn_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class MessageRated(Event):
    kind = "message.rated"
    ticket_id: UUID
    message_id: UUID
    before: int | None
    after: int


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(Event):
    kind = "attachment.added"
    ticket_id: UUID
    file_ids: tuple[UUID, ...]
    is_internal: bool = False
    names: tuple[str, ...] = kept(default=(), metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class AttachmentRemoved(Event):
    kind = "attachment.removed"
    ticket_id: UUID
    file_ids: tuple[UUID, ...]
    names: tuple[str, ...] = kept(default=(), metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class TicketsMerged(Event):
    """Everything of `merged_id` now stands in `ticket_id`; who keeps rows by ticket moves theirs along."""

    kind = "ticket.merged"
    ticket_id: UUID
    merged_id: UUID
    merge_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketsUnmerged(Event):
    """`merged_id` stands on its own again; rows that belong to its messages go back with them."""

    kind = "ticket.unmerged"
    ticket_id: UUID
    merged_id: UUID
    merge_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketSplit(Event):
    """Messages of `ticket_id` went into the new ticket `new_id`."""

    kind = "ticket.split"
    ticket_id: UUID
    new_id: UUID
    message_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TicketsLinked(Event):
    kind = "ticket.linked"
    ticket_id: UUID
    other_id: UUID
    link: str


@dataclass(frozen=True, kw_only=True)
class TicketsUnlinked(Event):
    kind = "ticket.unlinked"
    ticket_id: UUID
    other_id: UUID
    link: str


@dataclass(frozen=True, kw_only=True)
class CopiesChanged(Event):
    kind = "ticket.copies_changed"
    ticket_id: UUID
    added: tuple[str, ...] = kept(default=(), metadata=PERSONAL)
    removed: tuple[str, ...] = kept(default=(), metadata=PERSONAL)


@dataclass(frozen=True, kw_only=True)
class TicketErased(Event):
    """Gone for good; only its number remains in the log."""

    kind = "ticket.erased"
    number: int


@dataclass(frozen=True)
class WakeTickets(JobRequest):
    """Sweep: snoozes that have ended."""

    @property
    def once(self) -> str:
        return "wake_tickets"


@dataclass(frozen=True)
class ReleaseDrafts(JobRequest):
    """Sweep: replies whose time to be taken back is over."""

    @property
    def once(self) -> str:
        return "release_drafts"


@dataclass(frozen=True)
class EmptyTrash(JobRequest):
    """Sweep: tickets that lay in the trash for 30 days."""

    @property
    def once(self) -> str:
        return "empty_trash"
