from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import TypeAdapter

from deskwell.core.actor import Actor
from deskwell.core.db import Session
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import requires
from deskwell.domains.actions.schemas import Action
from deskwell.domains.tickets.access import StaffTicket, visibility_sql

from . import queries, schemas, service
from .access import MANAGE_RULES, READ_RULES
from .logic import OPERATORS
from .models import Rule

router = APIRouter(tags=["Automation"])
Owner = Annotated[Actor, Depends(requires(MANAGE_RULES))]
Reader = Annotated[Actor, Depends(requires(READ_RULES))]


@router.get("/admin/rules")
async def list_rules(_: Owner, session: Session) -> schemas.Rules:
    """All rules in the order they are looked at, with what they did in the last seven days."""
    counted = await queries.counters(session)
    rules = await queries.list_rules(session)
    return schemas.Rules(rules=[_read(rule, counted.get(rule.id, {})) for rule in rules])


def _read(rule: Rule, counted: Mapping[str, int]) -> schemas.RuleRead:
    return schemas.RuleRead.model_validate(
        {
            **{name: getattr(rule, name) for name in schemas.RuleRead.model_fields if hasattr(rule, name)},
            "is_routing": rule.routing is not None,
            "ran_last_week": counted.get("ran", 0),
            "stopped_last_week": counted.get("stopped", 0),
            "failed_last_week": counted.get("failed", 0),
        }
    )


@router.post("/admin/rules")
async def create_rule(data: schemas.RuleWrite, actor: Owner, session: Session) -> schemas.RuleSaved:
    return schemas.RuleSaved(rule=_read(await service.create_rule(session, actor, data), {}))


@router.get("/admin/rules/vocabulary")
async def read_vocabulary(_: Owner, session: Session) -> schemas.VocabularyRead:
    """All triggers, fields, operators and actions a rule may be made of on this desk."""
    fields = await queries.desk_vocabulary(session)
    return schemas.VocabularyRead(
        triggers=[schemas.TriggerRead(key=t, label=_words(t)) for t in schemas.Trigger],
        fields=[
            schemas.FieldRead(
                key=spec.key,
                label=spec.label,
                group=spec.group,
                kind=spec.kind,
                options=None
                if spec.options is None
                else [schemas.OptionRead.model_validate(option) for option in spec.options],
            )
            for spec in fields.values()
        ],
        operators={
            kind: [schemas.OperatorRead(key=k, label=o.label, takes=o.takes) for k, o in known.items()]
            for kind, known in OPERATORS.items()
        },
        actions=_actions(),
    )


def _actions() -> list[schemas.ActionRead]:
    schema = TypeAdapter(Action).json_schema()
    names = {ref.rpartition("/")[2]: name for name, ref in schema["discriminator"]["mapping"].items()}
    return [
        schemas.ActionRead(
            type=name,
            label=_words(name),
            description=schema["$defs"][title]["description"].split("\n")[0],
            in_rules=name != "assign_to_me",
        )
        for title, name in names.items()
    ]


def _words(key: str) -> str:
    text = (
        key.replace("_", " ").replace("ai", "AI")
        if key.startswith(("ai_", "ask_ai"))
        else key.replace("_", " ")
    )
    return text[0].upper() + text[1:].replace("sla", "SLA")


@router.put("/admin/rules/order")
async def order_rules(data: schemas.RuleOrder, actor: Owner, session: Session) -> schemas.Rules:
    """Put the rules into another order."""
    await service.order_rules(session, actor, data.ids)
    return await list_rules(actor, session)


@router.post("/admin/rules/dry-run")
async def dry_run(data: schemas.DryRunRequest, actor: Owner, session: Session) -> schemas.DryRun:
    """Try a rule on past tickets; nothing is changed and nothing is sent."""
    return await service.dry_run(
        session, actor, data.rule, days=data.days, limit=data.limit, rule_id=data.rule_id
    )


@router.get("/admin/rules/{rule_id}")
async def read_rule(rule_id: UUID, _: Owner, session: Session) -> schemas.RuleSaved:
    rule = await queries.get_rule(session, rule_id)
    return schemas.RuleSaved(rule=_read(rule, (await queries.counters(session)).get(rule.id, {})))


@router.put("/admin/rules/{rule_id}")
async def change_rule(
    rule_id: UUID, data: schemas.RuleChange, actor: Owner, session: Session
) -> schemas.RuleSaved:
    rule = await queries.get_rule(session, rule_id)
    draft = schemas.RuleWrite.model_validate(data.model_dump(exclude={"expected_version"}))
    await service.change_rule(session, actor, rule, draft, expected_version=data.expected_version)
    return schemas.RuleSaved(rule=_read(rule, (await queries.counters(session)).get(rule.id, {})))


@router.put("/admin/rules/{rule_id}/active")
async def switch_rule(
    rule_id: UUID, data: schemas.RuleSwitch, actor: Owner, session: Session
) -> schemas.RuleSaved:
    """Switch a rule on or off."""
    rule = await queries.get_rule(session, rule_id)
    await service.set_active(session, actor, rule, is_active=data.is_active)
    return schemas.RuleSaved(rule=_read(rule, (await queries.counters(session)).get(rule.id, {})))


@router.delete("/admin/rules/{rule_id}")
async def delete_rule(rule_id: UUID, actor: Owner, session: Session) -> schemas.Done:
    rule = await queries.get_rule(session, rule_id)
    await service.delete_rule(session, actor, rule)
    return schemas.Done(message=f"The rule “{rule.name}” was deleted.")


@router.post("/admin/rules/{rule_id}/apply")
async def apply_rule(
    rule_id: UUID, data: schemas.ApplyRequest, actor: Owner, session: Session
) -> schemas.Applied:
    """Run a saved rule on these tickets now, where its conditions hold."""
    rule = await queries.get_rule(session, rule_id)
    ran = await service.apply_now(session, actor, rule, data.ticket_ids)
    ran_on = [key for key, did in ran.items() if did]
    return schemas.Applied(message=f"The rule ran on {len(ran_on)} of {len(ran)} tickets.", ran_on=ran_on)


@router.get("/admin/rules/{rule_id}/runs")
async def list_runs(
    rule_id: UUID,
    actor: Owner,
    session: Session,
    page: PageParams,
    outcome: Annotated[Literal["ran", "not_matched", "stopped", "failed"] | None, Query()] = None,
) -> schemas.Runs:
    """The rule's log: on which tickets it ran or did not, and why."""
    await queries.get_rule(session, rule_id)
    condition, params = visibility_sql(actor)
    found, total = await queries.list_runs(
        session, rule_id, page, outcome=outcome, condition=condition, params=params
    )
    runs = [schemas.RunRead.model_validate(row) for row in found]
    return schemas.Runs(runs=runs, pagination=pagination(page, total))


@router.get("/ticket/{ticket_id}/rule-runs")
async def list_ticket_runs(ticket: StaffTicket, _: Reader, session: Session) -> schemas.TicketRuns:
    """Which rules looked at this ticket, and why they did or did not run."""
    found = await queries.runs_of_ticket(session, ticket.id)
    return schemas.TicketRuns(runs=[schemas.RunRead.model_validate(row) for row in found])


@router.get("/admin/routing-rules")
async def list_routing_rules(_: Owner, session: Session) -> schemas.RoutingRules:
    """The automation rules that were made as routing rules, in the order they are looked at."""
    rules = await queries.list_rules(session, routing_only=True)
    return schemas.RoutingRules(rules=[service.routing_view(rule) for rule in rules])


@router.post("/admin/routing-rules")
async def save_routing_rule(
    data: schemas.RoutingRuleWrite, actor: Owner, session: Session
) -> schemas.RoutingRuleSaved:
    """Create a routing rule, or change the one with this `id`."""
    rule = await service.save_routing_rule(session, actor, data)
    return schemas.RoutingRuleSaved(rule=service.routing_view(rule))


@router.delete("/admin/routing-rules/{rule_id}")
async def delete_routing_rule(rule_id: UUID, actor: Owner, session: Session) -> schemas.Done:
    rule = await service.get_routing_rule(session, rule_id)
    await service.delete_rule(session, actor, rule)
    return schemas.Done(message=f"The routing rule “{rule.name}” was deleted.")
