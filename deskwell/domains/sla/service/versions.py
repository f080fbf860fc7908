"""Versions of service levels: what one demands, with its calendar, as tickets count by it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.jobs import enqueue
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.contexts.models import Context as Brand

from .. import logic
from ..events import ReapplySlas
from ..models import Sla, SlaCalendar, SlaContextVersion, SlaVersion


async def renew_versions(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """Write a new version of every service level that demands something else now; open tickets follow."""
    slas = (await session.scalars(select(Sla).where(which))).all()
    changed = [sla for sla in slas if await renew_version(session, sla)]
    if changed:
        await reapply(session, {sla.priority for sla in changed})


async def renew_version(session: AsyncSession, sla: Sla) -> bool:
    """Write a new version if this one demands something else now, here or in a context with hours of its own."""
    calendar = await session.get(SlaCalendar, sla.calendar_id) if sla.calendar_id else None
    before, sla.version_id = sla.version_id, await _version(session, sla, sla.version_id, calendar)
    await session.flush()
    return await _renew_contexts(session, sla) or sla.version_id != before


async def _version(
    session: AsyncSession, sla: Sla, current_id: UUID | None, calendar: SlaCalendar | None
) -> UUID:
    data = demands(sla, calendar)
    current = await session.get(SlaVersion, current_id) if current_id else None
    if current and current.data == data:
        return current.id
    version = SlaVersion(sla_id=sla.id, data=data)
    session.add(version)
    await session.flush()
    return version.id


async def _renew_contexts(session: AsyncSession, sla: Sla) -> bool:
    """Keep a version for each context whose own hours this service level counts by."""
    found = await session.scalars(select(SlaContextVersion).where(SlaContextVersion.sla_id == sla.id))
    known = {version.context_key: version for version in found}
    wanted: dict[str, UUID] = {}
    for key, calendar in (await hours_of_contexts(session, sla)).items():
        current = known.get(key)
        wanted[key] = await _version(session, sla, current.version_id if current else None, calendar)
    for key, version_id in wanted.items():
        await session.merge(SlaContextVersion(sla_id=sla.id, context_key=key, version_id=version_id))
    gone = known.keys() - wanted.keys()
    if gone:
        mine = SlaContextVersion.sla_id == sla.id
        await session.execute(delete(SlaContextVersion).where(mine, SlaContextVersion.context_key.in_(gone)))
    changed = {key for key, version in known.items() if wanted.get(key) != version.version_id}
    await session.flush()
    return bool(gone or changed or wanted.keys() - known.keys())


async def hours_of_contexts(session: AsyncSession, sla: Sla) -> dict[str, SlaCalendar]:
    """The contexts, by key, whose own hours a service level counts by; hours too few to ever reach it are passed over."""
    found: dict[str, SlaCalendar] = {}
    for brand in await contexts.list_contexts(session):
        calendar = await session.get(SlaCalendar, brand.calendar_id) if _counts_by(sla, brand) else None
        if calendar and _is_reachable(sla, calendar):
            found[brand.key] = calendar
    return found


def _is_reachable(sla: Sla, calendar: SlaCalendar) -> bool:
    longest = max(sla.response_time_minutes, sla.resolution_time_minutes)
    try:
        logic.add_minutes(logic.policy_from(demands(sla, calendar)).calendar, clock.now(), longest)
    except logic.NeverOpenError:
        return False
    return True


def _counts_by(sla: Sla, brand: Brand) -> bool:
    """Any that counts business hours, unless it is made for this very context with hours of its own."""
    if not (sla.business_hours_only and brand.calendar_id and brand.is_active):
        return False
    if sla.context_key is None:
        return True
    has_hours = sla.calendar_id or sla.business_days or sla.business_hours_start or sla.business_hours_end
    return sla.context_key == brand.key and not has_hours


async def reapply(session: AsyncSession, priorities: set[str]) -> None:
    await enqueue(session, ReapplySlas(priorities=tuple(sorted(priorities))))


def demands(sla: Sla, calendar: SlaCalendar | None) -> dict[str, Any]:
    """What a service level demands, in the form of a version."""
    return {
        "name": sla.name,
        "priority": sla.priority,
        "response": sla.response_time_minutes,
        "resolution": sla.resolution_time_minutes,
        "pauses_while_waiting": sla.pauses_while_waiting,
        "pauses_while_snoozed": sla.pauses_while_snoozed,
        "ai_answer_counts": sla.ai_answer_counts,
        "warn_percent": sla.warn_percent,
        "calendar": _hours(sla, calendar),
    }


def _hours(sla: Sla, calendar: SlaCalendar | None) -> dict[str, Any] | None:
    if not sla.business_hours_only:
        return None
    if calendar:
        return {
            "name": calendar.name,
            "timezone": calendar.timezone,
            "periods": calendar.periods,
            "country": calendar.country,
            "subdivision": calendar.subdivision,
            "holidays": calendar.holidays,
        }
    return logic.simple_calendar(
        start=sla.business_hours_start,
        end=sla.business_hours_end,
        days=sla.business_days,
        timezone=sla.timezone,
        holidays=sla.holidays,
    )
