"""Jobs of a worker that died are done by the next one, whatever the dead one was doing."""

import asyncio
import contextlib

from deskwell.app import worker
from deskwell.core.db import execute, one

SWEEPS = ["every.rescue_stalled", "every.sweep_live", "every.wake_turns", "every.release_drafts"]
LEFT = """
WITH dead AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id)
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, args, worker_id)
SELECT 'default', task, task, 'doing', '{"timestamp": 0}', dead.id FROM dead, unnest(%(tasks)s::text[]) AS task
RETURNING worker_id
"""


async def test_jobs_left_by_a_dead_worker_are_done_also_when_it_died_as_it_rescued_others(
    context, monkeypatch
):
    """It starts again so soon that the dead one still seems alive: nothing can be rescued at the start itself."""
    monkeypatch.setattr(worker, "STALLED_SECONDS", 5)
    async with context.transaction() as session:
        await execute(session, LEFT, tasks=SWEEPS)
        newest = await one(session, "SELECT max(id) AS id FROM procrastinate_jobs")
        assert newest

    async def left() -> int:
        async with context.transaction() as session:
            found = await one(
                session,
                "SELECT count(*) AS n FROM procrastinate_jobs WHERE id <= %(newest)s AND status = 'doing'",
                newest=newest["id"],
            )
        return int(found["n"]) if found else 0

    assert await left() == len(SWEEPS)
    running = asyncio.create_task(worker.run(context=context))
    try:
        for _ in range(250):
            if not await left():
                break
            await asyncio.sleep(0.1)
        assert await left() == 0
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
