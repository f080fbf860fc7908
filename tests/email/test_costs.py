"""What a mail costs: how many statements from its bytes to its ticket."""

import re

import psycopg
import pytest

from deskwell.core.db import one
from deskwell.domains.email import service
from deskwell.domains.email.events import ReadMail
from deskwell.domains.email.jobs import read_mails

EXECUTE = psycopg.AsyncCursor.execute


@pytest.fixture
def statements(monkeypatch):
    """The statements that go out, but for those of the live feed."""
    seen = []

    async def noting(self, query, params=None, **options):
        if not re.search(r"signals|pg_current_snapshot|FROM events", str(query)):
            seen.append(query)
        return await EXECUTE(self, query, params, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noting)
    return seen


def mail(number, *, answers=None):
    reply = f"In-Reply-To: <{answers}@costs.example>\n" if answers is not None else ""
    return (
        f"From: Ann <ann@costs.example>\nTo: help@desk.example\nSubject: Matter {answers or number}\n"
        f"Message-ID: <{number}@costs.example>\n{reply}\nWhat about {number}?\n"
    ).encode()


async def take(context, content):
    async with context.transaction() as session:
        inbound_id = await service.store_inbound(session, content, via="raw")
    await read_mails(context, ReadMail(inbound_id))


async def test_a_mail_takes_few_statements(context, statements):
    """Stored, claimed, read, threaded, and written as a ticket with its message, log and jobs."""
    await take(context, mail(1))  # the process reads the configuration once
    del statements[:]
    await take(context, mail(2))
    assert len(statements) <= 26, [str(s)[:60] for s in statements]
    del statements[:]
    await take(context, mail(3, answers=2))
    assert len(statements) <= 34, [str(s)[:60] for s in statements]
    async with context.transaction() as session:
        row = await one(session, "SELECT count(*) AS n, count(DISTINCT ticket_id) AS t FROM inbound_mails")
    assert (row["n"], row["t"]) == (3, 2)
