"""Every page of the product, and how its states are reached from there."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page

APP = Path(__file__).resolve().parents[2] / "web" / "src" / "app"
WIDTHS = (1440, 1024, 390)
# A dialog looks the same on a tablet as on a desk.
STATE_WIDTHS = (1440, 390)

ROLES: dict[str, Any] = {"menu": "menuitem", "tab": "tab", "option": "option", "link": "link"}

Act = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True)
class Screen:
    """One picture: the page at `path` as `who` sees it, after `act`.

    `{names}` in the path are values of the desk; `held` names calls that are never answered (a loading screen),
    `refused` those that fail.
    """

    name: str
    path: str
    who: str | None = "admin"
    act: Act | None = None
    widths: tuple[int, ...] = WIDTHS
    held: str | None = None
    refused: str | None = None
    # A page is photographed in full; a workspace of panes has the height of the window.
    is_whole: bool = True


def state(name: str, path: str, act: Act | None = None, who: str | None = "admin", **more: Any) -> Screen:
    """What a page shows when it is used, in two widths."""
    return Screen(name, path, who, act, **{"widths": STATE_WIDTHS, **more})


def does(*steps: str) -> Act:
    """Click, type and press one after the other.

    `"New rule"` clicks the button of that name, `"menu:Merge"` the entry of an open menu, `"tab:Log"` a tab,
    `"option:Low"` an option, `"text:Words"` what says so, `"label:Subject"` a field, `"css:…"` what is found so,
    `"key:?"` presses, `"type:words"` types, `"wait:Words"` waits until they stand there.
    """

    async def act(page: Page) -> None:
        for step in steps:
            await _step(page, step)

    return act


async def _step(page: Page, step: str) -> None:
    kind, _, what = step.partition(":")
    if kind == "key":
        await page.keyboard.press(what)
    elif kind == "type":
        await page.keyboard.type(what)
    elif kind == "wait":
        await page.get_by_text(re.compile(what)).locator("visible=true").first.wait_for()
    elif kind == "label":
        await page.get_by_label(what).first.click()
    elif kind == "css":
        await page.locator(what).first.click()
    elif kind == "check":
        await page.locator(what).first.check(force=True)
    elif kind == "text":
        await page.get_by_text(what).first.click()
    elif kind in ROLES:
        await page.get_by_role(ROLES[kind], name=what).first.click()
    else:
        await page.get_by_role("button", name=step, exact=True).locator("visible=true").first.click()
    await page.wait_for_timeout(150)


async def in_german(page: Page) -> None:
    """The same page as a German reader has it; the next page is English again."""
    await page.evaluate("localStorage.setItem('deskwell.locale', 'de')")
    await page.reload()
    await page.locator("h1:visible").first.wait_for()
    await page.evaluate("localStorage.removeItem('deskwell.locale')")


async def split(page: Page) -> None:
    """Split from the newest message of the customer: only theirs offer it."""
    menus = page.get_by_role("button", name="Message actions")
    for at in reversed(range(await menus.count())):
        await menus.nth(at).click()
        entry = page.get_by_role("menuitem", name="Split into")
        if await entry.count():
            await entry.click()
            await page.get_by_role("dialog").wait_for()
            return
        await page.keyboard.press("Escape")


def _of_navigation() -> list[Screen]:
    """The pages of the rail and of the settings menu, read from the web app."""
    rail = re.findall(r"\{ to: '(/app[^']*)'", (APP / "rail.ts").read_text())
    rail.remove("/app/inbox")
    menu = re.findall(r"\{ to: '([a-z][^']*)', group", (APP / "navigation.ts").read_text())
    named = {"/app": "home"}
    # An owner has no tickets of their own.
    seers = {"/app": "agent"}
    return [
        Screen(named.get(path, path.removeprefix("/app/").replace("/", "-")), path, seers.get(path, "admin"))
        for path in rail + [f"/app/settings/{name}" for name in menu]
    ]


ENTRANCE = (
    Screen("sign-in", "/sign-in", None),
    Screen("sign-up", "/sign-up", None),
    Screen("reset", "/reset", None),
    Screen("reset-new", "/reset?token=x", None),
    Screen("invitation-gone", "/invitation?token=gone", None),
    state(
        "sign-in-refused",
        "/sign-in",
        does(
            "css:input[type=email]",
            "type:ada@example.com",
            "css:input[type=password]",
            "type:wrong-password",
            "key:Enter",
            "wait:is wrong",
        ),
        None,
    ),
)
HELP = (
    Screen("help", "/help", None),
    Screen("help-topic", "{help_topic}", None),
    Screen("help-article", "{help_article}", None),
    Screen("help-search", "/help/search?q=delivery", None),
    state("help-search-nothing", "/help/search?q=zebra", None, None),
    state("help-missing", "/help/nothing-here", None, None),
)
PORTAL = (
    Screen("portal-tickets", "/portal", "customer"),
    Screen("portal-new-ticket", "/portal/new", "customer"),
    Screen("portal-thread", "/portal/tickets/{ticket}", "customer"),
    Screen("portal-thread-closed", "/portal/tickets/{closed_ticket}", "customer"),
    Screen("portal-profile", "/portal/profile", "customer"),
    state("portal-no-match", "/portal?search=zebra", None, "customer"),
    state("portal-missing", "/portal/tickets/unknown", None, "customer"),
    state("portal-empty", "/portal", None, "newcomer"),
    state("portal-loading", "/portal", None, "customer", held="**/customer/tickets*"),
    state("portal-error", "/portal", None, "customer", refused="**/customer/tickets*"),
    state(
        "portal-suggestions",
        "/portal/new",
        does("label:Subject", "type:How long does delivery take?", "wait:Delivery"),
        "customer",
    ),
    state("portal-talk-to-person", "/portal/tickets/{ticket}", does("Talk to a person"), "customer"),
    state("portal-menu", "/portal", does("css:header button[aria-haspopup=menu]"), "customer"),
)
TICKET = "/app/inbox/all/{staff_ticket}"
AI_TICKET = "/app/inbox/all/{ai_ticket}"
PANES: dict[str, Any] = {"is_whole": False}
WORKSPACE = (
    Screen("inbox", "/app/inbox/all", "agent", is_whole=False),
    Screen("inbox-thread", TICKET, "agent", is_whole=False),
    Screen("inbox-thread-ai", AI_TICKET, "agent", is_whole=False),
    Screen("inbox-empty-view", "/app/inbox/all?search=zebra", "agent", is_whole=False),
    Screen("notifications", "/app/notifications", "agent"),
    Screen("customer", "/app/customers/{customer}"),
    Screen("company", "/app/companies/{company}"),
    state("inbox-loading", "/app/inbox/all", None, held="**/admin/tickets*", who="agent", **PANES),
    state("inbox-error", "/app/inbox/all", None, refused="**/admin/tickets*", who="agent", **PANES),
    state(
        "inbox-bulk",
        "/app/inbox/all",
        does("check:role=checkbox[name^='Select']", "check:role=checkbox[name^='Select'] >> nth=2"),
        who="agent",
        **PANES,
    ),
    state(
        "inbox-bulk-macros",
        "/app/inbox/all",
        does(
            "check:role=checkbox[name^='Select']",
            "check:role=checkbox[name^='Select'] >> nth=2",
            "Run a macro",
        ),
        who="agent",
        **PANES,
    ),
    state("inbox-filters", "/app/inbox/all", does("Filter"), who="agent", **PANES),
    state("inbox-sort", "/app/inbox/all", does("Sort"), who="agent", **PANES),
    state("inbox-save-view", "/app/inbox/all?priority=high", does("Save as a view"), who="agent", **PANES),
    state("ticket-menu", TICKET, does("More actions"), who="agent", **PANES),
    state("ticket-message-menu", TICKET, does("Message actions"), who="agent", **PANES),
    state("ticket-snooze", TICKET, does("key:z", "wait:Tomorrow"), who="agent", **PANES),
    state("ticket-assign", TICKET, does("key:a", "wait:Assign to me"), who="agent", **PANES),
    state("ticket-merge", TICKET, does("More actions", "menu:Merge into"), who="agent", **PANES),
    state(
        "ticket-merge-preview",
        TICKET,
        does("More actions", "menu:Merge into", "css:[role=dialog] ul button"),
        who="agent",
        **PANES,
    ),
    state("ticket-sla-why", TICKET, does("Why?"), who="agent", widths=(1440,), **PANES),
    state("ticket-offline", TICKET, does("wait:Live updates"), who="agent", refused="**/live*", **PANES),
    state("customer-edit", "/app/customers/{customer}", does("Edit")),
    state("ticket-link", TICKET, does("More actions", "menu:Link with"), who="agent", **PANES),
    state("ticket-split", TICKET, split, who="agent", **PANES),
    state(
        "ticket-note",
        TICKET,
        does("key:n", "key:Control+a", "key:Delete", "type:Asked the warehouse, they check the shelf today."),
        **PANES,
    ),
    state(
        "ticket-reply",
        TICKET,
        does(
            "key:r",
            "key:Control+a",
            "key:Delete",
            "type:Thank you for waiting. The **new mug** leaves us tomorrow:\n\n- packed in paper",
        ),
        who="agent",
        **PANES,
    ),
    state(
        "ticket-canned",
        TICKET,
        does("key:r", "key:Control+a", "key:Delete", "type:/", "wait:Enter|↵|/"),
        who="agent",
        **PANES,
    ),
    state("ticket-ai-menu", TICKET, does("Co-pilot"), who="agent", **PANES),
    state("ticket-insert-article", TICKET, does("Insert an article"), who="agent", **PANES),
    state("ticket-macros", TICKET, does("Macros"), who="agent", **PANES),
    state("ticket-mails", "/app/inbox/all/{mail_ticket}", does("key:Shift+M"), who="agent", **PANES),
    state(
        "ticket-write-mail", "/app/inbox/all/{mail_ticket}", does("key:Shift+M", "Write an e-mail"), **PANES
    ),
    state("ticket-why", "/app/inbox/all/{mail_ticket}", does("Why this answer"), who="agent", **PANES),
    state("ticket-details-phone", TICKET, does("Details"), widths=(390,), who="agent", **PANES),
    state("views-phone", "/app/inbox/all", does("Show views"), widths=(390,), who="agent", **PANES),
    state("menu-phone", "/app", does("Menu"), widths=(390,), who="agent", **PANES),
    state("palette", "/app", does("key:Control+k", "wait:Go to", "type:del"), who="agent", **PANES),
    state("shortcuts", TICKET, does("key:?", "wait:General"), who="agent", **PANES),
    state(
        "user-menu", "/app", does("css:nav button[aria-haspopup=menu]"), widths=(1440,), who="agent", **PANES
    ),
    state(
        "bell",
        "/app",
        does("css:nav button[aria-label^=Notifications]"),
        widths=(1440,),
        who="agent",
        **PANES,
    ),
    # Last: how dense the rows are is remembered.
    state("inbox-compact", "/app/inbox/all", does("Compact rows"), who="agent", **PANES),
    state("missing", "/app/nowhere", None),
)
REPORTS = (state("reports-behind", "/app/reports", does("css:main button[aria-label^='New tickets']")),)
ARTICLE = "/app/knowledge/articles/{article}"
KNOWLEDGE = (
    Screen("knowledge-topics", "/app/knowledge/topics"),
    Screen("knowledge-insights", "/app/knowledge/insights"),
    Screen("knowledge-to-mend", "/app/knowledge/to-mend"),
    Screen("knowledge-synonyms", "/app/knowledge/synonyms"),
    Screen("article", ARTICLE, is_whole=False),
    Screen("article-new", "/app/knowledge/articles/new", is_whole=False),
    state("article-versions", ARTICLE, does("More", "menu:Versions", "What changed since"), **PANES),
    state("article-details", ARTICLE, does("Details"), **PANES),
    state("article-feedback", ARTICLE, does("More", "menu:What readers say"), **PANES),
    state("knowledge-import", "/app/knowledge", does("Import")),
    state("knowledge-new-topic", "/app/knowledge/topics", does("New topic")),
)
SET = "/app/settings/"
SETTINGS_STATES = (
    state("settings-search", "/app/settings", does("css:input[type=search]", "type:smtp")),
    state("settings-second-factor", SET + "profile", does("Turn on")),
    state("settings-people-invite", SET + "people", does("Invite somebody")),
    state("settings-roles-edit", SET + "roles", does("New role")),
    state("settings-teams-edit", SET + "teams", does("New team")),
    state("settings-companies-edit", SET + "companies", does("New company")),
    state("settings-contexts-edit", SET + "contexts", does("Add a context")),
    state("settings-email-accounts-edit", SET + "email-accounts", does("Add account")),
    state(
        "settings-email-templates-edit",
        SET + "email-templates",
        does("css:main button[aria-label^='Edit']", "wait:Filled in"),
    ),
    state("settings-email-health-kept-aside", SET + "email-health", does("tab:Kept aside")),
    state("settings-email-health-not-sent", SET + "email-health", does("tab:Not sent")),
    Screen("settings-rule", SET + "rules/{rule}"),
    Screen("settings-rule-new", SET + "rules/new"),
    state("settings-rule-dry-run", SET + "rules/{rule}", does("Try on past tickets", "wait:Looked at")),
    state("settings-rule-log", SET + "rules/{rule}", does("tab:Log")),
    state("settings-macros-edit", SET + "macros", does("New macro")),
    state("settings-canned-edit", SET + "canned-responses", does("New response")),
    state("settings-tags-edit", SET + "tags", does("New tag")),
    state("settings-categories-edit", SET + "categories", does("New category")),
    state("settings-custom-fields-edit", SET + "custom-fields", does("New field")),
    state("settings-api-keys-edit", SET + "api-keys", does("New key")),
    state("settings-sla-edit", SET + "sla", does("New service level")),
    state("settings-calendars-edit", SET + "calendars", does("New calendar")),
    state("settings-loading", SET + "people", None, held="**/admin/users*"),
    state("settings-error", SET + "people", None, refused="**/admin/users*"),
    state("settings-delete", SET + "canned-responses", does("More actions", "menu:Delete")),
)
# On the desk nobody has used: in this order, for the first sets it up.
SET_UP = (Screen("set-up", "/setup?token={token}", None),)
EMPTY = tuple(
    state(f"empty-{name}", path, None, "owner", widths=(1440,))
    for name, path in (
        ("home", "/app"),
        ("inbox", "/app/inbox"),
        ("notifications", "/app/notifications"),
        ("customers", "/app/customers"),
        ("knowledge", "/app/knowledge"),
        ("knowledge-topics", "/app/knowledge/topics"),
        ("knowledge-insights", "/app/knowledge/insights"),
        ("knowledge-to-mend", "/app/knowledge/to-mend"),
        ("knowledge-synonyms", "/app/knowledge/synonyms"),
        ("reports", "/app/reports"),
        ("time", "/app/time"),
        ("trash", "/app/trash"),
        *(
            (name, SET + name)
            for name in (
                "rules",
                "macros",
                "canned-responses",
                "tags",
                "categories",
                "custom-fields",
                "api-keys",
                "teams",
                "companies",
                "contexts",
                "sla",
                "calendars",
                "email-accounts",
                "email-templates",
                "email-health",
                "ai",
                "ai-quality",
                "errors",
                "activity",
                "audit",
            )
        ),
    )
)
GERMAN = (
    state("german-sign-in", "/sign-in", in_german, None),
    state("german-portal-tickets", "/portal", in_german, "customer"),
    state("german-portal-new-ticket", "/portal/new", in_german, "customer"),
    state("german-portal-thread", "/portal/tickets/{ticket}", in_german, "customer"),
    state("german-home", "/app", in_german, "agent"),
    state("german-inbox-thread", TICKET, in_german, "agent", **PANES),
    state("german-settings", SET.rstrip("/"), in_german),
)
DEMO_SCREENS = (
    *ENTRANCE,
    *HELP,
    *PORTAL,
    *WORKSPACE,
    *_of_navigation(),
    *REPORTS,
    *KNOWLEDGE,
    *SETTINGS_STATES,
    *GERMAN,
)
EMPTY_SCREENS = (*SET_UP, *EMPTY)
