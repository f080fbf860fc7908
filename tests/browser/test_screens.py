"""Every screen of the portal and the entrance: accessible in both themes, no sideways scrolling on a phone."""

import re

import pytest

from .conftest import TOP, Desk, Open, axe, settled, wear

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


@pytest.mark.parametrize("path", ["/sign-in", *PORTAL])
async def test_nothing_jumps_while_the_page_loads(path: str, open_page: Open, customer: dict[str, str]):
    as_ = customer if path.startswith("/portal") else None
    page = await open_page(path.format(**customer), as_=as_, width=390)
    await settled(page)
    shifts = await page.evaluate(
        """() => new Promise((done) => {
            const found = []
            new PerformanceObserver((list) => {
                for (const each of list.getEntries()) {
                    if (!each.hadRecentInput) found.push([each.value, ...each.sources.map((s) => s.node?.outerHTML?.slice(0, 120))])
                }
            }).observe({ type: 'layout-shift', buffered: true })
            setTimeout(() => done(found), 300)
        })"""
    )
    assert sum(shift[0] for shift in shifts) < 0.01, shifts


async def test_whole_portal_works_by_keyboard(open_page: Open, customer: dict[str, str]):
    page = await open_page("/portal", as_=customer)
    await settled(page)
    seen = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        seen.append(await page.evaluate("document.activeElement?.textContent?.trim() ?? ''"))
    assert seen[0] == "Skip to the content"
    assert any("Where is my parcel?" in text for text in seen)


APP = TOP / "web" / "src" / "app"
NAVIGATION = (APP / "navigation.ts").read_text()
RAIL = re.findall(r"\{ to: '(/app[^']*)'", (APP / "rail.ts").read_text())
SETTINGS = [f"/app/settings/{name}" for name in re.findall(r"\{ to: '([a-z][^']*)', group", NAVIGATION)]


@pytest.fixture(scope="module")
def owner() -> dict[str, str]:
    return {"email": "owner@desk.example"}


@pytest.mark.parametrize("path", [*RAIL, *SETTINGS])
async def test_workspace_screen_is_accessible_in_both_themes(
    path: str, open_page: Open, customer: dict[str, str], owner: dict[str, str]
):
    page = await open_page(path, as_=owner)
    await settled(page)
    for theme in ("dark", "light"):
        await wear(page, theme)
        assert await axe(page) == [], theme


async def test_palette_sheet_and_menus_are_accessible(
    open_page: Open, customer: dict[str, str], owner: dict[str, str]
):
    page = await open_page("/app/settings", as_=owner)
    await settled(page)
    await page.keyboard.press("Control+k")
    await page.get_by_placeholder("Search or run a command").fill("profile")
    assert await axe(page) == []
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Your profile").wait_for()
    await page.locator("main").first.focus()
    await page.keyboard.press("?")
    await page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    assert await axe(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Olga Owner").click()
    await page.get_by_role("menuitem", name="Sign out").wait_for()
    # A menu floats beside the landmarks by design; what is in it is tested all the same.
    assert await axe(page, without=("region",)) == []


OPENED = {
    "rules/new": "Add a trigger",
    "sla": "New service level",
}


async def test_dialogs_sheets_and_menus_are_accessible(
    open_page: Open, customer: dict[str, str], owner: dict[str, str]
):
    page = await open_page("/app/settings", as_=owner)
    await settled(page)
    for where, button in OPENED.items():
        await page.goto(f"/app/settings/{where}")
        await settled(page)
        await page.get_by_role("button", name=button).first.click()
        await page.locator("[role=dialog], [role=menu]").wait_for()
        for theme in ("dark", "light"):
            await wear(page, theme)
            assert await axe(page, within="[role=dialog], [role=menu]") == [], (where, theme)


async def test_merging_is_accessible(open_page: Open, customer: dict[str, str], owner: dict[str, str]):
    page = await open_page(f"/app/inbox/all/{customer['ticket']}", as_=owner)
    await page.get_by_role("log").get_by_role("article").first.wait_for()
    await page.locator("#main").focus()
    await page.keyboard.press("Shift+G")
    await page.get_by_role("dialog").wait_for()
    for theme in ("dark", "light"):
        await wear(page, theme)
        assert await axe(page, within="[role=dialog]") == [], theme
