"""Edits by staff that may meet those of others: the second one is told, and nothing is overwritten."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one
from deskwell.core.events import publish
from deskwell.domains.accounts.models import User
from deskwell.domains.contexts.logic import context_key

from ..errors import VersionConflict
from ..events import FieldChanged
from ..logic import normalise
from ..models import Ticket
from .editing import touch
from .opening import checked_context, checked_subject


async def set_subject(session: AsyncSession, actor: Actor, ticket: Ticket, subject: str) -> None:
    """Give a locked ticket another subject."""
    before, after = ticket.subject, checked_subject(subject)
    if before == after:
        return
    ticket.subject, ticket.subject_key = after, normalise(after)
    await _changed(session, actor, ticket, "subject", before, after)


async def set_context(session: AsyncSession, actor: Actor, ticket: Ticket, context: str) -> None:
    """Move a locked ticket to another brand."""
    before, after = ticket.context, checked_context(context)
    if before == after:
        return
    ticket.context, ticket.context_key = after, context_key(after)
    await _changed(session, actor, ticket, "context", before, after)


async def set_requester(session: AsyncSession, actor: Actor, ticket: Ticket, customer: User) -> None:
    """Say that somebody else has asked; the one before no longer sees the ticket."""
    if ticket.customer_id == customer.id:
        return
    before = await session.get(User, ticket.customer_id)
    ticket.customer_id = customer.id
    await _changed(session, actor, ticket, "requester", before.email if before else None, customer.email)


async def _changed(
    session: AsyncSession, actor: Actor, ticket: Ticket, name: str, before: Any, after: Any
) -> None:
    touch(ticket)
    await session.flush()
    await publish(
        session, FieldChanged(actor=actor, ticket_id=ticket.id, field=name, before=before, after=after)
    )


KINDS = {
    "priority": "ticket.priority_changed",
    "assignee_id": "ticket.assigned",
    "team_id": "ticket.team_assigned",
}

_LAST = """SELECT e.at, e.actor_kind, u.name AS who FROM events e LEFT JOIN users u ON u.id = e.actor_id
    WHERE e.ticket_id = %(ticket)s AND e.kind = %(kind)s AND (%(field)s::text IS NULL OR e.data->>'field' = %(field)s)
    ORDER BY e.id DESC LIMIT 1"""


async def refuse_conflicts(
    session: AsyncSession,
    ticket: Ticket,
    *,
    expected_version: int | None,
    current: Mapping[str, Any],
    seen: Mapping[str, Any] | None,
) -> None:
    """Refuse an edit when one of its fields moved since its writer looked.

    current: the fields about to change, as they are now. seen: as the writer saw them; without it,
    any change since `expected_version` counts.

    Raises:
        VersionConflict: with who changed what, and the old and new value.

    """
    if expected_version is None or expected_version == ticket.version:
        return
    moved = {
        name: value
        for name, value in current.items()
        if seen is None or name not in seen or _comparable(seen[name]) != _comparable(value)
    }
    if not moved:
        return
    conflicts = []
    for name, value in moved.items():
        kind = KINDS.get(name)
        last = await one(
            session,
            _LAST,
            ticket=ticket.id,
            kind=kind or "ticket.field_changed",
            field=None if kind else name.removesuffix("_id"),
        )
        conflicts.append(
            {
                "field": name,
                "who": (last["who"] or last["actor_kind"]) if last else None,
                "at": last["at"].isoformat() if last else None,
                "old": _comparable(seen[name]) if seen and name in seen else None,
                "new": _comparable(value),
            }
        )
    who = next((conflict["who"] for conflict in conflicts if conflict["who"]), "Somebody")
    raise VersionConflict(
        f"{who} has changed this ticket meanwhile. Nothing was overwritten; look at the new values and decide.",
        extra={"version": ticket.version, "conflicts": conflicts},
    )


def _comparable(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
