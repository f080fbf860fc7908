"""Service levels: saving, ordering, trying out, deleting."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.domains.contexts.logic import context_key
from deskwell.domains.teams.models import Team
from deskwell.domains.tickets.models import Priority

from .. import logic, queries, schemas
from ..errors import SlaNotFound
from ..events import SlaDeleted, SlaSaved
from ..logic import Fact, Kind, NeverOpenError, Policy
from ..models import Sla, SlaCalendar
from .calendars import place, zone_of
from .clocks import clocks_of, ticket_state
from .versions import demands, hours_of_contexts, reapply, renew_version

LONGEST_MINUTES = 10 * 366 * 24 * 60
PREVIEW_LIMIT = 500
PREVIEW_SHOWN = 20


async def save_sla(session: AsyncSession, actor: Actor, data: schemas.SlaIn) -> dict[str, Any]:
    """Make or change a service level. Open tickets of its priority follow, counted from their start."""
    values = await checked(session, data)
    sla = await session.get(Sla, data.id, with_for_update=True) if data.id else None
    if data.id and sla is None:
        raise SlaNotFound
    before = {name: getattr(sla, name) for name in values} if sla else {}
    if sla is None:
        sla = Sla(position=await _first_place(session, values))
        session.add(sla)
    for name, value in values.items():
        setattr(sla, name, value)
    changed = tuple(name for name, value in values.items() if before.get(name) != value)
    sla.updated_at = clock.now()
    await session.flush()
    await renew_version(session, sla)
    await session.flush()
    if changed:
        await reapply(session, {sla.priority, before.get("priority", sla.priority)})
        await publish(
            session,
            SlaSaved(
                actor=actor,
                sla_id=sla.id,
                name=sla.name,
                is_new=not before,
                fields=changed if before else (),
            ),
        )
    found = await queries.find_sla(session, sla.id)
    assert found
    return found


async def order_slas(session: AsyncSession, ids: list[UUID]) -> None:
    """Set the order in which service levels are tried."""
    slas = {sla.id: sla for sla in await session.scalars(select(Sla).with_for_update())}
    if set(ids) != set(slas) or len(ids) != len(slas):
        raise Invalid.field(
            "sla_ids", "The order must name every service level once. Please reload the list."
        )
    for position, sla_id in enumerate(ids):
        slas[sla_id].position = position
    await session.flush()
    await reapply(session, {sla.priority for sla in slas.values()})


async def delete_sla(session: AsyncSession, actor: Actor, sla_id: UUID) -> None:
    """Remove a service level. Open tickets fall to the next that matches; closed ones keep their history."""
    sla = await session.get(Sla, sla_id)
    if sla is None:
        raise SlaNotFound
    await session.delete(sla)
    await session.flush()
    await reapply(session, {sla.priority})
    await publish(session, SlaDeleted(actor=actor, sla_id=sla_id, name=sla.name))


async def preview_sla(session: AsyncSession, data: schemas.SlaPreviewIn) -> dict[str, Any]:
    """Which open tickets a definition would take, and how they would stand; nothing is changed."""
    values = await checked(session, data)
    current = await session.get(Sla, data.id) if data.id else None
    position = current.position if current else await _first_place(session, values, shift=False)
    tickets = await queries.open_tickets_like(
        session,
        priority=values["priority"],
        context_key=values["context_key"],
        team_id=values["team_id"],
        before_position=position,
        limit=PREVIEW_LIMIT + 1,
    )
    policies = await _policies(session, Sla(**values))
    now, lines = clock.now(), []
    mine = [ticket for ticket in tickets if not ticket["taken_by"]]
    for ticket in mine[:PREVIEW_LIMIT]:
        facts = ticket["facts"] or logic.pack_facts([Fact(ticket["created_at"], Kind.OPENED)])
        clocks = clocks_of(policies.get(ticket["context_key"], policies[None]), facts, now)
        due = [moment for c in clocks.values() if not c.is_over and (moment := c.due_at)]
        lines.append(
            {
                **ticket,
                "due_now": ticket["next_due_at"],
                "due_then": min(due, default=None),
                "state_then": ticket_state(clocks.values(), now),
            }
        )
    taken = {ticket["taken_by"] for ticket in tickets}
    return {
        "matching": len(lines),
        "is_capped": len(tickets) > PREVIEW_LIMIT,
        "already_late": sum(1 for line in lines if line["state_then"] == "breached"),
        "tickets": lines[:PREVIEW_SHOWN],
        "shadowed_by": next(iter(taken)) if tickets and not mine else None,
    }


async def _policies(session: AsyncSession, sla: Sla) -> dict[str | None, Policy]:
    """What a definition demands, and what in the contexts whose own hours it would count by."""
    calendar = await session.get(SlaCalendar, sla.calendar_id) if sla.calendar_id else None
    policies: dict[str | None, Policy] = {None: logic.policy_from(demands(sla, calendar))}
    for key, own in (await hours_of_contexts(session, sla)).items():
        policies[key] = logic.policy_from(demands(sla, own))
    return policies


async def checked(session: AsyncSession, data: schemas.SlaIn) -> dict[str, Any]:
    """The columns of a service level, or a sentence about what is wrong with it."""
    name = data.name.strip()
    if not name or len(name) > 200:
        raise Invalid.field("name", "Please give the service level a name of at most 200 characters.")
    if data.priority not in set(Priority):
        raise Invalid.field("priority", f"The priority must be one of {', '.join(Priority)}.")
    for field in ("response_time_minutes", "resolution_time_minutes"):
        if not 0 < getattr(data, field) <= LONGEST_MINUTES:
            raise Invalid.field(field, "The time must be a positive number of minutes, ten years at most.")
    warn = 75 if data.warn_percent is None else data.warn_percent
    if not 1 <= warn <= 99:
        raise Invalid.field("warn_percent", "The warning must lie between 1 and 99 percent of the time.")
    if data.team_id and await session.get(Team, data.team_id) is None:
        raise Invalid.field("team_id", "There is no such team.")
    if data.calendar_id and await session.get(SlaCalendar, data.calendar_id) is None:
        raise Invalid.field("calendar_id", "There is no such calendar.")
    context = (data.context or "").strip() or None
    values = {
        "name": name,
        "description": (data.description or "").strip() or None,
        "priority": data.priority,
        "context": context,
        "context_key": context_key(context) if context else None,
        "team_id": data.team_id,
        "response_time_minutes": data.response_time_minutes,
        "resolution_time_minutes": data.resolution_time_minutes,
        "business_hours_only": bool(data.business_hours_only or data.calendar_id),
        "calendar_id": data.calendar_id,
        **_own_hours(data),
        "pauses_while_waiting": data.pauses_while_waiting is not False,
        "pauses_while_snoozed": data.pauses_while_snoozed is not False,
        "ai_answer_counts": bool(data.ai_answer_counts),
        "warn_percent": warn,
        "is_active": data.is_active is not False,
    }
    await _check_reachable(session, values)
    return values


def _own_hours(data: schemas.SlaIn) -> dict[str, Any]:
    for field in ("business_hours_start", "business_hours_end"):
        text = getattr(data, field)
        try:
            logic.minutes_of(text or "00:00")
        except ValueError:
            raise Invalid.field(field, f"“{text}” is not a time. It should read like 09:00.") from None
    if data.business_hours_start and logic.minutes_of(data.business_hours_start) == 24 * 60:
        raise Invalid.field("business_hours_start", "Business hours cannot begin at 24:00.")
    if data.business_days is not None and not _are_days(data.business_days):
        raise Invalid.field("business_days", "Business days are numbers from 1 (Monday) to 7 (Sunday).")
    if data.timezone:
        zone_of("timezone", data.timezone)
    for entry in data.holidays or ():
        _check_holiday(entry)
    return {
        "business_hours_start": data.business_hours_start,
        "business_hours_end": data.business_hours_end,
        "business_days": sorted(set(data.business_days)) if data.business_days else None,
        "timezone": data.timezone,
        "holidays": data.holidays,
    }


def _are_days(days: Iterable[int]) -> bool:
    days = list(days)
    return bool(days) and all(1 <= day <= 7 for day in days)


def _check_holiday(entry: str) -> None:
    found = logic.place_of(entry)
    if found:
        place("holidays", *found)
        return
    try:
        date.fromisoformat(entry)
    except ValueError:
        raise Invalid.field(
            "holidays", f"“{entry}” is neither a date such as 2026-12-24 nor a country such as DE or DE-BY."
        ) from None


async def _check_reachable(session: AsyncSession, values: dict[str, Any]) -> None:
    calendar = await session.get(SlaCalendar, values["calendar_id"]) if values["calendar_id"] else None
    policy = logic.policy_from(demands(Sla(**values), calendar))
    longest = max(values["response_time_minutes"], values["resolution_time_minutes"])
    try:
        logic.add_minutes(policy.calendar, clock.now(), longest)
    except NeverOpenError:
        raise Invalid.field(
            "resolution_time_minutes", "The business hours do not hold so much time within twelve years."
        ) from None


async def _first_place(session: AsyncSession, values: dict[str, Any], *, shift: bool = True) -> int:
    """Place of a new service level: before those that are no more particular, so that it is not hidden by them."""
    mine = _particularity(values["context_key"], values["team_id"])
    slas = (await session.scalars(select(Sla).order_by(Sla.position, Sla.id))).all()
    place_found = next(
        (
            index
            for index, sla in enumerate(slas)
            if sla.priority == values["priority"] and _particularity(sla.context_key, sla.team_id) <= mine
        ),
        len(slas),
    )
    if shift:
        for index, sla in enumerate(slas):
            sla.position = index if index < place_found else index + 1
    return place_found


def _particularity(context_key: str | None, team_id: UUID | None) -> int:
    return (context_key is not None) + (team_id is not None)
