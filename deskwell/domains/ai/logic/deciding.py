"""What the AI does with the messages that wait on a ticket, as a state machine without a clock or a database.

Before it thinks, `before_thinking` says whether it may; after it has thought, `before_sending` looks again at the
locked ticket. Nothing else may let a message out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """What to do now."""

    THINK = "think"
    HAND_OVER = "hand_over"
    WAIT = "wait"
    LEAVE_TO_PEOPLE = "leave_to_people"
    NOTHING = "nothing"
    SEND = "send"
    THINK_AGAIN = "think_again"


class Reason(StrEnum):
    """Why a person is needed; shown to agents."""

    ASKED = "customer_asked"
    UNSURE = "not_sure"
    NO_ARTICLE = "no_article"
    UNCLEAR_TWICE = "unclear_twice"
    NONE_OFFERED = "none_offered"
    RATED_LOW = "rated_low"
    CUSTOMER_LIMIT = "customer_limit"
    DAY_LIMIT = "day_limit"
    BUDGET = "budget"
    PROVIDER = "provider_failed"
    UNSUPPORTED = "not_supported"
    AI_DECLINED = "ai_declined"
    GAVE_UP = "gave_up"


MAX_GENERATIONS = 2


@dataclass(frozen=True)
class Scene:
    """A ticket as it is now."""

    is_open: bool
    is_assigned: bool
    is_enabled: bool
    pending: int
    last_position: int
    replies: Sequence[datetime] = ()
    """When the AI spoke within the window, oldest first."""


@dataclass(frozen=True)
class Limits:
    per_window: int = 2
    window: timedelta = timedelta(seconds=60)


@dataclass(frozen=True)
class Verdict:
    step: Step
    until: datetime | None = None


def before_thinking(scene: Scene, limits: Limits, moment: datetime) -> Verdict:
    """May the AI think about the waiting messages now?"""
    if not scene.pending:
        return Verdict(Step.NOTHING)
    if not scene.is_open or scene.is_assigned or not scene.is_enabled:
        return Verdict(Step.LEAVE_TO_PEOPLE)
    until = window_opens_at(scene.replies, limits, moment)
    return Verdict(Step.WAIT, until) if until else Verdict(Step.THINK)


def before_sending(
    scene: Scene, seen_position: int, generations: int, limits: Limits, moment: datetime
) -> Verdict:
    """May the draft go out? It was made when the thread ended at `seen_position`."""
    verdict = before_thinking(scene, limits, moment)
    if verdict.step is not Step.THINK:
        return verdict
    if scene.last_position != seen_position:
        return Verdict(Step.THINK_AGAIN if generations < MAX_GENERATIONS else Step.HAND_OVER)
    return Verdict(Step.SEND)


def window_opens_at(replies: Sequence[datetime], limits: Limits, moment: datetime) -> datetime | None:
    """When the AI may speak again on this ticket; None when it may now."""
    if limits.per_window <= 0:
        return None
    recent = [reply for reply in replies if reply > moment - limits.window]
    if len(recent) < limits.per_window:
        return None
    return recent[-limits.per_window] + limits.window
