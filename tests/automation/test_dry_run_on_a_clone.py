"""A dry run foresees what really happens: the rule is tried here and run on a copy of the same database."""

import contextlib
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from deskwell.app.api import create_app
from deskwell.app.context import build_context
from deskwell.core.db import rows
from deskwell.core.ids import new_id
from deskwell.domains.automation import service
from deskwell.domains.email.models import EmailAccount, Provider
from deskwell.domains.tickets.models import Priority
from deskwell.migrations import upgrade
from tests.conftest import client_of, new_database
from tests.conftest import test_settings as settings_of
from tests.factories import Make

STATES = """
SELECT t.id, t.status, t.priority, t.context, a.name AS assignee, tm.name AS team, c.name AS category,
       t.snoozed_until IS NOT NULL AS snoozed_until, t.custom_fields,
       ARRAY(SELECT g.name FROM ticket_tags k JOIN tags g ON g.id = k.tag_id WHERE k.ticket_id = t.id ORDER BY 1) AS tags,
       ARRAY(SELECT u.name FROM ticket_watchers w JOIN users u ON u.id = w.user_id WHERE w.ticket_id = t.id ORDER BY 1) AS watchers,
       (SELECT count(*) FROM messages m WHERE m.ticket_id = t.id AND m.is_internal) AS notes,
       (SELECT count(*) FROM messages m WHERE m.ticket_id = t.id AND m.author = 'agent' AND NOT m.is_internal) AS replies
FROM tickets t LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN teams tm ON tm.id = t.team_id
LEFT JOIN categories c ON c.id = t.category_id ORDER BY t.id
"""
MAILS = "SELECT count(*) AS n FROM email_messages WHERE direction = 'outbound'"


class Desk:
    """A desk on a database of its own, and its admin."""

    def __init__(self, url):
        self.context = build_context(settings_of(url))
        self.make = Make(self.context)

    async def __aenter__(self):
        self.client = client_of(create_app(context=self.context))
        return self

    async def __aexit__(self, *_):
        await self.client.aclose()
        await self.context.database.close()

    async def read(self, sql):
        async with self.context.transaction() as session:
            return await rows(session, sql)

    async def post(self, path, body):
        answer = await self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filled(postgres):
    """A database with tickets, and everything rules may name; nobody is connected to it."""
    url = new_database(postgres)
    async with Desk(url) as desk:
        make, admin = desk.make, await desk.make.admin(name="Ada")
        token = await make.token(admin)
        desk.client.headers["Authorization"] = f"Bearer {token}"
        address = {"email": "help@example.net", "provider": Provider.SMTP, "smtp_host": "mail.example.net"}
        await make.saved(EmailAccount(id=new_id(), **address))
        ana, ben, cleo = [await make.agent(name=name) for name in ("Ana", "Ben", "Cleo")]
        named = {
            "by_load": str((await make.team(ana, ben, name="By load")).id),
            "in_turn": str((await make.team(ben, cleo, name="In turn")).id),
            "new_tag": str((await make.tag("new")).id),
            "old_tag": str((await make.tag("old")).id),
            "category": str((await make.category("Kettles")).id),
            "ana": str(ana.id),
            "cleo": str(cleo.id),
        }
        await desk.post("/admin/custom-fields", {"key": "cause", "label": "Cause", "kind": "text"})
        for n in range(12):
            ticket = await make.ticket(
                subject=f"Kettle {n}" if n % 4 else f"Lamp {n}",
                body="It drips badly." if n % 3 else "Just asking.",
                priority=(Priority.LOW, Priority.HIGH, Priority.URGENT)[n % 3],
                context="Shop" if n % 2 else "Office",
            )
            if n % 5 == 0:
                await desk.post(f"/ticket/{ticket.id}/tags", {"tag_ids": [named["old_tag"]]})
            if n % 6 == 1:
                await desk.client.post(f"/admin/ticket/{ticket.id}/assign", json={"agent_id": named["ana"]})
            if n == 7:
                await desk.client.post(f"/admin/ticket/{ticket.id}/close")
    return url, named, token


def asks(field, operator, value=None):
    return {"field": field, "operator": operator, "value": value}


def rules(named):
    """Name, triggers, conditions, actions: together every action that a rule may hold, the AI's apart."""
    drips = asks("message.text", "mentions_any", ["drips"])
    open_now = asks("status", "is_not", "closed")
    return {
        "events": (
            ["ticket_opened"],
            {"match": "all", "conditions": [drips, asks("subject", "starts_with", "Kettle"), open_now]},
            [
                {"type": "assign_team", "team_id": named["by_load"], "method": "load"},
                {"type": "set_priority", "priority": "urgent"},
                {"type": "add_tags", "tag_ids": [named["new_tag"]]},
                {"type": "remove_tags", "tag_ids": [named["old_tag"]]},
                {"type": "set_category", "category_id": named["category"]},
                {"type": "set_field", "key": "cause", "value": "Seal"},
                {"type": "set_context", "context": "Kettle shop"},
                {"type": "add_watchers", "user_ids": [named["cleo"]]},
                {"type": "note", "body": "For {{team_name}}"},
                {"type": "mail", "to": ["assignee", "boss@example.net"], "subject": "Look", "body": "Now"},
            ],
        ),
        "time": (
            ["time_passed"],
            {
                "match": "all",
                "conditions": [
                    asks("created_at", "is_less_than_hours_ago", 5),
                    {
                        "match": "any",
                        "conditions": [asks("context", "is", "Office"), asks("priority", "is", "high")],
                    },
                ],
            },
            [
                {"type": "assign_team", "team_id": named["in_turn"], "method": "round_robin"},
                {"type": "reply", "body": "Dear {{customer_name}}"},
                {"type": "snooze", "until": "2040-01-01T00:00:00Z"},
                {"type": "notify", "user_ids": [named["ana"]], "team_ids": [], "message": "See"},
            ],
        ),
        "ends": (
            ["time_passed"],
            {"match": "all", "conditions": [asks("priority", "is_at_most", "low")]},
            [
                {"type": "assign", "agent_id": named["cleo"]},
                {"type": "remove_watchers", "user_ids": [named["cleo"]]},
                {"type": "close"},
            ],
        ),
        "hands over": (
            ["priority_changed", "ticket_opened"],
            {"match": "all", "conditions": [asks("tags", "includes_any", [named["old_tag"]])]},
            [{"type": "reopen"}, {"type": "assign", "agent_id": None}, {"type": "escalate", "reason": "Old"}],
        ),
    }


@pytest.mark.parametrize("name", ["events", "time", "ends", "hands over"])
async def test_dry_run_equals_the_real_run(postgres, filled, name):
    source, named, token = filled
    triggers, conditions, actions = rules(named)[name]
    draft = {"name": name, "triggers": triggers, "conditions": conditions, "actions": actions}
    copy = postgres.create_database(f"copy_{new_id().hex[-12:]}", template=urlsplit(source).path.strip("/"))
    upgrade(copy)
    async with contextlib.AsyncExitStack() as stack:
        here = await stack.enter_async_context(Desk(source))
        there = await stack.enter_async_context(Desk(copy))
        for desk in (here, there):
            desk.client.headers["Authorization"] = f"Bearer {token}"
        before = await here.read(STATES)
        assert await there.read(STATES) == before
        (mails_before,) = await there.read(MAILS)

        dry = await here.post("/admin/rules/dry-run", {"rule": draft, "days": 30})
        assert await here.read(STATES) == before, "a dry run changes nothing"
        assert dry["changed"] > 1

        rule = (await there.post("/admin/rules", draft))["rule"]
        if triggers == ["time_passed"]:
            await service.sweep(there.context)
        else:
            ids = [str(row["id"]) for row in before]
            await there.post(f"/admin/rules/{rule['id']}/apply", {"ticket_ids": ids})
        log = await there.client.get(f"/admin/rules/{rule['id']}/runs", params={"page_size": 100})
        really = {run["ticket_id"]: run for run in log.json()["runs"] if run["outcome"] == "ran"}
        assert {key: run["changes"] for key, run in really.items()} == {
            line["ticket_id"]: line["changes"] for line in dry["tickets"]
        }
        after = await there.read(STATES)
        (mails_after,) = await there.read(MAILS)
    assert mails_after["n"] - mails_before["n"] == dry["mails"]
    foreseen = {line["ticket_id"]: line["changes"] for line in dry["tickets"]}
    for old, new in zip(before, after, strict=True):
        changes = foreseen.get(str(old["id"]), [])
        assert differing(old, new) == {field for field in map(field_of, changes) if field}, changes
        for change in changes:
            if change["field"] in {"priority", "status", "assignee", "team", "category"}:
                last = [c for c in changes if c["field"] == change["field"]][-1]
                assert new[change["field"]] == last["after"]


def differing(old, new):
    return {name for name in old if old[name] != new[name]}


def field_of(change):
    """The part of a ticket that a foreseen change shows in; mails and notifications show elsewhere."""
    field = change["field"]
    if field.startswith("custom"):
        return "custom_fields"
    return {
        "note": "notes",
        "reply": "replies",
        "mail": None,
        "notify": None,
    }.get(field, field)
