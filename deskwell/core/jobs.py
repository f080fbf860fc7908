"""Work that must happen after the commit: typed requests, enqueued in the transaction that causes them.

A job is the doorbell, the row it names is the truth: handlers look at the row again and are safe to repeat. A lock is
one per kind of work and ticket, never on a job that is scheduled or retried later (an older waiting job of a lock
stops all later ones); what is due later is a due time in a row of ours, picked up by a sweep.
"""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from .context import Context
from .db import Statement


@dataclass(frozen=True)
class JobRequest:
    """A request to do something. Subclasses are frozen dataclasses of ids and plain values."""

    queue: ClassVar[str] = "default"
    retries: ClassVar[int] = 5
    """How often a job without a lock is tried again when it raises."""

    @property
    def lock(self) -> str | None:
        """Key under which only one job runs at a time."""
        return None

    @property
    def once(self) -> str | None:
        """Key under which only one job waits at a time; a second request joins it."""
        return None

    @classmethod
    def task_name(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def args(self) -> dict[str, Any]:
        kind: Any = type(self)
        dumped = _adapter(kind).dump_python(self, mode="json")
        assert isinstance(dumped, dict)
        return dumped


@cache
def _adapter(request: Any) -> TypeAdapter[JobRequest]:
    return TypeAdapter(request)


J = TypeVar("J", bound=JobRequest)
Handler = Callable[[Context, J], Awaitable[None]]


@dataclass(frozen=True)
class Binding:
    """A request type and the function that handles it."""

    request: type[JobRequest]
    handler: Handler[Any]


def bind(request: type[J], handler: Handler[J]) -> Binding:
    return Binding(request, handler)


@dataclass(frozen=True)
class Periodic:
    """A sweep: a request made again and again by the schedule (cron with seconds, UTC)."""

    cron: str
    request: JobRequest


async def enqueue(session: AsyncSession, *requests: JobRequest) -> None:
    """Ask for work after this transaction has committed. Written with all others in one statement."""
    session.info.setdefault("jobs", []).extend(requests)


_INSERT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args)
SELECT queue, task, 0, lock, once, args
FROM jsonb_to_recordset(%(jobs)s::jsonb) AS j(queue text, task text, lock text, once text, args jsonb)
ON CONFLICT DO NOTHING
"""


def jobs_to_write(session: AsyncSession) -> list[Statement]:
    """Take the requests gathered so far, to be written."""
    requests: list[JobRequest] = session.info.pop("jobs", [])
    payload = [
        {"queue": r.queue, "task": r.task_name(), "lock": r.lock, "once": r.once, "args": r.args()}
        for r in requests
    ]
    return [(_INSERT, {"jobs": json.dumps(payload)})] if payload else []
