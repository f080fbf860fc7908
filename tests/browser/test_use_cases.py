"""One short story for each kind of desk the product is for: a shop, a SaaS, a B2B house, an internal help desk."""

import re
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.async_api import Page, expect

from .conftest import WEBHOOK_SECRET, Desk, Open

RETURNS = """Unworn shoes can be returned within 45 days. Print the label from your order page and hand the box in at any
parcel shop; the refund reaches your card 6 working days later."""
VPN = """Outside the office, open the Anchor client, choose the profile “Harbour” and sign in with your badge number. The
tunnel stands when the anchor turns green."""


@pytest.fixture(scope="module", autouse=True)
def desks(desk: Desk) -> None:
    """Four houses on one desk, and what two of them know."""
    for name, answers in (
        ("Shoe shop", True),
        ("Ledgerly", False),
        ("Brackwater", False),
        ("IT", True),
        ("HR", False),
    ):
        desk.as_owner("/admin/contexts", {"name": name, "ai_enabled": answers})
    desk.as_owner("/admin/articles", {"title": "Returning shoes", "body": RETURNS, "context": "Shoe shop"})
    desk.as_owner("/admin/articles", {"title": "VPN from home", "body": VPN, "context": "IT"})
    desk.wait_until_known("How do I connect to the VPN from home with the Anchor client?")


def own_id(desk: Desk, person: dict[str, str]) -> str:
    return str(desk.call("/auth/me", token=person["token"])["id"])


def team(desk: Desk, name: str, *members: dict[str, str], **values: Any) -> str:
    people = [{"user_id": own_id(desk, member)} for member in members]
    return str(desk.as_owner("/admin/teams", {"name": name, "members": people, **values})["team"]["id"])


def rule(desk: Desk, name: str, asks: list[tuple[str, str, Any]], *actions: dict[str, Any]) -> None:
    conditions = [{"field": field, "operator": operator, "value": value} for field, operator, value in asks]
    body = {
        "name": name,
        "triggers": ["ticket_opened"],
        "conditions": {"match": "all", "conditions": conditions},
    }
    desk.as_owner("/admin/rules", {**body, "actions": list(actions)})


async def ask(page: Page, topic: str, subject: str, message: str, **fields: str) -> None:
    await page.get_by_role("combobox", name="Topic").click()
    await page.get_by_role("option", name=topic, exact=True).click()
    await page.get_by_label("Subject").fill(subject)
    await page.get_by_label("Message").fill(message)
    for label, value in fields.items():
        await page.get_by_label(label).fill(value)
    await page.get_by_role("button", name="Send your question").click()


async def test_shop_a_return_is_answered_by_the_ai_and_a_damaged_parcel_by_a_person(
    open_page: Open, desk: Desk
):
    buyer, agent = desk.customer("Bea Buyer"), desk.agent("Olaf Orders")
    sla = {"name": "Shop orders", "priority": "medium", "context": "Shoe shop"}
    desk.as_owner("/admin/slas", {**sla, "response_time_minutes": 120, "resolution_time_minutes": 960})
    page = await open_page("/portal/new", as_=buyer)
    await ask(
        page,
        "Shoe shop",
        "Sending shoes back",
        "Can I return unworn shoes, and when is the refund on my card?",
    )
    talk = page.get_by_role("list", name="Conversation")
    await expect(talk.get_by_text(re.compile("6 working days|45 days")).first).to_be_visible(timeout=40_000)
    await expect(talk.get_by_role("link", name="Returning shoes").first).to_be_visible()

    # A picture of the damage is for a person; the buyer sees who has it and when to expect an answer.
    await page.get_by_role("button", name="Talk to a person").click()
    await page.get_by_role("dialog").get_by_label("What should they know?").fill("The box arrived torn.")
    await page.get_by_role("dialog").get_by_role("button", name="Talk to a person").click()
    await expect(page.get_by_role("heading", name="A person will take care of this")).to_be_visible()
    await expect(
        page.get_by_text(re.compile(r"You can expect an answer in (2 hr|1\d\d min)"))
    ).to_be_visible()

    # An order is asked about by mail, too, and both stand in the same list.
    letter = EmailMessage()
    letter["From"], letter["To"] = "Bob Box <bob@box.example>", "help@desk.example"
    letter["Subject"], letter["Message-ID"] = "Where is order SH-4711?", "<sh-4711@box.example>"
    letter.set_content("It was to come on Tuesday.")
    headers = {"Content-Type": "message/rfc822", "X-Webhook-Secret": WEBHOOK_SECRET}
    assert (await page.request.post("/webhooks/email", data=letter.as_bytes(), headers=headers)).ok
    inbox = await open_page("/app/inbox/all?search=SH-4711", as_=agent)
    await inbox.get_by_role("list", name="Tickets").get_by_role("link", name=re.compile("SH-4711")).click()
    await expect(inbox.get_by_role("log").get_by_text("It was to come on Tuesday.").first).to_be_visible()
    await inbox.goto(f"/app/inbox/all/{page.url.rpartition('/')[2]}")
    await expect(inbox.get_by_role("log").get_by_text("The box arrived torn.").first).to_be_visible()
    await inbox.keyboard.press("i")
    await expect(page.get_by_role("heading", name="Olaf Orders takes care of this")).to_be_visible()


async def test_saas_a_bug_report_is_sorted_by_a_rule_and_its_double_merged(open_page: Open, desk: Desk):
    user, other, engineer = desk.customer("Uma User"), desk.customer("Otto Other"), desk.agent("Dev Devine")
    engineering = team(desk, "Engineering", engineer)
    tag = desk.as_owner("/admin/tags", {"name": "bug", "color": "red"})["tag"]["id"]
    rule(
        desk,
        "Crashes go to engineering",
        [("context", "is", "Ledgerly"), ("message.text", "contains", "crash")],
        {"type": "set_priority", "priority": "urgent"},
        {"type": "add_tags", "tag_ids": [tag]},
        {"type": "assign_team", "team_id": engineering},
    )
    urgent = {"name": "Ledgerly urgent", "priority": "urgent", "context": "Ledgerly"}
    desk.as_owner("/admin/slas", {**urgent, "response_time_minutes": 30, "resolution_time_minutes": 240})
    first = desk.ticket(user, "Export crashes", "The CSV export ends in a crash since today.", "Ledgerly")
    double = desk.ticket(other, "App crash while exporting", "Crash when I export the ledger.", "Ledgerly")
    wish = desk.ticket(user, "Dark mode please", "A feature request: dark invoices.", "Ledgerly")

    page = await open_page(f"/app/inbox/all/{first}?tag={tag}", as_=engineer)
    rows = page.get_by_role("list", name="Tickets").get_by_role("listitem")
    await expect(rows).to_have_count(2)  # the wish is no bug
    details = page.get_by_role("complementary", name="Details")
    await expect(details).to_contain_text("Urgent")
    await expect(details.get_by_text("Engineering").first).to_be_visible()
    await expect(details.get_by_text("Ledgerly urgent")).to_be_visible()  # its service level
    await page.keyboard.press("n")
    await page.keyboard.type("Fixed in 2.4.1, rolls out tonight.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Note saved")).to_be_visible()
    seen = desk.call(f"/ticket/{first}", token=user["token"])["messages"]
    assert not any("2.4.1" in message["message"] for message in seen)  # a note stays inside
    merged = {"into_ticket_id": first, "other_customer": True}
    desk.call(f"/ticket/{double}/merge", merged, token=engineer["token"])
    await expect(page.get_by_role("log").get_by_text("Crash when I export the ledger.")).to_be_visible()
    assert desk.call(f"/ticket/{wish}", token=user["token"])["ticket"]["priority"] == "medium"


async def test_b2b_two_agents_share_a_contract_question_and_bill_their_time(open_page: Open, desk: Desk):
    desk.as_owner("/admin/companies", {"name": "Brackwater Marine", "domains": ["brackwater.example"]})
    client, lead, second = desk.customer("Elsa Client"), desk.agent("Ada Account"), desk.agent("Ben Backup")
    ticket = desk.ticket(client, "Renewal of contract BW-12", "Which terms apply from January?", "Brackwater")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=lead)
    await expect(page.get_by_role("log").get_by_text("Which terms apply from January?")).to_be_visible()
    desk.call(f"/ticket/{ticket}/presence", {"state": "viewing"}, token=second["token"], method="PUT")
    await expect(page.get_by_role("status").get_by_text(re.compile("Ben Backup is looking"))).to_be_visible()

    # A colleague is asked inside, and answers the client; the client sees one conversation.
    await page.keyboard.press("n")
    await page.locator(".rich-text").wait_for()
    await page.keyboard.type("@ben")
    await page.get_by_role("button", name=re.compile("Ben Backup")).wait_for()
    await page.keyboard.press("Enter")
    await page.keyboard.type("which discount did we promise?")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Note saved")).to_be_visible()
    note = page.get_by_role("log").get_by_role("article").last
    await expect(
        note.locator("[data-mention], .mention").or_(note.get_by_text("@Ben Backup")).first
    ).to_be_visible()
    desk.call(
        f"/ticket/{ticket}/admin/reply", {"message": "The terms of 2026 with 5 % off."}, token=second["token"]
    )
    await expect(page.get_by_role("log").get_by_text("The terms of 2026 with 5 % off.")).to_be_visible()

    details = page.get_by_role("complementary", name="Details")
    await details.get_by_role("heading", name="Time", exact=True).scroll_into_view_if_needed()
    await details.get_by_role("button", name="Log time").click()
    await details.get_by_label("Duration").fill("1:15")
    await details.get_by_label("What for").fill("Contract review")
    await details.get_by_role("button", name="Log", exact=True).click()
    await expect(details.get_by_text("Contract review")).to_be_visible()
    totals = desk.call(f"/ticket/{ticket}/time-entries", token=second["token"])["totals"]
    assert (totals["total_minutes"], totals["billable_minutes"]) == (75, 75)
    said = desk.call(f"/ticket/{ticket}", token=client["token"])["messages"]
    assert [message["sender"] for message in said if message["sender"] != "system"] == ["customer", "admin"]


async def test_help_desk_it_is_answered_at_once_and_hr_stays_among_hr(open_page: Open, desk: Desk):
    employee, technician, officer = (
        desk.customer("Emil Employee"),
        desk.agent("Tina Tech"),
        desk.agent("Hana Human"),
    )
    hr = team(desk, "HR", officer, is_restricted=True)
    rule(desk, "HR is confidential", [("context", "is", "HR")], {"type": "assign_team", "team_id": hr})
    contexts = {one["name"]: one["id"] for one in desk.as_owner("/admin/contexts")["contexts"]}
    device = {
        "key": "device",
        "label": "Device",
        "kind": "text",
        "customer_access": "write",
        "required": "on_creation",
    }
    desk.as_owner("/admin/custom-fields", {**device, "context_ids": [contexts["IT"]]})

    page = await open_page("/portal/new", as_=employee)
    await ask(page, "IT", "VPN at home", "How do I connect to the VPN from home?", Device="Laptop 0815")
    talk = page.get_by_role("list", name="Conversation")
    await expect(talk.get_by_text("Anchor client").first).to_be_visible(timeout=40_000)
    await talk.get_by_label("5 stars").click(force=True)
    await expect(talk.get_by_text("Thank you")).to_be_visible()
    await expect(page.get_by_text("Laptop 0815")).to_be_visible()
    await page.get_by_role("button", name="Mark as solved").click()
    await expect(page.get_by_text("This ticket is solved")).to_be_visible()

    private = desk.ticket(employee, "My salary slip", "The bonus is missing.", "HR")
    outside = await open_page(f"/app/inbox/all/{private}", as_=technician)
    await expect(outside.get_by_role("alert")).to_contain_text("This ticket is not here")
    await outside.goto("/app/inbox/all?search=salary")
    await expect(outside.get_by_text("No ticket matches")).to_be_visible()
    inside = await open_page(f"/app/inbox/all/{private}", as_=officer)
    await expect(inside.get_by_role("log").get_by_text("The bonus is missing.")).to_be_visible()
    await inside.keyboard.press("z")
    await inside.get_by_role("dialog").wait_for()
    await inside.keyboard.press("2")
    await expect(inside.get_by_text(re.compile("Snoozed until"))).to_be_visible()
