from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class AiSettingsChanged(Event):
    """An owner changed how the AI behaves; `fields` says in what, never a key."""

    kind = "ai.settings_changed"
    context: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AiHandedOver(Event):
    """The AI gave a ticket to people."""

    kind = "ai.handed_over"
    ticket_id: UUID
    run_id: UUID
    reason_code: str


@dataclass(frozen=True)
class AnswerTicket(JobRequest):
    """Answer the customer's waiting messages on a ticket, all with one answer."""

    ticket_id: UUID
    queue: ClassVar[str] = "ai"
    retries: ClassVar[int] = 0

    @property
    def lock(self) -> str:
        return f"ai:{self.ticket_id}"

    @property
    def once(self) -> str:
        return f"ai:{self.ticket_id}"


@dataclass(frozen=True)
class WakeTurns(JobRequest):
    """Answer what waited for the AI's limit, and what was left behind by a worker that died."""

    queue: ClassVar[str] = "ai"
    retries: ClassVar[int] = 0

    @property
    def once(self) -> str:
        return "wake_turns"


@dataclass(frozen=True)
class EmbedArticles(JobRequest):
    """Work out the vectors that are missing, of whatever article."""

    queue: ClassVar[str] = "index"
    retries: ClassVar[int] = 2

    @property
    def lock(self) -> str:
        return "embed_articles"

    @property
    def once(self) -> str:
        return "embed_articles"


@dataclass(frozen=True)
class EmbedTickets(JobRequest):
    """Work out the vectors of new tickets, by which similar ones are found."""

    queue: ClassVar[str] = "background"
    retries: ClassVar[int] = 0

    @property
    def once(self) -> str:
        return "embed_tickets"


@dataclass(frozen=True)
class AnswerQuestion(JobRequest):
    """Answer a question that a web request waits for."""

    question_id: UUID
    queue: ClassVar[str] = "ai"
    retries: ClassVar[int] = 0


@dataclass(frozen=True)
class RefitConfidence(JobRequest):
    """Learn from outcomes, sweep old questions."""

    queue: ClassVar[str] = "background"
    retries: ClassVar[int] = 0

    @property
    def once(self) -> str:
        return "refit_confidence"
