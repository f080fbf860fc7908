"""A naive service-level calculator that looks at every minute; the product must agree with it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def is_open(calendar, at):
    """Does the minute that begins at this UTC instant count?"""
    local = at.astimezone(ZoneInfo(calendar.timezone))
    if calendar.holiday(local.date()):
        return False
    minute = local.hour * 60 + local.minute
    yesterday = (local.isoweekday() - 2) % 7 + 1
    for period in calendar.periods:
        is_overnight = period.end <= period.start
        if period.weekday == local.isoweekday():
            end = 1440 if is_overnight else period.end
            if period.start <= minute < end:
                return True
        if is_overnight and period.weekday == yesterday and minute < period.end:
            return True
    return False


def open_minutes(calendar, start, end):
    return sum(
        1
        for step in range(int((end - start) / MINUTE))
        if calendar is None or is_open(calendar, start + step * MINUTE)
    )


def due(calendar, start, minutes, limit):
    """The end of the minute in which the target is used up, or None past `limit` minutes."""
    if minutes == 0:
        return start
    for step in range(limit):
        at = start + step * MINUTE
        if calendar is None or is_open(calendar, at):
            minutes -= 1
            if minutes == 0:
                return at + MINUTE
    return None


def clock(policy, facts, metric, until):
    """Walks a ticket's life minute by minute: (used, due passed at, met at)."""
    used, passed, met, stopped = 0, None, None, None
    waits = snoozed = closed = trashed = False
    target = policy.response if metric == "response" else policy.resolution
    at, queue = facts[0].at, list(facts)
    while at <= until:
        while queue and queue[0].at == at:
            kind = queue.pop(0).kind.value
            if kind == "reopened":
                closed = waits = False
                if stopped or (met and metric == "resolution"):
                    used, passed, met, stopped = 0, None, None, None
            if kind in {"customer_wrote", "handed_over"}:
                waits = snoozed = False
            if kind in {"agent_answered", "ai_answered"}:
                waits = True
                answers = kind == "agent_answered" or policy.ai_answer_counts
                if metric == "response" and answers and not met and not stopped:
                    met = at
            snoozed = {"snoozed": True, "woken": False}.get(kind, snoozed)
            trashed = {"trashed": True, "restored": False}.get(kind, trashed)
            if kind == "closed":
                closed, snoozed = True, False
                if not met and not stopped:
                    met, stopped = (at, None) if metric == "resolution" else (None, at)
        if at == until:
            break
        stands = (
            met
            or stopped
            or closed
            or trashed
            or (snoozed and policy.pauses_while_snoozed)
            or (waits and policy.pauses_while_waiting)
        )
        if not stands:
            if used >= target and passed is None:
                passed = at  # the target was used up and the clock still runs
            if policy.calendar is None or is_open(policy.calendar, at):
                used += 1
        at += MINUTE
    return used, passed, met


CHRISTMAS = date(2026, 12, 25)
