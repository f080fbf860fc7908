"""What the caller of `POST /ticket` is told, from what became of the turn."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..models import TurnState

A_PERSON_WILL = "A person from our team will read this and answer you here as soon as possible."
STILL_AT_WORK = "Thank you, your message has arrived. The answer will appear here in a moment."
NO_AI = "Thank you, your message has arrived. Our team will answer you here."
AI_OFF = "ai_off"


@dataclass(frozen=True)
class Answer:
    """The fields of the answer that are set."""

    ticket_id: UUID
    reply: str | None = None
    action: str | None = None
    rate_limited: bool | None = None
    wait_seconds: int | None = None


def answer_to(
    ticket_id: UUID,
    *,
    state: TurnState,
    reason: str | None = None,
    reply: str | None = None,
    assigned_to: str | None = None,
    due_at: datetime | None = None,
    now: datetime,
) -> Answer:
    """Say what became of a message. `assigned_to` is the agent's e-mail."""
    if state is TurnState.LIMITED and due_at:
        return Answer(
            ticket_id, rate_limited=True, wait_seconds=max(1, round((due_at - now).total_seconds()))
        )
    if state in {TurnState.ANSWERED, TurnState.CLARIFIED, TurnState.HANDED_OVER}:
        return Answer(ticket_id, reply=reply or A_PERSON_WILL, action=state.value)
    if assigned_to:
        return Answer(ticket_id, reply=f"Human agent {assigned_to} will handle this ticket.")
    if state is TurnState.PERSON and reason == AI_OFF:
        return Answer(ticket_id, reply=NO_AI, action="pending")
    if state in {TurnState.PERSON, TurnState.FAILED}:
        return Answer(ticket_id, reply=A_PERSON_WILL, action="handed_over")
    return Answer(ticket_id, reply=STILL_AT_WORK, action="pending")
