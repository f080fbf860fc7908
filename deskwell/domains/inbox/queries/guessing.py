"""Tickets that hold what was typed as a part of a number, a code, a name or an address, or with a slip of the finger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from deskwell.core.db import Database, Statement

from ..logic.clauses import like_escaped
from ..logic.codes import is_close, patterns_of
from .listing import Listing

CODES = 500
PEOPLE = 50
TICKETS = 200
SHORTEST_PART = 3
LONGEST = 100

_CODES = f"""SELECT s.ticket_id AS id FROM ticket_search s
    WHERE s.codes IS NOT NULL AND s.codes LIKE ANY(%(patterns)s::text[]) LIMIT {CODES}"""
_PEOPLE = f"""SELECT p.id, p.name || ' ' || p.email AS text FROM users p
    WHERE p.email LIKE %(like)s OR p.name ILIKE %(like)s LIMIT {PEOPLE}"""
_ALLOW_SLIPS = "SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)"
"""Holds until the round trip ends, which is one transaction."""
_PEOPLE_WITH_SLIPS = f"""SELECT p.id, p.name || ' ' || p.email AS text FROM users p
    WHERE %(typed)s <%% p.name OR %(typed)s <%% p.email LIMIT {PEOPLE}"""

_OF_NUMBERS = "SELECT t.id, 'number' AS why FROM tickets t WHERE t.number = ANY({ids}::bigint[])"
_OF_CODES = "SELECT t.id, 'code' AS why FROM tickets t WHERE t.id = ANY({ids}::uuid[])"
_OF_PEOPLE = "SELECT t.id, 'customer' AS why FROM tickets t WHERE t.customer_id = ANY({ids}::uuid[])"


@dataclass
class Guess:
    """What was typed, and how it is looked for.

    `statements` find codes and people, whoever may see their tickets, so that all of them go out in one round trip
    with what else is asked. `tickets` then reads those of their tickets that this person may see.
    """

    wanted: Listing
    typed: str
    statements: Mapping[str, Statement]

    @classmethod
    def of(cls, wanted: Listing) -> "Guess | None":
        """None when too little was typed."""
        typed = " ".join(wanted.search.terms)[:LONGEST].lower()
        if len(typed) < SHORTEST_PART:
            return None
        like = f"%{like_escaped(typed)}%"
        statements: dict[str, Statement] = {"codes": (_CODES, {"patterns": [like]})}
        if patterns := patterns_of(typed):
            statements["codes with slips"] = (_CODES, {"patterns": patterns})
        if not wanted.actor.is_customer:
            statements["people"] = (_PEOPLE, {"like": like})
            if any(character.isalpha() for character in typed):
                statements["allow slips"] = (_ALLOW_SLIPS, {})
                statements["people with slips"] = (_PEOPLE_WITH_SLIPS, {"typed": typed})
        return cls(wanted, typed, statements)

    async def tickets(
        self, database: Database, answers: Sequence[list[dict[str, Any]]], *, with_slips: bool
    ) -> tuple[list[dict[str, Any]], bool]:
        """The tickets as `id` and `why`, the newest first, and whether they hold just what was typed."""
        found = dict(zip(self.statements, answers, strict=True))
        exactly = await self._read(
            database,
            (_OF_NUMBERS, _numbers_like(self.typed)),
            (_OF_CODES, _ids(found["codes"])),
            (_OF_PEOPLE, _ids(found.get("people", []))),
        )
        if exactly or not with_slips:
            return exactly, True
        people = [row for row in found.get("people with slips", []) if _is_meant(self.typed, row["text"])]
        nearly = await self._read(
            database,
            (_OF_CODES, _ids(found.get("codes with slips", []))),
            (_OF_PEOPLE, _ids(people)),
        )
        return nearly, False

    async def _read(self, database: Database, *kinds: tuple[str, Sequence[Any]]) -> list[dict[str, Any]]:
        clauses = self.wanted.clauses
        parts = [
            f"({sql.format(ids=clauses.bind(list(ids)))} AND {self.wanted.where} LIMIT {TICKETS})"
            for sql, ids in kinds
            if ids
        ]
        if not parts:
            return []
        sql = f"SELECT DISTINCT ON (id) * FROM ({' UNION ALL '.join(parts)}) found ORDER BY id DESC LIMIT 300"
        return await database.read_unprepared(sql, clauses.params)


def _ids(rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    return [row["id"] for row in rows]


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
