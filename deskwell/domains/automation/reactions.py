"""Lets rules look at tickets when something happens to them."""

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.events import Event
from deskwell.domains.sla.events import SlaViolated, SlaWarned
from deskwell.domains.tickets.events import (
    FieldChanged,
    MessageAdded,
    MessageRated,
    PriorityChanged,
    TeamAssigned,
    TicketAssigned,
    TicketClosed,
    TicketEscalated,
    TicketReopened,
)

from . import queries, service
from .queries import Occasion
from .queries.facts import changed_field, hand
from .schemas import Trigger

_TRIGGERS: dict[type[Event], Trigger] = {
    TicketAssigned: Trigger.ASSIGNED,
    TeamAssigned: Trigger.ASSIGNED,
    TicketEscalated: Trigger.ESCALATED,
    PriorityChanged: Trigger.PRIORITY_CHANGED,
    FieldChanged: Trigger.FIELDS_CHANGED,
    TicketClosed: Trigger.CLOSED,
    TicketReopened: Trigger.REOPENED,
    MessageRated: Trigger.RATED,
    SlaWarned: Trigger.SLA_WARNED,
    SlaViolated: Trigger.SLA_BROKEN,
}
CHANGES = tuple(_TRIGGERS)


async def pulls_a_rule(session: AsyncSession, event: Event) -> bool:
    """Whether any active rule looks at a ticket when this happens."""
    trigger = _trigger_of(event) if isinstance(event, MessageAdded) else _TRIGGERS[type(event)]
    return trigger is not None and bool(await queries.rules_pulled_by(session, trigger))


async def on_message(session: AsyncSession, event: MessageAdded) -> None:
    """A ticket's first message stands for its opening: only then is there a text to look at."""
    trigger = _trigger_of(event)
    if trigger:
        occasion = Occasion(event.ticket_id, by=_by(event), message_id=event.message_id)
        await service.run_rules(session, event.actor, occasion, trigger)


def _trigger_of(event: MessageAdded) -> Trigger | None:
    if event.is_internal:
        return Trigger.NOTE_ADDED
    if event.is_first:
        return Trigger.TICKET_OPENED
    return {
        "customer": Trigger.CUSTOMER_REPLIED,
        "agent": Trigger.AGENT_REPLIED,
        "ai": Trigger.AI_REPLIED,
    }.get(event.author)


async def on_change(session: AsyncSession, event: Event) -> None:
    """Anything else that happens to a ticket."""
    trigger = _TRIGGERS[type(event)]
    if event.ticket_id is None:
        return
    data = {name: getattr(event, name, None) for name in ("field", "before", "after")}
    occasion = Occasion(
        event.ticket_id,
        by=_by(event),
        field=changed_field(event.kind, data),
        before=data["before"],
        after=data["after"],
        message_id=getattr(event, "message_id", None),
    )
    await service.run_rules(session, event.actor, occasion, trigger)


def _by(event: Event) -> str:
    return hand(event.actor.kind.value, event.actor.role.value if event.actor.role else None)
