from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Conflict, Invalid
from deskwell.core.events import publish
from deskwell.domains.actions import service as actions

from .. import queries
from ..events import RuleChanged
from ..logic import faults_in
from ..models import Rule, RuleState
from ..schemas import RuleWrite


async def create_rule(session: AsyncSession, actor: Actor, data: RuleWrite) -> Rule:
    """Add a rule behind all others.

    Raises:
        Invalid: a condition or an action makes no sense; the errors say which.

    """
    await refuse_faulty(session, data)
    last = await session.scalar(select(func.max(Rule.position)).where(Rule.deleted_at.is_(None)))
    rule = Rule(**columns(data), position=(last or 0) + 1)
    session.add(rule)
    await session.flush()
    await session.refresh(rule)
    await announce(session, actor, rule, "created")
    return rule


async def change_rule(
    session: AsyncSession, actor: Actor, rule: Rule, data: RuleWrite, *, expected_version: int | None = None
) -> None:
    """Change a rule; it then is an ordinary one, also when it was made as a routing rule.

    Raises:
        Invalid: a condition or an action makes no sense; the errors say which.
        Conflict: somebody else changed it meanwhile.

    """
    if expected_version is not None and expected_version != rule.version:
        raise Conflict(
            "Somebody else changed this rule meanwhile. Please reload it.", code="version_conflict"
        )
    await refuse_faulty(session, data)
    values = columns(data)
    changed = tuple(name for name, value in values.items() if getattr(rule, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(rule, name, values[name])
    rule.routing = None
    rule.version += 1
    if {"triggers", "conditions"} & set(changed):
        await session.execute(delete(RuleState).where(RuleState.rule_id == rule.id))
    await session.flush()
    await announce(session, actor, rule, "changed", changed)


async def set_active(session: AsyncSession, actor: Actor, rule: Rule, *, is_active: bool) -> None:
    """Switch a rule on or off."""
    if rule.is_active is is_active:
        return
    rule.is_active = is_active
    await session.flush()
    await announce(session, actor, rule, "switched on" if is_active else "switched off")


async def delete_rule(session: AsyncSession, actor: Actor, rule: Rule) -> None:
    """Delete a rule; its log stays readable on the tickets."""
    rule.deleted_at, rule.is_active = now(), False
    await session.execute(delete(RuleState).where(RuleState.rule_id == rule.id))
    await session.flush()
    await announce(session, actor, rule, "deleted")


async def order_rules(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> None:
    """Look at the rules in this order; those that are not named follow."""
    rules = {rule.id: rule for rule in await queries.list_rules(session)}
    named = [rules[key] for key in dict.fromkeys(ids) if key in rules]
    if not named:
        raise Invalid.field("ids", "None of these rules exists (any more).")
    rest = [rule for rule in rules.values() if rule not in named]
    for position, rule in enumerate([*named, *rest], start=1):
        rule.position = position
    await session.flush()
    await announce(session, actor, named[0], "ordered")


async def refuse_faulty(session: AsyncSession, data: RuleWrite) -> None:
    """Refuse a rule that makes no sense."""
    faults = faults_in(data.conditions, await queries.desk_vocabulary(session))
    if faults:
        errors = [{"field": fault.field, "message": fault.message} for fault in faults]
        raise Invalid(errors[0]["message"], code="condition_invalid", errors=errors)
    await actions.refuse_faulty(session, data.actions, is_rule=True)


def columns(data: RuleWrite) -> dict[str, Any]:
    """The rule as its columns hold it."""
    return data.model_dump(mode="json")


async def announce(
    session: AsyncSession, actor: Actor, rule: Rule, change: str, fields: tuple[str, ...] = ()
) -> None:
    event = RuleChanged(actor=actor, rule_id=rule.id, change=change, name=rule.name, fields=fields)
    await publish(session, event)
