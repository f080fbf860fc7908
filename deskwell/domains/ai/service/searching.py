"""The search of a thread: what is asked in it, and which articles of the context answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deskwell.core.context import Context
from deskwell.core.db import rows
from deskwell.core.llm import Vectors

from .. import queries
from ..logic.asking import search_query
from ..logic.languages import detect_language
from ..logic.prompts import Said
from ..logic.ranking import WORDS_ONLY, Question, Ranked, ranked, word_share
from ..logic.words import terms
from ..queries import ArticleHit, Rules
from .embedding import embed, model_id

MEANING_LANGUAGES = frozenset({"en"})
"""Languages the shipped model understands; in others words decide."""


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
    def before(self) -> str:
        """All that the customer wrote before those."""
        return "\n".join(self.earlier)

    @property
    def earlier(self) -> list[str]:
        """The customer's messages before those."""
        count = next(
            (n for n, said in enumerate(reversed(self.thread)) if said.who != "customer"), len(self.thread)
        )
        return [said.text for said in self.thread[: len(self.thread) - count] if said.who == "customer"]


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
