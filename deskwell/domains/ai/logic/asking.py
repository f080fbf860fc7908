"""What is searched for: the last message, and what it leans on from the thread and the subject."""

import re
from collections.abc import Sequence

from .courtesy import small_talk
from .words import terms

_LEANS = re.compile(
    r"^(?:and|but|or|also|what about|how about|what if|same|so|then|ok(?:ay)?,? (?:and|but|so)|und|aber|oder|auch|was ist mit|wie ist es mit|et|mais|ou|y|pero|o|e|ma|en|maar|och|men|og|ja|a|i|ale|и|а|но)\b"
    r"|\b(?:it|that|this|they|them|those|these|there|one|the same|instead|das|dies|dort|ça|cela|eso|esto|isso|quello|dat|det)\b[^.]{0,12}\??$",
    re.IGNORECASE,
)
_SHORT = 5
_LONG = 1200
_SIGNATURE = re.compile(
    r"\n(?:--\s*\n|(?:best|kind|warm)? ?regards|sincerely|cheers|thanks,|mit freundlichen grüßen|viele grüße|cordialement|saludos)\b[\s\S]*$",
    re.IGNORECASE,
)
_GREETING_LINE = re.compile(
    r"^\s*(?:dear|hi|hello|hey|hallo|guten tag|bonjour|hola|olá|ciao)\b[^\n,.!?]{0,40}[,.!]?\s*(?:\n|$)",
    re.IGNORECASE,
)


def search_query(
    message: str, *, subject: str = "", earlier: Sequence[str] = (), language: str = "en"
) -> str:
    """The text to search with. A follow-up ("and for Canada?") carries the earlier question with it."""
    text = essence(message)
    topic = _topic(subject, text)
    if is_follow_up(message, language):
        before = next(
            (essence(e) for e in reversed(earlier) if not small_talk(e) and not is_follow_up(e, language)), ""
        )
        before = before or next((essence(e) for e in reversed(earlier) if not small_talk(e)), "")
        return _joined(before or topic, text)
    return _joined(topic, text) if topic and len(set(terms(text, language))) < _SHORT else text


def is_follow_up(message: str, language: str = "en") -> bool:
    """Whether a message makes no sense without what came before."""
    text = essence(message)
    return len(text) < 160 and (bool(_LEANS.search(text)) and len(set(terms(text, language))) <= _SHORT)


def essence(message: str) -> str:
    """A message without greeting line, signature and excess length."""
    text = _SIGNATURE.sub("", message.strip())
    shorter = _GREETING_LINE.sub("", text, count=1).strip()
    return (shorter or text)[:_LONG]


def _topic(subject: str, text: str) -> str:
    """The subject, unless it says nothing or is said again by the message."""
    plain = re.sub(r"^(?:(?:re|fwd?|aw|wg|sv|tr)\s*:\s*)+", "", subject.strip(), flags=re.IGNORECASE)
    vague = re.fullmatch(
        r"(?i)(?:help|question|support|problem|issue|hello|hi|urgent|request|frage|hilfe|no subject|\(no subject\)|test|inquiry|ticket)?[!?.]*",
        plain,
    )
    return "" if vague or plain.lower() in text.lower() else plain


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
