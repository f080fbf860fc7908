"""Every screen of the portal and the entrance: accessible in both themes, no sideways scrolling on a phone."""

import pytest

from .conftest import Desk, Open, axe, settled, wear

ENTRANCE = [
    "/sign-in",
    "/sign-up",
    "/reset",
    "/reset?token=x",
    "/setup",
    "/setup?token=x",
    "/invitation?token=x",
]
PORTAL = ["/portal", "/portal/new", "/portal/profile", "/portal/tickets/{ticket}", "/portal/tickets/unknown"]


@pytest.fixture(scope="module")
def customer(desk: Desk) -> dict[str, str]:
    found = desk.customer()
    found["ticket"] = desk.ticket(found, "Where is my parcel?", "Ordered on *Monday*.\n\n- paid\n- not here")
    return found


@pytest.mark.parametrize("path", [*ENTRANCE, *PORTAL])
async def test_screen_is_accessible_in_both_themes(path: str, open_page: Open, customer: dict[str, str]):
    as_ = customer if path.startswith("/portal") else None
    page = await open_page(path.format(**customer), as_=as_)
    await settled(page)
    for theme in ("dark", "light"):
        await wear(page, theme)
        assert await axe(page) == [], theme


@pytest.mark.parametrize("path", ["/sign-in", *PORTAL])
async def test_screen_fits_a_phone(path: str, open_page: Open, customer: dict[str, str]):
    as_ = customer if path.startswith("/portal") else None
    page = await open_page(path.format(**customer), as_=as_, width=390, has_touch=True)
    await settled(page)
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


async def test_whole_portal_works_by_keyboard(open_page: Open, customer: dict[str, str]):
    page = await open_page("/portal", as_=customer)
    await settled(page)
    seen = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        seen.append(await page.evaluate("document.activeElement?.textContent?.trim() ?? ''"))
    assert seen[0] == "Skip to the content"
    assert any("Where is my parcel?" in text for text in seen)
