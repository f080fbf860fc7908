"""Measure what a browser loads until the portal and the inbox can be used: scripts, styles, fonts, in bytes on the wire.

    uv run python -m bench.first_load                                 on a demo desk started for it
    uv run python -m bench.first_load --url URL --account admin EMAIL PASSWORD --account customer EMAIL PASSWORD

Each page is opened in a fresh browser with an empty cache. “Usable” is when its list, its conversation and its
composer are drawn and nothing has been requested for half a second. Goals: portal 150 kB of scripts, inbox 220 kB.
"""

import argparse
import asyncio
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from scripts.chromium import get_chromium
from scripts.screenshots.desk import demo_desk

Account = tuple[str, str]
GOALS = {"portal": 150, "portal thread": 150, "inbox with a thread": 220}


@dataclass
class Loaded:
    """Bytes on the wire by kind, and how many files."""

    size: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    names: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, kind: str, name: str, size: int) -> None:
        self.names.append((size, kind, name))
        self.size[kind] = self.size.get(kind, 0) + size
        self.files[kind] = self.files.get(kind, 0) + 1


async def measure(url: str, people: dict[str, Account], *, is_long: bool) -> None:
    """Open every page once and print what it took."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=get_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        print(f"{'page':22}{'scripts':>12}{'goal':>9}{'files':>7}{'styles':>10}{'fonts':>10}{'data':>10}")
        for name, role, visit in (
            ("portal", "customer", portal),
            ("portal thread", "customer", portal_thread),
            ("inbox with a thread", "admin", inbox),
        ):
            loaded = await load(browser, url, people[role], visit)
            print(line(name, loaded))
            for size, kind, path in sorted(loaded.names, reverse=True) if is_long else ():
                print(f"{size:>12,} {kind:8} {path}")
        await browser.close()


async def portal(page: Page) -> None:
    await page.goto("/portal")
    await page.get_by_role("heading", level=1).first.wait_for()


async def portal_thread(page: Page) -> None:
    answer = await (await page.request.get("/customer/tickets?page_size=1")).json()
    await page.goto(f"/portal/tickets/{answer['tickets'][0]['id']}")
    await page.get_by_role("heading", level=1).first.wait_for()


async def inbox(page: Page) -> None:
    answer = await (await page.request.get("/admin/tickets?page_size=1")).json()
    await page.goto(f"/app/inbox/all/{answer['tickets'][0]['id']}")
    await page.get_by_role("list", name="Tickets").get_by_role("listitem").first.wait_for()
    await page.get_by_role("log").get_by_role("article").first.wait_for()
    await page.get_by_role("textbox", name="Reply").wait_for()


async def load(browser: Browser, url: str, account: Account, visit: Any) -> Loaded:
    """What a fresh browser takes to open one page."""
    context = await browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    email, password = account
    answer = await context.request.post("/auth/login", data={"email": email, "password": password})
    if not answer.ok:
        raise SystemExit(await answer.text())
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    loaded = Loaded()
    session.on(
        "Network.responseReceived", lambda event: kinds.update({event["requestId"]: kind_of(event, url)})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: loaded.add(
            *kinds.get(event["requestId"], ("other", "")), int(event["encodedDataLength"])
        ),
    )
    await visit(page)
    await quiet(page, loaded)
    await context.close()
    return loaded


def kind_of(event: dict[str, Any], url: str) -> tuple[str, str]:
    kinds = {"Script": "scripts", "Stylesheet": "styles", "Font": "fonts", "Fetch": "data", "XHR": "data"}
    return kinds.get(event["type"], "other"), event["response"]["url"].removeprefix(url)


async def quiet(page: Page, loaded: Loaded) -> None:
    """Until nothing has arrived for half a second; live updates stay open and never finish."""
    before = -1
    while before != (before := sum(loaded.files.values())):
        await page.wait_for_timeout(500)


def line(name: str, loaded: Loaded) -> str:
    def kb(kind: str) -> str:
        return f"{loaded.size.get(kind, 0) / 1000:.1f} kB"

    return (
        f"{name:22}{kb('scripts'):>12}{GOALS[name]:>6} kB{loaded.files.get('scripts', 0):>7}"
        f"{kb('styles'):>10}{kb('fonts'):>10}{kb('data'):>10}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="a running desk instead of a demo desk started for it")
    parser.add_argument(
        "--account", nargs=3, action="append", metavar=("ROLE", "EMAIL", "PASSWORD"), default=[]
    )
    parser.add_argument("--long", action="store_true", help="name every file")
    given = parser.parse_args()
    if given.url:
        people = {role: (email, password) for role, email, password in given.account}
        asyncio.run(measure(given.url, people, is_long=given.long))
        return
    with demo_desk() as (url, accounts):
        asyncio.run(measure(url, accounts, is_long=given.long))


if __name__ == "__main__":
    main()
