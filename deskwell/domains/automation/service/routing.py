"""The routing rules of the wire: a view over automation rules that act when a ticket is opened."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid, NotFound
from deskwell.domains.accounts import queries as accounts
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields.models import Category, Tag
from deskwell.domains.teams import queries as teams

from .. import queries
from ..models import Rule
from ..schemas import (
    Comparison,
    Group,
    RoutingConditions,
    RoutingRuleRead,
    RoutingRuleWrite,
    RuleWrite,
    Trigger,
)
from .keeping import change_rule, create_rule

MAX_NAME = 120
MAX_PRIORITY = 1_000_000
ACTION_TYPES = ("assign_to_agent", "assign_to_group", "set_priority", "add_tag", "set_category")


async def save_routing_rule(session: AsyncSession, actor: Actor, data: RoutingRuleWrite) -> Rule:
    """Create a routing rule, or change the one of this id; a higher priority is looked at first.

    Raises:
        Invalid: it names an agent, team, tag, category or priority that does not exist.

    """
    name = data.name.strip()
    if not 0 < len(name) <= MAX_NAME:
        raise Invalid.field("name", f"Please give a name of at most {MAX_NAME} characters.")
    if abs(data.priority or 0) > MAX_PRIORITY:
        raise Invalid.field("priority", f"The priority must lie between -{MAX_PRIORITY} and {MAX_PRIORITY}.")
    draft = RuleWrite.model_validate(
        {
            "name": name,
            "description": (data.description or "")[:1000],
            "triggers": [Trigger.TICKET_OPENED],
            "conditions": (await _conditions(session, data.conditions or RoutingConditions())).model_dump(),
            "actions": [await _action(session, data.action_type, data.action_value)],
            "is_active": True if data.is_active is None else data.is_active,
        }
    )
    if data.id is None:
        rule = await create_rule(session, actor, draft)
    else:
        rule = await get_routing_rule(session, data.id)
        await change_rule(session, actor, rule, draft)
    rule.priority = data.priority or 0
    rule.routing = {
        "conditions": (data.conditions or RoutingConditions()).model_dump(),
        "action_type": data.action_type,
        "action_value": data.action_value,
    }
    await session.flush()
    await _put_in_place(session, rule)
    return rule


async def get_routing_rule(session: AsyncSession, rule_id: UUID) -> Rule:
    """Return a rule that was made as a routing rule.

    Raises:
        NotFound: there is none with this id.

    """
    rule = await queries.get_rule(session, rule_id)
    if rule.routing is None:
        raise NotFound("This routing rule does not exist. It may have been changed as an automation rule.")
    return rule


async def _put_in_place(session: AsyncSession, rule: Rule) -> None:
    """Move a routing rule before the first one of lower priority, and leave all others as they are."""
    others = [other for other in await queries.list_rules(session) if other.id != rule.id]
    lower = [i for i, o in enumerate(others) if o.routing is not None and o.priority < rule.priority]
    place = lower[0] if lower else len(others)
    for position, other in enumerate([*others[:place], rule, *others[place:]], start=1):
        other.position = position
    await session.flush()


async def _conditions(session: AsyncSession, asked: RoutingConditions) -> Group:
    parts: list[Group | Comparison] = []
    if keywords := [word for word in asked.keywords or [] if word.strip()]:
        texts = ("subject", "message.text")
        places = [Comparison(field=text, operator="mentions_any", value=list(keywords)) for text in texts]
        parts.append(Group(match="any", conditions=list(places)))
    if asked.issue_types:
        ids = [await _label_id(session, Category, name, "issue_types") for name in asked.issue_types]
        parts.append(Comparison(field="category", operator="is_any_of", value=list(ids)))
    if asked.tags:
        ids = [await _label_id(session, Tag, name, "tags") for name in asked.tags]
        parts.append(Comparison(field="tags", operator="includes_any", value=list(ids)))
    if asked.context:
        parts.append(Comparison(field="context", operator="is_any_of", value=list(asked.context)))
    if asked.priority:
        parts.append(Comparison(field="priority", operator="is_any_of", value=list(asked.priority)))
    return Group(match="all", conditions=parts)


async def _label_id(session: AsyncSession, kind: type[Any], name: str, field: str) -> str:
    label = await fields.find_label(session, kind, name)
    if label is None:
        noun = fields.NOUNS[kind]
        raise Invalid.field(f"conditions.{field}", f"There is no {noun} “{name}”. Please create it first.")
    return str(label.id)


async def _action(session: AsyncSession, kind: str, value: str) -> dict[str, Any]:
    if kind not in ACTION_TYPES:
        raise Invalid.field("action_type", f"The action must be one of: {', '.join(ACTION_TYPES)}.")
    match kind:
        case "assign_to_agent":
            agent = await accounts.find_staff(session, value)
            if agent is None:
                raise Invalid.field("action_value", f"There is no agent “{value}”.")
            return {"type": "assign", "agent_id": agent.id}
        case "assign_to_group":
            team = await teams.find_team(session, value)
            if team is None:
                raise Invalid.field("action_value", f"There is no team “{value}”.")
            return {"type": "assign_team", "team_id": team.id}
        case "set_priority":
            if value not in {"low", "medium", "high", "urgent"}:
                raise Invalid.field("action_value", "The priority must be low, medium, high or urgent.")
            return {"type": "set_priority", "priority": value}
        case "add_tag":
            return {"type": "add_tags", "tag_ids": [await _label_id(session, Tag, value, "tags")]}
    return {"type": "set_category", "category_id": await _label_id(session, Category, value, "category")}


def routing_view(rule: Rule) -> RoutingRuleRead:
    """A rule as `/admin/routing-rules` shows it."""
    assert rule.routing is not None
    return RoutingRuleRead(
        id=rule.id,
        name=rule.name,
        description=rule.description or None,
        priority=rule.priority,
        is_active=rule.is_active,
        conditions=RoutingConditions.model_validate(rule.routing["conditions"]),
        action_type=rule.routing["action_type"],
        action_value=rule.routing["action_value"],
        created_at=rule.created_at,
    )
