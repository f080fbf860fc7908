"""The limit: FastAPI, psycopg, the statements and nothing else. No sign-in, no checks, no log, no jobs.

BENCH_URL=postgresql://… uvicorn bench.bare:app
"""

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from deskwell.core.ids import new_id

LIST = """
SELECT t.id, t.number, t.subject, t.context, t.status, t.priority, t.source, t.waiting_for, t.created_at, t.updated_at,
       t.last_message_at, t.message_count, c.id AS customer_id, c.name AS customer_name, c.email AS customer_email,
       a.name AS assignee_name
FROM tickets t JOIN users c ON c.id = t.customer_id LEFT JOIN users a ON a.id = t.assignee_id
WHERE t.status = 'open' AND t.trashed_at IS NULL ORDER BY t.updated_at DESC, t.id DESC LIMIT 25
"""
COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM tickets WHERE status = 'open' AND trashed_at IS NULL LIMIT 1001) t"
)
TICKET = (
    "SELECT t.*, c.name AS customer_name FROM tickets t JOIN users c ON c.id = t.customer_id WHERE t.id = %s"
)
MESSAGES = """
SELECT m.id, m.position, m.author, m.body, m.is_internal, m.confidence, m.success, m.rating, m.created_at, u.name
FROM messages m LEFT JOIN users u ON u.id = m.author_id WHERE m.ticket_id = %s ORDER BY m.position
"""
SEARCH = """
WITH candidates AS MATERIALIZED (
    SELECT ticket_id, everything FROM ticket_search WHERE everything @@ {q} ORDER BY ticket_id DESC LIMIT 1001
), ranked AS (
    SELECT ticket_id, ts_rank(everything, {q}) AS rank, count(*) OVER () AS total FROM candidates
), best AS (SELECT * FROM ranked ORDER BY rank DESC, ticket_id DESC LIMIT 25)
SELECT t.id, t.number, t.subject, t.context, t.status, t.priority, t.source, t.waiting_for, t.created_at, t.updated_at,
       t.last_message_at, t.message_count, c.id AS customer_id, c.name AS customer_name, c.email AS customer_email,
       a.name AS assignee_name
FROM best b JOIN tickets t ON t.id = b.ticket_id JOIN users c ON c.id = t.customer_id
LEFT JOIN users a ON a.id = t.assignee_id ORDER BY b.rank DESC, b.ticket_id DESC
""".replace("{q}", "websearch_to_tsquery('deskwell.english_unaccent', %(q)s)")
NEW_TICKET = """
INSERT INTO tickets (id, context, context_key, subject, subject_key, status, waiting_for, priority, source, customer_id,
                     last_position, message_count)
VALUES (%s, %s, lower(%s), %s, lower(%s), 'open', 'agent', 'medium', 'web', %s, 1, 1)
"""
NEW_MESSAGE = "INSERT INTO messages (id, ticket_id, position, author, author_id, body, source) VALUES (%s, %s, 1, 'customer', %s, %s, 'web')"
NEW_TURN = "INSERT INTO turns (id, ticket_id, message_id, state) VALUES (%s, %s, %s, 'waiting')"
# What a new ticket brings with it: words to search, a clock of its service level, the log, a job. As plain rows.
NEW_SEARCH = """
INSERT INTO ticket_search (ticket_id, everything) VALUES (%s,
    setweight(to_tsvector('deskwell.english_unaccent', %s), 'A') || setweight(to_tsvector('deskwell.english_unaccent', %s), 'B'))
"""
NEW_CLOCK = """
INSERT INTO sla_clocks (ticket_id, version_id, facts, next_check_at)
SELECT %s, id, '[]', now() + interval '1 hour' FROM sla_versions LIMIT 1
"""
NEW_FACTS = """
INSERT INTO events (kind, ticket_id, actor_kind, actor_id, through, causes, data)
SELECT kind, %s, 'customer', %s, 'screen', '{}', '{}' FROM unnest(ARRAY['ticket.opened', 'message.added']) AS kind
"""
NEW_JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES ('ai', 'bench', 0, '{}')"
)

pool = AsyncConnectionPool(
    os.environ.get("BENCH_URL", ""), min_size=10, max_size=10, open=False, kwargs={"row_factory": dict_row}
)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with pool:
        yield


app = FastAPI(lifespan=lifespan)


class ListRow(BaseModel):
    """One line of the list."""

    id: uuid.UUID
    number: int
    subject: str
    context: str
    status: str
    priority: str
    source: str
    waiting_for: str
    created_at: datetime
    updated_at: datetime
    last_message_at: datetime
    message_count: int
    customer_id: uuid.UUID
    customer_name: str
    customer_email: str
    assignee_name: str | None


class TicketList(BaseModel):
    """A page of tickets."""

    tickets: list[ListRow]
    total: int


class MessageRow(BaseModel):
    """One message."""

    id: uuid.UUID
    position: int
    author: str
    body: str
    is_internal: bool
    confidence: float | None
    success: bool
    rating: int | None
    created_at: datetime
    name: str | None


class Thread(BaseModel):
    """A ticket and its messages."""

    id: uuid.UUID
    number: int
    subject: str
    status: str
    customer_name: str
    messages: list[MessageRow]


class NewTicket(BaseModel):
    """What a customer writes."""

    context: str
    subject: str
    message: str
    customer_id: uuid.UUID


@app.get("/list")
async def read_list() -> TicketList:
    async with pool.connection() as connection:
        tickets: Any = await (await connection.execute(LIST)).fetchall()
        total: Any = await (await connection.execute(COUNT)).fetchone()
    return TicketList(tickets=tickets, total=total["count"])


@app.get("/search")
async def search(q: str) -> TicketList:
    async with pool.connection() as connection:
        found: Any = await (await connection.execute(SEARCH, {"q": q}, prepare=False)).fetchall()
    return TicketList(tickets=found, total=len(found))


@app.get("/thread/{ticket_id}")
async def read_thread(ticket_id: uuid.UUID) -> Thread:
    async with pool.connection() as connection:
        ticket: Any = await (await connection.execute(TICKET, [ticket_id])).fetchone()
        messages = await (await connection.execute(MESSAGES, [ticket_id])).fetchall()
    return Thread(**{**ticket, "messages": messages})


def _rows(data: NewTicket, ticket_id: uuid.UUID) -> list[tuple[str, list[Any]]]:
    """A ticket, its message, and the turn that waits for an answer."""
    message_id = new_id()
    return [
        (NEW_TICKET, [ticket_id, data.context, data.context, data.subject, data.subject, data.customer_id]),
        (NEW_MESSAGE, [message_id, ticket_id, data.customer_id, data.message]),
        (NEW_TURN, [new_id(), ticket_id, message_id]),
    ]


@app.post("/create")
async def create(data: NewTicket) -> dict[str, str]:
    ticket_id = new_id()
    async with pool.connection() as connection:
        for statement, values in _rows(data, ticket_id):
            await connection.execute(statement, values)
    return {"ticket_id": str(ticket_id)}


@app.post("/create-whole")
async def create_whole(data: NewTicket) -> dict[str, str]:
    """The same with the rows that belong to it, each by one statement, all sent at once."""
    ticket_id = new_id()
    async with pool.connection() as connection, connection.pipeline():
        for statement, values in _rows(data, ticket_id):
            await connection.execute(statement, values)
        await connection.execute(NEW_SEARCH, [ticket_id, data.subject, data.message])
        await connection.execute(NEW_CLOCK, [ticket_id])
        await connection.execute(NEW_FACTS, [ticket_id, data.customer_id])
        await connection.execute(NEW_JOB)
    return {"ticket_id": str(ticket_id)}
