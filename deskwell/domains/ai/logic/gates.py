"""What a generated answer must prove before anybody sees it: each claim cited, nothing invented.

Numbers, links and addresses are where a wrong answer does harm, and they can be checked without another model.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'“”]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w])\d+(?:[.,:/\-]\d+)*")
_DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|de|fr|es|it|nl|eu|uk|co|app|dev|shop|info|help|support)\b(?:/[^\s<>()\[\]\"']*)?",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"^\s*\d+[.)]\s+", re.MULTILINE)
MAX_ANSWER = 6000


@dataclass(frozen=True)
class Violation:
    """Why an answer may not be sent; `detail` goes back to the model for its one retry."""

    code: str
    detail: str


def check_answer(
    text: str,
    cited: Sequence[str],
    given: Mapping[str, str],
    *,
    allowed: Collection[str] = (),
    asked: str = "",
) -> list[Violation]:
    """Problems of an answer that cites passages by id. `given` maps ids to texts; `asked` is what the customer wrote.

    A number the customer named may be repeated (an order number); a link or address may not.
    """
    problems: list[Violation] = []
    if not text.strip():
        problems.append(Violation("empty", "The answer is empty."))
    if len(text) > MAX_ANSWER:
        problems.append(Violation("too_long", "The answer is too long."))
    unknown = [one for one in cited if one not in given]
    if unknown:
        problems.append(
            Violation("unknown_source", f"These passage ids were not given: {', '.join(unknown)}.")
        )
    if not any(one in given for one in cited):
        problems.append(Violation("no_source", "The answer cites no passage."))
    sources = " \n".join(given[one] for one in cited if one in given)
    problems += [
        Violation("invented", f"Not in a cited passage: {item}")
        for item in invented(text, sources, allowed=allowed, asked=asked)
    ]
    return problems


def invented(text: str, sources: str, *, allowed: Collection[str] = (), asked: str = "") -> list[str]:
    """Numbers, links and addresses of the text that the sources do not contain."""
    folded = _fold(sources) + " " + " ".join(_fold(a) for a in allowed)
    missing: list[str] = []
    rest = text
    for pattern in (_LINK, _ADDRESS, _DOMAIN):
        for match in pattern.finditer(rest):
            item = match[0].rstrip(".,;:!?")
            if _fold(item) not in folded:
                missing.append(item)
        rest = pattern.sub(" ", rest)
    known = {_digits(n) for n in _NUMBER.findall(_fold(sources + " " + asked + " " + " ".join(allowed)))}
    known |= {part for number in known for part in re.split(r"\D+", number)}
    numbers = _NUMBER.findall(_LIST_NUMBER.sub(" ", _fold(rest)))
    missing += [number for number in numbers if _digits(number) not in known]
    return list(dict.fromkeys(missing))


def _digits(number: str) -> str:
    """1,000 and 1000 are the same number."""
    return re.sub(r"(?<=\d)[,](?=\d{3}\b)", "", number).lstrip("0") or "0"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
