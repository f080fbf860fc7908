"""Articles over the API: written, changed, published, archived, found."""

import pytest

from deskwell.domains.knowledge.models import Passage


@pytest.fixture(scope="module")
async def admin(make, sign_in):
    return await sign_in(await make.admin())


async def write(admin, **values):
    values = {"title": "Returns", "body": "You have 60 days.", **values}
    answer = await admin.post("/admin/articles", json=values)
    assert answer.status_code == 200, answer.text
    return answer.json()["article"]


async def test_article_is_published_and_public_unless_told_otherwise(admin):
    article = await write(admin, title="Größe wählen", body="## A\n\nMeasure twice.", tags=["size", "size"])
    assert article["status"] == "published"
    assert article["visibility"] == "public"
    assert article["slug"] == "groesse-waehlen"
    assert article["url"] == "/help/general/articles/groesse-waehlen"
    assert article["tags"] == ["size"]
    assert article["version"] == 1
    again = (await admin.get(f"/admin/articles/{article['id']}")).json()["article"]
    assert again == article


async def test_wire_ignores_unknown_fields_and_takes_null(admin):
    values = {"title": "N", "body": "b", "status": None, "tags": None, "context": None, "colour": "red"}
    assert (await admin.post("/admin/articles", json=values)).status_code == 200


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"title": "", "body": "x"}, 422),
        ({"body": "x"}, 422),
        ({"title": "x", "body": "y", "status": "secret"}, 422),
        ({"title": "x", "body": "y", "category_id": "0192f0c5-0000-7000-8000-000000000000"}, 404),
    ],
)
async def test_bad_article_is_refused_with_a_sentence(admin, values, status):
    answer = await admin.post("/admin/articles", json=values)
    assert answer.status_code == status
    assert answer.json()["detail"]


async def test_customers_and_strangers_may_not_write(client, make, sign_in):
    customer = await sign_in(await make.customer())
    assert (await customer.post("/admin/articles", json={"title": "x", "body": "y"})).status_code == 403
    assert (await client.get("/admin/articles")).status_code == 401


async def test_same_title_gets_another_address(admin):
    first, second = await write(admin, title="Twins"), await write(admin, title="Twins")
    assert (first["slug"], second["slug"]) == ("twins", "twins-2")


async def test_passages_exist_while_published(admin, context):
    article = await write(admin, title="Passages", body="## One\n\nFirst.\n\n## Two\n\nSecond.")

    async def count():
        async with context.transaction() as session:
            from sqlalchemy import func, select

            query = select(func.count()).select_from(Passage).where(Passage.article_id == article["id"])
            return await session.scalar(query)

    assert await count() == 2
    await admin.put(f"/admin/articles/{article['id']}", json={"status": "archived"})
    assert await count() == 0
    await admin.put(f"/admin/articles/{article['id']}", json={"status": "published", "body": "One only."})
    assert await count() == 1


async def test_changes_are_announced(admin, context):
    article = await write(admin, title="Announced")
    await admin.put(f"/admin/articles/{article['id']}", json={"title": "Announced twice"})
    await admin.put(f"/admin/articles/{article['id']}", json={"status": "draft"})
    await admin.delete(f"/admin/articles/{article['id']}")
    async with context.transaction() as session:
        from deskwell.core.db import rows

        found = await rows(
            session,
            "SELECT kind, data FROM events WHERE data->>'article_id' = %(id)s ORDER BY id",
            id=article["id"],
        )
    assert [row["kind"] for row in found] == [
        "article.published", "article.changed", "article.archived", "article.archived",
    ]  # fmt: skip
    assert found[1]["data"]["fields"] == ["title"]


async def test_put_keeps_what_is_not_given(admin):
    article = await write(admin, title="Keep", tags=["a"], summary="Short.", context="Shop")
    changed = (await admin.put(f"/admin/articles/{article['id']}", json={"body": "new"})).json()["article"]
    assert (changed["tags"], changed["summary"], changed["context"]) == (["a"], "Short.", "Shop")
    emptied = (
        await admin.put(f"/admin/articles/{article['id']}", json={"tags": None, "summary": None})
    ).json()["article"]
    assert (emptied["tags"], emptied["summary"]) == ([], "")


async def test_second_saver_is_told(admin):
    article = await write(admin, title="Race")
    path = f"/admin/articles/{article['id']}"
    assert (await admin.put(path, json={"body": "a", "expected_version": 1})).status_code == 200
    late = await admin.put(path, json={"body": "b", "expected_version": 1})
    assert late.status_code == 409
    assert "version 2" in late.json()["detail"]


async def test_versions_compare_and_restore(admin):
    article = await write(admin, title="Versions", body="one\ntwo")
    path = f"/admin/articles/{article['id']}"
    await admin.put(path, json={"body": "one\nthree", "note": "Third"})
    versions = (await admin.get(f"{path}/versions")).json()["versions"]
    assert [(v["number"], v["note"]) for v in versions] == [(2, "Third"), (1, "")]
    diff = (await admin.get(f"{path}/compare", params={"before": 1})).json()
    assert (diff["added"], diff["removed"]) == (1, 1)
    restored = (await admin.post(f"{path}/versions/1/restore")).json()["article"]
    assert (restored["body"], restored["version"]) == ("one\ntwo", 3)
    assert (await admin.get(f"{path}/versions/9")).status_code == 404


async def test_autosaved_draft_does_not_reach_readers(admin, client):
    article = await write(admin, title="Draft it", body="Old text.")
    path = f"/admin/articles/{article['id']}"
    draft = {"title": "Draft it", "body": "New text.", "base_version": 1}
    assert (await admin.put(f"{path}/draft", json=draft)).status_code == 200
    assert "New text." not in (await client.get(article["url"])).text
    assert (await admin.get(path)).json()["article"]["draft"]["body"] == "New text."
    await admin.put(path, json={"body": "New text."})
    assert (await admin.get(path)).json()["article"]["draft"] is None


async def test_old_address_leads_to_the_new_one(admin, client):
    article = await write(admin, title="Old name")
    await admin.put(f"/admin/articles/{article['id']}", json={"slug": "new-name"})
    moved = await client.get("/help/general/articles/old-name")
    assert (moved.status_code, moved.headers["location"]) == (301, "/help/general/articles/new-name")
    await admin.put(f"/admin/articles/{article['id']}", json={"context": "Shop"})
    assert (await client.get("/help/general/articles/new-name")).headers[
        "location"
    ] == "/help/shop/articles/new-name"
    stable = await client.get(f"/help/a/{article['id']}")
    assert stable.headers["location"] == "/help/shop/articles/new-name"


async def test_list_filters_and_pages(admin):
    for i in range(3):
        await write(
            admin, title=f"Filter {i}", context="Filters", tags=["f"], status="draft" if i else "published"
        )
    path = "/admin/articles"
    found = (await admin.get(path, params={"context": "filters", "page_size": 2})).json()
    assert found["pagination"]["total_count"] == 3
    assert len(found["articles"]) == 2
    drafts = (await admin.get(path, params={"context": "Filters", "status": "draft"})).json()
    assert {a["title"] for a in drafts["articles"]} == {"Filter 1", "Filter 2"}
    named = (await admin.get(path, params={"search": "filter 2", "context": "Filters"})).json()
    assert [a["title"] for a in named["articles"]] == ["Filter 2"]
    assert (await admin.get(path, params={"sort": "body"})).status_code == 400


async def test_topics_make_a_tree_that_stays_one(admin):
    async def add(name, parent=None):
        answer = await admin.post(
            "/admin/article-categories", json={"name": name, "context": "Tree", "parent_id": parent}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["category"]

    top = await add("Top")
    below = await add("Below", top["id"])
    places = [{"id": top["id"], "parent_id": below["id"], "position": 0}]
    looped = await admin.put("/admin/article-categories/order", json={"places": places})
    assert looped.status_code == 400
    article = await write(admin, title="In tree", context="Tree", category_id=below["id"])
    other = await admin.put(f"/admin/articles/{article['id']}", json={"context": "Elsewhere"})
    assert other.status_code == 400
    await admin.delete(f"/admin/article-categories/{below['id']}")
    assert (await admin.get(f"/admin/articles/{article['id']}")).json()["article"]["category_id"] == top["id"]


async def test_picture_is_stored_and_sized(admin, client):
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000003000000020802000000124616d10000001049444154789c6338e12001c40c100a0021a803a1"
        "1b5b5b5b0000000049454e44ae426082"
    )
    answer = await admin.post("/admin/articles/images", files={"file": ("Mein Bild.png", png, "image/png")})
    image = answer.json()["image"]
    assert (image["width"], image["height"], image["name"]) == (3, 2, "mein-bild.png")
    article = await write(admin, title="With picture", body=f"Look: {image['markdown']}")
    assert 'width="3" height="2"' in (await client.get(article["url"])).text
    shown = await client.get(image["url"])
    assert (shown.content, shown.headers["content-type"]) == (png, "image/png")
    wrong = await admin.post(
        "/admin/articles/images", files={"file": ("x.png", b"<svg onload=alert(1)>", "image/png")}
    )
    assert wrong.status_code == 415


async def test_article_from_ticket_takes_question_and_answers(admin, make, context):
    ticket = await make.ticket(subject="How to dry wool?", body="My jumper is wet.")
    await admin.post(
        f"/ticket/{ticket.id}/admin/reply", json={"message": "Hello Ann, lay it flat on a towel."}
    )
    answer = await admin.post("/admin/articles/from-ticket", json={"ticket_id": str(ticket.id)})
    article = answer.json()["article"]
    assert article["status"] == "draft"
    assert article["title"] == "How to dry wool?"
    assert "> My jumper is wet." in article["body"]
    assert "Lay it flat on a towel." in article["body"]


async def test_preview_is_what_readers_see(admin):
    answer = (
        await admin.post("/admin/articles/preview", json={"body": "# A\n\n**b** <script>x</script>"})
    ).json()
    assert "<strong>b</strong>" in answer["html"]
    assert "script" not in answer["html"]
    assert answer["headings"] == [{"level": 2, "text": "A", "anchor": "a"}]
