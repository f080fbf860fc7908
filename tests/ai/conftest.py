"""A small shop's articles, and a worker beside the tests."""

import pytest_asyncio

from deskwell.core.actor import Role

SHOP = {
    "Return an item": "You can return any unused item within 30 days of delivery.\n\nOpen **Orders**, choose the item and print the return label. The refund arrives within 5 business days after the parcel reached us.",
    "Track your parcel": "Every parcel has a tracking number. You find it in the dispatch e-mail and under **Orders**.\n\nIf the tracking has not moved for 4 days, tell us and we start a search with the carrier.",
    "Download an invoice": "Invoices are under **Account → Billing**. Choose a month and click *Download PDF*.\n\nA VAT number can be added until the invoice is issued.",
    "Change the delivery address": "As long as the order is not packed, you can change the address under **Orders → Details**.\n\nAfter that the carrier's page lets you redirect the parcel.",
    "Reset your password": "Click **Forgot password** on the sign-in page. We send a link that works for one hour.\n\nNo e-mail? Look into the spam folder and check that the address is right.",
    "Gift cards": "Gift cards are valid for three years. Enter the code at checkout; what is left stays on the card.",
    "Ship to Canada": "We ship to Canada with tracked air mail. It takes 8 to 12 days and costs 19 dollars; customs are paid on delivery.",
    "Ship to the United States": "We ship to the United States by courier. It takes 3 to 5 days and costs 12 dollars.",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def staff(sign_in, make):
    return await sign_in(await make.user(role=Role.ADMIN))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop(staff, run_jobs):
    """Article ids by title, searchable."""
    ids = {}
    for title, body in SHOP.items():
        answer = await staff.post("/admin/articles", json={"title": title, "body": body, "context": "Shop"})
        assert answer.status_code in {200, 201}, answer.text
        ids[title] = answer.json()["article"]["id"]
    await run_jobs()
    return ids
