"""What lists and search cost: how many statements, and how they are planned when there are 20,000 tickets."""

import json
import re

import psycopg
import pytest

from bench import filling
from deskwell.core import db
from deskwell.core.actor import Actor, Kind, Role, default_permissions
from deskwell.core.pages import Page
from deskwell.domains.inbox import queries
from deskwell.domains.inbox.queries import listing as lists
from deskwell.domains.inbox.queries.views import filters_by_view
from deskwell.domains.inbox.schemas import Filters
from deskwell.domains.tickets.queries import get_thread
from tests.conftest import new_database

TICKETS = 20_000
EXECUTE = psycopg.AsyncCursor.execute


@pytest.fixture(scope="module")
def database_url(postgres):
    url = new_database(postgres)
    filling.fill(url, TICKETS)
    return url


@pytest.fixture(scope="module")
def actors(database_url):
    with psycopg.connect(database_url) as plain:
        agent = plain.execute("SELECT id FROM users WHERE role = 'agent' LIMIT 1").fetchone()[0]
        customer = plain.execute("SELECT customer_id FROM tickets LIMIT 1").fetchone()[0]
    return {
        "admin": Actor(Kind.STAFF, user_id=agent, role=Role.ADMIN),
        "agent": Actor(Kind.STAFF, user_id=agent, role=Role.AGENT, permissions=default_permissions()),
        "customer": Actor(Kind.CUSTOMER, user_id=customer, role=Role.CUSTOMER),
    }


@pytest.fixture
def statements(monkeypatch):
    """The statements that go out, with their parameters."""
    seen = []

    async def noting(self, query, params=None, **options):
        if isinstance(query, bytes) and not query.startswith(b"LISTEN"):
            seen.append((query.decode(), params))
        return await EXECUTE(self, query, params, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noting)
    return seen


async def plans(context, statements):
    """Explain what was sent; returns the text of all plans and the pages read."""
    texts, pages = [], 0
    for sql, params in list(statements):
        async with context.transaction() as session:
            connection = await db.connection(session)
            async with connection.cursor() as cursor:
                await EXECUTE(
                    cursor, f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}".encode(), params, prepare=False
                )
                plan = (await cursor.fetchone())[0][0]["Plan"]
        texts.append(json.dumps(plan))
        pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return "\n".join(texts), pages


def reads_whole(plan, *tables):
    found = re.findall(r'"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(\w+)"', plan)
    return [table for table in found if table in tables]


LISTS = [
    {},
    {"status": ["open"]},
    {"is": ["active"], "assigned_to": ["me"]},
    {"is": ["active"], "assigned_to": ["none"]},
    {"status": ["open"], "sort": "priority"},
    {"status": ["open"], "sort": "next_due_at"},
    {"sort": "created_at"},
    {"context": ["Shop"]},
    {"is": ["overdue"]},
    {"customer": ["customer-7@example.org"]},
    {"search": "#17"},
]


@pytest.mark.parametrize("filters", LISTS, ids=str)
@pytest.mark.parametrize("who", ["admin", "agent"])
async def test_a_list_takes_two_statements_and_reads_no_table_whole(
    context, actors, statements, filters, who
):
    wanted = lists.listing(actors[who], Filters(**filters))
    async with context.transaction() as session:
        await queries.list_tickets(session, wanted, Page(page_size=25))
    assert len(statements) <= 2
    plan, _ = await plans(context, statements[:1])  # counting half of so few tickets may read them all
    assert reads_whole(plan, "tickets", "messages", "ticket_search") == []
    if index := {"priority": "tickets_active_rank_idx", "next_due_at": "tickets_active_due_idx"}.get(
        filters.get("sort", "")
    ):
        assert index in plan


async def test_a_customers_list_reads_only_their_tickets(context, actors, statements):
    async with context.transaction() as session:
        await queries.list_tickets(session, lists.listing(actors["customer"], Filters()), Page(page_size=25))
    plan, pages = await plans(context, statements)
    assert reads_whole(plan, "tickets", "messages") == []
    assert pages < 300


async def test_a_deep_page_by_cursor_costs_like_the_first(context, actors, statements):
    wanted = lists.listing(actors["admin"], Filters())
    async with context.transaction() as session:
        _, paging = await queries.list_tickets(session, wanted, Page(page_size=100))
        for _ in range(20):
            _, paging = await queries.list_tickets(session, wanted, Page(page_size=100), paging.next_cursor)
        del statements[:]
        await queries.list_tickets(session, wanted, Page(page_size=25))
        first = statements[:1]
        del statements[:]
        await queries.list_tickets(session, wanted, Page(page_size=25), paging.next_cursor)
    _, near = await plans(context, first)
    _, deep = await plans(context, statements[:1])
    assert deep <= near * 1.5


async def test_a_thread_takes_few_statements(context, actors, statements):
    async with context.transaction() as session:
        found, _ = await queries.list_tickets(session, lists.listing(actors["admin"], Filters()), Page())
        del statements[:]
        await get_thread(session, actors["admin"], found[0]["id"], with_notes=True)
    assert len(statements) <= 3
    plan, _ = await plans(context, statements)
    assert reads_whole(plan, "tickets", "messages") == []


@pytest.mark.parametrize(
    "text", ["zzqxvkw", "printer", "the order", '"order account"', "order status:open", "wx-123456-kl"]
)
async def test_search_reads_no_table_whole(context, actors, statements, text):
    wanted = lists.listing(actors["agent"], Filters(search=text))
    await queries.search_tickets(context.database, wanted, Page(page_size=25))
    plan, _ = await plans(context, [sent for sent in statements if "set_config" not in sent[0]])
    assert reads_whole(plan, "tickets", "messages") == []
    assert len(statements) <= 7


async def test_a_nonsense_word_costs_no_more_than_a_hit(context, actors, statements):
    read = {}
    for word in ("kamiten", "zzqxvkw"):
        del statements[:]
        wanted = lists.listing(actors["admin"], Filters(search=word))
        await queries.search_tickets(context.database, wanted, Page(page_size=25))
        sent = [s for s in statements if "set_config" not in s[0]]
        read[word] = (await plans(context, sent))[1]
    assert read["zzqxvkw"] <= 5 * max(read["kamiten"], 50)


async def test_view_counts_are_one_statement_that_reads_no_table_whole(context, actors, statements):
    async with context.transaction() as session:
        filters = await filters_by_view(session, actors["agent"])
        del statements[:]
        await queries.count_views(session, actors["agent"], filters)
    assert len(statements) == 1
    plan, _ = await plans(context, statements)
    assert reads_whole(plan, "messages") == []
