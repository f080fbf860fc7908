import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.core.clock import now
from deskwell.core.db import execute, one
from deskwell.core.errors import Conflict
from deskwell.core.events import publish
from deskwell.core.jobs import enqueue
from deskwell.core.mail import Outcome, SendResult
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Author

from ..events import DeliverMail, MailFailed, MailSent
from ..models import DeliveryState

LEASE = timedelta(minutes=4)
UNCERTAIN_PAUSE = timedelta(minutes=15)
MOST_UNCERTAIN = 2
GIVE_UP = timedelta(hours=48)
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 4 * 3600.0

_LEASE = """
UPDATE outbox SET state = 'leased', fence = fence + 1, leased_until = %(until)s, attempts = attempts + 1,
       first_tried_at = coalesce(first_tried_at, %(now)s)
WHERE id = %(id)s AND state IN ('queued', 'uncertain') AND (next_attempt_at IS NULL OR next_attempt_at <= %(now)s)
RETURNING id, email_id, account_id, sender, recipients, file_ids, extra_headers, fence, attempts
"""


async def lease(session: AsyncSession, outgoing_id: UUID) -> dict[str, Any] | None:
    """Take a due mail for sending; None when somebody else has it or it is not due."""
    moment = now()
    row = await one(session, _LEASE, id=outgoing_id, now=moment, until=moment + LEASE)
    if row:
        await _set_email(session, row["email_id"], DeliveryState.LEASED)
    return row


async def finish(session: AsyncSession, outgoing: dict[str, Any], result: SendResult) -> None:
    """Write down how an attempt ended; a holder whose lease has passed on writes nothing."""
    held = await one(
        session,
        """SELECT o.id, o.email_id, o.attempts, o.uncertain_attempts, o.first_tried_at, o.account_id, e.ticket_id, e.template_type
           FROM outbox o JOIN email_messages e ON e.id = o.email_id
           WHERE o.id = %(id)s AND o.fence = %(fence)s AND o.state = 'leased' FOR UPDATE OF o""",
        id=outgoing["id"],
        fence=outgoing["fence"],
    )
    if held is None:
        return
    match result.outcome:
        case Outcome.SENT:
            await _sent(session, held, result)
        case Outcome.REFUSED:
            await _failed(session, held, result.words)
        case Outcome.UNCERTAIN:
            await _uncertain(session, held, result.words)
        case Outcome.LATER:
            await _later(session, held, result)


async def _sent(session: AsyncSession, held: dict[str, Any], result: SendResult) -> None:
    again = [address for address, words in result.refused.items() if ": 4" in words]
    if again:  # those who could not be reached now are tried later, with the same bytes
        await _wait(session, held, "; ".join(result.refused.values()), None, recipients=again)
        return
    refused = "; ".join(result.refused.values()) or None
    await execute(
        session,
        "UPDATE outbox SET state = 'sent', leased_until = NULL, next_attempt_at = NULL, last_error = %(error)s WHERE id = %(id)s",
        id=held["id"],
        error=refused,
    )
    await execute(
        session,
        """UPDATE email_messages SET delivery_state = 'sent', sent_at = %(now)s, error_message = %(error)s
           WHERE id = %(id)s AND delivery_state <> 'bounced'""",
        id=held["email_id"],
        now=now(),
        error=refused,
    )
    await execute(
        session,
        "UPDATE email_accounts SET last_sent_at = %(now)s, send_error = NULL WHERE id = %(id)s",
        id=held["account_id"],
        now=now(),
    )
    await publish(session, MailSent(actor=SYSTEM, ticket_id=held["ticket_id"], email_id=held["email_id"]))
    if refused:
        await _tell(session, held, f"The mail did not reach everybody: {refused}", reopens=False)


async def _later(session: AsyncSession, held: dict[str, Any], result: SendResult) -> None:
    if held["first_tried_at"] and now() - held["first_tried_at"] > GIVE_UP:
        await _failed(session, held, f"Given up after two days. {result.words}")
        return
    await _wait(session, held, result.words, result.retry_after)
    await execute(
        session,
        "UPDATE email_accounts SET send_error = %(words)s WHERE id = %(id)s",
        id=held["account_id"],
        words=result.words[:500],
    )


async def _wait(
    session: AsyncSession,
    held: dict[str, Any],
    words: str,
    retry_after: float | None,
    *,
    recipients: list[str] | None = None,
) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(held["attempts"] - 1, 20), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - spread, not secret
    await execute(
        session,
        """UPDATE outbox SET state = 'queued', leased_until = NULL, next_attempt_at = %(next)s, last_error = %(words)s,
                  recipients = coalesce(%(recipients)s, recipients) WHERE id = %(id)s""",
        id=held["id"],
        next=now() + timedelta(seconds=max(pause, retry_after or 0)),
        words=words[:500],
        recipients=recipients,
    )
    await _set_email(session, held["email_id"], DeliveryState.QUEUED, words)


async def _uncertain(session: AsyncSession, held: dict[str, Any], words: str) -> None:
    """Perhaps it arrived: the same bytes again after a quarter of an hour, at most twice, and the agent sees it."""
    if held["uncertain_attempts"] >= MOST_UNCERTAIN:
        await _failed(session, held, f"It is not known whether this mail arrived. {words}", is_uncertain=True)
        return
    told = f"The connection ended before the server confirmed; it is tried again in 15 minutes. {words}"
    await execute(
        session,
        """UPDATE outbox SET state = 'uncertain', leased_until = NULL, uncertain_attempts = uncertain_attempts + 1,
                  next_attempt_at = %(next)s, last_error = %(words)s WHERE id = %(id)s""",
        id=held["id"],
        next=now() + UNCERTAIN_PAUSE,
        words=told[:500],
    )
    await _set_email(session, held["email_id"], DeliveryState.UNCERTAIN, told)


async def _failed(
    session: AsyncSession, held: dict[str, Any], words: str, *, is_uncertain: bool = False
) -> None:
    await execute(
        session,
        """UPDATE outbox SET state = 'failed', leased_until = NULL, next_attempt_at = NULL, last_error = %(words)s
           WHERE id = %(id)s""",
        id=held["id"],
        words=words[:500],
    )
    await _set_email(session, held["email_id"], DeliveryState.FAILED, words)
    await execute(
        session,
        "UPDATE messages SET success = false FROM email_messages e WHERE e.id = %(id)s AND messages.id = e.message_id",
        id=held["email_id"],
    )
    await publish(
        session,
        MailFailed(
            actor=SYSTEM,
            ticket_id=held["ticket_id"],
            email_id=held["email_id"],
            is_uncertain=is_uncertain,
        ),
    )
    await _tell(
        session,
        held,
        f"A mail could not be sent: {words}",
        reopens=held["template_type"] in {None, "ticket_reply", "custom"},
    )


async def _tell(session: AsyncSession, held: dict[str, Any], words: str, *, reopens: bool) -> None:
    """No silent end: a note on the ticket, which is taken up again when a reply did not get through."""
    if held["ticket_id"] is None:
        return
    ticket = await tickets.lock_ticket(session, held["ticket_id"])
    if reopens:
        await tickets.reopen(session, SYSTEM, ticket, reason="mail_failed")
    await tickets.write_message(session, SYSTEM, ticket, Author.SYSTEM, words[:2000], is_internal=True)


async def _set_email(
    session: AsyncSession, email_id: UUID, state: DeliveryState, words: str | None = None
) -> None:
    await execute(
        session,
        """UPDATE email_messages SET delivery_state = %(state)s, error_message = coalesce(%(words)s, error_message)
           WHERE id = %(id)s AND delivery_state <> 'bounced'""",
        id=email_id,
        state=state.value,
        words=words[:500] if words else None,
    )


async def retry(session: AsyncSession, email_id: UUID) -> None:
    """Send again by hand what failed, waits or is uncertain: the same Message-ID and bytes.

    Raises:
        Conflict: it is being sent or has been.

    """
    row = await one(
        session,
        """UPDATE outbox SET state = 'queued', next_attempt_at = %(now)s, first_tried_at = NULL, uncertain_attempts = 0
           WHERE email_id = %(id)s AND state IN ('failed', 'queued', 'uncertain') RETURNING id, email_id""",
        id=email_id,
        now=now(),
    )
    if row is None:
        raise Conflict("This mail is on its way or was sent already.", code="mail_not_waiting")
    await execute(
        session,
        "UPDATE email_messages SET delivery_state = 'queued', error_message = NULL WHERE id = %(id)s",
        id=email_id,
    )
    await execute(
        session,
        "UPDATE messages SET success = true FROM email_messages e WHERE e.id = %(id)s AND messages.id = e.message_id",
        id=email_id,
    )
    await enqueue(session, DeliverMail(row["id"]))


async def settle_lost_lease(session: AsyncSession, outgoing_id: UUID) -> None:
    """A lease that ran out: the one who held it may have sent it, or not."""
    held = await one(
        session,
        """SELECT o.id, o.email_id, o.attempts, o.uncertain_attempts, o.first_tried_at, o.account_id, o.content IS NULL AS is_empty,
                  e.ticket_id, e.template_type
           FROM outbox o JOIN email_messages e ON e.id = o.email_id
           WHERE o.id = %(id)s AND o.state = 'leased' AND o.leased_until < %(now)s FOR UPDATE OF o SKIP LOCKED""",
        id=outgoing_id,
        now=now(),
    )
    if held is None:
        return
    if held["is_empty"]:  # it had no bytes yet, so it cannot have left
        await _wait(session, held, "The worker stopped before sending.", None)
        return
    await _uncertain(session, held, "The worker stopped while sending.")
