"""Search: the newest thousand hits, ranked; the total is capped, never counted in full.

Ranking every hit of a common word means reading every hit; the newest thousand take a few milliseconds whatever the
word. The statement is never prepared: a plan made without knowing the word would walk a million rows to find that
nothing matches. Where words find little, names, addresses, numbers and codes are tried with parts and slips allowed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deskwell.core.actor import Actor
from deskwell.core.db import Database, rows, rows_unprepared
from deskwell.core.pages import SEARCH_CAP, Page, Pagination, pagination
from deskwell.domains.tickets.queries import TICKET_COLUMNS, TICKET_JOINS

from ..logic.clauses import Clauses, like_escaped
from ..logic.codes import is_close, patterns_of
from ..logic.highlighting import best_snippet, lexemes_of, marked
from ..logic.syntax import Search, Word, web_search
from .listing import NOT_TRASHED, STAFF_FROM, STAFF_SELECT, UNRESTRICTED, Listing

CONFIG = "'deskwell.english_unaccent'::regconfig"
FEW = 5
BODIES = 8
BODY_START = 3000
PEOPLE = 50
SHORTEST_PART = 3
PHRASED = 5000
"""How many of the newest tickets with all the words are looked through for a phrase."""
SLIPS_ALLOWED = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)"
BROAD = "s.ticket_id = t.id"


@dataclass(frozen=True)
class Found:
    """A ticket that was found: how well it matches, and by what if not by words."""

    ticket_id: UUID
    rank: float
    why: str | None = None


async def search_tickets(
    database: Database, wanted: Listing, page: Page
) -> tuple[list[dict[str, Any]], Pagination]:
    """Return a page of hits with what matched: three statements, or up to seven where words find little."""
    found, total, lexemes = await _by_words(database, wanted, page)
    if total < FEW and wanted.search.words and _may_go_on(wanted.search.words[-1]):
        begun = await _by_words(database, wanted, page, goes_on=True)
        if begun[1] > total:
            found, total, lexemes = begun
    if total < FEW and page.page == 1 and wanted.search.terms:
        known = {hit.ticket_id for hit in found}
        more = [hit for hit in await _by_parts(database, wanted) if hit.ticket_id not in known]
        if not found and not more:
            more = await _by_slips(database, wanted)
        found = (found + more)[: page.page_size]
        total += len(more)
    tickets = await _rows(database, wanted.actor, found)
    await _add_matches(database, wanted.actor, tickets, {hit.ticket_id: hit for hit in found}, lexemes)
    return tickets, pagination(page, total, cap=SEARCH_CAP)


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


async def _by_words(
    database: Database, wanted: Listing, page: Page, *, goes_on: bool = False
) -> tuple[list[Found], int, frozenset[str]]:
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
    hits = await database.read_unprepared(sql, clauses.params)
    if not hits:
        lexemes = frozenset(word.text.lower() for word in wanted.search.wanted)
        return [], 0, lexemes
    found = [Found(row["ticket_id"], row["rank"]) for row in hits]
    return found, hits[0]["total"], lexemes_of(hits[0]["query"])


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


async def _by_parts(database: Database, wanted: Listing) -> list[Found]:
    """Tickets whose number, codes, customer's name or address hold what was typed."""
    clauses = wanted.clauses
    typed = " ".join(wanted.search.terms)[:100].lower()
    if len(typed) < SHORTEST_PART:
        return []
    like = clauses.bind(f"%{like_escaped(typed)}%")
    parts = [_numbered(wanted, _numbers_like(typed)), _coded(wanted, f"s.codes LIKE {like}")]
    if not wanted.actor.is_customer:
        parts.append(_of_people(wanted, f"p.email LIKE {like} OR p.name ILIKE {like}"))
    found = await database.read_unprepared(_union(parts), clauses.params)
    return [Found(row["id"], 1.0, row["why"]) for row in found]


async def _by_slips(database: Database, wanted: Listing) -> list[Found]:
    """The same with slips of the finger allowed; only when nothing else was found."""
    clauses = wanted.clauses
    typed = " ".join(wanted.search.terms)[:100].lower()
    parts = []
    if patterns := patterns_of(typed):
        parts.append(_coded(wanted, f"s.codes LIKE ANY({clauses.bind(patterns)}::text[])"))
    if not wanted.actor.is_customer and any(character.isalpha() for character in typed):
        text = clauses.bind(typed)
        parts.append(_of_people(wanted, f"{text} <%% p.name OR {text} <%% p.email"))
    if not parts:
        return []
    async with database.transaction() as session:
        await rows(session, SLIPS_ALLOWED)  # holds until the transaction ends
        found = await rows_unprepared(session, _union(parts), clauses.params)
    return [
        Found(row["id"], 0.5, row["why"])
        for row in found
        if row["why"] == "code" or _is_meant(typed, row["text"])
    ]


def _union(parts: list[str]) -> str:
    union = " UNION ALL ".join(f"({part})" for part in parts)
    return f"SELECT DISTINCT ON (id) * FROM ({union}) found ORDER BY id DESC LIMIT 300"


def _numbered(wanted: Listing, numbers: list[int]) -> str:
    bound = wanted.clauses.bind(numbers)
    return f"""SELECT t.id, 'number' AS why, t.number::text AS text FROM tickets t
        WHERE t.number = ANY({bound}::bigint[]) AND {wanted.where} LIMIT 50"""


def _coded(wanted: Listing, condition: str) -> str:
    return f"""SELECT t.id, 'code' AS why, s.codes AS text FROM (
            SELECT s.ticket_id, s.codes FROM ticket_search s WHERE s.codes IS NOT NULL AND ({condition}) LIMIT 500
        ) s JOIN tickets t ON {BROAD} AND {wanted.where} LIMIT 200"""


def _of_people(wanted: Listing, condition: str) -> str:
    return f"""SELECT t.id, 'customer' AS why, u.name || ' ' || u.email AS text
        FROM (SELECT p.id, p.name, p.email FROM users p WHERE {condition} LIMIT {PEOPLE}) u
        JOIN tickets t ON t.customer_id = u.id AND {wanted.where} LIMIT 200"""


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
