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
_CONNECTIVES = re.compile(
    r"^(?:(?:and|but|or|also|then|ok(?:ay)?|so|what|how|about|if|for|to|in|with|the|und|aber|für|nach|in|et|pour|en|y|para|e|per|en|voor)\b[ ,]*)+",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)(?:\b(?:the|to the|in the)\s+)?\b[A-ZÄÖÜ][\w'’-]+(?:\s+(?:of\s+|the\s+)?[A-ZÄÖÜ][\w'’-]+)*"
)
_AND = re.compile(
    r"^(?:(?:and|but|or|also|then|ok(?:ay)?|so|und|aber|et|mais|y|pero|e|en)\b[ ,]*)+", re.IGNORECASE
)
_QUESTION = re.compile(
    r"(?:how (?:do|can|to|long|much|many|often)|when|where|why|who|which|what (?:is|are|does|do|happens|time)|can|could|do|does|is|are|will|wie|wo|wann|warum|kann|comment|où|quand|cómo|dónde|cuándo)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|that|this|they|them|those|these|there|one|es|das|dies|ça|cela|eso|esto)\b", re.IGNORECASE
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
        return _joined(*_resolved(text, before or topic, language))
    return _joined(topic, text) if topic and len(set(terms(text, language))) < _SHORT else text


def is_follow_up(message: str, language: str = "en") -> bool:
    """Whether a message makes no sense without what came before."""
    text = essence(message)
    count = len(set(terms(text, language)))
    if len(text) >= 160 or count > _SHORT or not _LEANS.search(text):
        return False
    rest = _AND.sub("", text)
    is_whole = rest != text and count >= 2 and bool(_QUESTION.match(rest)) and not _PRONOUN.search(rest)
    return not is_whole


def essence(message: str) -> str:
    """A message without greeting line, signature and excess length."""
    text = _SIGNATURE.sub("", message.strip())
    shorter = _GREETING_LINE.sub("", text, count=1).strip()
    return (shorter or text)[:_LONG]


def _resolved(text: str, before: str, language: str) -> tuple[str, str]:
    """What is asked now comes first; its name ("and for Canada?") takes the place of the earlier one."""
    asked = _CONNECTIVES.sub("", text).strip(" ?!.,")
    if asked and language == "en" and _NAME.search(text[1:]):  # in German every noun looks like a name
        before = re.sub(r"  +", " ", _NAME.sub(" ", before[:1].lower() + before[1:])).strip()
    return asked or text, before


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
