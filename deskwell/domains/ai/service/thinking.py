"""From a customer's words to an answer, a question back, or the insight that a person is needed."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from deskwell.core.context import Context
from deskwell.core.db import rows
from deskwell.core.llm import Vectors
from deskwell.core.redaction import redact

from .. import queries
from ..logic.asking import search_query
from ..logic.composing import Passage, choose_quotes, compose, compose_clarifying, was_said
from ..logic.confidence import Features, features, shipped, word_features
from ..logic.courtesy import phrases, says_it_failed, small_talk, with_name
from ..logic.deciding import Reason
from ..logic.languages import detect_language
from ..logic.prompts import Said
from ..logic.ranking import WORDS_ONLY, Question, Ranked, ranked, word_share
from ..logic.weighing import signals
from ..logic.wishes import wants_person
from ..logic.words import terms
from ..queries import ArticleHit, Rules
from .embedding import embed, model_id
from .generating import Written, write_answer

ANSWERED, CLARIFIED, HANDED_OVER = "answered", "clarified", "handed_over"
MIN_TO_CLARIFY = 0.3
CLOSE = 0.05
MIN_DRAFT = 0.15
MAX_SHOWN = 5
MEANING_LANGUAGES = frozenset({"en"})
"""Languages the shipped model understands; in others words decide."""
Progress = Callable[[str, dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Inquiry:
    """What a customer wrote, and where: the thread in order, its last customer messages waiting."""

    thread: Sequence[Said]
    subject: str = ""
    name: str | None = None
    language: str | None = None
    internal: bool = False

    @property
    def waiting(self) -> str:
        """The customer's messages since anybody last answered."""
        last: list[str] = []
        for said in reversed(self.thread):
            if said.who != "customer":
                break
            last.insert(0, said.text)
        return "\n\n".join(last)

    @property
    def earlier(self) -> list[str]:
        """The customer's messages before those."""
        count = next(
            (n for n, said in enumerate(reversed(self.thread)) if said.who != "customer"), len(self.thread)
        )
        return [said.text for said in self.thread[: len(self.thread) - count] if said.who == "customer"]


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


@dataclass(frozen=True)
class Found:
    """The outcome of a search."""

    hits: list[ArticleHit]
    ranking: list[Ranked]
    question: Question
    vector: Vectors | None
    model_id: str
    share: float

    @property
    def by_words(self) -> bool:
        return self.share == WORDS_ONLY

    def hit(self, ranked_: Ranked) -> ArticleHit:
        return next(hit for hit in self.hits if hit.candidate.key == ranked_.candidate.key)


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
    language = detect_language(waiting, "") or inquiry.language or ""
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

    await progress("searching", {})
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


def search_text(inquiry: Inquiry) -> tuple[str, str]:
    """What to search for in behalf of a thread whose last word may be anybody's, and the customer's language."""
    texts = [said.text for said in inquiry.thread]
    written = [said.text for said in inquiry.thread if said.who == "customer"] or texts[-1:]
    waiting = inquiry.waiting or (written[-1] if written else inquiry.subject)
    language = detect_language(waiting, "") or inquiry.language or ""
    earlier = inquiry.earlier if inquiry.waiting else written[:-1]
    return search_query(
        waiting, subject=inquiry.subject, earlier=earlier, language=language or "en"
    ), language


async def search(
    context: Context, rules: Rules, query: str, *, language: str = "", internal: bool = False
) -> Found:
    """Rank the articles of a context for a question."""
    vectors = await embed(context, rules.embedding, [query])
    vector = vectors[0] if vectors is not None else None
    name = model_id(context, rules.embedding)
    async with context.transaction() as session:
        spoken = language or await _main_language(session, rules.context_key)
        question, hits = await queries.find_articles(
            session,
            terms(query, spoken),
            vector,
            model_id=name,
            context_key=rules.context_key,
            internal=internal,
        )
    by_words = vector is None or (rules.embedding is None and spoken not in MEANING_LANGUAGES)
    by_words = by_words or not any(hit.candidate.cosine > 0 for hit in hits)
    share = rules.word_share if rules.word_share is not None else word_share(question.strange)
    share = WORDS_ONLY if by_words else share
    ranking = ranked(question, [hit.candidate for hit in hits], share)
    return Found(hits, ranking, question, vector, name, share)


async def _main_language(session: Any, key: str) -> str:
    """The language most articles of the context are written in: what a text too short to tell is taken for."""
    found = await rows(
        session,
        """SELECT i.language FROM article_index i JOIN articles a ON a.id = i.article_id
           WHERE a.status = 'published' AND (%(key)s = '' OR a.context_key = %(key)s OR a.context IS NULL)
           GROUP BY i.language ORDER BY count(*) DESC LIMIT 1""",
        key=key,
    )
    return str(found[0]["language"]) if found else "en"


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
        thought.text, thought.citations = await _composed(context, inquiry, thought, found, passages)
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
    context: Context, inquiry: Inquiry, thought: Thought, found: Found, passages: list[Passage]
) -> tuple[str, list[dict[str, Any]]]:
    pick = str(found.ranking[0].candidate.key)
    async with context.transaction() as session:
        scores = await queries.sentence_scores(session, UUID(pick), found.vector, model_id=found.model_id)
    quotes = choose_quotes([p for p in passages if p.article_id == pick], scores)
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
