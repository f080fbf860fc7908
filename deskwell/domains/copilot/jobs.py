"""What the worker works out for an agent: suggestions, drafts from articles, summaries. Registered with the AI's questions."""

from typing import Any
from uuid import UUID

import numpy as np

from deskwell.core.context import Context
from deskwell.domains.ai import queries as ai
from deskwell.domains.ai.logic.asking import essence
from deskwell.domains.ai.logic.composing import choose_quotes, compose
from deskwell.domains.ai.logic.confidence import features, shipped, word_features
from deskwell.domains.ai.logic.languages import detect_language
from deskwell.domains.ai.logic.prompts import Said
from deskwell.domains.ai.logic.similar import rank_similar, ticket_texts, ticket_vector
from deskwell.domains.ai.queries.searching import literal
from deskwell.domains.ai.service.embedding import embed, model_id
from deskwell.domains.ai.service.searching import Found, Inquiry, search, search_text
from deskwell.domains.knowledge.logic.places import article_url

from . import queries
from .logic.classifying import classify
from .logic.texts import priority, sentiment

MIN_SIMILAR = 0.45
SHOWN = 5
EXCERPT = 240


async def suggest(context: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Articles, similar tickets and proposals for one ticket."""
    thread = [Said(**said) for said in request["thread"]]
    async with context.transaction() as session:
        rules = await ai.get_rules(session, context.settings, request["context"])
    inquiry = Inquiry(thread, subject=request["subject"], internal=True)
    articles = await _articles(context, rules, inquiry)
    tickets, proposals = await _tickets(context, rules, request, thread)
    return {
        "articles": articles,
        "tickets": tickets,
        "proposals": proposals,
        "has_model": rules.endpoint is not None,
    }


async def _articles(context: Context, rules: ai.Rules, inquiry: Inquiry) -> list[dict[str, Any]]:
    if not inquiry.thread:
        return []
    query, language = search_text(inquiry)
    found = await search(context, rules, query, language=language, internal=True)
    if not found.ranking:
        return []
    sure = _confidence(rules, found)
    ids = [found.hit(r).article_id for r in found.ranking[:SHOWN]]
    async with context.transaction() as session:
        places = await ai.shown_titles(session, ids)
        passages = await ai.passages_of(session, ids, found.vector, model_id=found.model_id)
    best: dict[str, Any] = {}
    for passage in passages:
        if passage.article_id not in best or passage.score > best[passage.article_id].score:
            best[passage.article_id] = passage
    top = found.ranking[0].score or 1.0
    return [
        {
            "article_id": str(hit.article_id), "title": hit.title,
            "confidence": round(sure * max(ranked.score, 0.0) / max(top, 1e-9), 4),
            "excerpt": best[str(hit.article_id)].text[:EXCERPT] if str(hit.article_id) in best else "",
            "url": article_url(places[hit.article_id]["center"], places[hit.article_id]["slug"]),
            "is_internal": places[hit.article_id]["visibility"] == "internal",
        }
        for ranked in found.ranking[:SHOWN] if (hit := found.hit(ranked)).article_id in places
    ]  # fmt: skip


def _confidence(rules: ai.Rules, found: Found) -> float:
    if found.by_words:
        return shipped("words").probability(word_features(found.question, found.ranking))
    return rules.confidence.probability(features(found.question, found.ranking))


async def _tickets(
    context: Context, rules: ai.Rules, request: dict[str, Any], thread: list[Said]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    first = next((said.text for said in thread if said.who == "customer"), "")
    written = "\n".join(said.text for said in thread if said.who == "customer")
    vectors = await embed(context, rules.embedding, ticket_texts(request["subject"], essence(first)))
    name = model_id(context, rules.embedding)
    near: list[dict[str, Any]] = []
    examples: list[dict[str, Any]] = []
    async with context.transaction() as session:
        if vectors is not None:
            vector = ticket_vector(vectors)
            near = await queries.near_tickets(session, literal(vector), name, but=UUID(request["ticket_id"]))
            examples = await queries.sorted_tickets(session, name)
        names = await queries.category_names(session)
        tags = await queries.tags_of(session, [row["id"] for row in near[:10]])
    by_id = {str(row["id"]): row for row in near}
    ranking = rank_similar(
        request["subject"], first, [(key, float(row["cosine"])) for key, row in by_id.items()],
        {key: (row["subject"], row["body"]) for key, row in by_id.items()},
    )  # fmt: skip
    similar = [
        {
            "ticket_id": key, "number": by_id[key]["number"], "subject": by_id[key]["subject"], "status": by_id[key]["status"],
            "similarity": round(float(by_id[key]["cosine"]), 3), "solution": by_id[key]["solution"][:400],
        }
        for key, _ in ranking if float(by_id[key]["cosine"]) >= MIN_SIMILAR
    ][:SHOWN]  # fmt: skip
    guesses = []
    if vectors is not None and examples:
        stored = np.array(
            [[float(x) for x in e["vector"].strip("[]").split(",")] for e in examples], dtype=np.float32
        )
        guesses = classify(ticket_vector(vectors), stored, [e["category"] for e in examples])
    mood, urgent = sentiment(written), priority(written)
    return similar, {
        "category": {
            "id": guesses[0].label,
            "value": names.get(guesses[0].label, ""),
            "probability": guesses[0].probability,
        }
        if guesses
        else None,
        "tags": _tags(near, tags),
        "priority": {"value": urgent[0], "probability": urgent[1]},
        "sentiment": {"value": mood[0], "probability": mood[1]},
        "language": {"value": detect_language(written), "probability": 0.9},
    }


def _tags(near: list[dict[str, Any]], tags: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tags of the nearest tickets, by the share of nearness that carries them."""
    weight = {row["id"]: max(float(row["cosine"]), 0.0) ** 4 for row in near[:10]}
    total = sum(weight.values()) or 1.0
    shares: dict[tuple[str, str], float] = {}
    for tag in tags:
        key = (str(tag["id"]), tag["name"])
        shares[key] = shares.get(key, 0.0) + weight[tag["ticket_id"]] / total
    best = sorted(shares.items(), key=lambda item: -item[1])[:3]
    return [
        {"id": key[0], "value": key[1], "probability": round(min(share, 0.99), 2)}
        for key, share in best
        if share >= 0.3
    ]


async def sources(context: Context, request: dict[str, Any]) -> dict[str, Any]:
    """The passages a draft may stand on, and the draft the articles give by themselves."""
    thread = [Said(**said) for said in request["thread"]]
    async with context.transaction() as session:
        rules = await ai.get_rules(session, context.settings, request["context"])
    inquiry = Inquiry(thread, subject=request["subject"], name=request.get("customer"), internal=True)
    query, language = search_text(inquiry)
    if request.get("wish"):
        query = f"{request['wish']}\n{query}"
    found = await search(context, rules, query, language=language, internal=True)
    if not found.ranking:
        return {"passages": [], "draft": "", "language": language or "en"}
    ids = [found.hit(r).article_id for r in found.ranking[:3]]
    async with context.transaction() as session:
        passages = await ai.passages_of(session, ids, found.vector, model_id=found.model_id)
        scores = await ai.sentence_scores(session, ids[0], found.vector, model_id=found.model_id)
    quotes = choose_quotes([p for p in passages if p.article_id == str(ids[0])], scores)
    draft = compose(quotes, language=language or "en", name=request.get("customer")) if quotes else ""
    return {
        "passages": [{"article_id": p.article_id, "passage_id": p.passage_id, "title": p.title, "text": p.text} for p in passages[:8]],
        "draft": draft, "language": language or "en", "confidence": round(_confidence(rules, found), 4),
        "cited": [q.passage.article_id for q in quotes][:1],
    }  # fmt: skip


KINDS = {"suggest": suggest, "sources": sources}
