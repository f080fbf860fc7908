"""Which pictures are wanted, and the desks they are taken of."""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from scripts import screenshots
from scripts.chromium import get_chromium

from .camera import AGENT, OUT, THEMES, take
from .desk import Accounts, demo_desk, empty_desk
from .screens import DEMO_SCREENS, EMPTY, EMPTY_SCREENS, SET_UP, WIDTHS, Screen
from .staging import stage

PASSWORD = "lantern-harbour-92"


class Wish:
    """What was asked for on the command line."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.names: list[str] = given.names
        self.widths: list[int] = given.widths
        self.themes: list[str] = given.themes
        self.out: Path = given.to

    def of(self, screens: tuple[Screen, ...]) -> list[Screen]:
        """Those whose name begins as wished."""
        return [s for s in screens if not self.names or any(s.name.startswith(name) for name in self.names)]


async def of_demo(browser: Browser, url: str, people: Accounts, wish: Wish) -> None:
    """The screens of a desk in use."""
    states = {role: await _signed_in(browser, url, *account) for role, account in people.items()}
    states["newcomer"] = await _newcomer(browser, url)
    context = await browser.new_context(base_url=url)
    await stage(context.request, *people["admin"])
    await context.close()
    values = await _values(browser, url, states)
    await take(browser, url, wish.of(DEMO_SCREENS), states, values, wish.widths, wish.themes, wish.out)


async def of_empty(browser: Browser, url: str, token: str, wish: Wish) -> None:
    """The first set-up, then what its owner finds."""
    await take(browser, url, wish.of(SET_UP), {}, {"token": token}, wish.widths, wish.themes, wish.out)
    owner = {"token": token, "email": "olga@deskwell.example", "name": "Olga Owens", "password": PASSWORD}
    context = await browser.new_context(base_url=url)
    answer = await context.request.post("/auth/setup", data=owner)
    # Another run has set this desk up already: then signing in works.
    assert answer.ok or answer.status < 500, await answer.text()
    await context.close()
    states = {"owner": await _signed_in(browser, url, owner["email"], PASSWORD)}
    await take(browser, url, wish.of(EMPTY), states, {}, wish.widths, wish.themes, wish.out)


async def _signed_in(browser: Browser, url: str, email: str, password: str) -> Any:
    context = await browser.new_context(base_url=url, user_agent=AGENT)
    answer = await context.request.post("/auth/login", data={"email": email, "password": password})
    assert answer.ok, await answer.text()
    state = await context.storage_state()
    await context.close()
    return state


async def _newcomer(browser: Browser, url: str) -> Any:
    """A customer who has asked nothing yet."""
    person = {"email": "anouk.faber@postbox.example", "name": "Anouk Faber", "password": PASSWORD}
    context = await browser.new_context(base_url=url)
    await context.request.post("/auth/register", data=person)
    await context.close()
    return await _signed_in(browser, url, person["email"], PASSWORD)


async def _values(browser: Browser, url: str, states: dict[str, Any]) -> dict[str, str]:
    """What paths name: a ticket with much said, one the AI answered, an article, a rule, a customer."""

    async def get(path: str, who: str = "admin") -> Any:
        context = await browser.new_context(base_url=url, storage_state=states[who])
        answer = await (await context.request.get(path)).json()
        await context.close()
        return answer

    own = (await get("/customer/tickets?page_size=100", "customer"))["tickets"]
    mine = sorted(own, key=lambda ticket: (ticket["status"] != "open", ticket["number"]))
    closed = [ticket for ticket in own if ticket["status"] == "closed"]
    seen = (await get("/admin/tickets?page_size=100"))["tickets"]
    with_people = sorted(
        (ticket for ticket in seen if ticket["status"] == "human_assigned"),
        key=lambda ticket: -ticket["message_count"],
    )
    answered = [
        ticket
        for ticket in seen
        if ticket.get("preview_by") == "ai" and ticket["status"] in ("open", "closed")
    ]
    by_mail = [ticket for ticket in seen if ticket.get("source") == "email"]
    articles = (await get("/admin/articles?status=published"))["articles"]
    rules = (await get("/admin/rules"))["rules"]
    companies = (await get("/admin/companies"))["companies"]
    article = max(articles, key=lambda each: each.get("views", 0))
    return {
        "ticket": mine[0]["id"],
        "closed_ticket": (closed or mine)[0]["id"],
        "staff_ticket": with_people[0]["id"],
        "customer": with_people[0]["user_id"],
        "ai_ticket": (answered or seen)[0]["id"],
        "mail_ticket": (by_mail or seen)[0]["id"],
        "article": article["id"],
        "help_article": article["url"],
        "help_topic": await _first_topic(browser, url),
        "rule": rules[-1]["id"],
        "company": companies[0]["id"],
    }


async def _first_topic(browser: Browser, url: str) -> str:
    """A topic of the first help center; a desk with one brand opens that at once."""
    context = await browser.new_context(base_url=url)
    page = await context.new_page()
    await page.goto("/help")
    topic = page.locator("main a[href*='/topics/']")
    if not await topic.count():
        await page.locator("main a[href^='/help/']").first.click()
    path = await topic.first.get_attribute("href")
    await context.close()
    return path or "/help"


async def _with_browser(work: Callable[[Browser], Awaitable[None]]) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=get_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        await work(browser)
        await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.screenshots",
        description=screenshots.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", help="only screens whose name begins so")
    parser.add_argument("--widths", type=int, nargs="+", default=list(WIDTHS))
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=list(THEMES))
    parser.add_argument("--to", type=Path, default=OUT, help="the folder they go into")
    parser.add_argument("--list", action="store_true", help="only say their names")
    parser.add_argument("--url", help="a running demo desk instead of one started for it")
    parser.add_argument(
        "--account", nargs=3, action="append", metavar=("ROLE", "EMAIL", "PASSWORD"), default=[]
    )
    parser.add_argument("--empty", nargs=2, metavar=("URL", "TOKEN"), help="a running desk nobody has used")
    given = parser.parse_args()
    wish = Wish(given)
    wish.out.mkdir(parents=True, exist_ok=True)
    if given.list:
        print(json.dumps([s.name for s in wish.of((*DEMO_SCREENS, *EMPTY_SCREENS))], indent=1))
        return
    if wish.of(DEMO_SCREENS):
        if given.url:
            people = {role: (email, password) for role, email, password in given.account}
            asyncio.run(_with_browser(lambda browser: of_demo(browser, given.url, people, wish)))
        else:
            with demo_desk() as (url, people):
                asyncio.run(_with_browser(lambda browser: of_demo(browser, url, people, wish)))
    if wish.of(EMPTY_SCREENS):
        if given.empty:
            url, token = given.empty
            asyncio.run(_with_browser(lambda browser: of_empty(browser, url, token, wish)))
            return
        with empty_desk() as (url, token):
            asyncio.run(_with_browser(lambda browser: of_empty(browser, url, token, wish)))


if __name__ == "__main__":
    main()
