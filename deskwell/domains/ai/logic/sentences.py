"""Articles as sentences: the smallest piece that is compared with a question and quoted in an answer."""

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=\S)|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nr|mr|mrs|ms|dr|st|z\.B|d\.h|bzw|ca|inc|ltd|approx)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_MARKUP = re.compile(
    r"^\s*(?:#{1,6}\s+|>\s?|[-*+•]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|\|)|[*_]{2,3}|`+|~~", re.MULTILINE
)
_WRAPPED = re.compile(r"(?<=[^\n.!?:;…]{58}[^\s.!?:;…])\n(?=[a-z(])")
MIN_CHARS = 8
MAX_CHARS = 400


def sentences(text: str) -> list[str]:
    """Sentences and list lines, verbatim, without surrounding blanks."""
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for match in _SENTENCE_END.finditer(line):
            if not _ABBREVIATION.search(line[start : match.start()].rstrip("\"'”’)]")):
                found.append(line[start : match.start()].strip())
                start = match.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def plain(markdown: str) -> str:
    """The words of a Markdown text, line breaks kept, as embedded and compared."""
    return re.sub(r"[ \t]+", " ", _MARKUP.sub("", _LINK.sub(r"\1", markdown))).strip()


def compared(title: str, body: str) -> list[str]:
    """The sentences of an article worth comparing with a question: each once, none trivially short."""
    lines = _WRAPPED.sub(" ", plain(body).replace("\r\n", "\n"))
    seen = dict.fromkeys(s[:MAX_CHARS] for s in sentences(lines) if len(s) >= MIN_CHARS)
    seen.pop(title.strip(), None)
    return list(seen)
