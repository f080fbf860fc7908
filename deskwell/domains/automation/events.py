from dataclasses import dataclass
from uuid import UUID

from deskwell.core.events import Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class RuleRan(Event):
    """A rule did something to a ticket."""

    kind = "rule.ran"
    ticket_id: UUID
    rule_id: UUID
    name: str
    changes: int


@dataclass(frozen=True, kw_only=True)
class RuleStopped(Event):
    """A rule matched but was kept from running, or could not do what it was to do."""

    kind = "rule.stopped"
    ticket_id: UUID
    rule_id: UUID
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """A rule was created, changed, switched or deleted."""

    kind = "rule.changed"
    rule_id: UUID
    change: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class SweepRules(JobRequest):
    """Look at all time rules."""

    @property
    def once(self) -> str:
        return "sweep-rules"


@dataclass(frozen=True)
class ForgetRuns(JobRequest):
    """Drop old lines of the rules' log."""

    @property
    def once(self) -> str:
        return "forget-rule-runs"
