"""From a customer's words to an answer, a question back, or the insight that a person is needed."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from deskwell.core.context import Context
from deskwell.core.redaction import redact

from .. import queries
from ..logic.asking import search_query
from ..logic.choosing import Answer, Choice, read_choice
from ..logic.composing import Passage, choose_quotes, compose, compose_clarifying, was_said
from ..logic.confidence import Features, features, shipped, word_features
from ..logic.courtesy import phrases, says_it_failed, small_talk, with_name
from ..logic.deciding import Reason
from ..logic.languages import detect_language
from ..logic.ranking import word_share
from ..logic.weighing import signals
from ..logic.wishes import wants_person
from ..queries import Rules
from .generating import Written, write_answer
from .searching import Found, Inquiry, search

ANSWERED, CLARIFIED, HANDED_OVER = "answered", "clarified", "handed_over"
MIN_TO_CLARIFY = 0.3
CLOSE = 0.05
MIN_DRAFT = 0.15
MAX_SHOWN = 5
Progress = Callable[[str, dict[str, Any]], Awaitable[None]]


@dataclass
class Thought:
    """What the AI made of an inquiry, with all that led to it."""

    action: str = HANDED_OVER
    text: str = ""
    reason: str | None = None
    confidence: float | None = None
    threshold: float | None = None
    language: str = "en"
    query: str = ""
    provider: str = "embedded"
    model: str = ""
    prompt_version: str = ""
    features: Features | None = None
    article_ids: list[str] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    signals: dict[str, Any] | None = None
    citations: list[dict[str, Any]] = field(default_factory=list)
    draft: str | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    milliseconds: int = 0


async def think(
    context: Context, rules: Rules, inquiry: Inquiry, *, progress: Progress | None = None
) -> Thought:
    """Decide what to say. Nothing is written; no transaction is open while a model is asked."""
    began = time.perf_counter()
    thought = await _think(context, rules, inquiry, progress or _silent)
    thought.milliseconds = round((time.perf_counter() - began) * 1000)
    clean = redact(thought.text, allowed=rules.contacts, extra_words=rules.extra_words)
    if clean.findings:
        thought.steps.append({"step": "redacted", "kinds": sorted({f.kind.value for f in clean.findings})})
    thought.text = clean.text
    for citation in thought.citations:
        citation["text"] = redact(
            citation["text"], allowed=rules.contacts, extra_words=rules.extra_words
        ).text
    if thought.draft:
        thought.draft = redact(thought.draft, allowed=rules.contacts, extra_words=rules.extra_words).text
    return thought


async def _think(context: Context, rules: Rules, inquiry: Inquiry, progress: Progress) -> Thought:
    waiting = inquiry.waiting
    language = detect_language(waiting, "") or inquiry.language or detect_language(inquiry.before, "")
    thought = Thought(language=language or "en", threshold=rules.threshold)
    words = phrases(thought.language)
    if wants_person(waiting):
        thought.reason, thought.text = Reason.ASKED, words.asked
        return thought
    if talk := small_talk(waiting):
        thought.action = ANSWERED if talk == "thanks" else CLARIFIED
        thought.text = words.thanks if talk == "thanks" else with_name(words.greeting, inquiry.name)
        thought.steps.append({"step": "small_talk", "kind": talk})
        return thought

    choice = read_choice(inquiry.thread, thought.language)
    if choice and choice.answer is not Answer.CHOSEN:
        _ask_again_or_give_up(thought, choice)
        return thought
    await progress("searching", {})
    if choice and await _answer_choice(context, rules, inquiry, thought, choice, progress):
        return thought
    thought.query = search_query(
        waiting, subject=inquiry.subject, earlier=inquiry.earlier, language=thought.language
    )
    found = await search(context, rules, thought.query, language=language, internal=inquiry.internal)
    _note_search(thought, rules, found)
    if not found.ranking:
        thought.reason, thought.text = Reason.NO_ARTICLE, words.hand_over
        return thought
    await progress("reading", {"articles": [found.hit(r).title for r in found.ranking[:1]]})
    passages = await _passages(context, found)
    if thought.confidence is not None and thought.confidence >= rules.threshold:
        await _answer(context, rules, inquiry, thought, found, passages, progress)
    elif _is_torn(thought, found, inquiry):
        titles = [found.hit(r).title for r in found.ranking[:3] if found.ranking[0].score - r.score < CLOSE]
        thought.action, thought.text = CLARIFIED, compose_clarifying(titles, language=thought.language)
    else:
        thought.reason, thought.text = Reason.UNSURE, words.hand_over
        if (thought.confidence or 0) >= MIN_DRAFT:
            thought.draft, _ = await _composed(context, inquiry, thought, found, passages)
    return thought


def _ask_again_or_give_up(thought: Thought, choice: Choice) -> None:
    """A mere yes to two articles is asked once more; "neither" is for a person."""
    thought.steps.append({"step": "asked_back", "answer": choice.answer.value})
    if choice.answer is Answer.UNCLEAR and choice.times == 1:
        thought.action = CLARIFIED
        thought.text = compose_clarifying(choice.titles, language=thought.language)
        return
    is_none = choice.answer is Answer.NONE
    thought.reason = Reason.NONE_OFFERED if is_none else Reason.UNCLEAR_TWICE
    thought.text = phrases(thought.language).hand_over


async def _answer_choice(
    context: Context, rules: Rules, inquiry: Inquiry, thought: Thought, choice: Choice, progress: Progress
) -> bool:
    """Answer from the articles that the customer picked by name; False when they are no longer there to be read.

    What was picked is no search of its own: the confidence learns nothing from it.
    """
    query = "\n".join([*choice.titles, choice.question]).strip()
    found = await search(context, rules, query, language=thought.language, internal=inquiry.internal)
    picked = [r for r in found.ranking if found.hit(r).title in choice.titles]
    if not picked:
        return False
    _note_search(thought, rules, replace(found, ranking=picked))
    thought.query, thought.features, thought.signals = query, None, None
    thought.confidence = max(thought.confidence or 0.0, rules.threshold)
    thought.steps.append({"step": "asked_back", "answer": "chosen", "titles": list(choice.titles)})
    await progress("reading", {"articles": list(choice.titles)})
    found = replace(found, ranking=picked[: len(choice.titles)])
    passages = await _passages(context, found)
    await _answer(context, rules, inquiry, thought, found, passages, progress, picks=len(found.ranking))
    return True


def _note_search(thought: Thought, rules: Rules, found: Found) -> None:
    ranking = found.ranking[:MAX_SHOWN]
    thought.article_ids = [str(r.candidate.key) for r in ranking]
    thought.candidates = [
        {
            "article_id": str(r.candidate.key), "title": found.hit(r).title, "score": round(r.score, 4),
            "words": round(found.question.coverage(r.candidate.words), 4), "meaning": round(r.candidate.cosine, 4),
        }
        for r in ranking
    ]  # fmt: skip
    thought.steps.append(
        {
            "step": "searched",
            "by": "words" if found.by_words else "words and meaning",
            "found": len(found.hits),
        }
    )
    if not ranking:
        thought.confidence = 0.0
        return
    if found.by_words:
        facts = word_features(found.question, found.ranking)
        thought.confidence = shipped("words").probability(facts)
    else:
        thought.features = features(found.question, found.ranking)
        thought.confidence = rules.confidence.probability(thought.features)
        usual = word_share(found.question.strange)
        thought.signals = signals(found.question, found.ranking, share=found.share, usual=usual)
    thought.confidence = round(thought.confidence, 4)


def _is_torn(thought: Thought, found: Found, inquiry: Inquiry) -> bool:
    """Two articles compete, the question fits one of them, and we have not asked back before."""
    if (thought.confidence or 0) < MIN_TO_CLARIFY or len(found.ranking) < 2:
        return False
    asked_before = any(said.who == "ai" for said in inquiry.thread)
    return not asked_before and found.ranking[0].score - found.ranking[1].score < CLOSE


async def _passages(context: Context, found: Found) -> list[Passage]:
    ids = [UUID(str(r.candidate.key)) for r in found.ranking[:3]]
    async with context.transaction() as session:
        return await queries.passages_of(session, ids, found.vector, model_id=found.model_id)


async def _answer(
    context: Context,
    rules: Rules,
    inquiry: Inquiry,
    thought: Thought,
    found: Found,
    passages: list[Passage],
    progress: Progress,
    *,
    picks: int = 1,
) -> None:
    """By the model where there is one, else, or when it fails, word for word."""
    thought.action = ANSWERED
    written: Written | None = None
    if rules.endpoint:
        await progress("checking", {})
        written = await write_answer(
            context, rules, inquiry.subject, inquiry.thread, passages, language=thought.language
        )
        thought.steps += written.steps
        thought.input_tokens, thought.output_tokens = written.input_tokens, written.output_tokens
        thought.cost = round(
            (written.input_tokens * rules.input_price + written.output_tokens * rules.output_price)
            / 1_000_000,
            6,
        )
        thought.prompt_version, thought.model = written.prompt_version, written.model
    if written and written.action:
        thought.provider = "openai"
        _take_written(thought, written)
    else:
        thought.text, thought.citations = await _composed(
            context, inquiry, thought, found, passages, picks=picks
        )
        thought.article_ids = (
            list(dict.fromkeys(c["article_id"] for c in thought.citations)) or thought.article_ids[:1]
        )
        earlier = [said.text for said in inquiry.thread if said.who == "ai"]
        quotes = [citation["text"] for citation in thought.citations]
        if says_it_failed(inquiry.waiting) and was_said(quotes, earlier):
            thought.action, thought.reason = HANDED_OVER, Reason.UNCLEAR_TWICE
            thought.text, thought.citations = phrases(thought.language).hand_over, []
        await progress("checking", {})


def _take_written(thought: Thought, written: Written) -> None:
    words = phrases(thought.language)
    if written.action == "answer":
        thought.text, thought.citations = written.text, written.citations
        thought.article_ids = list(dict.fromkeys(c["article_id"] for c in written.citations))
    elif written.action == "clarify":
        thought.action, thought.text = CLARIFIED, written.text
    else:
        thought.action, thought.reason, thought.text = (
            HANDED_OVER,
            written.reason or Reason.AI_DECLINED,
            words.hand_over,
        )
        thought.draft = written.text or None


async def _composed(
    context: Context,
    inquiry: Inquiry,
    thought: Thought,
    found: Found,
    passages: list[Passage],
    *,
    picks: int = 1,
) -> tuple[str, list[dict[str, Any]]]:
    """The reply in quotes, from the first `picks` articles."""
    quotes = []
    for pick in [str(r.candidate.key) for r in found.ranking[:picks]]:
        async with context.transaction() as session:
            scores = await queries.sentence_scores(session, UUID(pick), found.vector, model_id=found.model_id)
        quotes += choose_quotes([p for p in passages if p.article_id == pick], scores)
    if not quotes:
        return "", []
    text = compose(quotes, language=thought.language, name=inquiry.name)
    return text, [
        {
            "article_id": q.passage.article_id,
            "passage_id": q.passage.passage_id,
            "title": q.passage.title,
            "text": q.text,
        }
        for q in quotes
    ]


async def _silent(_phase: str, _data: dict[str, Any]) -> None:
    """Nobody watches."""
