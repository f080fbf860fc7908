"""What a process keeps of the configuration is never older than the transaction that uses it."""

import asyncio

import pytest
from sqlalchemy import select, text

from deskwell.core.actor import SYSTEM
from deskwell.core.configuration import WATCHED, Kept, forget
from deskwell.core.db import execute, rows
from deskwell.domains.contexts import queries
from deskwell.domains.contexts.models import Context as Brand
from deskwell.domains.contexts.service import change_context


@pytest.fixture
def reads(context):
    """A kept value that notes how often it was read."""
    taken = []

    async def read(session):
        taken.append(1)
        return [row["name"] for row in await rows(session, "SELECT name FROM contexts ORDER BY name")]

    return Kept("contexts", read=read), taken


async def test_it_is_read_once_and_again_after_a_change(context, make, reads):
    kept, taken = reads
    await make.brand("Kept one")
    for _ in range(3):
        async with context.transaction() as session:
            assert "Kept one" in await kept.get(session)
    assert len(taken) == 1

    async with context.transaction() as session:
        brand = await session.scalar(select(Brand).where(Brand.name == "Kept one"))
        await change_context(session, SYSTEM, brand, name="Kept two")
        assert "Kept two" in await kept.get(session)  # also by the one who changes it
    async with context.transaction() as session:
        assert "Kept two" in await kept.get(session)


async def test_a_change_that_is_rolled_back_leaves_nothing_behind(context, make, reads):
    kept, _ = reads
    await make.brand("Steady")
    with pytest.raises(RuntimeError):
        async with context.transaction() as session:
            await execute(session, "UPDATE contexts SET name = 'Fleeting' WHERE name = 'Steady'")
            forget(session)
            assert "Fleeting" in await kept.get(session)
            raise RuntimeError
    async with context.transaction() as session:
        assert "Steady" in await kept.get(session)
        assert "Fleeting" not in await kept.get(session)


async def test_another_process_sees_the_change_with_its_next_transaction(context, make, reads):
    kept, _ = reads
    async with context.transaction() as session:
        before = await kept.get(session)
        await asyncio.create_task(make.brand("From elsewhere"))
        assert await kept.get(session) == before  # one transaction, one configuration
    async with context.transaction() as session:
        assert "From elsewhere" in await kept.get(session)


async def test_every_watched_table_renews_the_version_of_its_kind(context):
    async with context.transaction() as session:
        found = await rows(
            session,
            """SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
               JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'note_configuration'""",
        )
    assert {row["relname"] for row in found} == WATCHED


async def test_brands_are_kept_whole(context, make):
    brand = await make.brand("Whole")
    async with context.transaction() as session:
        assert await queries.brand_id(session, "whole") == brand.id
        await session.execute(text("DELETE FROM contexts WHERE name = 'Whole'"))
        forget(session)
        assert await queries.brand_id(session, "whole") is None
