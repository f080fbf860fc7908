"""A hundred hostile pieces through every door, in a real browser: no dialog opens, nothing is asked of the canary's host.

The pages are loaded without their content security policy, so that what is tried is the cleaning of the text alone.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import quote

import psycopg
import pytest
from playwright.async_api import Dialog

from deskwell.gateways.postgres import EmbeddedPostgres
from tests.security.vectors import HANDLERS, MUTATIONS, SCHEMES, STYLES, vectors

from .conftest import WEBHOOK_SECRET, Desk, Open, settled

CANARY = "canary.example"
OWNER = {"email": "owner@desk.example"}
LOUD = "<img src=x onerror=alert(1)><svg onload=alert(1)><script>alert(1)</script>"
# Whatever is left in the page or in a frame of it that could still run or load.
SWEEP = """() => {
    const found = []
    const look = (page) => {
        for (const element of page.querySelectorAll('*')) {
            for (const { name, value } of element.attributes) {
                if (/^on/i.test(name)) found.push(element.outerHTML.slice(0, 120))
                if (/^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(value) && /^(href|src|action|formaction|xlink:href)$/i.test(name))
                    found.push(element.outerHTML.slice(0, 120))
            }
            if (element.contentDocument) look(element.contentDocument)
        }
    }
    look(document)
    return found
}"""


def groups() -> list[str]:
    """The vectors as bodies of few mails; what may swallow its neighbours stands alone."""
    plain = [v.replace("CANARY", CANARY) for v in [*HANDLERS, *SCHEMES, *STYLES]]
    alone = [v.replace("CANARY", CANARY) for v in MUTATIONS]
    return ["".join(f"<div>{v}</div>" for v in plain[i : i + 8]) for i in range(0, len(plain), 8)] + alone


@pytest.fixture(scope="module")
def poisoned(desk: Desk) -> dict[str, str]:
    """A desk into which somebody has put all of it: mails, subject, names, fields, articles, answers."""
    name = f"Eve {LOUD}"[:150]
    mails = [_hand_in(desk, name, body) for body in groups()]
    with ThreadPoolExecutor(6) as pool:
        first = mails[0]()
        list(pool.map(lambda send: send(), mails[1:]))
    customer = desk.customer(name)
    ticket = desk.ticket(customer, f"Help {LOUD}", "\n\n".join(vectors(CANARY)))
    with psycopg.connect(EmbeddedPostgres(desk.running.data_dir).url, autocommit=True) as session:
        # As if a model had said all of this and every gate had been asleep.
        for index, text in enumerate(vectors(CANARY)[::4]):
            session.execute(
                "INSERT INTO messages (id, ticket_id, author, body, position, created_at) SELECT gen_random_uuid(), id, 'ai', %s, 1000 + %s, now() FROM tickets WHERE id = %s",
                (text.replace("\x00", ""), index, ticket),
            )
    desk.as_owner(
        "/admin/canned-responses",
        {"title": LOUD, "body": LOUD + "![x](http://canary.example/c.png)", "visibility": "everyone"},
    )
    tag = desk.as_owner("/admin/tags", {"name": LOUD[:60]})["tag"]
    field = desk.as_owner("/admin/custom-fields", {"key": "evil", "label": LOUD[:60], "kind": "text"})
    desk.as_owner(f"/ticket/{ticket}", {"custom_fields": {"evil": LOUD}}, method="PATCH")
    desk.as_owner("/admin/teams", {"name": LOUD[:60]})
    actions = [{"type": "add_tags", "tag_ids": [tag["id"]]}, {"type": "note", "body": LOUD}]
    macro = desk.as_owner("/admin/macros", {"name": LOUD[:60], "visibility": "everyone", "actions": actions})[
        "macro"
    ]
    desk.as_owner(f"/admin/macros/{macro['id']}/run", {"ticket_ids": [ticket]})
    desk.as_owner("/admin/contexts", {"name": LOUD[:60], "tagline": LOUD})
    article = desk.as_owner(
        "/admin/articles", {"title": f"Evil {LOUD}", "body": "\n\n".join(vectors(CANARY)), "context": "Evil"}
    )["article"]
    return {
        "mails": first,
        "ticket": ticket,
        "article": article["url"],
        "article_id": article["id"],
        "field": json.dumps(field),
        **{f"customer_{k}": v for k, v in customer.items()},
    }


def _hand_in(desk: Desk, name: str, body: str):
    mail = EmailMessage()
    mail["From"] = f'"{name.replace(chr(34), "")}" <eve-of-the-vectors@evil.example>'
    mail["To"], mail["Subject"] = "help@desk.example", "Evil things"
    mail["Message-ID"] = f"<{abs(hash(body))}@evil.example>"
    mail.set_content("plain")
    mail.add_alternative(body.replace("\x00", "\ufffd").replace("\x0c", " "), subtype="html")

    def send() -> str:
        import urllib.request

        request = urllib.request.Request(
            desk.url + "/webhooks/email",
            mail.as_bytes(),
            {"Content-Type": "message/rfc822", "X-Webhook-Secret": WEBHOOK_SECRET},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(json.loads(answer.read()).get("ticket_id"))

    return send


async def test_class_01_and_03_nothing_runs_and_nothing_is_loaded_in_a_real_browser(
    open_page: Open, desk: Desk, poisoned: dict[str, str]
):
    customer = {"email": poisoned["customer_email"]}
    dialogs: list[str] = []

    async def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    heard: list[str] = []
    walks = (
        (OWNER, [
            f"/app/inbox/all/{poisoned['mails']}", f"/app/inbox/all/{poisoned['ticket']}", "/app/inbox/all", "/app/customers", "/app/settings/canned-responses", "/app/settings/tags", "/app/settings/teams", "/app/settings/macros", "/app/settings/contexts",
            "/app/settings/custom-fields", f"/app/knowledge/articles/{poisoned['article_id']}", "/app/knowledge", "/app/activity", "/app/settings/audit",
        ]),
        (customer, [f"/portal/tickets/{poisoned['ticket']}", "/portal", "/portal/new"]),
        (None, [poisoned["article"], f"/help/evil/search?q={quote(LOUD)}", "/help"]),
    )  # fmt: skip
    for as_, paths in walks:
        page = await open_page(paths[0], as_=as_, bypass_csp=True)
        page.on("dialog", refuse)
        page.context.on(
            "request",
            lambda request: heard.append(request.url) if CANARY in request.url.partition("?")[0] else None,
        )
        for path in paths:
            await page.goto(path)
            await settled(page)
            await page.mouse.move(400, 300)
            await page.keyboard.press("Tab")
            left = await page.evaluate(SWEEP)
            assert left == [], (path, left[:5])
    assert dialogs == []
    assert [url for url in heard if "/help/" not in url] == []
