"""What a reader most likely meant by the words in the search box."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .synonyms import LONGEST_PHRASE, SYNONYMS, Synonyms

MAX_TERMS = 8
MAX_QUERY = 300
MARK_START, MARK_END = "\x02", "\x03"

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "anybody",
        "anyone",
        "anything",
        "everyone",
        "everything",
        "nobody",
        "nothing",
        "somebody",
        "someone",
        "something",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "don",
        "dont",
        "down",
        "during",
        "each",
        "few",
        "for",
        "from",
        "further",
        "get",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "hello",
        "help",
        "her",
        "here",
        "hers",
        "hey",
        "hi",
        "him",
        "his",
        "how",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "ive",
        "just",
        "know",
        "let",
        "like",
        "long",
        "many",
        "may",
        "me",
        "mean",
        "more",
        "most",
        "much",
        "my",
        "need",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "please",
        "really",
        "same",
        "she",
        "should",
        "so",
        "some",
        "still",
        "such",
        "tell",
        "than",
        "thank",
        "thanks",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "use",
        "using",
        "very",
        "via",
        "want",
        "was",
        "way",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "work",
        "works",
        "would",
        "you",
        "your",
        "yours",
    ]
)
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def fold(text: str) -> str:
    """Lower case without accents, as the index stores words."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("wi-fi", "wifi"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words of a text, folded, in order, possessives without their ending."""
    found = (re.sub(r"['’](?:s|t|re|ve|ll|d|m)?$", "", word) for word in _WORD.findall(fold(text)))
    return [re.sub(r"['’_]", "", word) for word in found if re.search(r"[^\W_]", word)]


def vocabulary(texts: Iterable[str]) -> list[str]:
    """The distinct words worth correcting towards, sorted, so that writers lock them in one order."""
    return sorted(
        {
            word
            for text in texts
            for word in words(text)
            if 3 <= len(word) <= 40 and word not in STOP_WORDS and not word.isdigit()
        }
    )


def deletions(word: str) -> list[str]:
    """The word and every form of it with one letter left out.

    Two words share one of these forms exactly when one typing slip lies between them: a letter too
    many, too few, another one, or two swapped. That makes the look-up an index scan.
    """
    short = word[:24]
    return (
        sorted({word, *(short[:i] + short[i + 1 :] for i in range(len(short)))}) if len(word) > 3 else [word]
    )


def distance(a: str, b: str, limit: int) -> int:
    """How many slips lie between two words, swapped neighbours being one; ``limit + 1`` when more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def allowed_slips(word: str) -> int:
    """Short words and numbers are taken at their word; long ones may hold two slips."""
    if len(word) < 4 or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < 8 else 2


def correct(word: str, candidates: Mapping[str, int], *, at_most: int = 2) -> tuple[str, ...]:
    """The likeliest words meant, nearest first, among words of the knowledge base with their frequency."""
    slips = allowed_slips(word)
    near = [(distance(word, other, slips), other) for other in candidates]
    ranked = sorted(
        (steps, other[0] != word[0], -candidates[other], other) for steps, other in near if steps <= slips
    )
    best = ranked[0][0] if ranked else 0
    return tuple(other for steps, _, _, other in ranked if steps == best)[:at_most]


@dataclass(frozen=True)
class Known:
    """What the index knows about a word: in how many articles its stem is, and words like it."""

    articles: int = 0
    begins_a_word: bool = False
    candidates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """One thing asked for: the words that say it exactly, and those that say it nearly."""

    exact: str
    near: str | None
    articles: int
    corrected: str | None = None


@dataclass(frozen=True)
class Plan:
    terms: tuple[Term, ...]
    corrected: str | None


def meaningful(query: str) -> list[str]:
    """The words of a query that carry its meaning; all of them when there would be none."""
    found = words(query[:MAX_QUERY])
    kept = list(dict.fromkeys(word for word in found if word not in STOP_WORDS))
    return (kept or list(dict.fromkeys(found)))[:MAX_TERMS]


def plan(
    query: str,
    known: Mapping[str, Known],
    *,
    is_typing: bool = False,
    synonyms: Synonyms = SYNONYMS,
) -> Plan:
    """Turn a query into terms with their synonyms and corrections, written for ``to_tsquery``.

    ``is_typing`` lets the last word be the beginning of one. Words nobody wrote and nobody could
    have meant stay in the plan: they match nothing and cost nothing.
    """
    kept = meaningful(query)
    phrases = _phrase_synonyms(words(query[:MAX_QUERY]), synonyms)
    terms, shown = [], []
    for word in kept:
        facts = known.get(word, Known())
        fixes = () if facts.articles else correct(word, facts.candidates)
        prefix = is_typing and word == kept[-1] and len(word) >= 2
        if prefix and facts.begins_a_word:
            fixes = ()
        meant = fixes or (word,)
        others = [other for base in meant for other in (*synonyms.get(base, ()), *phrases.get(base, ()))]
        exact = " | ".join(f"{base}:*" if prefix else base for base in meant)
        terms.append(
            Term(
                exact=exact,
                near=" | ".join(_phrase(other) for other in dict.fromkeys(others)) or None,
                articles=facts.articles or max((facts.candidates[fix] for fix in fixes), default=0),
                corrected=fixes[0] if fixes else None,
            )
        )
        shown.append(fixes[0] if fixes else word)
    has_correction = any(term.corrected for term in terms)
    return Plan(tuple(terms), " ".join(shown) if has_correction else None)


def _phrase_synonyms(found: list[str], synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    """Synonyms of phrases in the query, under each of the phrase's words."""
    result: dict[str, tuple[str, ...]] = {}
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(found) - length + 1):
            run = found[start : start + length]
            if others := synonyms.get(" ".join(run)):
                for word in run:
                    result[word] = (*result.get(word, ()), *others)
    return result


def _phrase(text: str) -> str:
    return "(" + " <-> ".join(text.split()) + ")" if " " in text else text


def highlighted(marked: str) -> str:
    """HTML of a headline whose hits stand between the two control characters; all else is escaped."""
    return html.escape(marked, quote=False).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")


def split_marks(marked: str) -> list[tuple[str, bool]]:
    """Take a headline apart: pieces of text, each with whether it is a hit."""
    pieces: list[tuple[str, bool]] = []
    for i, part in enumerate(marked.split(MARK_START)):
        hit, end, rest = part.partition(MARK_END)
        if i == 0 or not end:
            pieces.append((part, False))
        else:
            pieces += [(hit, True), (rest, False)]
    return [piece for piece in pieces if piece[0]]
