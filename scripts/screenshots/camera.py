"""A browser that visits screens and keeps a picture of each."""

import asyncio
import base64
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Route
from playwright.async_api import Error as BrowserError

from .screens import Screen

OUT = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
THEMES = ("dark", "light")
HEIGHT = 900
TALLEST = 1600
QUALITY = 32
# Wide pictures are kept smaller: still legible, and the folder stays light.
SCALE = 0.7
PHONE = 600
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
# In place, until every colour has arrived: one that is inherited starts on its way only after its parent's.
WEAR = """async (theme) => {
    document.documentElement.dataset.theme = theme
    for (const each of document.querySelectorAll('iframe')) {
        if (each.contentDocument?.documentElement?.dataset.theme) each.contentDocument.documentElement.dataset.theme = theme
    }
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    for (let quiet = 0, frames = 0; quiet < 4 && frames < 60; frames++) {
        await frame()
        const isMoving = document.getAnimations().some(
            (each) => each.playState === 'running' && each.effect.getComputedTiming().iterations !== Infinity,
        )
        quiet = isMoving ? 0 : quiet + 1
    }
}"""

# How much more there is below the window, in the page itself or in the pane that scrolls.
HIDDEN = """() => Math.max(
    document.documentElement.scrollHeight - innerHeight,
    ...[...document.querySelectorAll('main, main *, [role=dialog], [role=dialog] *')]
        .filter((each) => each.clientHeight > 300 && /auto|scroll/.test(getComputedStyle(each).overflowY))
        .map((each) => each.scrollHeight - each.clientHeight),
)"""


# A skeleton in sight; those further below load when they are scrolled to.
LOADING = """() => [...document.querySelectorAll('.animate-shimmer')].some((each) => {
    const { top, bottom, height } = each.getBoundingClientRect()
    return height > 0 && bottom > 0 && top < innerHeight
})"""


async def take(
    browser: Browser,
    url: str,
    screens: Iterable[Screen],
    states: dict[str, Any],
    values: dict[str, str],
    widths: list[int],
    themes: list[str],
    out: Path,
) -> None:
    """Pictures of these screens; `states` are the signed-in people, `values` what paths name."""
    wanted = list(screens)
    # A tablet sees what a desk sees, narrower; a phone is another device.
    for together in ([w for w in widths if w >= PHONE], [w for w in widths if w < PHONE]):
        for who in dict.fromkeys(screen.who for screen in wanted):
            mine = [s for s in wanted if s.who == who and set(together) & set(s.widths)]
            if not mine:
                continue
            context = await _context(browser, url, together[0], states.get(who or ""))
            for screen in mine:
                mine_widths = [w for w in together if w in screen.widths]
                await _pictures(context, screen, values, mine_widths, themes, out)
            await context.close()


async def _context(browser: Browser, url: str, width: int, state: Any) -> BrowserContext:
    context = await browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHT},
        storage_state=state,
        reduced_motion="reduce",
        color_scheme="dark",
        has_touch=width < PHONE,
        # Without the "Headless", which the list of devices would show.
        user_agent=AGENT,
    )
    await context.add_init_script("localStorage.setItem('deskwell.theme', 'dark')")
    context.set_default_timeout(6_000)
    return context


async def _pictures(
    context: BrowserContext,
    screen: Screen,
    values: dict[str, str],
    widths: list[int],
    themes: list[str],
    out: Path,
) -> None:
    """One visit, photographed in each width and theme."""
    page = await context.new_page()
    held = asyncio.Event()
    try:
        if screen.held:
            await page.route(screen.held, lambda route: _hold(route, held))
        if screen.refused:
            await page.route(screen.refused, _refuse)
        await page.set_viewport_size({"width": widths[0], "height": HEIGHT})
        await page.goto(screen.path.format(**values))
        await settle(page, is_loading=screen.held is not None)
        if screen.act:
            await screen.act(page)
            await settle(page, is_loading=False)
        session = await context.new_cdp_session(page)
        for width in widths:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            if screen.is_whole:
                await _show_all(page, width)
            for theme in themes:
                await page.evaluate(WEAR, theme)
                size = page.viewport_size or {"width": width, "height": HEIGHT}
                clip = {"x": 0, "y": 0, **size, "scale": 1 if width < PHONE else SCALE}
                wish = {"format": "webp", "quality": QUALITY, "clip": clip}
                shot = await session.send("Page.captureScreenshot", wish)
                target = out / f"{screen.name}-{theme}-{width}.webp"
                await asyncio.to_thread(target.write_bytes, base64.b64decode(shot["data"]))
                print(target.name, flush=True)
    except (BrowserError, KeyError) as error:
        print(f"!! {screen.name} {widths}: {str(error).splitlines()[0]}", file=sys.stderr, flush=True)
    finally:
        held.set()
        await page.close()


async def _hold(route: Route, until: asyncio.Event) -> None:
    await until.wait()
    with suppress(BrowserError):
        await route.abort()


async def _refuse(route: Route) -> None:
    if "/app/" in route.request.url or route.request.resource_type == "document":
        await route.continue_()
        return
    await route.fulfill(status=503, json={"detail": "The database does not answer. Try again in a minute."})


async def _show_all(page: Page, width: int) -> None:
    await page.wait_for_timeout(150)
    hidden = int(await page.evaluate(HIDDEN))
    if hidden > 0:
        await page.set_viewport_size({"width": width, "height": min(TALLEST, HEIGHT + hidden)})
        await page.wait_for_timeout(150)


async def settle(page: Page, *, is_loading: bool) -> None:
    """Wait until the page has its title, no skeleton and its fonts."""
    if is_loading:
        await page.wait_for_timeout(1200)
        return
    try:
        await page.locator("h1:visible").first.wait_for(timeout=8_000)
    except BrowserError:
        print(f"{page.url} has no title", file=sys.stderr)
    for _ in range(40):
        if not await page.evaluate(LOADING):
            break
        await page.wait_for_timeout(100)
    await page.evaluate("document.fonts.ready")
    await page.wait_for_timeout(300)
