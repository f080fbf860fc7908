"""Stories told through the product's own services, each step at its own time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import AI, Actor, Kind, Role, Through, default_permissions
from deskwell.core.db import Statement, together
from deskwell.core.events import Bus, Event, Fate, Subscription, facts_to_write
from deskwell.domains.accounts.models import User
from deskwell.domains.inbox import service as inbox
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import (
    Author,
    Message,
    Priority,
    Source,
    Status,
    Ticket,
    TicketTag,
    TurnState,
)
from deskwell.domains.time_tracking import service as time_tracking
from deskwell.domains.time_tracking.schemas import NewEntry

from .stories import Step, Story

FOLLOWERS = (
    "deskwell.domains.sla.",
    "deskwell.domains.tickets.",
    "deskwell.domains.reports.",
)
"""Who may react: clocks, search, figures. Nobody mails, answers or notifies about the past."""


class QuietBus(Bus):
    """The desk's own reactions, without those that would reach people."""

    def __init__(self, whole: Bus) -> None:
        super().__init__()
        self.whole = whole

    def reactions(self, event: Event) -> Sequence[Subscription]:
        return [
            Subscription(subscription.reaction, Fate.VITAL)  # no savepoint each: nothing here may fail
            for subscription in self.whole.reactions(event)
            if subscription.reaction.__module__.startswith(FOLLOWERS)
        ]


@dataclass(frozen=True)
class Cast:
    """Who and what the stories speak of."""

    customers: dict[tuple[str, int], User]
    agents: list[User]
    contexts: dict[str, str]
    teams: dict[str, UUID]
    categories: dict[str, Any]
    tags: dict[str, UUID]
    passages: dict[str, list[dict[str, Any]]]


async def tell(session: AsyncSession, cast: Cast, story: Story) -> None:
    """Let one conversation happen, from its first message to as far as it has come."""
    customer = cast.customers[story.context, story.customer]
    agent = cast.agents[story.agent]
    teller = _Teller(session, cast, story, _actor(customer), _actor(agent))
    log: list[Statement] = []
    for step in story.steps:
        with clock.shifted(step.at - clock.now()):
            await teller.step(step)
            log += _logged(session, step.at)
    await together(session, *log)
    await inbox.reindex(session, teller.ticket.id)


def _actor(user: User) -> Actor:
    is_customer = user.role is Role.CUSTOMER
    return Actor(
        Kind.CUSTOMER if is_customer else Kind.STAFF,
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        permissions=frozenset() if is_customer else default_permissions(),
        through=Through.SCREEN,
    )


class _Teller:
    def __init__(
        self, session: AsyncSession, cast: Cast, story: Story, customer: Actor, agent: Actor
    ) -> None:
        self.session, self.cast, self.story = session, cast, story
        self.customer, self.agent = customer, agent
        self.ticket: Ticket
        self.answer: Message | None = None

    async def step(self, step: Step) -> None:
        verbs = {
            "c": self._customer_writes,
            "a": self._ai_answers,
            "h": self._agent_replies,
            "n": self._agent_notes,
            "x": self._person_wanted,
            "r": self._rate,
            "t": self._log_time,
            "close": self._close,
        }
        await verbs[step.kind](step)

    async def _customer_writes(self, step: Step) -> None:
        if not hasattr(self, "ticket"):
            await self._open(step)
            return
        await tickets.reply_as_customer(
            self.session, self.customer, self.ticket, step.text, source=Source(self.story.source)
        )
        if self.ticket.status is Status.OPEN:  # a word of thanks, nothing to answer
            await tickets.settle_pending_turns(self.session, AI, self.ticket, TurnState.ANSWERED)

    async def _open(self, step: Step) -> None:
        story = self.story
        assert self.customer.user_id
        opened = await tickets.open_ticket(
            self.session,
            self.customer,
            self.customer.user_id,
            context=self.cast.contexts[story.context],
            subject=story.subject,
            text=step.text,
            priority=Priority(story.priority),
            source=Source(story.source),
        )
        self.ticket = opened.ticket
        self._sort(opened.ticket)

    def _sort(self, ticket: Ticket) -> None:
        """Category, team and tags, as a rule would have set them when it came in."""
        story = self.story
        ticket.category_id = self.cast.categories[story.category].id
        ticket.team_id = self.cast.teams[story.context]
        self.session.add_all(TicketTag(ticket_id=ticket.id, tag_id=self.cast.tags[tag]) for tag in story.tags)

    async def _ai_answers(self, step: Step) -> None:
        handed_over = step.data.get("handed_over")
        citations = [
            self.cast.passages[slug][0] for slug in step.data.get("cites", ()) if self.cast.passages.get(slug)
        ]
        action = "handed_over" if handed_over else "answered"
        self.answer, _ = await tickets.write_message(
            self.session,
            AI,
            self.ticket,
            Author.AI,
            step.text,
            confidence=step.data.get("confidence"),
            citations=citations,
            data={"action": action, "provider": "embedded"},
        )
        await tickets.settle_pending_turns(
            self.session,
            AI,
            self.ticket,
            TurnState.HANDED_OVER if handed_over else TurnState.ANSWERED,
            reply_id=self.answer.id,
            reason=("not_sure" if citations else "no_article") if handed_over else None,
        )
        if handed_over:
            code = "not_sure" if citations else "no_article"
            await tickets.hand_over(self.session, self.ticket, reason_code=code, reason=handed_over)

    async def _agent_replies(self, step: Step) -> None:
        await tickets.reply_as_staff(self.session, self.agent, self.ticket, step.text)

    async def _agent_notes(self, step: Step) -> None:
        if self.ticket.assignee_id is None:
            await tickets.assign(self.session, self.agent, self.ticket, self.agent.user_id)
        await tickets.reply_as_staff(self.session, self.agent, self.ticket, step.text, is_internal=True)

    async def _person_wanted(self, step: Step) -> None:
        if self.ticket.status is Status.OPEN:
            await tickets.escalate(self.session, self.customer, self.ticket, step.text)

    async def _rate(self, step: Step) -> None:
        if self.answer:
            await tickets.rate(
                self.session, self.customer, self.ticket, self.answer.id, int(step.data["stars"])
            )

    async def _log_time(self, step: Step) -> None:
        entry = NewEntry(
            duration_minutes=step.data["minutes"],
            entry_type=step.data["type"],
            description=step.data["description"],
            billable=self.story.context == "kestrel-vane",
        )
        await time_tracking.log_time(self.session, self.agent, self.ticket.id, entry)

    async def _close(self, _: Step) -> None:
        closer = self.agent if self.ticket.assignee_id else self.customer
        await tickets.close(self.session, closer, self.ticket)


def _logged(session: AsyncSession, at: datetime) -> list[Statement]:
    """What happened, to be written under its own date; jobs of the past are not asked for."""
    session.info.pop("jobs", None)
    return facts_to_write(session, at=at)
