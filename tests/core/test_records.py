"""Records are written by plain statements, and look afterwards as if SQLAlchemy had written them."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from deskwell.core import db
from deskwell.core.clock import now
from deskwell.core.db import at_hand, execute, guarded, one
from deskwell.core.ids import new_id
from deskwell.domains.contexts.models import Context as Brand
from deskwell.domains.tickets.models import Author, Message, Source, Ticket


def ticket_of(customer, **values):
    values = {"context": "Shop", "context_key": "shop", "subject": "A", "subject_key": "a"} | values
    return Ticket(id=new_id(), customer_id=customer.id, source=Source.EMAIL, **values)


async def stored(context, record):
    async with context.transaction() as session:
        return await session.get_one(type(record), record.id)


async def test_what_was_not_set_comes_from_the_database(context, make):
    customer = await make.customer()
    async with context.transaction() as session:
        ticket = ticket_of(customer)
        session.add(ticket)
        message = Message(
            id=new_id(), ticket_id=ticket.id, position=1, author=Author.AI, body="B", citations=[{"a": 1}]
        )
        session.add(message)
        assert at_hand(session, Ticket, ticket.id) is ticket
        await db.flush(session)
        assert (ticket.version, ticket.custom_fields, ticket.status.value) == (1, {}, "open")
        assert ticket.number > 1000
        assert ticket.assignee_id is None
        assert now() - ticket.created_at < timedelta(minutes=5)
        assert await session.get(Message, message.id) is message
    again = await stored(context, message)
    assert (again.author, again.citations, again.is_internal, again.data) == (
        Author.AI,
        [{"a": 1}],
        False,
        {},
    )
    assert (await stored(context, ticket)).source is Source.EMAIL


async def test_changes_write_their_columns_and_nothing_else(context, make):
    customer = await make.customer()
    ticket = await make.saved(ticket_of(customer))
    async with context.transaction() as session:
        held = await session.get_one(Ticket, ticket.id)
        async with context.transaction() as other:
            await execute(other, "UPDATE tickets SET subject = 'Theirs' WHERE id = %(id)s", id=ticket.id)
        held.custom_fields = {"colour": "red"}
        held.escalated_at = now()
        held.version = held.version  # not a change
    again = await stored(context, ticket)
    assert (again.subject, again.custom_fields, again.version) == ("Theirs", {"colour": "red"}, 1)


async def test_a_query_sees_what_the_session_holds(context, make):
    customer = await make.customer()
    async with context.transaction() as session:
        session.add(ticket_of(customer, subject="Not flushed"))
        assert await session.scalar(select(func.count()).where(Ticket.subject == "Not flushed")) == 1


async def test_a_row_that_has_gone_is_not_written_in_silence(context, make):
    ticket = await make.saved(ticket_of(await make.customer()))
    with pytest.raises(StaleDataError):
        async with context.transaction() as session:
            held = await session.get_one(Ticket, ticket.id)
            await execute(session, "DELETE FROM tickets WHERE id = %(id)s", id=ticket.id)
            held.subject = "Changed"


async def test_what_a_savepoint_rolls_back_is_out_of_the_session_too(context, make):
    customer = await make.customer()
    kept, gone = ticket_of(customer), ticket_of(customer, subject="Gone")
    async with context.transaction() as session:
        session.add(kept)
        with pytest.raises(RuntimeError):
            async with session.begin_nested():
                session.add(gone)
                kept.subject = "Changed inside"
                await db.flush(session)
                raise RuntimeError
        assert gone not in session
        await session.refresh(kept)
        assert kept.subject == "A"
    assert (await stored(context, kept)).subject == "A"


async def test_records_that_refer_to_others_come_after_them(context, make):
    customer = await make.customer()
    async with context.transaction() as session:
        ticket = ticket_of(customer)
        session.add(Message(id=new_id(), ticket_id=ticket.id, position=1, author=Author.CUSTOMER, body="B"))
        session.add(ticket)
    assert (await stored(context, ticket)).subject == "A"


async def test_a_guarded_statement_fails_alone(context, make):
    brand = await make.brand("Guarded")
    async with context.transaction() as session:
        session.add(ticket_of(await make.customer(), subject="Stands"))
        await db.flush(session)
        with pytest.raises(psycopg.Error):
            await guarded(
                session,
                ("UPDATE contexts SET color = '#000000' WHERE id = %(id)s", {"id": brand.id}),
                ("SELECT 1 / 0", {}),
            )
        row = await one(session, "SELECT count(*) AS n FROM tickets WHERE subject = 'Stands'")
    assert row["n"] == 1
    async with context.transaction() as session:
        assert (await session.get_one(Brand, brand.id)).color == "#6366f1"
