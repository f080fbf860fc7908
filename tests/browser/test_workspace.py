"""The agents' workspace as an agent uses it: by keyboard, live, beside others."""

import re

import pytest
from playwright.async_api import expect

from .conftest import Desk, Open, axe, settled, wear

REPLY = "The lamp you ordered ships tomorrow morning."


@pytest.fixture(scope="module", autouse=True)
def no_answers(desk: Desk) -> None:
    """These tickets are for people."""
    desk.as_owner("/admin/contexts", {"name": "Lamps", "ai_enabled": False})


async def test_an_agent_answers_by_keyboard_takes_it_back_and_sends_it(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Nora Quick"), desk.agent("Ines Keys")
    ticket = desk.ticket(customer, "When does my lamp ship?", "I ordered it on Monday.", "Lamps")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=agent)
    log = page.get_by_role("log")
    await expect(log.get_by_text("I ordered it on Monday.")).to_be_visible()

    await page.keyboard.press("i")
    await expect(page.get_by_text("Assigned to Ines Keys").first).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.type(REPLY)
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("button", name="Undo").last.click()
    box = page.get_by_role("textbox", name="Reply")
    await expect(box).to_have_text(REPLY)
    await expect(log.get_by_text(REPLY)).to_have_count(0)

    await page.reload()  # the draft is the server's
    await box.click()
    await expect(page.locator(".rich-text")).to_have_text(REPLY)
    await box.press("Control+Enter")
    await expect(log.get_by_text(REPLY)).to_be_visible(timeout=30_000)
    thread = desk.call(f"/ticket/{ticket}", token=customer["token"])
    assert [message["message"] for message in thread["messages"]].count(REPLY) == 1

    desk.call(f"/ticket/{ticket}/reply", {"message": "Wonderful, thank you!"}, token=customer["token"])
    await expect(log.get_by_text("Wonderful, thank you!")).to_be_visible()  # without a reload

    await page.get_by_role("heading", name="When does my lamp ship?").click()
    await page.keyboard.press("e")
    await expect(page.get_by_text("Ticket closed")).to_be_visible()
    assert desk.call(f"/ticket/{ticket}", token=agent["token"])["ticket"]["status"] == "closed"


async def test_j_and_k_move_through_the_list_and_slash_searches_it(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Moses Mover"), desk.agent("Lia List")
    for subject in ("Alabaster shade", "Brass foot", "Copper wire"):
        desk.ticket(customer, subject, "Is it in stock?", "Lamps")
    page = await open_page("/app/inbox/all", as_=agent)
    await expect(page.get_by_role("list", name="Tickets").get_by_role("listitem").first).to_be_visible()
    await page.keyboard.press("j")
    await expect(page.get_by_role("heading", name="Copper wire")).to_be_visible()
    await page.keyboard.press("j")
    await expect(page.get_by_role("heading", name="Brass foot")).to_be_visible()
    await page.keyboard.press("k")
    await expect(page.get_by_role("heading", name="Copper wire")).to_be_visible()

    await page.keyboard.press("/")
    await page.keyboard.type("alabaster")
    rows = page.get_by_role("list", name="Tickets").get_by_role("listitem")
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text("Alabaster shade")
    assert "search=alabaster" in page.url  # the address holds the filter


async def test_a_reply_begun_before_somebody_else_answered_is_parked_with_a_warning(
    open_page: Open, desk: Desk
):
    customer, first, second = desk.customer("Cora Care"), desk.agent("Ana First"), desk.agent("Ben Second")
    ticket = desk.ticket(customer, "Flickering bulb", "It flickers every evening.", "Lamps")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=first)
    await expect(page.get_by_role("log").get_by_text("It flickers every evening.")).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.type("Please try another socket.")
    desk.call(f"/ticket/{ticket}/presence", {"state": "viewing"}, token=second["token"], method="PUT")
    await expect(page.get_by_text(re.compile("Ben Second is looking"))).to_be_visible()
    desk.call(f"/ticket/{ticket}/admin/reply", {"message": "We send a new one."}, token=second["token"])
    await expect(page.get_by_role("log").get_by_text("We send a new one.")).to_be_visible()
    await expect(page.get_by_text("Ben Second answered while you were writing")).to_be_visible()
    await expect(page.get_by_role("button", name="Send anyway")).to_be_visible()


async def test_many_tickets_are_closed_at_once(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Bulk Buyer"), desk.agent("Max Many")
    tickets = [desk.ticket(customer, f"Bulk {n}", "Hello", "Lamps") for n in range(3)]
    page = await open_page("/app/inbox/all?search=bulk", as_=agent)
    for n in range(3):
        await page.get_by_role("checkbox", name=f"Select: Bulk {n}").check(force=True)
    await expect(page.get_by_role("toolbar", name="3 selected")).to_be_visible()
    await page.get_by_role("toolbar", name="3 selected").get_by_role("button", name="Close").click()
    await expect(page.get_by_text("3 of 3 tickets changed")).to_be_visible()
    states = [desk.call(f"/ticket/{t}", token=agent["token"])["ticket"]["status"] for t in tickets]
    assert states == ["closed"] * 3


async def test_the_inbox_is_accessible_in_both_themes_and_on_a_phone(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Axel Able"), desk.agent("Ada Access")
    ticket = desk.ticket(customer, "Contrast", "Can everybody read this?", "Lamps")
    desk.call(f"/ticket/{ticket}/admin/reply", {"message": "**Yes.**"}, token=agent["token"])
    desk.call(
        f"/ticket/{ticket}/admin/reply", {"message": "A note", "is_internal": True}, token=agent["token"]
    )
    for width in (1440, 390):
        page = await open_page(f"/app/inbox/all/{ticket}", as_=agent, width=width)
        await settled(page)
        await expect(page.get_by_role("log").get_by_text("A note")).to_be_visible()
        for theme in ("dark", "light"):
            await wear(page, theme)
            assert await axe(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_rich_text_is_kept_as_markdown_and_can_be_written_as_such(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Rita Rich"), desk.agent("Mark Down")
    desk.as_owner(
        "/admin/canned-responses",
        {
            "title": "Thanks",
            "shortcut": "thx",
            "body": "Thank you, {{customer_first_name}}!",
            "visibility": "everyone",
        },
    )
    ticket = desk.ticket(customer, "A lamp for reading", "Which one is best?", "Lamps")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=agent)
    await expect(page.get_by_role("log").get_by_text("Which one is best?")).to_be_visible()
    await page.keyboard.press("r")
    rich = page.locator(".rich-text")
    await rich.wait_for()
    box = page.get_by_role("textbox", name="Reply")

    await page.keyboard.type("Take the **brass** one")
    await expect(rich.locator("strong")).to_have_text("brass")
    await page.keyboard.press("Enter")
    await page.keyboard.type("- bright")
    await page.keyboard.press("Enter")
    await page.keyboard.type("2 * 3 * 4 W")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await page.keyboard.type("/thx")
    await page.get_by_role("button", name=re.compile("Thanks")).wait_for()
    await page.keyboard.press("Enter")
    await expect(rich).to_contain_text("Thank you, Rita!")
    await page.keyboard.type(" {{ticket_sub")
    await page.get_by_role("button", name=re.compile("ticket_subject")).wait_for()
    await page.keyboard.press("Enter")

    await page.get_by_role("button", name="Markdown").click()
    written = "Take the **brass** one\n\n- bright\n- 2 * 3 * 4 W\n\nThank you, Rita! A lamp for reading"
    await expect(box).to_have_value(written)
    await page.get_by_role("button", name="Markdown").click()
    await expect(rich.locator("li")).to_have_count(2)
    await box.press("Control+Enter")
    await expect(page.get_by_role("log").locator("strong", has_text="brass")).to_be_visible(timeout=30_000)
    thread = desk.call(f"/ticket/{ticket}", token=customer["token"])
    assert thread["messages"][-1]["message"] == written


async def test_a_colleague_is_mentioned_in_a_note_and_a_link_is_set(open_page: Open, desk: Desk):
    customer, agent, other = desk.customer("Liv Link"), desk.agent("Nils Note"), desk.agent("Zora Zeal")
    ticket = desk.ticket(customer, "Where is the manual?", "I cannot find it.", "Lamps")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=agent)
    await expect(page.get_by_role("log").get_by_text("I cannot find it.")).to_be_visible()
    await page.keyboard.press("n")
    rich = page.locator(".rich-text")
    await rich.wait_for()
    await page.keyboard.type("@zora")
    await page.get_by_role("button", name=re.compile("Zora Zeal")).wait_for()
    await page.keyboard.press("Enter")
    await expect(rich.locator("[data-mention]")).to_have_text("@Zora Zeal")
    await page.keyboard.type("see the manual")
    await page.keyboard.press("Control+Shift+ArrowLeft")
    await page.get_by_role("toolbar", name="Format").get_by_role("button", name="Link").click()
    await page.get_by_role("textbox", name="Where the link leads").fill("help.example/manual")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Control+Enter")
    note = page.get_by_role("log").get_by_role("article").last
    await expect(note.get_by_role("link", name="manual")).to_have_attribute(
        "href", "https://help.example/manual"
    )
    await expect(note.get_by_text("@Zora Zeal")).to_be_visible()
    told = desk.call("/notifications", token=other["token"])["notifications"]
    assert any(one["kind"] == "mentioned" for one in told)


async def test_keys_of_ones_own_replace_the_usual_ones_and_survive_a_reload(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Kai Key"), desk.agent("Rae Map")
    ticket = desk.ticket(customer, "Loose screw", "It wobbles.", "Lamps")
    page = await open_page(f"/app/inbox/all/{ticket}", as_=agent)
    await expect(page.get_by_role("log").get_by_text("It wobbles.")).to_be_visible()
    await page.keyboard.press("?")
    await page.get_by_role("button", name="Change the keys of “Close the ticket”").click()
    await page.keyboard.press("i")  # taken
    await expect(page.get_by_text("These keys belong to “Assign to me”")).to_be_visible()
    await page.get_by_role("button", name="Change the keys of “Close the ticket”").click()
    await page.keyboard.press("y")
    await expect(
        page.get_by_role("button", name="Give “Close the ticket” its usual keys back")
    ).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("log").get_by_text("It wobbles.")).to_be_visible()
    await page.keyboard.press("e")
    await page.keyboard.press("y")
    await expect(page.get_by_text("Ticket closed")).to_be_visible()


async def test_a_hundred_tickets_are_triaged_without_the_mouse(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Terry Triage"), desk.agent("Kim Keyboard")
    desk.as_owner("/admin/contexts", {"name": "Bulbs", "ai_enabled": False})
    for n in range(100):
        desk.ticket(customer, f"Triage {n:03}", "Hello", "Bulbs")
    page = await open_page("/app/inbox/open?context=Bulbs", as_=agent)
    rows = page.get_by_role("list", name="Tickets").get_by_role("listitem")
    await expect(rows.first).to_contain_text("Triage 099")

    await page.keyboard.press("j")
    await expect(page.get_by_role("heading", name="Triage 099")).to_be_visible()
    await page.keyboard.press("p")
    await page.get_by_role("dialog").wait_for()
    await page.keyboard.type("urg")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Priority is now Urgent")).to_be_visible()
    await page.keyboard.press("i")
    await expect(page.get_by_text("Assigned to Kim Keyboard").first).to_be_visible()
    for _ in range(10):  # one after the other, faster than the next one loads
        await page.keyboard.press("d")
    await expect(page.get_by_role("heading", name="Triage 089")).to_be_visible(timeout=30_000)

    await page.keyboard.press("x")  # the others at once
    for _ in range(3):
        await page.keyboard.press("j")
    await expect(page.get_by_role("heading", name="Triage 086")).to_be_visible()
    await page.keyboard.press("Shift+X")
    await expect(page.get_by_role("toolbar", name="4 selected")).to_be_visible()

    def count(status: str) -> int:
        found = desk.call(f"/admin/tickets?context=Bulbs&status={status}&page_size=1", token=agent["token"])
        return int(found["pagination"]["total_count"])

    await page.keyboard.press("Control+a")  # those that are loaded, then those that are not
    await expect(page.get_by_text("All 50 shown are selected.")).to_be_visible()
    await page.keyboard.press("Control+Shift+A")
    await expect(page.get_by_text("All 90 tickets of this view are selected.")).to_be_visible()
    await page.keyboard.press("Shift+E")
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.get_by_text("90 of 90 tickets changed")).to_be_visible(timeout=60_000)
    await expect(page.get_by_text("All done")).to_be_visible(timeout=30_000)
    assert count("closed") == 100
    await page.get_by_role("button", name="Undo").last.press("Enter")
    await expect(page.get_by_text("90 tickets are as they were")).to_be_visible(timeout=60_000)
    assert count("closed") == 10


async def test_an_unknown_ticket_leaves_the_inbox_standing_and_a_number_leads_to_its_ticket(
    open_page: Open, desk: Desk
):
    customer, agent = desk.customer("Nils Number"), desk.agent("Ute Unknown")
    ticket = desk.ticket(customer, "Found by number", "Where am I?", "Lamps")
    page = await open_page("/app/inbox/all/01a00000-0000-7000-8000-000000000000", as_=agent)
    await expect(page.get_by_role("alert")).to_contain_text("This ticket is not here")
    await expect(page.get_by_role("list", name="Tickets").get_by_role("listitem").first).to_be_visible()
    assert await axe(page) == []
    await page.keyboard.press("j")  # the keys go on in the list
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_role("log")).to_be_visible()

    number = desk.call(f"/ticket/{ticket}", token=agent["token"])["ticket"]["number"]
    await page.goto(f"/app/tickets/{number}")
    await expect(page.get_by_role("heading", name="Found by number")).to_be_visible()
    assert page.url.endswith(ticket)
    await page.goto("/app/tickets/99999999")
    await expect(page.get_by_role("alert")).to_contain_text("This ticket is not here")
