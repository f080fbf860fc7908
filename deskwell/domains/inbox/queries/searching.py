"""Search: the newest thousand hits, ranked; the total is capped, never counted in full.

Ranking every hit of a common word means reading every hit; the newest thousand take a few milliseconds whatever the
word. The statement is never prepared: a plan made without knowing the word would walk a million rows to find that
nothing matches. Where words find little, names, addresses, numbers and codes are tried with parts and slips allowed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deskwell.core.actor import Actor
from deskwell.core.db import Database, Statement
from deskwell.core.pages import SEARCH_CAP, Page, Pagination, pagination
from deskwell.domains.tickets.queries import TICKET_COLUMNS, TICKET_JOINS

from ..logic.clauses import Clauses
from ..logic.highlighting import best_snippet, lexemes_of, marked
from ..logic.syntax import Search, Word, web_search
from .guessing import Guess
from .listing import NOT_TRASHED, STAFF_FROM, STAFF_SELECT, UNRESTRICTED, Listing

CONFIG = "'deskwell.english_unaccent'::regconfig"
FEW = 5
BODIES = 8
BODY_START = 3000
PHRASED = 5000
"""How many of the newest tickets with all the words are looked through for a phrase."""
BROAD = "s.ticket_id = t.id"


@dataclass(frozen=True)
class Found:
    """A ticket that was found: how well it matches, and by what if not by words."""

    ticket_id: UUID
    rank: float
    why: str | None = None


Hits = tuple[list[Found], int, frozenset[str]]
"""What was found, how many there are, and the words to mark."""


async def search_tickets(
    database: Database, wanted: Listing, page: Page
) -> tuple[list[dict[str, Any]], Pagination]:
    """Return a page of hits with what matched: three round trips, or up to five where words find little."""
    hits = _hits(wanted, await database.read_unprepared(*_by_words(wanted, page)))
    if hits[1] < FEW:
        hits = await _go_on(database, wanted, page, hits)
    found, total, lexemes = hits
    tickets = await _rows(database, wanted.actor, found)
    await _add_matches(database, wanted.actor, tickets, {hit.ticket_id: hit for hit in found}, lexemes)
    return tickets, pagination(page, total, cap=SEARCH_CAP)


async def _go_on(database: Database, wanted: Listing, page: Page, hits: Hits) -> Hits:
    """Try words that only begin like the last one, parts of names, numbers and codes, and slips."""
    words = wanted.search.words
    begun = [_by_words(wanted, page, goes_on=True)] if words and _may_go_on(words[-1]) else []
    guess = Guess.of(wanted) if page.page == 1 and wanted.search.terms else None
    guesses = list(guess.statements.values()) if guess else []
    if not begun and not guesses:
        return hits
    answers = await database.read_together(*begun, *guesses, prepare=False)
    if begun and (longer := _hits(wanted, answers.pop(0)))[1] > hits[1]:
        hits = longer
    found, total, lexemes = hits
    if guess is None or total >= FEW:
        return hits
    tickets, is_exact = await guess.tickets(database, answers, with_slips=not found)
    known = {hit.ticket_id for hit in found}
    more = [
        Found(row["id"], 1.0 if is_exact else 0.5, row["why"]) for row in tickets if row["id"] not in known
    ]
    return (found + more)[: page.page_size], total + len(more), lexemes


def tsquery(clauses: Clauses, search: Search, *, goes_on: bool) -> str:
    """The words as SQL. The last one may go on, as somebody still types it: that costs, so whole words go first."""
    words = search.words
    last = words[-1]
    text = clauses.bind(web_search(words[:-1]))
    ending = clauses.bind(web_search((last,)))
    if not goes_on:
        whole = clauses.bind(web_search(words))
        return f"websearch_to_tsquery({CONFIG}, {whole})"
    prefix = f"(nullif(websearch_to_tsquery({CONFIG}, {ending})::text, '') || ':*')::tsquery"
    if len(words) == 1:
        return prefix
    return f"(websearch_to_tsquery({CONFIG}, {text}) && coalesce({prefix}, ''::tsquery))"


def _may_go_on(word: Word) -> bool:
    return not word.is_phrase and not word.is_excluded and word.text.isalpha() and len(word.text) > 2


def _by_words(wanted: Listing, page: Page, *, goes_on: bool = False) -> Statement:
    clauses = wanted.clauses
    query = tsquery(clauses, wanted.search, goes_on=goes_on)
    document = "coalesce(s.public, s.everything)" if wanted.actor.is_customer else "s.everything"
    source, seen = _searched(wanted)
    order = _order(wanted)
    limit = SEARCH_CAP + 1
    candidates = f"""SELECT s.ticket_id, {document} AS document FROM {source}
        WHERE {document} @@ {query} AND {seen} ORDER BY s.ticket_id DESC LIMIT {limit}"""
    if any(word.is_phrase or not word.text.isalnum() for word in wanted.search.wanted):
        # Words side by side are seen in the document only: look through a bounded number of those with all words.
        words = f"regexp_replace({query}::text, '<(-|[0-9]+)>', '&', 'g')::tsquery"
        newest = f"""SELECT s.ticket_id, {document} AS document FROM {source}
            WHERE {document} @@ {words} AND {seen} ORDER BY s.ticket_id DESC LIMIT {PHRASED}"""
        candidates = (
            f"SELECT * FROM ({newest}) s WHERE s.document @@ {query} ORDER BY s.ticket_id DESC LIMIT {limit}"
        )
    sql = f"""
        WITH candidates AS MATERIALIZED ({candidates}), ranked AS (
            SELECT c.ticket_id, ts_rank(c.document, {query}) AS rank, count(*) OVER () AS total
            FROM candidates c
        )
        SELECT r.ticket_id, r.rank, r.total, {query}::text AS query FROM ranked r {order}
        LIMIT {page.page_size} OFFSET {page.offset}"""
    return sql, clauses.params


def _hits(wanted: Listing, rows: list[dict[str, Any]]) -> Hits:
    if not rows:
        return [], 0, frozenset(word.text.lower() for word in wanted.search.wanted)
    found = [Found(row["ticket_id"], row["rank"]) for row in rows]
    return found, rows[0]["total"], lexemes_of(rows[0]["query"])


def _searched(wanted: Listing) -> tuple[str, str]:
    """What is searched, and which of its rows this person may see.

    The search row is gone while its ticket is in the trash: who sees all and filters nothing needs no other table.
    An agent does as long as no team keeps its tickets to itself.
    """
    filters = [text for text in wanted.clauses.texts if "my_teams" not in text]
    if wanted.actor.is_customer or filters != [NOT_TRASHED]:
        return f"ticket_search s JOIN tickets t ON {BROAD} AND {wanted.where}", "true"
    if len(filters) == len(wanted.clauses.texts):
        return "ticket_search s", "true"
    own = (
        f"(SELECT true FROM tickets t WHERE {BROAD} AND {wanted.where})"  # EXISTS may read all tickets first
    )
    return "ticket_search s", f"({UNRESTRICTED} OR {own})"


def _order(wanted: Listing) -> str:
    if wanted.sort is None:
        return "ORDER BY r.rank DESC, r.ticket_id DESC"
    return (
        f"JOIN tickets t ON t.id = r.ticket_id ORDER BY {wanted.sort.order_by(descending=wanted.descending)}"
    )


async def _rows(database: Database, actor: Actor, found: list[Found]) -> list[dict[str, Any]]:
    if not found:
        return []
    select = f"SELECT {TICKET_COLUMNS}" if actor.is_customer else STAFF_SELECT
    joins = TICKET_JOINS if actor.is_customer else STAFF_FROM
    ids = [hit.ticket_id for hit in found]
    sql = f"""{select} FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS wanted(id, n)
              JOIN tickets t ON t.id = wanted.id {joins} ORDER BY wanted.n"""
    return await database.read(sql, ids=ids)


async def _add_matches(
    database: Database,
    actor: Actor,
    tickets: list[dict[str, Any]],
    found: dict[UUID, Found],
    lexemes: frozenset[str],
) -> None:
    if not tickets:
        return
    notes = "AND NOT m.is_internal" if actor.is_customer else ""
    bodies: dict[UUID, list[str]] = {}
    for row in await database.read(
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
