"""A change, its line in the log and the jobs that follow share one fate."""

import asyncio
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deskwell.core.actor import SYSTEM
from deskwell.core.db import execute, rows
from deskwell.core.events import Bus, Event, get_horizon, publish, read_facts
from deskwell.core.ids import new_id
from deskwell.core.jobs import JobRequest, enqueue


@dataclass(frozen=True, kw_only=True)
class Rang(Event):
    kind = "test.rang"
    number: int


@dataclass(frozen=True)
class Ring(JobRequest):
    number: int

    @property
    def once(self) -> str:
        return f"ring:{self.number}"


async def jobs_of(context, number):
    async with context.transaction() as session:
        return await rows(
            session,
            "SELECT id FROM procrastinate_jobs WHERE task_name = 'ring' AND args->>'number' = %(n)s",
            n=str(number),
        )


async def facts_of(context, number):
    async with context.transaction() as session:
        return await rows(
            session,
            "SELECT id FROM events WHERE kind = 'test.rang' AND data->>'number' = %(n)s",
            n=str(number),
        )


async def test_facts_and_jobs_are_there_after_the_commit_and_not_after_a_rollback(context):
    async with context.transaction() as session:
        await publish(session, Rang(actor=SYSTEM, number=1))
        await enqueue(session, Ring(1), Ring(1))
    assert len(await facts_of(context, 1)) == 1
    assert len(await jobs_of(context, 1)) == 1  # asked for twice, waits once

    with pytest.raises(RuntimeError):
        async with context.transaction() as session:
            await publish(session, Rang(actor=SYSTEM, number=2))
            await enqueue(session, Ring(2))
            raise RuntimeError
    assert await facts_of(context, 2) == []
    assert await jobs_of(context, 2) == []


async def test_a_reaction_that_is_not_vital_fails_alone(context):
    bus = Bus()

    async def breaks(session, event):
        await publish(session, Rang(actor=SYSTEM, number=100))
        await enqueue(session, Ring(100))
        raise ValueError("no")

    async def works(session, event):
        if event.number == 3:
            await enqueue(session, Ring(3))

    bus.subscribe(Rang, works)
    bus.subscribe(Rang, _only_for_three(breaks))
    async with context.transaction() as session:
        session.info["bus"] = bus
        await publish(session, Rang(actor=SYSTEM, ticket_id=new_id(), number=3))
    assert len(await facts_of(context, 3)) == 1
    assert len(await jobs_of(context, 3)) == 1
    assert await facts_of(context, 100) == []
    assert await jobs_of(context, 100) == []
    async with context.transaction() as session:
        failed = await rows(session, "SELECT data FROM events WHERE kind = 'reaction.failed'")
    assert failed[-1]["data"]["error"] == "ValueError"


@pytest.mark.parametrize("through_orm", [True, False])
async def test_a_reaction_in_which_the_database_goes_away_fails_all(context, through_orm):
    """Else the next statement fails in a way nobody knows, and the answer is an error of ours and not “later”."""
    bus = Bus()
    end = "SELECT pg_terminate_backend(pg_backend_pid())"

    async def loses_the_connection(session, event):
        await (session.execute(text(end)) if through_orm else rows(session, end))

    bus.subscribe(Rang, loses_the_connection)
    with pytest.raises((DBAPIError, psycopg.OperationalError)):
        async with context.transaction() as session:
            session.info["bus"] = bus
            await publish(session, Rang(actor=SYSTEM, number=5))
            await session.execute(text("SELECT 1"))
    assert await facts_of(context, 5) == []


def _only_for_three(reaction):
    async def wrapped(session, event):
        if event.number == 3:
            await reaction(session, event)

    return wrapped


async def test_a_vital_reaction_takes_the_fact_with_it(context):
    async def breaks(session, event):
        raise ValueError("no")

    bus = Bus()
    bus.subscribe_vital(Rang, breaks)
    with pytest.raises(ValueError, match="no"):
        async with context.transaction() as session:
            session.info["bus"] = bus
            await publish(session, Rang(actor=SYSTEM, number=4))
    assert await facts_of(context, 4) == []


async def test_a_follower_never_steps_over_a_fact_that_commits_late(context):
    """An older transaction holds the lower id, a younger one the higher; the higher commits first, and the reverse."""
    async with context.transaction() as session:
        horizon = await get_horizon(session)
    begun, release = asyncio.Event(), asyncio.Event()

    async def slow(number):
        async with context.transaction() as session:
            await publish(session, Rang(actor=SYSTEM, number=number))
            await context.database.finish(session)  # its id is handed out now, its commit comes later
            begun.set()
            await release.wait()

    async with context.transaction() as older:  # its transaction id is lower than that of the slow one
        await execute(older, "SELECT pg_current_xact_id()")
        task = asyncio.create_task(slow(50))
        await begun.wait()
        await publish(older, Rang(actor=SYSTEM, number=51))
    seen: list[int] = []
    for step in range(2):
        async with context.transaction() as session:
            facts, horizon = await read_facts(session, since=horizon)
        seen += [row["data"]["number"] for row in facts if row["kind"] == "test.rang"]
        if step == 0:
            release.set()
            await task
    assert sorted(seen) == [50, 51]


async def test_the_log_cannot_be_changed(context):
    import sqlalchemy.exc

    for statement in ("UPDATE events SET kind = 'x'", "DELETE FROM events"):
        with pytest.raises((sqlalchemy.exc.DBAPIError, Exception), match="permission denied"):
            async with context.transaction() as session:
                await execute(session, statement)
