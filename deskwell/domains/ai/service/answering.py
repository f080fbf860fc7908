"""What the AI does to a locked ticket: speak, hand over, wait, or leave it to people. Each run is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import AI
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.logic.answers import AI_OFF
from deskwell.domains.tickets.models import Author, Message, Status, Ticket, TurnState
from deskwell.domains.tickets.service.turns import pending_turns

from ..events import AiHandedOver
from ..logic.courtesy import phrases
from ..logic.deciding import Reason
from ..logic.summaries import hand_over_note
from ..models import Run
from ..queries import Rules
from .searching import Inquiry
from .thinking import ANSWERED, CLARIFIED, Thought

STATES = {ANSWERED: TurnState.ANSWERED, CLARIFIED: TurnState.CLARIFIED}


async def speak(
    session: AsyncSession, ticket: Ticket, rules: Rules, inquiry: Inquiry, thought: Thought
) -> None:
    """Say what was thought, once, to all waiting messages of a locked ticket."""
    if thought.action not in STATES or not thought.text.strip():
        await hand_over_now(session, ticket, rules, inquiry, thought)
        return
    if thought.language and not ticket.language:
        ticket.language = thought.language
    run = await keep_run(session, ticket, rules, thought)
    message = await _write(session, ticket, run, thought, thought.text)
    await tickets.settle_pending_turns(session, AI, ticket, STATES[thought.action], reply_id=message.id)


async def hand_over_now(
    session: AsyncSession, ticket: Ticket, rules: Rules, inquiry: Inquiry, thought: Thought
) -> None:
    """Tell the customer that a person will answer, and the agent why, what was tried and what could be said."""
    thought.action = TurnState.HANDED_OVER.value
    words = phrases(thought.language)
    text = words.asked if thought.reason == Reason.ASKED else words.hand_over
    run = await keep_run(session, ticket, rules, thought)
    message = await _write(session, ticket, run, thought, text)
    await tickets.settle_pending_turns(
        session,
        AI,
        ticket,
        TurnState.HANDED_OVER,
        reply_id=message.id,
        reason=str(thought.reason or Reason.UNSURE),
    )
    note = hand_over_note(
        reason=str(thought.reason or Reason.UNSURE), confidence=thought.confidence, threshold=thought.threshold,
        thread=inquiry.thread, candidates=thought.candidates, draft=thought.draft,
    )  # fmt: skip
    await tickets.write_message(
        session, AI, ticket, Author.AI, note, is_internal=True, run_id=run.id,
        data={"kind": "hand_over", "reason": str(thought.reason or Reason.UNSURE), "draft": thought.draft, "candidates": thought.candidates},
    )  # fmt: skip
    await tickets.hand_over(session, ticket, reason_code=str(thought.reason or Reason.UNSURE))
    await publish(
        session,
        AiHandedOver(
            actor=AI, ticket_id=ticket.id, run_id=run.id, reason_code=str(thought.reason or Reason.UNSURE)
        ),
    )


async def hand_over_unhappy(session: AsyncSession, ticket: Ticket) -> None:
    """A low rating brings a person, without being asked for one. Only while the AI has the ticket."""
    if ticket.status is not Status.OPEN or ticket.assignee_id:
        return
    text = phrases(ticket.language or "en").unhappy
    await tickets.write_message(
        session, AI, ticket, Author.AI, text, data={"action": TurnState.HANDED_OVER.value}
    )
    await tickets.settle_pending_turns(
        session, AI, ticket, TurnState.HANDED_OVER, reason=Reason.RATED_LOW.value
    )
    await tickets.hand_over(session, ticket, reason_code=Reason.RATED_LOW.value)


async def leave_to_people(session: AsyncSession, ticket: Ticket, *, is_enabled: bool) -> None:
    """The AI has nothing to say here: people are at work, or it is switched off."""
    await tickets.settle_pending_turns(
        session, AI, ticket, TurnState.PERSON, reason=None if is_enabled else AI_OFF
    )


async def wait_until(session: AsyncSession, ticket: Ticket, until: datetime) -> None:
    """Let the waiting messages wait for the window to open; the sweep wakes them."""
    for turn in await pending_turns(session, ticket.id):
        if turn.due_at != until:
            await tickets.limit_turn(session, AI, turn, until)


async def keep_run(
    session: AsyncSession, ticket: Ticket, rules: Rules, thought: Thought, *, action: str | None = None
) -> Run:
    """Write down what was seen and decided."""
    run = Run(
        id=new_id(),
        kind="answer",
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        context_key=rules.context_key,
    )
    for name, value in run_values(thought).items():
        setattr(run, name, value)
    if action:
        run.action = action
    session.add(run)
    await session.flush()
    return run


def run_values(thought: Thought) -> dict[str, Any]:
    return {
        "provider": thought.provider,
        "model": thought.model,
        "prompt_version": thought.prompt_version,
        "language": thought.language,
        "query": thought.query,
        "action": thought.action,
        "reason": str(thought.reason) if thought.reason else None,
        "confidence": thought.confidence,
        "threshold": thought.threshold,
        "features": list(thought.features) if thought.features else None,
        "candidates": thought.candidates,
        "signals": thought.signals,
        "citations": thought.citations,
        "steps": thought.steps,
        "draft": thought.draft,
        "input_tokens": thought.input_tokens,
        "output_tokens": thought.output_tokens,
        "cost": thought.cost,
        "milliseconds": thought.milliseconds,
    }


async def _write(session: AsyncSession, ticket: Ticket, run: Run, thought: Thought, text: str) -> Message:
    message, _ = await tickets.write_message(
        session, AI, ticket, Author.AI, text,
        confidence=thought.confidence if thought.action == ANSWERED else None,
        citations=thought.citations if thought.action == ANSWERED else None,
        run_id=run.id,
        data={"action": thought.action},
    )  # fmt: skip
    run.message_id = message.id
    await session.flush()
    return message
