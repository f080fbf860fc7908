"""`POST /admin/ai/ask` and `/admin/ai/redact`: the measuring calls."""

from uuid import UUID

import pytest

from deskwell.core.db import execute, one
from deskwell.domains.ai.events import EmbedArticles, RefitConfidence
from deskwell.domains.ai.jobs import embed_articles, refit_confidence
from deskwell.domains.ai.logic.composing import compose_clarifying
from deskwell.domains.ai.logic.confidence import shipped
from deskwell.domains.ai.logic.words import WORD_RULES
from deskwell.domains.ai.queries import get_rules


async def ask(staff, question, **more):
    answer = await staff.post("/admin/ai/ask", json={"question": question, "context": "Shop", **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_question_an_article_answers_is_answered_word_for_word_and_cited(staff, shop, worker):
    got = await ask(staff, "How do I download an invoice for last month?")
    assert got["action"] == "answered"
    assert got["provider"] == "embedded"
    assert got["article_ids"] == [shop["Download an invoice"]]
    assert got["confidence"] > 0.75
    for citation in got["citations"]:
        assert citation["article_id"] == shop["Download an invoice"]
        for line in citation["text"].splitlines():
            assert line in got["answer"]


async def test_what_no_article_answers_is_handed_over_with_the_nearest_articles(staff, shop, worker):
    got = await ask(staff, "Do you have vacancies for warehouse staff in Berlin?")
    assert got["action"] == "handed_over"
    assert got["citations"] == []
    assert len(got["article_ids"]) > 1
    assert got["confidence"] < 0.5
    assert "person" in got["answer"]


async def test_a_follow_up_is_understood_from_the_thread(staff, shop, worker):
    history = [
        {"role": "user", "content": "How long does shipping to the United States take?"},
        {"role": "assistant", "content": "3 to 5 days."},
    ]
    got = await ask(staff, "And for Canada?", history=history)
    assert got["article_ids"][0] == shop["Ship to Canada"]
    assert got["action"] == "answered"


def offered(*titles, language="en"):
    """A thread in which we asked back which of these articles is meant."""
    return [
        {"role": "user", "content": "How long does shipping take?"},
        {"role": "assistant", "content": compose_clarifying(titles, language=language)},
    ]


@pytest.mark.parametrize(
    ("said", "title"),
    [("the second one", "Ship to the United States"), ("1", "Ship to Canada"), ("United States please", "Ship to the United States")],
)  # fmt: skip
async def test_a_choice_among_offered_articles_is_answered_from_it(staff, shop, worker, said, title):
    history = offered("Ship to Canada", "Ship to the United States")
    got = await ask(staff, said, history=history)
    assert (got["action"], got["article_ids"]) == ("answered", [shop[title]])
    assert {c["article_id"] for c in got["citations"]} == {shop[title]}
    assert got["confidence"] >= got["threshold"]
    assert got["features"] is None  # nothing for the confidence to learn: the customer searched


async def test_the_other_one_both_and_neither_of_what_was_offered(staff, shop, worker):
    history = offered("Ship to Canada", "Ship to the United States")
    first = [
        *history,
        {"role": "user", "content": "the first"},
        {"role": "assistant", "content": "8 to 12 days."},
    ]
    got = await ask(staff, "no, the other one", history=first)
    assert got["article_ids"] == [shop["Ship to the United States"]]
    got = await ask(staff, "both please", history=history)
    assert set(got["article_ids"]) == {shop["Ship to Canada"], shop["Ship to the United States"]}
    assert "12 dollars" in got["answer"]
    assert "customs" in got["answer"]
    got = await ask(staff, "neither", history=history)
    assert (got["action"], got["reason"]) == ("handed_over", "none_offered")


async def test_yes_to_two_articles_is_asked_once_more_and_then_a_person_answers(staff, shop, worker):
    history = offered("Gift cards", "Return an item")
    got = await ask(staff, "Yes", history=history)
    assert got["action"] == "clarified"
    assert "2. Return an item" in got["answer"]
    again = [*history, {"role": "user", "content": "Yes"}, {"role": "assistant", "content": got["answer"]}]
    got = await ask(staff, "yes!", history=again)
    assert (got["action"], got["reason"]) == ("handed_over", "unclear_twice")
    got = await ask(staff, "ja", history=offered("Gift cards", language="de"))
    assert got["article_ids"] == [shop["Gift cards"]]


async def test_an_offered_article_that_is_gone_is_not_answered_from(staff, shop, worker):
    got = await ask(staff, "the first", history=offered("A page withdrawn", "Another page withdrawn"))
    assert got["citations"] == [] or got["article_ids"][0] in shop.values()
    assert "withdrawn" not in got["answer"]


async def test_a_word_for_a_person_is_enough(staff, shop, worker):
    got = await ask(staff, "Can I talk to a human please?")
    assert (got["action"], got["reason"]) == ("handed_over", "customer_asked")


async def test_thanks_are_understood(staff, shop, worker):
    got = await ask(staff, "Perfect, thanks a lot!")
    assert (got["action"], got["confidence"], got["article_ids"]) == ("answered", None, [])


async def test_drafts_internal_and_other_shops_articles_are_out_of_reach(staff, shop, worker, run_jobs):
    secret = {
        "title": "Margin of the zeppelin model",
        "body": "The zeppelin model has a margin of 40 percent.",
    }
    for more in ({"status": "draft"}, {"visibility": "internal"}, {"context": "Other shop"}):
        made = await staff.post("/admin/articles", json={"context": "Shop", **secret, **more})
        assert made.status_code in {200, 201}
    await run_jobs()
    got = await ask(staff, "What is the margin of the zeppelin model?")
    assert got["action"] == "handed_over"
    assert "40" not in str(got["answer"])
    assert all(c["title"] in {*shop} for c in got["candidates"])


async def test_a_changed_article_is_found_by_its_new_words_and_a_deleted_one_no_more(
    staff, shop, worker, run_jobs
):
    made = (
        await staff.post(
            "/admin/articles", json={"title": "Opening hours", "body": "We open at nine.", "context": "Shop"}
        )
    ).json()["article"]
    await staff.put(
        f"/admin/articles/{made['id']}",
        json={"title": "Loyalty points", "body": "Loyalty points expire after two years."},
    )
    await run_jobs()
    got = await ask(staff, "When do loyalty points expire?")
    assert got["article_ids"][0] == made["id"]
    await staff.delete(f"/admin/articles/{made['id']}")
    got = await ask(staff, "When do loyalty points expire?")
    assert made["id"] not in got["article_ids"]


async def test_words_alone_find_an_article_before_its_vectors_are_there(staff, shop, worker):
    made = (
        await staff.post(
            "/admin/articles",
            json={
                "title": "Quokka plush sizes",
                "body": "Quokka plush comes in 20 and 40 cm.",
                "context": "Shop",
            },
        )
    ).json()["article"]
    got = await ask(staff, "quokka plush sizes")
    assert got["article_ids"][0] == made["id"]


async def test_articles_of_older_word_rules_are_indexed_anew(shop, context):
    article_id = UUID(shop["Gift cards"])
    state = """SELECT i.rules, i.version, e.version AS embedded, e.strange, count(t.term) AS terms
        FROM article_index i JOIN article_embeddings e USING (article_id) LEFT JOIN article_terms t USING (article_id)
        WHERE article_id = %(id)s GROUP BY i.rules, i.version, e.version, e.strange"""
    async with context.transaction() as session:
        before = await one(session, state, id=article_id)
        assert 0 <= before["strange"] < 0.2  # everyday words, nearly all of them known to the model
        await execute(session, "UPDATE article_index SET rules = 1 WHERE article_id = %(id)s", id=article_id)
        await execute(session, "DELETE FROM article_terms WHERE article_id = %(id)s", id=article_id)
    await embed_articles(context, EmbedArticles())
    async with context.transaction() as session:
        after = await one(session, state, id=article_id)
    assert (after["rules"], after["terms"], after["strange"]) == (
        WORD_RULES,
        before["terms"],
        before["strange"],
    )
    assert after["embedded"] == after["version"] == before["version"] + 1


async def test_a_knowledge_base_is_measured_against_its_own_background(staff, shop, context, run_jobs):
    held = "SELECT articles, cosine, spread, lead FROM ai_backgrounds WHERE context_key = 'background'"
    texts = [("Opening hours of the museum", "The museum opens at nine."), ("Tickets for the museum", "Tickets cost nine dollars."),
             ("Guided tours", "Tours start at noon.")]  # fmt: skip
    for title, body in texts[:2]:
        await staff.post("/admin/articles", json={"title": title, "body": body, "context": "Background"})
    await run_jobs()
    async with context.transaction() as session:
        before = await one(session, held)
    assert before["articles"] == 2
    assert 0.3 < before["cosine"] < 0.7
    await staff.post(
        "/admin/articles", json={"title": texts[2][0], "body": texts[2][1], "context": "Background"}
    )
    await run_jobs()
    await refit_confidence(context, RefitConfidence())
    async with context.transaction() as session:
        after = await one(session, held)
        rules = await get_rules(session, context.settings, "Background")
    assert after["articles"] == 3
    assert after["cosine"] < before["cosine"]  # the third is about something else
    assert rules.confidence == rules.prior != shipped()


@pytest.mark.parametrize("body", [{}, {"question": "   "}, {"question": 5}, {"question": "x", "history": 5}])
async def test_bad_questions_are_refused_with_a_sentence(staff, body):
    answer = await staff.post("/admin/ai/ask", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]


async def test_customers_and_strangers_may_not_measure(client, sign_in, make):
    customer = await sign_in(await make.customer())
    for call, body in (("ask", {"question": "x"}), ("redact", {"text": "x"})):
        assert (await client.post(f"/admin/ai/{call}", json=body)).status_code == 401
        assert (await customer.post(f"/admin/ai/{call}", json=body)).status_code == 403


async def test_redact_tells_what_it_took_out_and_where(staff):
    text = "Write to eve@example.com or call 415-555-2671 about order 4155552671. 🙂 ４１１１ １１１１ １１１１ １１１１"
    answer = (await staff.post("/admin/ai/redact", json={"text": text})).json()
    assert [f["type"] for f in answer["findings"]] == ["email", "phone", "card"]
    assert [text[f["start"] : f["end"]] for f in answer["findings"]][:2] == [
        "eve@example.com",
        "415-555-2671",
    ]
    assert "4155552671" in answer["text"]
    assert "eve@" not in answer["text"]
