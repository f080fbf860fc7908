"""A running desk and a real browser: what every journey and every screen is tested with."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.front_door.conftest import RunningDesk, wait_until

CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), None
)
TOP = Path(__file__).parents[2]
AXE = TOP / "web" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "lantern-harbour-92"
WEBHOOK_SECRET = "webhook-of-the-browser-tests"
LIMITS = {"register": "100000/60", "sign_in_address": "100000/60", "public_search": "100000/60"}
_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder shares one desk, so it stays on one worker of xdist; without a browser it is skipped."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: see make test"))


class Desk:
    """A desk as its owner started it, and quick ways to put people and things into it."""

    def __init__(self, running: RunningDesk) -> None:
        self.running = running
        self.url = running.url
        self.owner_token = ""

    def call(
        self, path: str, body: object = None, *, token: str = "", method: str | None = None, **headers: str
    ) -> Any:
        if token:
            headers["Authorization"] = f"Bearer {token}"
        status, answer = self.running.call(path, body, method=method, **headers)
        assert 200 <= status < 300, (path, status, answer)
        return answer

    def as_owner(self, path: str, body: object = None, *, method: str | None = None) -> Any:
        return self.call(path, body, token=self.owner_token, method=method)

    def customer(self, name: str = "Ada Lovelace") -> dict[str, str]:
        """Register somebody; returns e-mail, name, token."""
        email = f"{name.split(maxsplit=1)[0].lower()}{next(_numbers)}@customers.example"
        answer = self.call("/auth/register", {"email": email, "name": name, "password": PASSWORD})
        return {"email": email, "name": name, "token": answer["access_token"]}

    def agent(self, name: str = "Grace Hopper", role: str = "agent") -> dict[str, str]:
        """Invite somebody and accept for them; returns e-mail, name, token."""
        email = f"{name.split(maxsplit=1)[0].lower()}{next(_numbers)}@desk.example"
        invited = self.as_owner("/admin/users", {"email": email, "name": name, "role": role})
        token = invited["invitation_url"].partition("token=")[2]
        answer = self.call("/auth/invitation", {"token": token, "name": name, "password": PASSWORD})
        return {"email": email, "name": name, "token": answer["access_token"]}

    def ticket(self, customer: dict[str, str], subject: str, message: str, context: str = "Shop") -> str:
        """Open a ticket without waiting for what the AI makes of it."""
        body = {"context": context, "subject": subject, "message": message}
        answer = self.call("/ticket", body, token=customer["token"], Prefer="respond-async")
        return str(answer["ticket_id"])

    def wait_until_known(self, question: str) -> None:
        """An article is answered from once the worker has read it."""
        told: dict[str, Any] = {}

        def is_known() -> bool:
            told.update(self.as_owner("/admin/ai/ask", {"question": question}))
            return told["action"] == "answered"

        try:
            wait_until(is_known, 60, self.running)
        except AssertionError as error:
            raise AssertionError(f"not answered from what the desk knows: {told}") from error


@pytest.fixture(scope="session")
def empty_desk() -> Iterator[RunningDesk]:
    """A desk just started, which nobody has set up; `desk` sets it up."""
    if not (TOP / "web" / "dist" / "index.html").exists():
        pytest.skip("the web app is not built: make build")
    folder = Path(tempfile.mkdtemp(prefix="dw-browser-", dir="/tmp"))
    folder.chmod(0o755)
    running = RunningDesk(
        folder / "data",
        DESKWELL_RATE_LIMITS=json.dumps(LIMITS),
        DESKWELL_ALLOW_PRIVATE_HOSTS="127.0.0.1",
        DESKWELL_EMAIL_WEBHOOK_SECRET=WEBHOOK_SECRET,
    )
    try:
        yield running
    finally:
        running.stop()
        running.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def desk(empty_desk: RunningDesk) -> Desk:
    found = Desk(empty_desk)
    link = re.search(r"/setup\?token=(\S+)", empty_desk.output)
    assert link, empty_desk.output
    owner = {"token": link[1], "email": "owner@desk.example", "name": "Olga Owner", "password": PASSWORD}
    found.owner_token = found.call("/auth/setup", owner)["access_token"]
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        await started.close()


Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, desk: Desk) -> AsyncIterator[Open]:
    """`open_page("/portal", as_=customer, theme="light", width=390)`: a page of a browser of their own.

    A page that logged an error or threw fails the test that opened it.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    async def start(
        path: str, *, as_: dict[str, str] | None = None, theme: str = "dark", width: int = 1280, **more: Any
    ) -> Page:
        view = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce", **more}
        context = await browser.new_context(base_url=desk.url, **view)
        contexts.append(context)
        await context.add_init_script(f"localStorage.setItem('deskwell.theme', '{theme}')")
        if as_:
            body = {"email": as_["email"], "password": PASSWORD}
            answer = await context.request.post("/auth/login", data=body)
            assert answer.ok, await answer.text()
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _note(line, troubles))
        await page.goto(path)
        return page

    yield start
    for context in contexts:
        await context.close()
    assert not troubles, troubles


def _note(line: Any, troubles: list[str]) -> None:
    # A refused call is part of some tests, and the browser logs each; scripts that fail are not.
    if line.type == "error" and "Failed to load resource" not in line.text:
        troubles.append(line.text)


async def settled(page: Page) -> None:
    """Wait until nothing loads and no skeleton is left."""
    await page.wait_for_load_state("load")
    await page.locator("h1").first.wait_for()
    await expect(page.locator("[role=status] .animate-shimmer")).to_have_count(0)


async def wear(page: Page, theme: str) -> None:
    """Change the theme in place and wait until every colour has arrived."""
    await page.evaluate(
        """async (theme) => {
            document.documentElement.dataset.theme = theme
            const frame = () => new Promise((done) => requestAnimationFrame(done))
            // A colour that is inherited starts on its way only when its parent's has arrived.
            for (let quiet = 0; quiet < 3; ) {
                await frame()
                quiet = document.getAnimations().some((each) => each.playState === 'running') ? 0 : quiet + 1
            }
        }""",
        theme,
    )


async def axe(page: Page, *, without: tuple[str, ...] = (), within: str = "html") -> list[str]:
    """What axe finds on the page, one line a violation; `without` names rules that do not fit the moment.

    `within` looks at one part alone, which is much quicker.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    found = await page.evaluate(
        """async ([without, within]) => {
            const part = within === 'html' ? document : document.querySelector(within)
            const result = await axe.run(part, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
                rules: Object.fromEntries(without.map((name) => [name, { enabled: false }])),
            })
            return result.violations.map((each) => each.id + ': ' + each.help + ' ' +
                each.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join(' | '))
        }""",
        [list(without), within],
    )
    return list(found)
