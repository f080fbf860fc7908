"""The main journeys without a mouse: focus visible and in order, changes read out, large letters without loss."""

import pytest
from playwright.async_api import Locator, Page, expect

from .conftest import PASSWORD, Desk, Open, axe, settled

ARTICLE = """Descale the kettle once a month: fill it with equal parts of water and vinegar, boil it once, leave it for
an hour and rinse it three times."""
SHOWS_FOCUS = """() => {
    const node = document.activeElement
    const shown = [node, node.closest('label'), node.parentElement, node.parentElement?.parentElement].filter(Boolean)
    const box = node.closest('label')?.getBoundingClientRect() ?? node.getBoundingClientRect()
    return {
        what: node.outerHTML.slice(0, 150),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isMarked: node.matches(':focus-visible') && shown.some((each) => {
            const style = getComputedStyle(each)
            return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || each.matches(':focus-within') && each !== node
        }),
    }
}"""


@pytest.fixture(scope="module", autouse=True)
def kettles(desk: Desk) -> None:
    for name in ("Kettles", "Teapots"):
        desk.as_owner("/admin/contexts", {"name": name})
    desk.as_owner("/admin/articles", {"title": "Descaling a kettle", "body": ARTICLE})
    desk.wait_until_known("How do I descale my kettle?")


async def tab_to(page: Page, wanted: Locator, *, key: str = "Tab") -> None:
    """Go on with Tab until it has the focus; every stop on the way is seen and marked."""
    stops = []
    for _ in range(40):
        await page.keyboard.press(key)
        stop = await page.evaluate(SHOWS_FOCUS)
        stops.append(stop["what"])
        assert stop["isSeen"], "\n".join(stops)
        assert stop["isMarked"], "\n".join(stops)
        if await wanted.count() and await wanted.first.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {wanted}")


async def sign_in_by_keyboard(page: Page, person: dict[str, str]) -> None:
    field = page.get_by_label("E-mail")
    await field.wait_for()
    if not await field.evaluate("node => node === document.activeElement"):
        await tab_to(page, field)
    await page.keyboard.type(person["email"])
    await tab_to(page, page.get_by_label("Password", exact=True))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Your tickets")).to_be_visible()


async def ask_by_keyboard(page: Page, topic: str, subject: str, message: str) -> None:
    await tab_to(page, page.get_by_role("banner").get_by_role("link", name="New ticket"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="New ticket")).to_be_visible()
    await tab_to(page, page.get_by_role("combobox", name="Topic"))
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name=topic).wait_for()
    await page.keyboard.type(topic)
    await expect(page.get_by_role("option", name=topic)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="Topic")).to_have_text(topic)
    await tab_to(page, page.get_by_label("Subject"))
    await page.keyboard.type(subject)
    suggestions = page.locator("[aria-live=polite]")
    await expect(suggestions.get_by_role("link", name="Descaling a kettle")).to_be_visible()
    await tab_to(page, page.get_by_label("Message"))
    await page.keyboard.type(message)
    await tab_to(page, page.get_by_role("button", name="Send your question"))
    await page.keyboard.press("Enter")


async def test_a_customer_asks_rates_and_closes_without_a_mouse(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Tabea Tabb"), desk.agent("Finn Focus")
    page = await open_page("/sign-in")
    await sign_in_by_keyboard(page, customer)
    await ask_by_keyboard(page, "Kettles", "Descale my kettle", "How do I descale my kettle?")

    # The answer leads to its source and is rated.
    talk = page.get_by_role("list", name="Conversation")
    await expect(talk.get_by_text("water and vinegar")).to_be_visible(timeout=40_000)
    await tab_to(page, talk.get_by_role("link", name="Descaling a kettle").last)
    await tab_to(page, talk.get_by_label("1 star", exact=True))
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")  # the stars on the way did not count: two of them would call a person
    await expect(talk.get_by_text("Thank you")).to_be_visible()
    await expect(talk.get_by_label("4 stars")).to_be_checked()

    await expect(page.get_by_role("button", name="Talk to a person")).to_be_visible()
    # Back up to the way to a person; what was pressed is gone then, and the focus goes on beside it.
    await tab_to(page, page.get_by_role("button", name="Talk to a person"), key="Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_label("What should they know?")).to_be_focused()
    await page.keyboard.type("It is still full of scale.")
    await tab_to(page, page.get_by_role("dialog").get_by_role("button", name="Talk to a person"))
    await page.keyboard.press("Enter")
    await expect(
        page.locator("[aria-live=polite]").get_by_text("A person will take care of this")
    ).to_be_visible()
    await expect(page.get_by_role("button", name="Mark as solved")).to_be_focused()

    desk.call(
        f"/ticket/{page.url.rpartition('/')[2]}/admin/reply",
        {"message": "Try citric acid."},
        token=agent["token"],
    )
    await expect(page.get_by_role("status").get_by_text("Finn Focus wrote: Try citric acid.")).to_have_count(
        1
    )
    await tab_to(page, page.get_by_label("Your message"))
    await page.keyboard.type("That did it, thank you.")
    await page.keyboard.press("Control+Enter")
    await expect(talk.get_by_text("That did it, thank you.")).to_be_visible()
    await tab_to(page, page.get_by_role("button", name="Mark as solved"), key="Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("This ticket is solved")).to_be_visible()
    await expect(page.get_by_role("button", name="Reopen")).to_be_focused()


async def test_at_two_hundred_percent_nothing_is_lost(open_page: Open, desk: Desk):
    customer, agent = desk.customer("Zoe Zoom"), desk.agent("Max Magnify", role="admin")
    ticket = desk.ticket(customer, "A kettle with a very long name that does not end", "It hums.", "Kettles")
    large = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
    pages = {
        "/portal": (customer, "link", "New ticket"),
        "/portal/new": (customer, "link", "All tickets"),
        f"/portal/tickets/{ticket}": (customer, "textbox", "Your message"),
        f"/app/inbox/all/{ticket}": (agent, "textbox", "Reply"),
        "/app/inbox/all": (agent, "searchbox", "Search tickets"),
        "/app": (agent, "link", "Home"),
        "/app/settings": (agent, "link", "Settings"),
    }
    context_of = {}
    for path, (who, role, name) in pages.items():
        page = context_of.get(who["email"])
        if page is None:
            page = context_of[who["email"]] = await open_page(path, as_=who, **large)
        else:
            await page.goto(path)
        await settled(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        await expect(page.get_by_role(role, name=name).first).to_be_in_viewport()
        assert await axe(page) == [], path
