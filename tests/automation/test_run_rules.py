from datetime import timedelta

import pytest_asyncio

from deskwell.core import clock
from deskwell.core.db import rows
from deskwell.core.ids import new_id
from deskwell.domains.automation import service
from deskwell.domains.automation.logic import FIELDS, NOT_ASKED
from deskwell.domains.email.models import EmailAccount, Provider
from deskwell.domains.tickets.models import Priority, Ticket


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(sign_in, make):
    return await sign_in(await make.admin())


async def a_rule(admin, actions, *conditions, triggers=("ticket_opened",), **values):
    body = {
        "name": values.pop("name", "Rule"),
        "triggers": list(triggers),
        "conditions": {"match": "all", "conditions": list(conditions)},
        "actions": actions,
        **values,
    }
    saved = await admin.post("/admin/rules", json=body)
    assert saved.status_code == 200, saved.text
    return saved.json()["rule"]


async def switch_off(admin, *rules):
    for rule in rules:
        await admin.put(f"/admin/rules/{rule['id']}/active", json={"is_active": False})


def asks(field, operator, value=None):
    return {"field": field, "operator": operator, "value": value}


async def the_ticket(admin, ticket_id):
    return (await admin.get(f"/ticket/{ticket_id}")).json()["ticket"]


async def runs_of(admin, ticket_id):
    return (await admin.get(f"/ticket/{ticket_id}/rule-runs")).json()["runs"]


async def test_urgent_goes_to_the_team_by_load_from_web_and_api_before_the_ai(admin, sign_in, make):
    ana, ben = await make.agent(name="Ana"), await make.agent(name="Ben")
    team = await make.team(ana, ben)
    rule = await a_rule(
        admin,
        [{"type": "assign_team", "team_id": str(team.id), "method": "load"}],
        asks("priority", "is", "urgent"),
    )
    person = await make.customer()
    customer = await sign_in(person)
    body = {"context": "Shop", "subject": "Fire", "message": "It burns.", "priority": "urgent"}
    key = await admin.post(
        "/admin/api-keys", json={"name": "Shop", "scopes": ["tickets.read", "tickets.reply"]}
    )
    bearer = {"Authorization": f"Bearer {key.json()['key']}"}

    web = (await customer.post("/ticket", json=body)).json()
    api = await admin.post(
        "/ticket",
        json={**body, "subject": "Smoke", "requester": {"email": "kim@example.org", "name": "Kim"}},
        headers=bearer,
    )
    assert api.status_code == 200, api.text
    assert "will handle this ticket" in web["reply"]
    assert "will handle this ticket" in api.json()["reply"]

    tickets = [await the_ticket(admin, answer["ticket_id"]) for answer in (web, api.json())]
    assert {t["team_id"] for t in tickets} == {str(team.id)}
    assert {t["assigned_name"] for t in tickets} == {"Ana", "Ben"}
    assert [t["source"] for t in tickets] == ["web", "api"]
    calm = (
        await customer.post(
            "/ticket",
            json={**body, "subject": "Calm", "priority": "low"},
            headers={"Prefer": "respond-async"},
        )
    ).json()
    assert (await the_ticket(admin, calm["ticket_id"]))["team_id"] is None
    await switch_off(admin, rule)


async def test_the_log_tells_why_a_rule_ran_or_did_not(admin, make):
    tag = await make.tag()
    rule = await a_rule(
        admin,
        [{"type": "add_tags", "tag_ids": [str(tag.id)]}],
        asks("message.text", "mentions_any", ["refund"]),
        asks("source", "is", "web"),
    )
    yes, no = await make.ticket(body="I want a Refund!"), await make.ticket(body="Hello")
    (ran,), (missed,) = await runs_of(admin, yes.id), await runs_of(admin, no.id)
    assert (ran["outcome"], missed["outcome"]) == ("ran", "not_matched")
    assert [c["truth"] for c in ran["truth"]["conditions"]] == [True, True]
    assert [c["truth"] for c in missed["truth"]["conditions"]] == [False, True]
    assert "Refund" not in str(ran["truth"]["conditions"][0]["found"])
    assert ran["changes"][0]["text"] == f"Adds the tag {tag.name}"
    listed = (await admin.get("/admin/rules")).json()["rules"]
    assert next(r for r in listed if r["id"] == rule["id"])["ran_last_week"] == 1
    log = (await admin.get(f"/admin/rules/{rule['id']}/runs", params={"outcome": "ran"})).json()["runs"]
    assert [run["ticket_id"] for run in log] == [str(yes.id)]
    await switch_off(admin, rule)


async def test_two_rules_that_feed_each_other_stop_and_say_so(admin, make):
    up = await a_rule(
        admin,
        [{"type": "set_priority", "priority": "urgent"}],
        asks("priority", "is", "low"),
        triggers=["priority_changed"],
        name="Up",
    )
    down = await a_rule(
        admin,
        [{"type": "set_priority", "priority": "low"}],
        asks("priority", "is", "urgent"),
        triggers=["priority_changed"],
        name="Down",
    )
    ticket = await make.ticket()
    answer = await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "low"})
    assert answer.status_code == 200
    runs = [run for run in await runs_of(admin, ticket.id) if run["outcome"] in {"ran", "stopped"}]
    assert sorted((r["rule_name"], r["outcome"]) for r in runs) == [
        ("Down", "ran"),
        ("Up", "ran"),
        ("Up", "stopped"),
    ]
    assert "already ran" in next(r["reason"] for r in runs if r["outcome"] == "stopped")
    await switch_off(admin, up, down)


async def test_order_and_stop(admin, make):
    first_tag, second_tag = await make.tag(), await make.tag()
    first = await a_rule(admin, [{"type": "add_tags", "tag_ids": [str(first_tag.id)]}], name="First")
    second = await a_rule(
        admin, [{"type": "add_tags", "tag_ids": [str(second_tag.id)]}], name="Second", stops_others=True
    )
    both = await make.ticket()
    assert len((await the_ticket(admin, both.id))["tags"]) == 2
    ordered = await admin.put("/admin/rules/order", json={"ids": [second["id"], first["id"]]})
    assert [r["name"] for r in ordered.json()["rules"]][:2] == ["Second", "First"]
    one = await make.ticket()
    assert [t["id"] for t in (await the_ticket(admin, one.id))["tags"]] == [str(second_tag.id)]
    await switch_off(admin, first, second)


async def test_a_time_rule_runs_once_until_it_was_untrue_in_between(admin, context, make):
    tag = await make.tag()
    ticket = await make.ticket(subject="Sleepy one")
    rule = await a_rule(
        admin,
        [{"type": "add_tags", "tag_ids": [str(tag.id)]}, {"type": "note", "body": "Still open."}],
        asks("subject", "is", "Sleepy one"),
        asks("status", "is_not", "closed"),
        asks("created_at", "is_more_than_hours_ago", 48),
        triggers=["time_passed"],
    )
    await service.sweep(context)
    assert await runs_of(admin, ticket.id) == []
    with clock.shifted(timedelta(hours=49)):
        await service.sweep(context)
        await service.sweep(context)
    assert [run["outcome"] for run in await runs_of(admin, ticket.id)] == ["ran"]

    await admin.post(f"/admin/ticket/{ticket.id}/close")
    with clock.shifted(timedelta(hours=49)):
        await service.sweep(context)
        await admin.post(f"/ticket/{ticket.id}/reopen")
        await service.sweep(context)
    assert len([r for r in await runs_of(admin, ticket.id) if r["outcome"] == "ran"]) == 2
    await switch_off(admin, rule)


async def test_dry_run_equals_the_real_run(admin, context, make):
    ana, ben = await make.agent(name="Ana"), await make.agent(name="Ben")
    team, tag, category = await make.team(ana, ben), await make.tag(), await make.category()
    subjects = [f"Dry {n}" for n in range(6)]
    tickets = [
        await make.ticket(subject=subject, priority=Priority.HIGH if n % 3 else Priority.LOW)
        for n, subject in enumerate(subjects)
    ]
    draft = {
        "name": "Dry",
        "triggers": ["time_passed"],
        "conditions": {
            "match": "all",
            "conditions": [asks("subject", "starts_with", "Dry"), asks("priority", "is", "high")],
        },
        "actions": [
            {"type": "assign_team", "team_id": str(team.id), "method": "load"},
            {"type": "set_priority", "priority": "urgent"},
            {"type": "add_tags", "tag_ids": [str(tag.id)]},
            {"type": "set_category", "category_id": str(category.id)},
            {"type": "snooze", "until": "2030-01-01T00:00:00Z"},
        ],
    }
    before = await snapshot(context, tickets)
    dry = (await admin.post("/admin/rules/dry-run", json={"rule": draft, "days": 30})).json()
    assert await snapshot(context, tickets) == before
    assert (dry["matched"], dry["changed"], dry["mails"]) == (4, 4, 0)

    rule = (await admin.post("/admin/rules", json=draft)).json()["rule"]
    await service.sweep(context)
    log = (await admin.get(f"/admin/rules/{rule['id']}/runs", params={"page_size": 100})).json()["runs"]
    really = {run["ticket_id"]: run["changes"] for run in log if run["outcome"] == "ran"}
    assert really == {line["ticket_id"]: line["changes"] for line in dry["tickets"]}

    after = await snapshot(context, tickets)
    for old, new in zip(before, after, strict=True):
        foreseen = {c["field"] for c in really.get(str(old["id"]), [])}
        changed = {name for name in old if old[name] != new[name]}
        assert changed == foreseen
    assert sorted(row["assignee"] for row in after if row["team"]) == sorted([ana.id, ana.id, ben.id, ben.id])
    await switch_off(admin, rule)


async def snapshot(context, tickets):
    async with context.transaction() as session:
        return await rows(
            session,
            """SELECT t.id, t.status, t.priority, t.assignee_id AS assignee, t.team_id AS team,
                      t.category_id AS category, t.snoozed_until, t.custom_fields,
                      ARRAY(SELECT tag_id FROM ticket_tags g WHERE g.ticket_id = t.id) AS tags
               FROM tickets t WHERE t.id = ANY(%(ids)s) ORDER BY t.id""",
            ids=[ticket.id for ticket in tickets],
        )


async def test_dry_run_of_an_event_rule_looks_at_past_occasions(admin, make):
    account = {"email": "desk@example.net", "provider": Provider.SMTP, "smtp_host": "mail.example.net"}
    await make.saved(EmailAccount(id=new_id(), **account))  # without one no mail would leave
    tag = await make.tag()
    ticket = await make.ticket(body="The xylophone is broken")
    await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "high"})
    draft = {
        "name": "Xylophones",
        "triggers": ["ticket_opened"],
        "conditions": {"match": "all", "conditions": [asks("message.text", "mentions_any", ["xylophone"])]},
        "actions": [{"type": "add_tags", "tag_ids": [str(tag.id)]}, {"type": "reply", "body": "Hi"}],
    }
    dry = (await admin.post("/admin/rules/dry-run", json={"rule": draft})).json()
    assert [line["ticket_id"] for line in dry["tickets"]] == [str(ticket.id)]
    assert dry["mails"] == 1
    changed = {
        **draft,
        "triggers": ["priority_changed"],
        "conditions": {"match": "all", "conditions": [asks("event.after", "is", "high")]},
        "actions": [{"type": "set_priority", "priority": "urgent"}],
    }
    dry = (await admin.post("/admin/rules/dry-run", json={"rule": changed})).json()
    assert str(ticket.id) in {line["ticket_id"] for line in dry["tickets"]}
    assert "Xylophones" in dry["may_set_off"]


async def test_a_rule_that_makes_no_sense_is_not_saved(admin, sign_in, make):
    agent = await sign_in(await make.agent())
    good = {"name": "R", "triggers": ["closed"], "actions": [{"type": "close"}]}
    assert (await agent.post("/admin/rules", json=good)).status_code == 403
    ghost = {**good, "conditions": {"match": "all", "conditions": [asks("ghost", "is", "x")]}}
    refused = await admin.post("/admin/rules", json=ghost)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "conditions.conditions.0.field"
    for action, path in (
        ({"type": "add_tags", "tag_ids": ["019ab000-0000-7000-8000-00000000dead"]}, "actions.0.tag_ids"),
        ({"type": "reply", "body": "Dear {{nobody}}"}, "actions.0.body"),
        ({"type": "assign_to_me"}, "actions.0"),
        ({"type": "set_field", "key": "ghost", "value": 1}, "actions.0.value"),
    ):
        refused = await admin.post("/admin/rules", json={**good, "actions": [action]})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, path)
    assert (
        await admin.post("/admin/rules", json={**good, "actions": [{"type": "explode"}]})
    ).status_code == 422


async def test_routing_rules_are_a_view_over_rules(admin, make):
    team, agent = await make.team(), await make.agent(email="rosa@example.org")
    body = {
        "name": "Bills",
        "priority": 5,
        "is_active": True,
        "conditions": {"keywords": ["invoice"], "context": ["Shop"], "tags": [], "issue_types": None},
        "action_type": "assign_to_group",
        "action_value": team.name,
        "unknown": "ignored",
    }
    low = (await admin.post("/admin/routing-rules", json=body)).json()
    assert low["success"] is True
    high = {
        **body,
        "name": "Rosa",
        "priority": 9,
        "action_type": "assign_to_agent",
        "action_value": agent.email,
    }
    await admin.post("/admin/routing-rules", json=high)
    listed = (await admin.get("/admin/routing-rules")).json()["rules"]
    assert [(r["name"], r["priority"]) for r in listed] == [("Rosa", 9), ("Bills", 5)]
    assert listed[1]["conditions"]["keywords"] == ["invoice"]

    ticket = await make.ticket(body="My invoice, please")
    found = await the_ticket(admin, ticket.id)
    assert (found["assigned_to"], found["team_id"]) == (agent.email, str(team.id))
    wrong = await admin.post("/admin/routing-rules", json={**body, "action_value": "No such team"})
    assert wrong.status_code == 400
    for part in ({"action_type": "explode"}, {"name": " "}, {"conditions": {"priority": ["huge"]}}):
        assert (await admin.post("/admin/routing-rules", json={**body, **part})).status_code == 400
    for rule in listed:
        assert (await admin.delete(f"/admin/routing-rules/{rule['id']}")).json()["success"] is True
    assert (await admin.get("/admin/routing-rules")).json()["rules"] == []


async def test_a_rule_that_cannot_act_leaves_the_ticket_and_says_why(admin, make):
    rule = await a_rule(
        admin, [{"type": "set_priority", "priority": "urgent"}, {"type": "reply", "body": "For {{category}}"}]
    )
    ticket = await make.ticket()
    (run,) = await runs_of(admin, ticket.id)
    assert (run["outcome"], run["changes"]) == ("failed", [])
    assert "{{category}} has no value" in run["reason"]
    assert (await the_ticket(admin, ticket.id))["priority"] == "medium"
    await switch_off(admin, rule)


def test_every_field_of_a_ticket_can_be_asked_for():
    """A new column of tickets must join the vocabulary of conditions, or the list of those left out with a reason."""
    columns = set(Ticket.__table__.columns.keys())
    asked = {spec.column for spec in FIELDS.values() if spec.column}
    assert columns - asked - set(NOT_ASKED) == set()
    assert asked <= columns
    assert set(NOT_ASKED) <= columns


async def test_the_vocabulary_names_people_teams_tags_and_own_fields(admin, make):
    tag = await make.tag("Vocabulary")
    field = {"key": "order_number", "label": "Order", "kind": "number"}
    await admin.post("/admin/custom-fields", json=field)
    known = (await admin.get("/admin/rules/vocabulary")).json()
    fields = {f["key"]: f for f in known["fields"]}
    assert str(tag.id) in {option["value"] for option in fields["tags"]["options"]}
    assert fields["custom.order_number"]["kind"] == "number"
    assert {a["type"] for a in known["actions"]} >= {"assign_team", "reply", "close", "ask_ai"}
    assert all(a["description"] for a in known["actions"])


async def test_mail_is_routed_like_the_web_and_a_rule_may_send_mail(admin, client, make, worker, context):
    account = {"email": "help@example.net", "provider": Provider.SMTP, "smtp_host": "mail.example.net"}
    await make.saved(EmailAccount(id=new_id(), **account))
    ana = await make.agent(name="Ana Mail")
    team = await make.team(ana)
    urgent = {
        "match": "any",
        "conditions": [asks("priority", "is", "urgent"), asks("subject", "mentions_any", ["urgent"])],
    }
    rule = await a_rule(
        admin,
        [
            {"type": "assign_team", "team_id": str(team.id), "method": "load"},
            {
                "type": "mail",
                "to": ["assignee", "boss@example.net"],
                "subject": "Look at {{ticket_number}}",
                "body": "Now.",
            },
        ],
        urgent,
    )
    mail = {
        "from_email": "kim@example.com",
        "to_email": "help@example.net",
        "subject": "URGENT: it burns",
        "body": "Please help.",
        "message_id": "<burns@example.com>",
    }
    secret = {"X-Webhook-Secret": "webhook-secret-of-the-tests"}
    for _ in range(5):  # a repeat changes nothing and waits anew
        answer = await client.post("/webhooks/email", json=mail, headers=secret)
        if answer.json()["ticket_id"]:
            break
    ticket_id = answer.json()["ticket_id"]
    assert ticket_id, answer.text
    ticket = await the_ticket(admin, ticket_id)
    assert (ticket["source"], ticket["team_id"], ticket["assigned_name"]) == (
        "email",
        str(team.id),
        "Ana Mail",
    )
    thread = (await admin.get(f"/ticket/{ticket_id}")).json()
    assert "ai" not in {message["sender"] for message in thread["messages"]}
    async with context.transaction() as session:
        sent = await rows(
            session,
            "SELECT to_email FROM email_messages WHERE subject = %(subject)s",
            subject=f"Look at {ticket['number']}",
        )
    assert sorted(row["to_email"][0] for row in sent) == sorted(["boss@example.net", ana.email])
    await switch_off(admin, rule)
