import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM, Actor, Kind, Through
from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.db import execute, rows
from deskwell.core.errors import Problem
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.domains.actions import service as acting
from deskwell.domains.actions.schemas import Action, Change
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Ticket

from .. import queries
from ..events import RuleRan, RuleStopped
from ..logic import FieldSpec, evaluate, fields_asked, narrowed, refusal_to_run, without_texts
from ..models import Rule, RuleRun, RuleState
from ..queries import Occasion
from ..schemas import Group, GroupTruth, Trigger

ACTIONS: TypeAdapter[list[Action]] = TypeAdapter(list[Action])
BATCH = 200
KEEP_MISSES = timedelta(days=14)
KEEP_RUNS = timedelta(days=180)


async def run_rules(session: AsyncSession, actor: Actor, occasion: Occasion, trigger: Trigger) -> None:
    """Let every rule with this trigger look at the ticket, in order, and do what it says where it is true."""
    rules = await queries.rules_pulled_by(session, trigger)
    if not rules:
        return
    ticket = await tickets.lock_ticket(session, occasion.ticket_id)
    if ticket.trashed_at is not None:
        return
    fields = await queries.known_fields(session)
    asked = fields_asked(rule.conditions for rule in rules)
    facts = (await queries.facts_of(session, [occasion], asked))[ticket.id]
    for rule in rules:
        truth = evaluate(rule.conditions, facts, fields, now())
        if not truth.truth:
            _log(session, rule.id, ticket.id, trigger, "not_matched", truth, fields, depth=len(actor.causes))
            continue
        stored = await queries.get_rule(session, rule.id)
        await _run(session, actor, stored, ticket, trigger, truth, fields)
        if rule.stops_others:
            break
        facts = (await queries.facts_of(session, [occasion], asked))[ticket.id]
    await session.flush()


async def _run(
    session: AsyncSession,
    actor: Actor,
    rule: Rule,
    ticket: Ticket,
    trigger: Trigger,
    truth: GroupTruth,
    fields: dict[str, FieldSpec],
) -> None:
    actions = ACTIONS.validate_python(rule.actions)
    refusal = refusal_to_run(
        str(rule.id),
        chain=actor.causes,
        wanted=len(actions),
        used=await queries.used_budget(session, ticket.id),
    )
    run = _log(session, rule.id, ticket.id, trigger, "ran", truth, fields, depth=len(actor.causes))
    if refusal:
        run.outcome, run.reason = "stopped", refusal.value
        await _say_stopped(session, rule, ticket, refusal.value)
        return
    run.actions = len(actions)
    await session.flush()
    changes, failure = await _act(session, _hand_of(rule, actor), ticket, actions)
    run.changes = [change.model_dump(mode="json") for change in changes]
    rule.last_ran_at = now()
    if failure:
        run.outcome, run.reason = "failed", failure
        await _say_stopped(session, rule, ticket, failure)
    else:
        ran = RuleRan(
            actor=_hand_of(rule, actor),
            ticket_id=ticket.id,
            rule_id=rule.id,
            name=rule.name,
            changes=len(changes),
        )
        await publish(session, ran)
    await session.flush()


def _hand_of(rule: Rule, actor: Actor) -> Actor:
    return Actor(Kind.RULE, name=rule.name, through=Through.RULE, causes=(*actor.causes, str(rule.id)))


async def _act(
    session: AsyncSession, hand: Actor, ticket: Ticket, actions: Sequence[Action]
) -> tuple[list[Change], str | None]:
    """Do all of a rule's actions or none of them; a refusal is a sentence for the log."""
    gathered = {key: len(session.info.get(key, ())) for key in ("facts", "jobs")}
    try:
        async with session.begin_nested():
            changes = await acting.run(session, hand, ticket, actions)
            await session.flush()
    except Problem as problem:
        for key, length in gathered.items():  # what was announced did not happen
            del session.info.get(key, [])[length:]
        await session.refresh(ticket)
        return [], problem.detail
    return changes, None


async def _say_stopped(session: AsyncSession, rule: Rule, ticket: Ticket, reason: str) -> None:
    event = RuleStopped(actor=SYSTEM, ticket_id=ticket.id, rule_id=rule.id, name=rule.name, reason=reason)
    await publish(session, event)


def _log(
    session: AsyncSession,
    rule_id: UUID,
    ticket_id: UUID,
    trigger: Trigger,
    outcome: str,
    truth: GroupTruth,
    fields: dict[str, FieldSpec],
    *,
    depth: int,
) -> RuleRun:
    run = RuleRun(
        id=new_id(),
        rule_id=rule_id,
        ticket_id=ticket_id,
        trigger=trigger.value,
        outcome=outcome,
        truth=without_texts(truth, fields),
        changes=[],
        actions=0,
        depth=depth,
    )
    session.add(run)
    return run


async def sweep(context: Context) -> int:
    """Let all time rules look at all tickets; each runs once when its conditions become true.

    It runs again only after they were untrue in between. Returns how many tickets were acted on.
    """
    async with context.transaction() as session:
        rules = await queries.active_rules(session, [Trigger.TIME_PASSED])
        ids = [rule.id for rule in rules]
    return sum([await _sweep_rule(context, rule_id) for rule_id in ids])


async def _sweep_rule(context: Context, rule_id: UUID) -> int:
    acted = 0
    async with context.transaction() as session:
        rule = await queries.get_rule(session, rule_id)
        fields = await queries.known_fields(session)
        candidates = await _candidates(session, rule)
    for batch in _batches(candidates):
        async with context.transaction() as session:
            due = await _newly_true(session, rule, fields, batch)
        for ticket_id in due:
            async with context.transaction() as session:
                acted += await _fire(session, rule_id, ticket_id, fields)
    return acted


def _batches(ids: Sequence[UUID]) -> Iterator[list[UUID]]:
    source = iter(ids)
    while batch := list(itertools.islice(source, BATCH)):
        yield batch


async def _candidates(session: AsyncSession, rule: Rule) -> list[UUID]:
    """Tickets a rule may be true of, narrowed down in the database, and those it was true of."""
    condition, params = narrowed(Group.model_validate(rule.conditions), now())
    found = await rows(
        session,
        f"""SELECT t.id FROM tickets t WHERE t.trashed_at IS NULL AND t.merged_into_id IS NULL AND {condition}
            UNION SELECT ticket_id FROM rule_states WHERE rule_id = %(rule)s ORDER BY 1""",
        rule=rule.id,
        **params,
    )
    return [row["id"] for row in found]


async def _newly_true(
    session: AsyncSession, rule: Rule, fields: dict[str, FieldSpec], batch: list[UUID]
) -> list[UUID]:
    conditions = Group.model_validate(rule.conditions)
    facts = await queries.facts_of(session, [Occasion(key) for key in batch], fields_asked([conditions]))
    moment = now()
    true = {key for key, found in facts.items() if evaluate(conditions, found, fields, moment).truth}
    remembered = await session.scalars(
        select(RuleState.ticket_id).where(RuleState.rule_id == rule.id, RuleState.ticket_id.in_(batch))
    )
    before = set(remembered)
    gone = before - true
    if gone:
        await session.execute(
            delete(RuleState).where(RuleState.rule_id == rule.id, RuleState.ticket_id.in_(gone))
        )
    return sorted(true - before)


async def _fire(session: AsyncSession, rule_id: UUID, ticket_id: UUID, fields: dict[str, FieldSpec]) -> int:
    ticket = await tickets.lock_ticket(session, ticket_id)
    rule = await queries.get_rule(session, rule_id)
    remember = insert(RuleState).values(rule_id=rule.id, ticket_id=ticket.id, since=now())
    fresh = await session.execute(remember.on_conflict_do_nothing().returning(RuleState.ticket_id))
    if fresh.scalar() is None or not rule.is_active or ticket.trashed_at is not None:
        return 0
    conditions = Group.model_validate(rule.conditions)
    facts = await queries.facts_of(session, [Occasion(ticket.id)], fields_asked([conditions]))
    truth = evaluate(conditions, facts[ticket.id], fields, now())
    if not truth.truth:  # it changed since the batch was read
        await session.execute(
            delete(RuleState).where(RuleState.rule_id == rule.id, RuleState.ticket_id == ticket.id)
        )
        return 0
    await _run(session, SYSTEM, rule, ticket, Trigger.TIME_PASSED, truth, fields)
    return 1


async def run_on_ticket(
    session: AsyncSession, actor: Actor, rule: Rule, ticket: Ticket, truth: Any, fields: dict[str, FieldSpec]
) -> None:
    """Run one rule on one locked ticket because somebody asked for it."""
    await _run(session, actor, rule, ticket, Trigger(rule.triggers[0]), truth, fields)


async def forget_runs(session: AsyncSession) -> int:
    """Drop lines of the log that are too old to matter; what rules did stays in the tickets' own activity."""
    return await execute(
        session,
        """DELETE FROM rule_runs WHERE created_at < %(runs)s
           OR outcome = 'not_matched' AND created_at < %(misses)s""",
        runs=now() - KEEP_RUNS,
        misses=now() - KEEP_MISSES,
    )
