"""Pictures of every screen, in both themes and three widths, into docs/screenshots.

    uv run python -m scripts.screenshots                       all of them, on a demo desk started for it
    uv run python -m scripts.screenshots portal --widths 390   those whose name begins so

They are there to be looked at: after a change of looks, and by readers of the documentation.
"""

import argparse
import asyncio
import base64
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from playwright.async_api import TimeoutError as NotInTime

from scripts.chromium import get_chromium

OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
HEIGHT = 900
THEMES = ("dark", "light")
WIDTHS = (1440, 1024, 390)
# name, path, who; {open} and {answered} are tickets of the demo customer


def _of_navigation() -> list[tuple[str, str, str]]:
    """The pages of the rail and of the settings menu, read from the web app."""
    app = OUT.parents[1] / "web" / "src" / "app"
    text = (app / "navigation.ts").read_text()
    rail = re.findall(r"\{ to: '(/app[^']*)'", (app / "rail.ts").read_text())
    rail.remove("/app/inbox")
    settings = [f"/app/settings/{name}" for name in re.findall(r"\{ to: '([a-z][^']*)', group", text)]
    named = {"/app": "workspace-home"}
    return [
        (named.get(path, path.removeprefix("/app/").replace("/", "-")), path, "admin")
        for path in rail + settings
    ]


SCREENS = (
    ("sign-in", "/sign-in", None),
    ("sign-up", "/sign-up", None),
    ("reset", "/reset", None),
    ("set-up", "/setup?token=example", None),
    ("invitation-gone", "/invitation?token=gone", None),
    ("help", "/help", None),
    ("portal-tickets", "/portal", "customer"),
    ("portal-no-match", "/portal?search=zebra", "customer"),
    ("portal-new-ticket", "/portal/new", "customer"),
    ("portal-thread", "/portal/tickets/{ticket}", "customer"),
    ("portal-profile", "/portal/profile", "customer"),
    ("portal-missing", "/portal/tickets/unknown", "customer"),
    ("inbox-thread", "/app/tickets/{staff_ticket}", "admin"),
    ("inbox", "/app/inbox", "admin"),
    ("notifications", "/app/notifications", "admin"),
    *_of_navigation(),
)
PERSON = re.compile(r"^\s*(admin|agent|customer)\s+(\S+@\S+)\s+(\S+)$", re.MULTILINE)
READY = re.compile(r"Deskwell is ready: (\S+)")


@contextmanager
def demo_desk() -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """Address of a demo desk, and one account of each role."""
    folder = Path(tempfile.mkdtemp(prefix="dw-pictures-", dir="/tmp"))
    folder.chmod(0o755)
    log = (folder / "log").open("w+")
    command = [
        sys.executable,
        "-m",
        "deskwell",
        "serve",
        "--port",
        "0",
        "--demo",
        "--data-dir",
        str(folder / "data"),
    ]
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        print("Filling a demo desk …", file=sys.stderr, flush=True)
        for _ in range(600):
            said = (folder / "log").read_text()
            if (ready := READY.search(said)) and len(PERSON.findall(said)) > 2:
                break
            if process.poll() is not None:
                raise SystemExit(said)
            time.sleep(0.5)
        else:
            raise SystemExit(said)
        people: dict[str, tuple[str, str]] = {}
        for role, email, password in PERSON.findall(said):
            people.setdefault(role, (email, password))
        yield ready[1], people
    finally:
        process.terminate()
        process.wait(60)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


async def take(url: str, people: dict[str, tuple[str, str]], wanted: list[str], widths: list[int]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=get_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        states = {role: await _signed_in(browser, url, *account) for role, account in people.items()}
        values = await _values(browser, url, states)
        screens = [s for s in SCREENS if not wanted or any(s[0].startswith(name) for name in wanted)]
        for theme in THEMES:
            for width in widths:
                for role in (None, "customer", "admin"):
                    mine = [screen for screen in screens if screen[2] == role]
                    context = await _context(browser, url, theme, width, states.get(role or ""))
                    for name, path, _ in mine:
                        await _picture(context, path.format(**values), OUT / f"{name}-{theme}-{width}.webp")
                    await context.close()
        await browser.close()


async def _signed_in(browser: Browser, url: str, email: str, password: str) -> Any:
    context = await browser.new_context(base_url=url)
    answer = await context.request.post("/auth/login", data={"email": email, "password": password})
    assert answer.ok, await answer.text()
    state = await context.storage_state()
    await context.close()
    return state


async def _values(browser: Browser, url: str, states: dict[str, Any]) -> dict[str, str]:
    """The customer's open ticket, and one an agent has much to say about."""
    own = await _get(browser, url, states["customer"], "/customer/tickets?page_size=100")
    mine = sorted(own["tickets"], key=lambda ticket: (ticket["status"] != "open", ticket["number"]))
    seen = await _get(browser, url, states["admin"], "/admin/tickets?status=human_assigned&page_size=100")
    theirs = sorted(seen["tickets"], key=lambda ticket: -ticket["message_count"])
    return {"ticket": mine[0]["id"], "staff_ticket": theirs[0]["id"]}


async def _get(browser: Browser, url: str, state: Any, path: str) -> Any:
    context = await browser.new_context(base_url=url, storage_state=state)
    answer = await (await context.request.get(path)).json()
    await context.close()
    return answer


async def _context(browser: Browser, url: str, theme: str, width: int, state: Any) -> BrowserContext:
    context = await browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHT},
        storage_state=state,
        reduced_motion="reduce",
        has_touch=width < 600,
    )
    await context.add_init_script(f"localStorage.setItem('deskwell.theme', '{theme}')")
    return context


async def _picture(context: BrowserContext, path: str, target: Path) -> None:
    page = await context.new_page()
    await page.goto(path)
    await _settle(page)
    session = await context.new_cdp_session(page)
    shot = await session.send("Page.captureScreenshot", {"format": "webp", "quality": 86})
    _write(target, base64.b64decode(shot["data"]))
    print(target.relative_to(OUT.parent.parent), flush=True)
    await page.close()


def _write(target: Path, picture: bytes) -> None:
    target.write_bytes(picture)


async def _settle(page: Page) -> None:
    try:
        await page.locator("h1:visible").first.wait_for(timeout=10_000)
    except NotInTime:
        print(f"{page.url} has no title", file=sys.stderr)
    for _ in range(40):
        if not await page.locator("[role=status] .animate-shimmer").count():
            break
        await page.wait_for_timeout(100)
    await page.evaluate("document.fonts.ready")
    await page.wait_for_timeout(300)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only screens whose name begins so")
    parser.add_argument("--widths", type=int, nargs="+", default=list(WIDTHS))
    parser.add_argument("--url", help="a running demo desk instead of one started for it")
    parser.add_argument(
        "--account", nargs=3, action="append", metavar=("ROLE", "EMAIL", "PASSWORD"), default=[]
    )
    given = parser.parse_args()
    if given.url:
        people = {role: (email, password) for role, email, password in given.account}
        asyncio.run(take(given.url, people, given.names, given.widths))
        return
    with demo_desk() as (url, people):
        asyncio.run(take(url, people, given.names, given.widths))


if __name__ == "__main__":
    main()
