"""The knowledge base in a real browser: hostile text runs nowhere, an article is written and read, screens are accessible."""

import io
import re
import zipfile

import pytest
from playwright.async_api import expect

from .conftest import Desk, Open, axe, settled, wear

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ATTACKS = """
<script>window.pwned = 1</script> <img src=x onerror="window.pwned = 2"> <svg onload="window.pwned = 3"></svg>
[link](javascript:window.pwned=4) <a href="javascript:window.pwned=5" id="bad">bad</a> <iframe srcdoc="<script>parent.pwned=6</script>"></iframe>
<details open ontoggle="window.pwned = 7"><summary>s</summary></details> <input autofocus onfocus="window.pwned = 8">
<style>body { background: url(javascript:window.pwned=9) }</style> <form action="javascript:window.pwned=10"><button id="go">go</button></form>
<math><mtext></form><form><mglyph><style></math><img src onerror="window.pwned = 11">
<noscript><p title="</noscript><img src=x onerror='window.pwned = 12'>"></noscript>
<a href="data:text/html,<script>opener.pwned=13</script>">data</a> <object data="javascript:window.pwned=14"></object>

```"><img src=x onerror="window.pwned = 15">
code
```

| <img src=x onerror="window.pwned = 16"> | b |
|-|-|
| c | d |

# <img src=x onerror="window.pwned = 17">

> [!NOTE] <script>window.pwned = 18</script>

![x](x"onerror="window.pwned=19) [^1]

[^1]: <video src=x onerror="window.pwned = 20"></video>
"""


@pytest.fixture(scope="module")
def written(desk: Desk) -> dict[str, str]:
    """A brand with topics, a plain article and a hostile one."""
    desk.as_owner("/admin/contexts", {"name": "Books & Co", "color": "#b4451f", "description": "Old books."})
    topic = desk.as_owner("/admin/article-categories", {"name": "Orders", "context": "Books & Co"})[
        "category"
    ]
    plain = desk.as_owner(
        "/admin/articles",
        {
            "title": "Return a book",
            "body": "You have **30 days**.\n\n## How\n\n1. Pack it.\n2. Send it.\n\n## When the money comes\n\n"
            "| Way | Days |\n|:--|--:|\n| Card | 3 |\n\n> [!TIP]\n> Keep the receipt.\n\n- [x] packed\n",
            "context": "Books & Co",
            "category_id": topic["id"],
            "tags": ["returns"],
            "is_featured": True,
        },
    )["article"]
    hostile = desk.as_owner(
        "/admin/articles",
        {"title": "<img src=x onerror='window.pwned=30'>", "body": ATTACKS, "context": "Books & Co", "summary": "</script><script>window.pwned=31</script>"},
    )["article"]  # fmt: skip
    return {
        "plain": plain["url"],
        "hostile": hostile["url"],
        "hostile_id": hostile["id"],
        "plain_id": plain["id"],
    }


async def test_hostile_article_runs_nowhere(open_page: Open, desk: Desk, written: dict[str, str]):
    owner = {"email": "owner@desk.example"}
    for path, as_ in (
        (written["hostile"], None),
        ("/help/books-and-co", None),
        ("/help/books-and-co/search?q=" + "%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D40%3E", None),
        (f"/app/knowledge/articles/{written['hostile_id']}", owner),
    ):
        page = await open_page(
            path, as_=as_, bypass_csp=True
        )  # the sanitiser alone, without the policy's help
        await page.wait_for_load_state("load")
        if as_:
            await page.frame_locator("iframe").locator("#article > *").first.wait_for()
        for link in await page.locator("#bad, #go").all():
            await link.click(timeout=1000, no_wait_after=True)
        await page.wait_for_timeout(300)
        assert await page.evaluate("window.pwned ?? null") is None, path


def hostile_archive() -> bytes:
    """Files whose text, front matter, names, folders and pictures all attack."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        head = (
            "title: \"<svg onload='window.pwned=50'>\"\nsummary: '</script><script>window.pwned=51</script>'\n"
            'tags: ["<img src=x onerror=window.pwned=52>"]\nkeywords: ["\'><script>window.pwned=53</script>"]\n'
            'slug: "javascript:window.pwned=54"'
        )
        archive.writestr("<img src=x onerror=window.pwned=55>/evil.md", f"---\n{head}\n---\n{ATTACKS}")
        archive.writestr(
            "<script>window.pwned=56<!script>.md", "# <b onmouseover='window.pwned=57'>Hi</b>\n\ntext"
        )
        archive.writestr("pictures.md", "# Pictures\n\n![p](picture.svg) ![q](javascript:window.pwned=58)")
        archive.writestr("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=59'/>")
    return out.getvalue()


async def test_hostile_files_run_nowhere(open_page: Open, written: dict[str, str]):
    owner = {"email": "owner@desk.example"}
    page = await open_page("/app/knowledge", as_=owner, bypass_csp=True)
    file = {"name": "evil.zip", "mimeType": "application/zip", "buffer": hostile_archive()}
    answer = await page.request.post(
        "/admin/articles/import", multipart={"file": file, "context": "Books & Co"}, headers=SAME_ORIGIN
    )
    assert answer.ok, await answer.text()
    report = await answer.json()
    assert (report["created"], [problem.split(":")[0] for problem in report["problems"]]) == (
        2,
        ["pictures.md"],
    )
    listed = await page.request.get("/admin/articles", params={"context": "Books & Co", "page_size": 50})
    articles = (await listed.json())["articles"]
    assert len(articles) >= 4
    for path in (
        "/app/knowledge",
        "/app/knowledge/topics",
        "/help/books-and-co",
        "/help/books-and-co/search?q=evil+pictures+hi",
        *(article["url"] for article in articles),
        *(f"/app/knowledge/articles/{article['id']}" for article in articles),
    ):
        await page.goto(path)
        await settled(page)
        for hover in await page.locator("b, h1").all():
            await hover.dispatch_event("mouseover")
        assert await page.evaluate("window.pwned ?? null") is None, path


async def test_hostile_text_runs_nowhere_while_it_is_written(open_page: Open, written: dict[str, str]):
    page = await open_page(
        "/app/knowledge/articles/new", as_={"email": "owner@desk.example"}, bypass_csp=True
    )
    await page.get_by_label("Title").fill("<img src=x onerror='window.pwned=70'>")
    await page.get_by_label("Text in Markdown").fill(ATTACKS)
    preview = page.frame_locator("iframe")
    await preview.locator("#bad").wait_for()
    await preview.locator("#bad").click(timeout=1000, no_wait_after=True)
    await page.wait_for_timeout(300)
    for frame in page.frames:
        assert await frame.evaluate("window.pwned ?? null") is None, frame.url


@pytest.mark.parametrize("path", ["/help", "/help/books-and-co", "/help/books-and-co/topics/orders", "{plain}", "/help/books-and-co/search?q=retrun", "/help/nowhere"])  # fmt: skip
async def test_help_center_is_accessible_in_both_themes(path: str, open_page: Open, written: dict[str, str]):
    page = await open_page(path.format(**written), bypass_csp=True)
    for theme in ("light", "dark"):
        await wear(page, theme)
        assert await axe(page) == [], theme
    await page.set_viewport_size({"width": 360, "height": 700})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_help_center_works_without_javascript(open_page: Open, written: dict[str, str]):
    page = await open_page("/help/books-and-co", java_script_enabled=False)
    await page.get_by_role("searchbox").fill("retrun")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name="Return a book").click()
    await page.get_by_role("button", name="Yes, thank you").click()
    await expect(page.get_by_text("Thank you, good to know.")).to_be_visible()


async def test_answers_appear_while_typing(open_page: Open, written: dict[str, str]):
    page = await open_page("/help/books-and-co")
    await page.get_by_label("Search the help center").press_sequentially("retu")
    await expect(page.get_by_role("option", name="Return a book")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/articles/return-a-book$"))


async def test_article_is_written_published_and_restored(open_page: Open, desk: Desk):
    page = await open_page("/app/knowledge", as_={"email": "owner@desk.example"})
    await settled(page)
    await page.get_by_role("link", name="New article").click()
    await page.get_by_label("Title").fill("Gift wrapping")
    body = page.get_by_label("Text in Markdown")
    await body.fill("We wrap books in paper.")
    await expect(page.get_by_role("status").filter(has_text="Kept at")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/articles/[0-9a-f-]{36}$"))
    await expect(page.frame_locator("iframe").get_by_text("We wrap books in paper.")).to_be_visible()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("Published. The AI knows it now.")).to_be_visible()
    await body.fill("We wrap books in **linen**.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Everything is saved")).to_be_visible()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Versions").click()
    await page.get_by_role("button", name="What changed since").first.click()
    await expect(page.get_by_role("dialog").locator("ins").first).to_be_visible()
    await page.get_by_role("button", name="Restore this version").click()
    await expect(body).to_have_value("We wrap books in paper.")
    article_id = page.url.rsplit("/", 1)[-1]
    assert desk.as_owner(f"/admin/articles/{article_id}")["article"]["version"] == 3


@pytest.mark.parametrize("path", ["/app/knowledge/topics", "/app/knowledge/insights", "/app/knowledge/to-mend", "/app/knowledge/articles/{plain_id}"])  # fmt: skip
async def test_knowledge_screens_are_accessible(path: str, open_page: Open, written: dict[str, str]):
    page = await open_page(path.format(**written), as_={"email": "owner@desk.example"})
    await settled(page)
    for theme in ("dark", "light"):
        await wear(page, theme)
        assert await axe(page) == [], theme
