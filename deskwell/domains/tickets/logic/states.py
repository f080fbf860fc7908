from datetime import datetime, timedelta
from uuid import UUID

from ..models import Status, TurnState

REOPEN_WINDOW = timedelta(days=14)


def may_reopen(resolved_at: datetime | None, now: datetime) -> bool:
    """Whether a customer's message reopens a closed ticket, or opens a new one that follows it."""
    return resolved_at is None or now - resolved_at <= REOPEN_WINDOW


def state_after_reopening(assignee_id: UUID | None, escalated_at: datetime | None) -> Status:
    """A ticket a person had, or was to have, goes back to people; else the AI may answer again."""
    return Status.HUMAN_ASSIGNED if assignee_id or escalated_at else Status.OPEN


def turn_state_for(status: Status) -> TurnState:
    """What becomes of a new customer message at once: the AI is silent where people are at work."""
    return TurnState.PERSON if status is Status.HUMAN_ASSIGNED else TurnState.WAITING
