"""Sums of time, and what a timer shows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

KINDS = ("work", "waiting", "research", "communication", "other")


def totals(lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Add up lines of `entry_type`, `billable` and `minutes`; all kinds are present, hours have two decimals."""
    by_type = dict.fromkeys(KINDS, 0)
    billable = 0
    for line in lines:
        by_type[str(line["entry_type"])] += int(line["minutes"])
        billable += int(line["minutes"]) if line["billable"] else 0
    total = sum(by_type.values())
    return {
        "total_minutes": total,
        "total_hours": round(total / 60, 2),
        "billable_minutes": billable,
        "billable_hours": round(billable / 60, 2),
        "by_type": by_type,
    }


def elapsed_seconds(started_at: datetime | None, seconds: int, now: datetime) -> int:
    """What a timer shows: what it had counted, and what has run since."""
    return seconds + (max(0, int((now - started_at).total_seconds())) if started_at else 0)


def billed_minutes(seconds: int) -> int:
    """Minutes of a stopped timer: begun minutes count, and there is at least one."""
    return max(1, -(-seconds // 60))
