"""Fields, companies, texts, macros and rules of the example."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import SYSTEM
from deskwell.domains.accounts.schemas import CompanyWrite
from deskwell.domains.accounts.service.companies import save_company
from deskwell.domains.automation import service as automation
from deskwell.domains.automation.schemas import RuleWrite
from deskwell.domains.contexts import queries as contexts
from deskwell.domains.fields import service as fields
from deskwell.domains.fields.schemas import CustomFieldWrite
from deskwell.domains.macros import service as macros
from deskwell.domains.macros.schemas import CannedWrite, MacroWrite
from deskwell.domains.teams import queries as teams

from .stories import facts


async def set_up(session: AsyncSession, brands: Mapping[str, str]) -> None:
    """Set up what an owner would, after the tickets are told: rules look at new ones only."""
    known = facts("workflows")
    ids = {context.name: context.id for context in await contexts.list_contexts(session)}
    team_ids = {team.name: team.id for team in await teams.list_teams(session)}
    for field in known["fields"]:
        await fields.create_field(
            session, SYSTEM, _field(field, {slug: ids[name] for slug, name in brands.items()})
        )
    for company in known["companies"]:
        await save_company(session, SYSTEM, CompanyWrite.model_validate(company))
    for canned in known["canned"]:
        await macros.save_canned(session, SYSTEM, CannedWrite(visibility="everyone", **canned))
    for macro in known["macros"]:
        actions = _actions(macro["actions"], team_ids)
        data = {**macro, "visibility": "everyone", "actions": actions}
        await macros.save_macro(session, SYSTEM, MacroWrite.model_validate(data))
    for rule in known["rules"]:
        conditions = {"match": "all", "conditions": rule["conditions"]}
        data = {**rule, "conditions": conditions, "actions": _actions(rule["actions"], team_ids)}
        await automation.create_rule(session, SYSTEM, RuleWrite.model_validate(data))


def _field(given: Mapping[str, Any], context_ids: Mapping[str, UUID]) -> CustomFieldWrite:
    values = dict(given)
    context = values.pop("context", None)
    options = [{"value": label.lower(), "label": label} for label in values.pop("options", ())]
    places = [context_ids[context]] if context else []
    return CustomFieldWrite.model_validate({**values, "options": options, "context_ids": places})


def _actions(actions: Sequence[Mapping[str, Any]], team_ids: Mapping[str, UUID]) -> list[dict[str, Any]]:
    return [
        {
            **{key: value for key, value in action.items() if key != "team"},
            **({"team_id": team_ids[action["team"]]} if "team" in action else {}),
        }
        for action in actions
    ]
