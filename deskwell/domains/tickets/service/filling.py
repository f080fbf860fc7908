from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import rows
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields.logic import Moment, check_values

from ..events import FieldChanged
from ..models import Ticket
from .editing import touch


async def set_custom_fields(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    values: Mapping[str, Any],
    *,
    moment: Moment = "change",
) -> None:
    """Fill custom fields of a locked ticket; null empties one. Each change is one fact.

    Raises:
        Invalid: a value does not fit, a required one is missing, or the field is not for this actor.

    """
    before = ticket.custom_fields
    changed = await _fill(session, actor, ticket, values, moment=moment)
    if not changed:
        return
    touch(ticket)
    await session.flush()
    for key, value in changed.items():
        event = FieldChanged(
            actor=actor, ticket_id=ticket.id, field=f"custom.{key}", before=before.get(key), after=value
        )
        await publish(session, event)


async def fill_in_form(
    session: AsyncSession, actor: Actor, ticket: Ticket, values: Mapping[str, Any]
) -> None:
    """Fill the custom fields of a ticket that is being opened, before anybody hears of it.

    Raises:
        Invalid: a value does not fit, or one that the form asks for is missing.

    """
    await _fill(session, actor, ticket, values, moment="creation")


async def _fill(
    session: AsyncSession, actor: Actor, ticket: Ticket, values: Mapping[str, Any], *, moment: Moment
) -> dict[str, Any]:
    verdict = check_values(
        await fields.definitions(session, "ticket"),
        values,
        existing=ticket.custom_fields,
        moment=moment,
        by_customer=actor.is_customer,
        context_id=await contexts.brand_id(session, ticket.context_key),
    )
    if verdict.errors:
        errors = [{"field": f"custom_fields.{key}", "message": text} for key, text in verdict.errors.items()]
        raise Invalid(errors[0]["message"], code="field_invalid", errors=errors)
    before = ticket.custom_fields
    changed = {key: value for key, value in verdict.values.items() if before.get(key) != value}
    if changed:
        after = {**before, **changed}
        ticket.custom_fields = {key: value for key, value in after.items() if value is not None}
    return changed


async def refuse_unfilled(session: AsyncSession, actor: Actor, ticket: Ticket) -> None:
    """Refuse to settle a ticket whose fields that are required on closing are empty.

    Raises:
        Invalid: naming the fields.

    """
    await set_custom_fields(session, actor, ticket, {}, moment="closing")


async def set_watchers(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    *,
    add: Iterable[UUID] = (),
    remove: Iterable[UUID] = (),
) -> None:
    """Let staff follow a locked ticket, or no longer."""
    added = await rows(
        session,
        """INSERT INTO ticket_watchers (ticket_id, user_id)
           SELECT %(ticket)s, id FROM users WHERE id = ANY(%(people)s) AND role <> 'customer' AND is_active
           ON CONFLICT DO NOTHING RETURNING user_id""",
        ticket=ticket.id,
        people=list(add),
    )
    removed = await rows(
        session,
        """DELETE FROM ticket_watchers WHERE ticket_id = %(ticket)s AND user_id = ANY(%(people)s)
           RETURNING user_id""",
        ticket=ticket.id,
        people=list(remove),
    )
    if added or removed:
        event = FieldChanged(
            actor=actor,
            ticket_id=ticket.id,
            field="watchers",
            before=[str(row["user_id"]) for row in removed],
            after=[str(row["user_id"]) for row in added],
        )
        await publish(session, event)
