"""Search: the newest thousand hits, ranked; the total is capped, never counted in full.

Ranking every hit of a common word means reading every hit; the newest thousand take a few milliseconds whatever the
word. The statement is never prepared: a plan made without knowing the word would walk a million rows to find that
nothing matches. Where words find little, names, addresses, numbers and codes are tried with parts and slips allowed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import connection, rows
from deskwell.core.pages import SEARCH_CAP, Page, Pagination, pagination
from deskwell.domains.tickets.queries import TICKET_COLUMNS, TICKET_JOINS

from ..logic.clauses import Clauses, like_escaped
from ..logic.codes import is_close
from ..logic.highlighting import best_snippet, lexemes_of, marked
from ..logic.syntax import Search, Word, web_search
from .listing import STAFF_FROM, STAFF_SELECT, Listing

CONFIG = "'deskwell.english_unaccent'::regconfig"
FEW = 5
BODIES = 8
BODY_START = 3000
PEOPLE = 50
SLIPS_ALLOWED = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)"
BROAD = "s.ticket_id = t.id"


@dataclass(frozen=True)
class Found:
    """A ticket that was found: how well it matches, and by what if not by words."""

    ticket_id: UUID
    rank: float
    why: str | None = None


async def _unprepared(session: AsyncSession, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    async with (await connection(session)).cursor(row_factory=dict_row) as cursor:
        await cursor.execute(sql.encode(), params, prepare=False)
        return await cursor.fetchall()


async def search_tickets(
    session: AsyncSession, wanted: Listing, page: Page
) -> tuple[list[dict[str, Any]], Pagination]:
    """Return a page of hits with what matched. Four statements at most."""
    found, total, lexemes = await _by_words(session, wanted, page)
    if total < FEW and page.page == 1 and wanted.search.terms:
        known = {hit.ticket_id for hit in found}
        more = [hit for hit in await _by_names(session, wanted) if hit.ticket_id not in known]
        found = (found + more)[: page.page_size]
        total += len(more)
    tickets = await _rows(session, wanted.actor, found)
    await _add_matches(session, wanted.actor, tickets, {hit.ticket_id: hit for hit in found}, lexemes)
    return tickets, pagination(page, total, cap=SEARCH_CAP)


def tsquery(clauses: Clauses, search: Search) -> str:
    """The words as SQL; the last one may go on, as somebody still types it."""
    words = search.words
    last = words[-1]
    text = clauses.bind(web_search(words[:-1]))
    ending = clauses.bind(web_search((last,)))
    if not _may_go_on(last):
        whole = clauses.bind(web_search(words))
        return f"websearch_to_tsquery({CONFIG}, {whole})"
    prefix = f"(nullif(websearch_to_tsquery({CONFIG}, {ending})::text, '') || ':*')::tsquery"
    if len(words) == 1:
        return prefix
    return f"(websearch_to_tsquery({CONFIG}, {text}) && coalesce({prefix}, ''::tsquery))"


def _may_go_on(word: Word) -> bool:
    return not word.is_phrase and not word.is_excluded and word.text.isalpha() and len(word.text) > 2


async def _by_words(
    session: AsyncSession, wanted: Listing, page: Page
) -> tuple[list[Found], int, frozenset[str]]:
    clauses = wanted.clauses
    query = tsquery(clauses, wanted.search)
    document = "coalesce(s.public, s.everything)" if wanted.actor.is_customer else "s.everything"
    # The search row is gone while its ticket is in the trash: who sees all and filters nothing needs no join.
    is_broad = not wanted.actor.is_customer and wanted.clauses.texts == ["t.trashed_at IS NULL"]
    source = (
        "ticket_search s" if is_broad else f"ticket_search s JOIN tickets t ON {BROAD} AND {wanted.where}"
    )
    order = _order(wanted)
    sql = f"""
        WITH candidates AS MATERIALIZED (
            SELECT s.ticket_id, {document} AS document FROM {source}
            WHERE {document} @@ {query} ORDER BY s.ticket_id DESC LIMIT {SEARCH_CAP + 1}
        ), ranked AS (
            SELECT c.ticket_id, ts_rank(c.document, {query}) AS rank, count(*) OVER () AS total
            FROM candidates c
        )
        SELECT r.ticket_id, r.rank, r.total, {query}::text AS query FROM ranked r {order}
        LIMIT {page.page_size} OFFSET {page.offset}"""
    hits = await _unprepared(session, sql, clauses.params)
    if not hits:
        lexemes = frozenset(word.text.lower() for word in wanted.search.wanted)
        return [], 0, lexemes
    found = [Found(row["ticket_id"], row["rank"]) for row in hits]
    return found, hits[0]["total"], lexemes_of(hits[0]["query"])


def _order(wanted: Listing) -> str:
    if wanted.sort is None:
        return "ORDER BY r.rank DESC, r.ticket_id DESC"
    return (
        f"JOIN tickets t ON t.id = r.ticket_id ORDER BY {wanted.sort.order_by(descending=wanted.descending)}"
    )


async def _by_names(session: AsyncSession, wanted: Listing) -> list[Found]:
    """Tickets whose number, codes, customer's name or address come close to what was typed."""
    clauses = wanted.clauses
    typed = " ".join(wanted.search.terms)[:100]
    text, like = clauses.bind(typed), clauses.bind(f"%{like_escaped(typed.lower())}%")
    numbers = clauses.bind(_numbers_like(typed))
    people = (
        ""
        if wanted.actor.is_customer
        else f"""
        UNION ALL (SELECT t.id, 'customer', u.name || ' ' || u.email, word_similarity({text}, u.name || ' ' || u.email)
            FROM (SELECT p.id, p.name, p.email FROM users p
                  WHERE {text} <%% p.name OR {text} <%% p.email OR p.email LIKE {like} LIMIT {PEOPLE}) u
            JOIN tickets t ON t.customer_id = u.id AND {wanted.where} ORDER BY 4 DESC, t.id DESC LIMIT 200)"""
    )
    sql = f"""
        SELECT * FROM (
        (SELECT t.id, 'number' AS why, t.number::text AS text, 1.0::real AS rank FROM tickets t
            WHERE t.number = ANY({numbers}::bigint[]) AND {wanted.where} LIMIT 50)
        UNION ALL (SELECT t.id, 'code', s.codes, word_similarity({text}, s.codes)
            FROM ticket_search s JOIN tickets t ON {BROAD} AND {wanted.where}
            WHERE s.codes IS NOT NULL AND (s.codes LIKE {like} OR {text} <%% s.codes)
            ORDER BY 4 DESC, s.ticket_id DESC LIMIT 100)
        {people}) found ORDER BY rank DESC, id DESC LIMIT 300"""
    await rows(session, SLIPS_ALLOWED)
    close: dict[UUID, Found] = {}
    for row in await _unprepared(session, sql, clauses.params):
        if row["id"] not in close and (row["why"] == "number" or _is_meant(typed, row["text"])):
            close[row["id"]] = Found(row["id"], row["rank"], row["why"])
    return list(close.values())


def _is_meant(typed: str, text: str) -> bool:
    """Whether each typed word is close to one of the words there."""
    words = text.lower().split()
    words += [part for word in words for part in word.replace("@", " ").replace(".", " ").split()]
    return all(any(is_close(part, word) for word in words) for part in typed.lower().split())


def _numbers_like(typed: str) -> list[int]:
    """The ticket number that was typed, and those that differ by one swapped or wrong digit."""
    digits = typed.strip().lstrip("#")
    if not digits.isdecimal() or not digits.isascii() or not 1 < len(digits) <= 15:
        return []
    swapped = {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)}
    longer = {digits + more for more in "0123456789"} if len(digits) > 2 else set()
    return [int(digits), *(int(number) for number in sorted(swapped | longer) if number != digits)]


async def _rows(session: AsyncSession, actor: Actor, found: list[Found]) -> list[dict[str, Any]]:
    if not found:
        return []
    select = f"SELECT {TICKET_COLUMNS}" if actor.is_customer else STAFF_SELECT
    joins = TICKET_JOINS if actor.is_customer else STAFF_FROM
    ids = [hit.ticket_id for hit in found]
    sql = f"""{select} FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS wanted(id, n)
              JOIN tickets t ON t.id = wanted.id {joins} ORDER BY wanted.n"""
    return await rows(session, sql, ids=ids)


async def _add_matches(
    session: AsyncSession,
    actor: Actor,
    tickets: list[dict[str, Any]],
    found: dict[UUID, Found],
    lexemes: frozenset[str],
) -> None:
    if not tickets:
        return
    notes = "AND NOT m.is_internal" if actor.is_customer else ""
    bodies: dict[UUID, list[str]] = {}
    for row in await rows(
        session,
        f"""SELECT w.id, m.body FROM unnest(%(ids)s::uuid[]) AS w(id) CROSS JOIN LATERAL (
                SELECT left(m.body, {BODY_START}) AS body, m.position FROM messages m
                WHERE m.ticket_id = w.id {notes} ORDER BY m.position DESC LIMIT {BODIES}) m""",
        ids=[ticket["id"] for ticket in tickets],
    ):
        bodies.setdefault(row["id"], []).append(row["body"])
    for ticket in tickets:
        ticket["match"] = {
            "subject": marked(ticket["subject"], lexemes),
            "snippet": best_snippet(bodies.get(ticket["id"], []), lexemes),
            "why": found[ticket["id"]].why,
        }
