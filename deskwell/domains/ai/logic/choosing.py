"""What a customer chose of what a clarifying question offered: by place, by number, by name, or none of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .asking import essence
from .choice_words import BOTH, FILLERS, LAST, NO, NONE, NOT, NUMBER_WORDS, OTHER, PHRASES, PLACES, SIGNS, YES
from .composing import offered_titles
from .prompts import Said
from .words import terms

MAX_TERMS = 8
MAX_SIGNS = 24
_CLAUSE = re.compile(r"[,.;:!?\n–—]+(?:\s|$)|\s[-–—]\s")
_ELISION = re.compile(r"\b[cdlns]['’](?=\w{3})")
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")


HARMLESS = FILLERS | YES | NO | NONE | OTHER
NUMBERED = tuple([word] for word in NUMBER_WORDS)


class Answer(StrEnum):
    """How a customer answered an offer."""

    CHOSEN = "chosen"
    NONE = "none"
    UNCLEAR = "unclear"


Found = list[int] | Answer


@dataclass(frozen=True)
class Choice:
    """`titles` are the chosen ones, or all that were offered; `question` is what had been asked before."""

    answer: Answer
    titles: tuple[str, ...]
    question: str
    times: int = 1
    """How many times we have asked back in this thread."""


def read_choice(thread: Sequence[Said], language: str = "en") -> Choice | None:
    """What the last messages of a thread say to the newest offer in it; None where they are about something else.

    After an answer to what was chosen, only words that point ("no, the other one") still belong to the offer.
    """
    spoken = [i for i, said in enumerate(thread) if said.who != "customer"]
    place = next((i for i in reversed(spoken[-2:]) if offered_titles(thread[i].text)), None)
    if place is None or thread[spoken[-1]].who != "ai":
        return None
    titles = offered_titles(thread[place].text)
    question = next((essence(s.text) for s in reversed(thread[:place]) if s.who == "customer"), "")
    waiting = _written(thread[spoken[-1] + 1 :])
    times = sum(s.who == "ai" and bool(offered_titles(s.text)) for s in thread)
    if place != spoken[-1]:
        before = pick(_written(thread[place + 1 : spoken[-1]]), titles, language)
        found = point(waiting, titles, before if isinstance(before, list) else ())
        return _choice(found, titles, question, times) if isinstance(found, list) else None
    found = point(waiting, titles)
    if not isinstance(found, list) and (named := by_name(waiting, titles, language)) is not None:
        return _choice([named], titles, f"{question}\n{waiting}".strip(), times)
    return _choice(found, titles, question, times) if found is not None else None


def _choice(found: Found, titles: Sequence[str], question: str, times: int) -> Choice:
    if isinstance(found, list):
        return Choice(Answer.CHOSEN, tuple(titles[i] for i in found), question, times)
    return Choice(found, tuple(titles), question, times)


def pick(text: str, titles: Sequence[str], language: str = "en") -> Found | None:
    """The places chosen by pointing or by name; None where the text is about something else."""
    found = point(text, titles)
    named = None if isinstance(found, list) else by_name(text, titles, language)
    return found if named is None else [named]


def point(text: str, titles: Sequence[str], taken: Sequence[int] = ()) -> Found | None:
    """The places that words choose which do nothing but point; whoever says more says something else.

    `taken` was chosen before: "the other one" is then what is left.
    """
    plain = _ELISION.sub(" ", unicodedata.normalize("NFKC", text).casefold().strip())
    if not plain.isascii() and len(plain) <= MAX_SIGNS:
        word = next((word for pattern, word in SIGNS if re.search(pattern, plain)), None)
        plain = word or plain
    for pattern, word in PHRASES:
        plain = re.sub(pattern, word, plain)
    clauses = [tokens for part in _CLAUSE.split(plain) if (tokens := _TOKEN.findall(part))]
    read = [_read(tokens, titles, taken) for tokens in clauses]
    chosen = next((found for found in read if isinstance(found, list)), None)
    if chosen or None in read:
        return chosen
    said = {token for tokens in clauses for token in tokens}
    if said & NONE:
        return Answer.NONE
    if said & YES and not said & NO and len(titles) == 1:
        return [0]
    if said & (YES | OTHER):
        return Answer.UNCLEAR
    return Answer.NONE if said & NO else None


def _read(tokens: Sequence[str], titles: Sequence[str], taken: Sequence[int]) -> Found | None:
    """The places a clause points at; UNCLEAR where it says only yes, no or a filler; None where it says more."""
    chosen: list[int] = []
    refused: set[int] = set()
    is_negated = False
    for index, token in enumerate(tokens):
        place = _place(tokens, index, titles, taken)
        if place is not None:
            refused.add(place) if is_negated else chosen.append(place)
            is_negated = False
        elif token in BOTH:
            chosen.extend(range(len(titles)))
        elif token in NOT:
            is_negated = True
        elif token not in HARMLESS or (is_negated and token in YES):
            return None
    if set(tokens) & NONE:
        return Answer.UNCLEAR
    left = [i for i in range(len(titles)) if i not in refused]
    if not chosen and refused and len(left) == 1:
        return left
    return [i for i in dict.fromkeys(chosen) if i not in refused] or Answer.UNCLEAR


def _place(tokens: Sequence[str], index: int, titles: Sequence[str], taken: Sequence[int]) -> int | None:
    """Which title a word points at; the "one" of "the second one" points at none."""
    token = tokens[index]
    left = [i for i in range(len(titles)) if i not in taken]
    if token in OTHER and taken and len(left) == 1:
        return left[0]
    if token in LAST:
        return len(titles) - 1
    if token in FILLERS and not (len(tokens) == 1 or tokens[index - 1 : index][:1] in NUMBERED):
        return None
    if token.isdigit():
        return int(token) - 1 if 0 < int(token) <= len(titles) else None
    return next((place for place, words in enumerate(PLACES[: len(titles)]) if token in words), None)


def by_name(text: str, titles: Sequence[str], language: str) -> int | None:
    """The one title whose own words (those the others lack) a short text says."""
    said = set(terms(text, language)) - FILLERS
    if not said or len(said) > MAX_TERMS:
        return None
    of_titles = [set(terms(title, language)) for title in titles]
    best: list[tuple[float, int]] = []
    for place, own in enumerate(of_titles):
        others = set().union(*(t for i, t in enumerate(of_titles) if i != place))
        telling = own - others
        hits = said & telling
        covered = len(said & own) / len(said)
        if hits and (covered >= 0.5 or telling <= said):
            best.append((len(hits) / len(telling) + covered, place))
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[0][0] - best[1][0] < 0.25):
        return None
    return best[0][1]


def _written(said: Sequence[Said]) -> str:
    return "\n".join(essence(s.text) for s in said if s.who == "customer")
