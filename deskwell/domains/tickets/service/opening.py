from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.configuration import ask
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.redaction import mask_cards
from deskwell.core.text import one_line
from deskwell.domains.contexts.logic import MAX_CONTEXT, context_key

from ..access import is_shown_to
from ..events import TicketOpened
from ..logic import normalise
from ..logic.similarity import Matter, is_same_matter
from ..models import Author, Message, Party, Priority, Source, Status, Ticket, Turn
from .filling import fill_in_form, set_custom_fields
from .locking import lock_ticket
from .writing import checked_body, reply_as_customer, write_message

MAX_SUBJECT = 300
SIMILAR_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Opened:
    """What came of a message: the ticket it went to, and how it got there."""

    ticket: Ticket
    message: Message
    turn: Turn | None
    is_new: bool
    matched_by: str | None = None


async def open_or_continue(
    session: AsyncSession,
    actor: Actor,
    customer_id: UUID,
    *,
    context: str,
    subject: str,
    text: str,
    priority: Priority = Priority.MEDIUM,
    source: Source = Source.WEB,
    body_html: str | None = None,
    custom_fields: Mapping[str, Any] | None = None,
    **values: Any,
) -> Opened:
    """Continue the customer's ticket on this matter that is not closed, else open a new one."""
    context, subject, body = checked_context(context), checked_subject(subject), checked_body(text)
    match = await find_ticket_to_continue(session, actor, customer_id, context, subject, body)
    if match:
        kept = {**(values.pop("data", None) or {}), "subject": subject, **match.remembered}
        message, turn = await reply_as_customer(
            session,
            actor,
            match.ticket,
            body,
            source=source,
            body_html=body_html,
            matched_by=match.by,
            data=kept,
            **values,
        )
        if custom_fields:
            await set_custom_fields(session, actor, match.ticket, custom_fields)
        return Opened(match.ticket, message, turn, is_new=False, matched_by=match.by)
    return await open_ticket(
        session,
        actor,
        customer_id,
        context=context,
        subject=subject,
        text=body,
        priority=priority,
        source=source,
        body_html=body_html,
        custom_fields=custom_fields,
        **values,
    )


async def open_ticket(
    session: AsyncSession,
    actor: Actor,
    customer_id: UUID,
    *,
    context: str,
    subject: str,
    text: str,
    priority: Priority = Priority.MEDIUM,
    source: Source = Source.WEB,
    body_html: str | None = None,
    follows_id: UUID | None = None,
    wants_answer: bool = True,
    custom_fields: Mapping[str, Any] | None = None,
    **values: Any,
) -> Opened:
    """Open a new ticket with its first message.

    wants_answer: False where a machine wrote; no machine answers then. custom_fields: what a form was
    filled in with, also when it is empty; None where there was no form.
    """
    context, subject, body = checked_context(context), checked_subject(subject), checked_body(text)
    moment = now()
    ticket = Ticket(
        id=new_id(),
        created_at=moment,
        updated_at=moment,
        last_message_at=moment,
        version=1,
        context=context,
        context_key=context_key(context),
        subject=subject,
        subject_key=normalise(subject),
        status=Status.OPEN,
        waiting_for=Party.AGENT,
        priority=priority,
        source=source,
        customer_id=customer_id,
        last_position=0,
        message_count=0,
        custom_fields={},
        follows_id=follows_id,
    )
    session.add(ticket)
    if custom_fields is not None:
        await fill_in_form(session, actor, ticket, custom_fields)
    await publish(
        session,
        TicketOpened(
            actor=actor,
            ticket_id=ticket.id,
            customer_id=customer_id,
            source=source.value,
            priority=priority.value,
            context=context,
            follows_id=follows_id,
        ),
    )
    message, turn = await write_message(
        session,
        actor,
        ticket,
        Author.CUSTOMER,
        body,
        source=source,
        body_html=body_html,
        wants_answer=wants_answer,
        is_first=True,
        **values,
    )
    return Opened(ticket, message, turn, is_new=True)


@dataclass(frozen=True)
class Match:
    """The ticket a new message joins, and why: its subject is the same, or its text about the same matter."""

    ticket: Ticket
    by: str
    score: float | None = None

    @property
    def remembered(self) -> dict[str, Any]:
        """What is kept with the message, and shown."""
        return {"matched_by": self.by} | ({"similarity": self.score} if self.score is not None else {})


_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))"
_OPEN = """SELECT id FROM tickets WHERE customer_id = %(customer)s AND context_key = %(context)s
    AND status <> 'closed' AND merged_into_id IS NULL"""
_CANDIDATES = f"""
WITH candidates AS (
    (SELECT id FROM ({_OPEN} AND subject_key = %(subject)s ORDER BY id DESC LIMIT 1) same)
    UNION (SELECT id FROM ({_OPEN} ORDER BY id DESC LIMIT 10) newest)
)
SELECT t.id, t.subject_key, t.subject, t.last_message_at > %(since)s AS is_recent, (
        SELECT string_agg(left(m.body, 2000), ' ') FROM (
            SELECT m.body FROM messages m WHERE m.ticket_id = t.id AND m.author = 'customer' ORDER BY m.position LIMIT 3
        ) m) AS text
FROM tickets t JOIN candidates USING (id) ORDER BY t.subject_key = %(subject)s DESC, t.id DESC
"""


async def find_ticket_to_continue(
    session: AsyncSession, actor: Actor, customer_id: UUID, context: str, subject: str, text: str
) -> Match | None:
    """Find, and lock, the customer's ticket on the same matter that is not closed; the same subject goes first.

    One that the actor may not see is not continued: its answers are not for them.

    Two messages of one person at the same moment do not open two tickets: they come here one after the other.
    """
    _, found = await ask(
        session,
        (_ONE_AT_A_TIME, {"key": f"customer:{customer_id}"}),
        (
            _CANDIDATES,
            {
                "customer": customer_id,
                "context": context_key(context),
                "subject": normalise(subject),
                "since": now() - SIMILAR_WITHIN,
            },
        ),
    )
    chosen = _choose(found, subject, text)
    if chosen is None or not await is_shown_to(session, actor, chosen[0]):
        return None
    ticket = await lock_ticket(session, chosen[0])
    if ticket.status is Status.CLOSED or ticket.merged_into_id:
        return None  # settled at this very moment
    return Match(ticket, *chosen[1:])


def _choose(found: list[dict[str, Any]], subject: str, text: str) -> tuple[UUID, str, float | None] | None:
    key = normalise(subject)
    best: tuple[float, UUID] | None = None
    for row in found:
        if key and row["subject_key"] == key:
            return row["id"], "subject", None
        if row["is_recent"]:
            matches, score = is_same_matter(Matter(subject, text), Matter(row["subject"], row["text"] or ""))
            if matches and (best is None or score > best[0]):
                best = (score, row["id"])
    return (best[1], "text", best[0]) if best else None


def checked_context(text: str) -> str:
    context = one_line(text)
    if not context or len(context) > MAX_CONTEXT:
        raise Invalid.field("context", "Please choose what this is about.", code="context_invalid")
    return context


def checked_subject(text: str) -> str:
    subject = mask_cards(one_line(text)[:MAX_SUBJECT])
    if not subject:
        raise Invalid.field("subject", "Please write a subject.", code="subject_empty")
    return subject
