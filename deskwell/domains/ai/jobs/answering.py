"""The AI's turn: look, think, look again under the ticket's lock, and only then speak."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import rows
from deskwell.core.jobs import enqueue
from deskwell.core.logs import get_logger
from deskwell.domains.accounts.queries import get_user
from deskwell.domains.live.service import signal
from deskwell.domains.tickets import queries as tickets
from deskwell.domains.tickets.models import Author, Status, Ticket
from deskwell.domains.tickets.service import lock_ticket
from deskwell.domains.tickets.service.turns import pending_turns

from .. import queries
from ..events import AnswerTicket, WakeTurns
from ..logic.deciding import MAX_GENERATIONS, Reason, Scene, Step, before_sending, before_thinking
from ..logic.prompts import Said
from ..queries import Rules
from ..service.answering import hand_over_now, keep_run, leave_to_people, speak, wait_until
from ..service.searching import Inquiry
from ..service.thinking import Thought, think

log = get_logger(__name__)
LEFT_BEHIND = timedelta(seconds=45)
MAX_THREAD = 40
WHO = {Author.CUSTOMER: "customer", Author.AI: "ai", Author.AGENT: "agent"}


@dataclass(frozen=True)
class Look:
    """A ticket as the AI saw it, without a lock."""

    ticket_id: UUID
    customer_id: UUID
    scene: Scene
    rules: Rules
    inquiry: Inquiry
    forced: Reason | None


async def answer_ticket(context: Context, request: AnswerTicket) -> None:
    """Answer all waiting messages of a ticket with one answer, or give it to people; never both, never twice."""
    for generation in range(1, MAX_GENERATIONS + 1):
        look = await _look(context, request.ticket_id)
        if look is None:
            return
        thought = await _think(context, look)
        step = await _settle(context, look, thought, generation)
        if step is not Step.THINK_AGAIN:
            return


async def _look(context: Context, ticket_id: UUID) -> Look | None:
    """What there is to answer; waiting, silence and limits are settled here."""
    async with context.transaction() as session:
        ticket = await session.get(Ticket, ticket_id)
        if ticket is None:
            return None
        rules = await queries.get_rules(session, context.settings, ticket.context)
        scene = await read_scene(session, ticket, rules)
        verdict = before_thinking(scene, rules.limits, now())
        if verdict.step is Step.NOTHING:
            return None
        if verdict.step is not Step.THINK:
            locked = await lock_ticket(session, ticket_id)
            again = before_thinking(await read_scene(session, locked, rules), rules.limits, now())
            await _obey(session, locked, again.step, again.until, rules)
            if again.step is not Step.THINK:
                return None
        inquiry = await _inquiry(session, ticket)
        forced = await _limit_reached(session, ticket, rules)
        return Look(ticket.id, ticket.customer_id, scene, rules, inquiry, forced)


async def _obey(session: AsyncSession, ticket: Ticket, step: Step, until: Any, rules: Rules) -> None:
    if step is Step.WAIT:
        await wait_until(session, ticket, until)
    elif step is Step.LEAVE_TO_PEOPLE:
        await leave_to_people(session, ticket, is_enabled=rules.is_enabled)


async def read_scene(session: AsyncSession, ticket: Ticket, rules: Rules) -> Scene:
    pending = await pending_turns(session, ticket.id)
    replies = await tickets.count_ai_replies_since(session, ticket.id, now() - rules.limits.window)
    return Scene(
        is_open=ticket.status is Status.OPEN and ticket.trashed_at is None and ticket.merged_into_id is None,
        is_assigned=ticket.assignee_id is not None,
        is_enabled=rules.is_enabled,
        pending=len(pending),
        last_position=ticket.last_position,
        replies=replies,
    )


async def _inquiry(session: AsyncSession, ticket: Ticket) -> Inquiry:
    conversation = await tickets.get_conversation(session, ticket.id)
    customer = await get_user(session, ticket.customer_id)
    thread = [Said(WHO[m.author], m.body) for m in conversation[-MAX_THREAD:] if m.author in WHO]
    return Inquiry(thread, subject=ticket.subject, name=customer.name, language=ticket.language)


async def _limit_reached(session: AsyncSession, ticket: Ticket, rules: Rules) -> Reason | None:
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    used = await queries.usage_today(session, today, customer_id=ticket.customer_id)
    if used["answers"] >= rules.per_day:
        return Reason.DAY_LIMIT
    return Reason.CUSTOMER_LIMIT if used["of_customer"] >= rules.per_customer_day else None


async def _think(context: Context, look: Look) -> Thought:
    if look.forced:
        return Thought(reason=look.forced, threshold=look.rules.threshold)
    rules = await _within_budget(context, look.rules)

    async def progress(phase: str, data: dict[str, Any]) -> None:
        async with context.transaction() as session:
            await signal(session, "turn.progress", look.ticket_id, {"phase": phase, **data})

    try:
        return await think(context, rules, look.inquiry, progress=progress)
    except Exception:
        log.exception("thinking_failed", ticket=str(look.ticket_id))
        return Thought(reason=Reason.GAVE_UP, threshold=rules.threshold)


async def _within_budget(context: Context, rules: Rules) -> Rules:
    """With the day's budget spent, the knowledge base answers by itself until tomorrow."""
    if rules.endpoint is None or rules.daily_budget <= 0:
        return rules
    async with context.transaction() as session:
        today = now().replace(hour=0, minute=0, second=0, microsecond=0)
        spent = (await queries.usage_today(session, today))["cost"]
    return rules if spent < rules.daily_budget else queries.without_model(rules)


async def _settle(context: Context, look: Look, thought: Thought, generation: int) -> Step:
    """Speak, if nothing moved since the look; the ticket is locked until the commit."""
    async with context.transaction() as session:
        ticket = await lock_ticket(session, look.ticket_id)
        scene = await read_scene(session, ticket, look.rules)
        verdict = before_sending(scene, look.scene.last_position, generation, look.rules.limits, now())
        if verdict.step is Step.SEND:
            await speak(session, ticket, look.rules, look.inquiry, thought)
        elif verdict.step is Step.HAND_OVER:
            thought.reason = Reason.GAVE_UP
            await hand_over_now(session, ticket, look.rules, look.inquiry, thought)
        else:
            thought.steps.append({"step": "dropped", "because": verdict.step.value})
            await keep_run(session, ticket, look.rules, thought, action="dropped")
            await _obey(session, ticket, verdict.step, verdict.until, look.rules)
        return verdict.step


async def wake_turns(context: Context, _request: WakeTurns) -> None:
    """Ring for turns whose time has come, and for those whose job was lost."""
    async with context.transaction() as session:
        due = await rows(
            session,
            """SELECT DISTINCT ticket_id FROM turns WHERE state = 'limited' AND due_at <= %(now)s
               UNION SELECT ticket_id FROM turns WHERE state = 'waiting' AND created_at < %(old)s LIMIT 200""",
            now=now(),
            old=now() - LEFT_BEHIND,
        )
        await enqueue(session, *(AnswerTicket(row["ticket_id"]) for row in due))
