"""Does a customer ask for a person? In words, in many languages; a button says the same.

Per language: words for a person who helps, words for talking or connecting, and what makes it something else
(yesterday's talk, a field called agent). Wishes count when both stand close together in one sentence, or when a
short message is hardly more than the person.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from .wish_words import DESKS, WORDS

_GAP = 30
_SHORT = 4
_WORD_ALONE = 60
_SPLIT = re.compile(r"[.!?;\n。！？؟।]+")


@dataclass(frozen=True)
class _Rules:
    wish: re.Pattern[str]
    person: re.Pattern[str]
    other: re.Pattern[str] | None
    filler: re.Pattern[str]


def wants_person(text: str) -> bool:
    """Whether some sentence asks for a human."""
    folded = _fold(text)
    if len(folded) < _WORD_ALONE and any(_is_hardly_more(folded, rules) for rules in _all_rules()):
        return True
    return any(
        _asks(sentence, rules)
        for sentence in _SPLIT.split(folded)
        if sentence.strip()
        for rules in _all_rules()
    )


def _asks(sentence: str, rules: _Rules) -> bool:
    return bool(rules.wish.search(sentence)) and not (rules.other and rules.other.search(sentence))


def _is_hardly_more(sentence: str, rules: _Rules) -> bool:
    """`agent please`, `human!`: nothing but the person and filler."""
    rest = rules.filler.sub(" ", rules.person.sub(" ", sentence))
    return (
        bool(rules.person.search(sentence))
        and not re.search(r"\w", rest)
        and len(sentence.split()) <= _SHORT + 1
    )


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return re.sub(r"[ \t]+", " ", plain)


def _compile(entry: dict[str, str], desk: str) -> _Rules:
    edge, end = (r"(?<!\w)", r"(?!\w)") if entry.get("spaced", "yes") == "yes" else ("", "")
    person = rf"{edge}(?:{entry['person']}){end}"
    talk = rf"{edge}(?:{entry['talk']}){end}"
    between = rf"[^,:]{{0,{entry.get('gap', _GAP)}}}?"
    forms = [rf"{talk}{between}{person}", rf"{person}{between}{talk}"]
    if entry.get("only_before"):
        forms = forms[:1]
    if phrases := "|".join(filter(None, (entry.get("phrases"), desk))):
        forms.append(rf"{edge}(?:{phrases}){end}")
    other = re.compile(entry["other"]) if entry.get("other") else None
    filler = re.compile(rf"{edge}(?:{entry.get('filler', 'please')}){end}")
    return _Rules(re.compile("|".join(forms)), re.compile(person), other, filler)


@cache
def _all_rules() -> list[_Rules]:
    """Compiled when the first message is read: at the start of each process it would only cost time."""
    return [_compile(entry, DESKS.get(code, "")) for code, entry in WORDS.items()]
