from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.clock import now
from deskwell.core.configuration import Kept
from deskwell.core.db import one, rows
from deskwell.core.errors import NotFound
from deskwell.core.pages import Page
from deskwell.domains.fields import queries as fields

from ..logic import FieldSpec, Option, vocabulary
from ..models import Rule
from ..schemas import Group


async def list_rules(session: AsyncSession, *, routing_only: bool = False) -> Sequence[Rule]:
    """All rules in the order they are looked at."""
    query = select(Rule).where(Rule.deleted_at.is_(None)).order_by(Rule.position, Rule.id)
    if routing_only:
        query = query.where(Rule.routing.is_not(None))
    return (await session.scalars(query)).all()


async def active_rules(session: AsyncSession, triggers: Sequence[str]) -> Sequence[Rule]:
    """The rules that are on and have one of these triggers, in order."""
    query = select(Rule).where(
        Rule.is_active, Rule.deleted_at.is_(None), Rule.triggers.overlap(list(triggers))
    )
    return (await session.scalars(query.order_by(Rule.position, Rule.id))).all()


@dataclass(frozen=True)
class KeptRule:
    """An active rule as the process keeps it; what it does is done by the record itself."""

    id: UUID
    triggers: frozenset[str]
    conditions: Group
    stops_others: bool


async def _read_active(session: AsyncSession) -> tuple[KeptRule, ...]:
    found = await rows(
        session,
        """SELECT id, triggers, conditions, stops_others FROM rules
           WHERE is_active AND deleted_at IS NULL ORDER BY position, id""",
    )
    return tuple(
        KeptRule(
            row["id"],
            frozenset(row["triggers"]),
            Group.model_validate(row["conditions"]),
            row["stops_others"],
        )
        for row in found
    )


_active = Kept("rules", read=_read_active)


async def rules_pulled_by(session: AsyncSession, trigger: str) -> list[KeptRule]:
    """The active rules that look at a ticket when this happens, in order."""
    return [rule for rule in await _active.get(session) if trigger in rule.triggers]


async def get_rule(session: AsyncSession, rule_id: UUID) -> Rule:
    """Return a rule.

    Raises:
        NotFound: there is none with this id.

    """
    rule = await session.scalar(select(Rule).where(Rule.id == rule_id, Rule.deleted_at.is_(None)))
    if rule is None:
        raise NotFound("This rule does not exist. It may have been deleted.")
    return rule


async def used_budget(session: AsyncSession, ticket_id: UUID) -> int:
    """How many actions rules did to this ticket within the last hour."""
    found = await one(
        session,
        """SELECT coalesce(sum(actions), 0)::int AS used FROM rule_runs
           WHERE ticket_id = %(ticket)s AND outcome = 'ran' AND created_at > %(since)s""",
        ticket=ticket_id,
        since=now() - timedelta(hours=1),
    )
    return found["used"] if found else 0


async def counters(session: AsyncSession) -> dict[UUID, dict[str, int]]:
    """How often each rule ran, was stopped or failed in the last seven days."""
    found = await rows(
        session,
        """SELECT rule_id, count(*) FILTER (WHERE outcome = 'ran') AS ran,
                  count(*) FILTER (WHERE outcome = 'stopped') AS stopped,
                  count(*) FILTER (WHERE outcome = 'failed') AS failed
           FROM rule_runs WHERE created_at > %(since)s AND outcome <> 'not_matched' GROUP BY rule_id""",
        since=now() - timedelta(days=7),
    )
    return {row.pop("rule_id"): row for row in found}


_RUNS = """
SELECT r.id, r.rule_id, u.name AS rule_name, r.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject,
       r.trigger, r.outcome, r.reason, r.truth, r.changes, r.depth, r.created_at
FROM rule_runs r JOIN rules u ON u.id = r.rule_id JOIN tickets t ON t.id = r.ticket_id
"""


async def list_runs(
    session: AsyncSession,
    rule_id: UUID,
    page: Page,
    *,
    outcome: str | None,
    condition: str,
    params: Mapping[str, Any],
) -> tuple[list[dict[str, Any]], int]:
    """One page of a rule's log, newest first, over the tickets that `condition` lets through."""
    where = f"WHERE r.rule_id = %(rule)s AND {condition}" + (
        " AND r.outcome = %(outcome)s" if outcome else ""
    )
    known = {"rule": rule_id, "outcome": outcome, **params}
    found = await rows(
        session,
        f"{_RUNS} {where} ORDER BY r.id DESC LIMIT %(limit)s OFFSET %(offset)s",
        **known,
        limit=page.page_size,
        offset=page.offset,
    )
    counted = await one(
        session,
        f"""SELECT count(*) AS n FROM (SELECT 1 FROM rule_runs r JOIN tickets t ON t.id = r.ticket_id {where}
            LIMIT 10001) AS few""",
        **known,
    )
    return found, counted["n"] if counted else 0


async def runs_of_ticket(session: AsyncSession, ticket_id: UUID) -> list[dict[str, Any]]:
    """The latest looks of rules at one ticket, newest first."""
    return await rows(
        session, f"{_RUNS} WHERE r.ticket_id = %(ticket)s ORDER BY r.id DESC LIMIT 200", ticket=ticket_id
    )


_DIRECTORIES: Mapping[str, str] = {
    "agents": "SELECT id::text AS value, name AS label FROM users WHERE role <> 'customer' AND is_active ORDER BY name",
    "teams": "SELECT id::text AS value, name AS label FROM teams ORDER BY name",
    "tags": "SELECT id::text AS value, name AS label FROM tags ORDER BY name",
    "categories": "SELECT id::text AS value, name AS label FROM categories ORDER BY name",
    "companies": "SELECT id::text AS value, name AS label FROM companies ORDER BY name",
    "slas": "SELECT id::text AS value, name AS label FROM slas ORDER BY name",
    "contexts": "SELECT name AS value, name AS label FROM contexts WHERE is_active ORDER BY name",
}


async def desk_vocabulary(session: AsyncSession) -> dict[str, FieldSpec]:
    """All fields conditions may look at on this desk, with its people, teams, tags and own fields to pick from."""
    directories = {
        name: [Option(**row) for row in await rows(session, sql)] for name, sql in _DIRECTORIES.items()
    }
    return vocabulary(await _own_fields(session), directories)


async def known_fields(session: AsyncSession) -> dict[str, FieldSpec]:
    """The same fields without anything to pick from: all that comparing needs, in one statement."""
    return vocabulary(await _own_fields(session))


async def _own_fields(session: AsyncSession) -> list[dict[str, Any]]:
    return [
        {"key": d.key, "label": d.label, "kind": d.kind.value, "options": [o.model_dump() for o in d.options]}
        for d in await fields.definitions(session, "ticket")
    ]
