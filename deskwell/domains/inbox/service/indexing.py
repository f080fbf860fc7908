"""Keeps the row a ticket is found by. Replies are appended; merging, splitting and editing write it anew."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import Statement, execute, together

from ..logic.codes import MOST, codes_in, joined

CONFIG = "'deskwell.english_unaccent'::regconfig"
LONGEST = 60_000
"""Of a message; a tsvector holds a megabyte, and its positions end at 16,383 anyway."""
FULL = 700_000
BATCH = 200

_NEW = f"""INSERT INTO ticket_search (ticket_id, everything)
    SELECT id, setweight(to_tsvector({CONFIG}, subject), 'A') FROM tickets WHERE id = %(id)s AND trashed_at IS NULL
    ON CONFLICT (ticket_id) DO NOTHING"""

_ADD = f"""UPDATE ticket_search SET
    everything = CASE WHEN length(everything) < 60000 AND pg_column_size(everything) < {FULL}
        THEN everything || w.words ELSE everything END,
    public = CASE WHEN %(internal)s THEN coalesce(public, everything)
        WHEN public IS NULL OR pg_column_size(public) >= {FULL} THEN public ELSE public || w.words END,
    codes = CASE WHEN cardinality(%(codes)s::text[]) = 0 THEN codes ELSE (
        SELECT string_agg(code, ' ' ORDER BY place) FROM (
            SELECT code, min(n) AS place
            FROM unnest(string_to_array(coalesce(codes, ''), ' ') || %(codes)s::text[]) WITH ORDINALITY AS c(code, n)
            GROUP BY code ORDER BY place LIMIT {MOST}
        ) c) END
    FROM (SELECT setweight(to_tsvector({CONFIG}, %(text)s), %(weight)s::"char") AS words) w
    WHERE ticket_id = %(id)s"""


_FIRST = f"""INSERT INTO ticket_search (ticket_id, everything, codes)
    SELECT id, setweight(to_tsvector({CONFIG}, subject), 'A') || setweight(to_tsvector({CONFIG}, %(text)s), 'B'),
           %(codes)s
    FROM tickets WHERE id = %(id)s AND trashed_at IS NULL ON CONFLICT (ticket_id) DO NOTHING"""


_GONE = "DELETE FROM ticket_search WHERE ticket_id = ANY(%(ids)s)"


def first_words(ticket_id: UUID, text: str) -> Statement:
    """Make the row of a new ticket from its subject and first message: one statement, as many are written."""
    return _FIRST, {"id": ticket_id, "text": text[:LONGEST], "codes": joined(None, codes_in(text))}


def more_words(ticket_id: UUID, text: str, *, is_internal: bool) -> Statement:
    """Add the words of a message; those of a note are found by staff only."""
    return _ADD, {
        "id": ticket_id,
        "text": text[:LONGEST],
        "internal": is_internal,
        "weight": "C" if is_internal else "B",
        "codes": [] if is_internal else codes_in(text),
    }


async def index_names(
    session: AsyncSession, ticket_id: UUID, names: Sequence[str], *, is_internal: bool
) -> None:
    """Add the names of attached files."""
    sql, params = more_names(ticket_id, names, is_internal=is_internal)
    await execute(session, sql, **params)


def more_names(ticket_id: UUID, names: Sequence[str], *, is_internal: bool) -> Statement:
    """Add the names of attached files, as a whole and in their parts."""
    words = " ".join(name.replace("_", " ").replace("-", " ").replace(".", " ") for name in names)
    return more_words(ticket_id, f"{words} {' '.join(names)}", is_internal=is_internal)


async def unindex(session: AsyncSession, ticket_ids: Sequence[UUID]) -> None:
    """What lies in the trash is found by nobody."""
    await execute(session, _GONE, ids=list(ticket_ids))


async def reindex(session: AsyncSession, ticket_id: UUID) -> None:
    """Write the row anew from what the ticket holds now."""
    about = {"id": ticket_id, "longest": LONGEST}
    messages, names = await together(session, (_MESSAGES, about), (_NAMES, about))
    words = [more_words(ticket_id, row["body"], is_internal=row["is_internal"]) for row in messages]
    for is_internal in (False, True):
        found = [row["name"] for row in names if row["is_internal"] is is_internal]
        words += [more_names(ticket_id, found, is_internal=is_internal)] if found else []
    await together(session, (_GONE, {"ids": [ticket_id]}), (_NEW, about), *words)


_MESSAGES = """SELECT left(body, %(longest)s) AS body, is_internal FROM messages WHERE ticket_id = %(id)s
    ORDER BY position LIMIT 2000"""
_NAMES = """SELECT f.name, coalesce(m.is_internal, false) OR a.is_held AS is_internal FROM attachments a
    JOIN files f ON f.id = a.file_id LEFT JOIN messages m ON m.id = a.message_id WHERE a.ticket_id = %(id)s"""
