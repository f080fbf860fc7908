"""What one sees when the network fails, others are faster, or the server refuses: nothing is lost, and it is said why."""

import re

import pytest
from playwright.async_api import Page, expect

from .conftest import Desk, Open, axe


@pytest.fixture(scope="module", autouse=True)
def no_answers(desk: Desk) -> None:
    desk.as_owner("/admin/contexts", {"name": "Anchors", "ai_enabled": False})


async def without_live_updates(page: Page, path: str) -> None:
    """Open a page to which nothing is told."""
    await page.route("**/live", lambda route: route.abort())
    await page.goto(path)


async def test_after_a_lost_connection_what_was_missed_is_fetched(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Lotte Lost"), desk.agent("Gaby Gap")
    ticket = desk.ticket(customer, "Rope too short", "By two metres.", "Anchors")
    portal, inbox = await open_page("/sign-in", as_=customer), await open_page("/sign-in", as_=agent)
    await without_live_updates(portal, f"/portal/tickets/{ticket}")
    await without_live_updates(inbox, f"/app/inbox/all/{ticket}")
    for page in (portal, inbox):
        await expect(page.get_by_text("By two metres.").first).to_be_visible()
        await expect(page.get_by_text(re.compile("interrupted|Connection lost|Trying again"))).to_be_visible()
        assert await axe(page) == []
    desk.call(
        f"/ticket/{ticket}/admin/reply", {"message": "A longer one is on its way."}, token=agent["token"]
    )
    for page in (portal, inbox):
        await expect(page.get_by_text("A longer one is on its way.")).to_have_count(0)
        await page.unroute("**/live")
        await expect(page.get_by_text("A longer one is on its way.").first).to_be_visible(timeout=15_000)
        await expect(page.get_by_text(re.compile("interrupted|Connection lost|Trying again"))).to_have_count(
            0
        )


async def test_who_changes_second_is_told_and_nothing_is_overwritten(open_page: Open, desk: Desk):
    customer, first, second = (
        desk.customer("Connie Flict"),
        desk.agent("Fred First"),
        desk.agent("Sina Second"),
    )
    ticket = desk.ticket(customer, "Chain rusts", "After a week.", "Anchors")
    page = await open_page("/sign-in", as_=second)
    await without_live_updates(page, f"/app/inbox/all/{ticket}")
    await expect(page.get_by_role("log").get_by_text("After a week.")).to_be_visible()
    desk.call(f"/ticket/{ticket}/priority", {"priority": "high"}, token=first["token"])

    async def prioritise(words: str) -> None:
        await page.keyboard.press("p")
        await page.get_by_role("dialog").wait_for()
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")

    def priority() -> str:
        return str(desk.call(f"/ticket/{ticket}", token=first["token"])["ticket"]["priority"])

    await prioritise("low")
    told = page.get_by_role("region", name="Notifications")
    await expect(told.get_by_text("Fred First has changed the priority meanwhile")).to_be_visible()
    await expect(told.get_by_text("It is “High” now. Nothing was overwritten.")).to_be_visible()
    assert priority() == "high"
    await told.get_by_role("button", name="Change it all the same").click()
    await expect(told.get_by_text("Priority is now Low")).to_be_visible()
    assert priority() == "low"
    await told.get_by_role("button", name="Undo").last.click()
    await expect(told.get_by_text("Priority is now High")).to_be_visible()
    assert priority() == "high"


async def test_offline_nothing_typed_is_lost_and_every_refusal_says_how_to_go_on(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Ofelia Line"), desk.agent("Otto Off")
    ticket = desk.ticket(customer, "Buoy sinks", "It is full of water.", "Anchors")
    page = await open_page(f"/portal/tickets/{ticket}", as_=customer)
    await expect(page.get_by_text("It is full of water.")).to_be_visible()
    await page.context.set_offline(True)
    await page.get_by_label("Your message").fill("It went down.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Not sent. Your text is still in the box.")).to_be_visible()
    await expect(page.get_by_text(re.compile("server cannot be reached"))).to_be_visible()
    await expect(page.get_by_label("Your message")).to_have_value("It went down.")
    await page.context.set_offline(False)
    await page.get_by_label("Your message").press("Control+Enter")
    talk = page.get_by_role("list", name="Conversation")
    await expect(talk.get_by_text("It went down.")).to_be_visible()
    await expect(talk.get_by_text("Sending…")).to_have_count(0)
    said = desk.call(f"/ticket/{ticket}", token=agent["token"])["messages"]
    assert [message["message"] for message in said].count("It went down.") == 1

    # A list that cannot be had says so and is there again with one press.
    inbox = await open_page("/app", as_=agent)
    await inbox.route(
        "**/admin/tickets?*",
        lambda route: route.fulfill(status=503, json={"detail": "The database is away."}),
    )
    await inbox.goto("/app/inbox/all?search=buoy")
    alert = inbox.get_by_role("alert").filter(has_text="The database is away.")
    await expect(alert).to_be_visible(timeout=15_000)
    await inbox.unroute("**/admin/tickets?*")
    await alert.get_by_role("button", name="Try again").click()
    await expect(inbox.get_by_role("list", name="Tickets").get_by_role("listitem")).to_have_count(1)
