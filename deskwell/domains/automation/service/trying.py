from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.db import rows
from deskwell.domains.actions import queries as action_queries
from deskwell.domains.actions.logic import foresee, mails_of
from deskwell.domains.tickets import service as tickets

from .. import queries
from ..logic import evaluate, fields_asked, triggers_set_off
from ..models import Rule
from ..queries import Occasion
from ..schemas import DryRun, DryRunTicket, Group, RuleWrite
from .keeping import refuse_faulty
from .running import ACTIONS, run_on_ticket

SHOWN = 100


async def dry_run(
    session: AsyncSession, actor: Actor, data: RuleWrite, *, days: int, limit: int, rule_id: UUID | None
) -> DryRun:
    """Try a rule on past tickets without changing anything.

    Each ticket is looked at as it stands now, on the last occasion within the days on which the rule
    would have looked at it. What it would do is foreseen by the function that a real run uses, ticket
    after ticket, so that turns and loads come out alike.

    Raises:
        Invalid: the rule makes no sense.

    """
    await refuse_faulty(session, data)
    occasions = await queries.past_occasions(
        session, data.triggers, since=now() - timedelta(days=days), limit=limit
    )
    occasions.sort(key=lambda occasion: occasion.ticket_id)
    fields = await queries.known_fields(session)
    facts = await queries.facts_of(session, occasions, fields_asked([data.conditions]))
    truths = {key: evaluate(data.conditions, found, fields, now()) for key, found in facts.items()}
    matched = [o for o in occasions if o.ticket_id in truths and truths[o.ticket_id].truth]
    states = await action_queries.states(session, [o.ticket_id for o in matched])
    world = await action_queries.world(session, _nobody(actor), data.actions, states.values())
    numbers = await _numbers(session, list(facts))
    found: list[DryRunTicket] = []
    misses: list[DryRunTicket] = []
    mails = 0
    for occasion in occasions:
        key = occasion.ticket_id
        if key not in truths:
            continue
        line = DryRunTicket(
            ticket_id=key,
            number=numbers[key][0],
            subject=numbers[key][1],
            at=occasion.at,
            truth=truths[key],
            changes=[],
        )
        if not truths[key].truth:
            misses.append(line)
            continue
        outcome = foresee(data.actions, states[key], world)
        world = outcome.world
        line.changes = outcome.changes
        mails += len(mails_of(outcome.changes))
        found.append(line)
    return DryRun(
        days=days,
        looked_at=len(truths),
        matched=len(found),
        changed=sum(bool(line.changes) for line in found),
        mails=mails,
        tickets=found[:SHOWN],
        misses=misses[:20],
        may_set_off=await _may_set_off(session, data, rule_id),
    )


def _nobody(actor: Actor) -> Actor:
    """A rule acts as nobody: no reply of it takes the ticket."""
    return Actor(actor.kind, role=actor.role, permissions=actor.permissions)


async def _numbers(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    found = await rows(
        session, "SELECT id, number, subject FROM tickets WHERE id = ANY(%(ids)s)", ids=list(ids)
    )
    return {row["id"]: (row["number"], row["subject"]) for row in found}


async def _may_set_off(session: AsyncSession, data: RuleWrite, rule_id: UUID | None) -> list[str]:
    """The names of rules, this one among them, whose trigger these actions could pull."""
    pulled = triggers_set_off(action.type for action in data.actions)
    names = [rule.name for rule in await queries.active_rules(session, sorted(pulled)) if rule.id != rule_id]
    return [data.name, *names] if pulled & set(data.triggers) else names


async def apply_now(
    session: AsyncSession, actor: Actor, rule: Rule, ticket_ids: Sequence[UUID]
) -> dict[UUID, bool]:
    """Run a saved rule on these tickets, where its conditions hold now; says on which it ran."""
    fields = await queries.known_fields(session)
    conditions = Group.model_validate(rule.conditions)
    wanted = set(ticket_ids)
    occasions = {
        o.ticket_id: o
        for o in await queries.past_occasions(
            session, rule.triggers, since=now() - timedelta(days=3650), limit=100_000
        )
        if o.ticket_id in wanted
    }
    ran: dict[UUID, bool] = {}
    ACTIONS.validate_python(rule.actions)
    for key in sorted(wanted):
        ticket = await tickets.lock_ticket(session, key)
        occasion = occasions.get(key, Occasion(key))
        facts = await queries.facts_of(session, [occasion], fields_asked([conditions]))
        truth = evaluate(conditions, facts[key], fields, now())
        ran[key] = truth.truth and ticket.trashed_at is None
        if ran[key]:
            await run_on_ticket(session, actor, rule, ticket, truth, fields)
    return ran
