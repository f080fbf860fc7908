"""Versions of service levels: what one demands, with its calendar, as tickets count by it."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.jobs import enqueue

from .. import logic
from ..events import ReapplySlas
from ..models import Sla, SlaCalendar, SlaVersion


async def renew_versions(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """Write a new version of every service level that demands something else now; open tickets follow."""
    slas = (await session.scalars(select(Sla).where(which))).all()
    changed = [sla for sla in slas if await renew_version(session, sla)]
    if changed:
        await reapply(session, {sla.priority for sla in changed})


async def renew_version(session: AsyncSession, sla: Sla) -> bool:
    """Write a new version if this one demands something else now."""
    calendar = await session.get(SlaCalendar, sla.calendar_id) if sla.calendar_id else None
    data = demands(sla, calendar)
    current = await session.get(SlaVersion, sla.version_id) if sla.version_id else None
    if current and current.data == data:
        return False
    version = SlaVersion(sla_id=sla.id, data=data)
    session.add(version)
    await session.flush()
    sla.version_id = version.id
    return True


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
