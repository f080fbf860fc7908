"""The journey the product is for: a question an article answers is answered, live; any other finds a person."""

import pytest
from playwright.async_api import Page, expect

from .conftest import PASSWORD, Desk, Open

ARTICLE = """Returns are free within 30 days of delivery. Print the return label from your order page, stick it on
the parcel and hand it in at any post office.

Refunds are paid back to the card you used within 5 working days after the parcel has arrived at our warehouse."""


@pytest.fixture(scope="module", autouse=True)
def article(desk: Desk) -> None:
    """What the desk knows."""
    desk.as_owner("/admin/articles", {"title": "Returns and refunds", "body": ARTICLE})
    desk.as_owner(
        "/admin/articles",
        {
            "title": "Opening hours",
            "body": "Our shop in Bremen is open Monday to Friday from 9 to 18 o'clock.",
        },
    )
    desk.wait_until_known("When are refunds paid to my card?")


async def _ask(page: Page, subject: str, message: str) -> None:
    await page.get_by_role("link", name="New ticket").first.click()
    await page.get_by_label("Subject").fill(subject)
    await page.get_by_label("Message").fill(message)
    await page.get_by_role("button", name="Send your question").click()
    await expect(page.get_by_role("heading", name=subject)).to_be_visible()


async def test_a_customer_is_answered_with_sources_and_else_told_of_a_person(open_page: Open, desk: Desk):
    page = await open_page("/sign-up")
    await page.get_by_label("Name").fill("Frida Kahlo")
    await page.get_by_label("E-mail").fill("frida@customers.example")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("heading", name="Your tickets")).to_be_visible()

    # An article answers it: the answer comes by itself, names its source, and is rated.
    await _ask(page, "How long do refunds take?", "I sent my return back. When are refunds paid to my card?")
    talk = page.get_by_role("list", name="Conversation")
    await expect(talk.get_by_text("5 working days")).to_be_visible(timeout=40_000)
    await expect(talk.get_by_text("Sources")).to_be_visible()
    source = await talk.get_by_role("link", name="Returns and refunds").get_attribute("href")
    assert source
    assert "30 days of delivery" in await (await page.request.get(source)).text()
    await talk.get_by_label("4 stars").click(force=True)
    await expect(talk.get_by_text("Thank you")).to_be_visible()
    await page.reload()
    await expect(talk.get_by_label("4 stars")).to_be_checked()

    # No article answers it: a person is promised, in the thread and at its head.
    await _ask(page, "Dragon insurance", "Do you insure dragons against volcanic eruptions on Mars?")
    await expect(page.get_by_role("heading", name="A person will take care of this")).to_be_visible(
        timeout=40_000
    )
    await expect(page.get_by_text("With our team").first).to_be_visible()


async def test_articles_are_suggested_while_the_question_is_typed(open_page: Open, desk: Desk):
    page = await open_page("/portal/new", as_=desk.customer())
    await page.get_by_label("Subject").fill("refunds")
    suggestion = page.get_by_role("link", name="Returns and refunds").first
    await expect(suggestion).to_be_visible()
    href = await suggestion.get_attribute("href")
    assert href
    assert (await page.request.get(href)).ok
