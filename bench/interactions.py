"""Measure how quickly the agents' inbox answers in a real browser, with 10,000 tickets in one view.

    uv run python -m bench.interactions --prepare     fill the database beforehand
    uv run python -m bench.interactions               50 interactions, 40 tickets opened, a thread of 1,000 messages

Interaction to next paint is taken from the browser's own Event Timing: the longest event of each interaction.
Opening is the time from the click on a row until the conversation and the composer of that ticket are drawn.
Goals: p75 of the interactions ≤ 100 ms, p95 of opening ≤ 150 ms against a server on the same machine.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import uuid
from datetime import timedelta
from typing import Any

import psycopg
from playwright.async_api import Page, async_playwright

from bench import filling
from bench.__main__ import CACHE, start
from deskwell import migrations
from deskwell.gateways.postgres import EmbeddedPostgres
from scripts.chromium import get_chromium

TICKETS = 10_000
LONG = 1_000  # messages of the long thread
OPENED = 40
FRAME = 16  # events that take less than a frame are not reported

WATCH = """() => {
    window.seen = new Map()
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (!entry.interactionId) continue
            const before = window.seen.get(entry.interactionId)
            const now = { ms: entry.duration, name: `${entry.name} ${window.step ?? ''}` }
            if (!before || before.ms < now.ms) window.seen.set(entry.interactionId, now)
        }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true })
}"""
OPEN = """async (at) => {
    const links = [...document.querySelectorAll('[role=list][aria-label=Tickets] [role=listitem] a')]
    const link = links[at % links.length]
    const id = link.getAttribute('href').split('/').at(-1).split('?')[0]
    const began = performance.now()
    link.click()
    const isThere = () => location.pathname.endsWith(id)
        && document.querySelector('[role=log]')?.dataset.ticket === id
        && document.querySelector('[role=log] article') && document.querySelector('[role=textbox], textarea')
    while (!isThere() && performance.now() - began < 5000) await new Promise(requestAnimationFrame)
    return performance.now() - began
}"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepare", action="store_true", help="only fill the database")
    parser.add_argument("--long", action="store_true", help="name the slowest interactions")
    options = parser.parse_args()
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(CACHE / "interactions")
    started: list[subprocess.Popen[bytes]] = []
    try:
        url = postgres.start()
        migrations.upgrade(url)
        filling.fill(url, TICKETS)
        long_ticket = long_thread(url)
        if options.prepare:
            return
        side, *_ = start(url, started)
        asyncio.run(measure(side.port, agent_token(side), long_ticket, is_long=options.long))
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
            process.wait()
        postgres.stop()


def long_thread(url: str) -> uuid.UUID:
    """Let the newest ticket have a thousand messages; returns its id."""
    with psycopg.connect(url) as session:
        row = session.execute(
            "SELECT id, created_at, last_position, customer_id FROM tickets ORDER BY id DESC LIMIT 1"
        ).fetchone()
        assert row
        ticket: uuid.UUID = row[0]
        _, opened, position, customer = row
        for number in range(position + 1, LONG + 1):
            at = opened + timedelta(seconds=number)
            session.execute(
                """INSERT INTO messages (id, created_at, ticket_id, position, author, author_id, body, source)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, 'web')""",
                (
                    uuid.uuid4(),
                    at,
                    ticket,
                    number,
                    "customer" if number % 2 else "agent",
                    customer if number % 2 else None,
                    f"Message {number}: please see **this**, and\n\n- one\n- two",
                ),
            )
        session.execute(
            "UPDATE tickets SET last_position = %s, message_count = %s WHERE id = %s", (LONG, LONG, ticket)
        )
    return ticket


def agent_token(side: Any) -> str:
    """The agent whom the benchmark of the API signs in."""
    head = side.requests["list"]().decode()
    return str(head.partition("Authorization: Bearer ")[2].splitlines()[0])


async def measure(port: int, token: str, long_ticket: uuid.UUID, *, is_long: bool) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=get_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        context = await browser.new_context(
            base_url=f"http://localhost:{port}",
            viewport={"width": 1440, "height": 900},
            extra_http_headers={"Authorization": f"Bearer {token}"},
        )
        page = await context.new_page()
        await page.goto("/app/inbox/all")
        await page.get_by_role("list", name="Tickets").get_by_role("listitem").first.wait_for()
        await page.wait_for_timeout(1500)
        opened = [await page.evaluate(OPEN, at) for at in range(OPENED + 2)][2:]  # the first load the code
        print_row("opening a ticket from the list", opened, "p95", 150)

        await page.evaluate(WATCH)
        pressed = await in_the_list(page)
        list_times = await timings(page, pressed)
        await page.goto(f"/app/inbox/all/{long_ticket}")
        await page.get_by_role("log").get_by_role("article").last.wait_for()
        await page.wait_for_timeout(1500)
        await page.evaluate(WATCH)
        pressed = await in_the_thread(page)
        thread_times = await timings(page, pressed)
        print_row("interactions in the list", [ms for ms, _ in list_times], "p75", 100)
        print_row("interactions in a thread of 1,000", [ms for ms, _ in thread_times], "p75", 100)
        both = list_times + thread_times
        print_row(f"all {len(both)} interactions", [ms for ms, _ in both], "p75", 100)
        for ms, name in sorted(both, reverse=True)[: 15 if is_long else 0]:
            print(f"    {ms:6.0f} ms  {name}")
        await browser.close()


async def in_the_list(page: Page) -> int:
    """Move, select, switch the density, search commands; returns how many interactions that were."""
    keys = ["j"] * 10 + ["k"] * 3 + ["x", "j", "Shift+X", "Escape"] + ["Control+k", "c", "l", "o", "Escape"]
    for key in keys:
        await press(page, key)
    button = page.get_by_role("button", name="Compact rows")
    for _ in range(2):
        await name_step(page, "density")
        await button.click()
        await page.wait_for_timeout(120)
    return len(keys) + 2


async def in_the_thread(page: Page) -> int:
    """Write a reply, change to a note and back, open a message's menu."""
    await press(page, "r")
    await page.locator(".rich-text").wait_for()
    keys = [*"Hello, thanks!", "Enter", *"Ok", "Control+b"]
    for key in keys:
        await press(page, key)
    for name in ("Note", "Reply"):
        await name_step(page, name)
        await page.get_by_role("button", name=name, exact=True).click()
        await page.wait_for_timeout(120)
    await page.get_by_role("log").get_by_role("article").last.hover()
    await name_step(page, "message menu")
    await page.get_by_role("button", name="Message actions").last.click()
    await page.wait_for_timeout(200)
    await press(page, "Escape")
    return len(keys) + 5


async def press(page: Page, key: str) -> None:
    await name_step(page, key)
    await page.keyboard.press(key)
    await page.wait_for_timeout(120)


async def name_step(page: Page, name: str) -> None:
    await page.evaluate("(name) => { window.step = name }", name)


async def timings(page: Page, pressed: int) -> list[tuple[float, str]]:
    """Each interaction once; those the browser found too short to report count as a frame."""
    await page.wait_for_timeout(300)
    seen: list[dict[str, Any]] = await page.evaluate("[...window.seen.values()]")
    found = [(float(one["ms"]), str(one["name"])) for one in seen]
    return found + [(float(FRAME), "below a frame")] * max(0, pressed - len(found))


def print_row(name: str, times: list[float], goal: str, limit: int) -> None:
    ordered = sorted(times)

    def share(of: float) -> float:
        return ordered[min(len(ordered) - 1, int(of * len(ordered)))]

    print(
        f"{name:36} n={len(times):3}  p50 {share(0.5):5.0f} ms  p75 {share(0.75):5.0f} ms  "
        f"p95 {share(0.95):5.0f} ms  longest {ordered[-1]:5.0f} ms   goal {goal} ≤ {limit} ms",
        flush=True,
    )


if __name__ == "__main__":
    os.environ.setdefault("DESKWELL_LOG_FORMAT", "json")
    main()
