"""When two subjects are the same: without reply marks, case, spaces and punctuation."""

import re
import unicodedata

# Re, Fwd and their like as mail programs of some twenty languages write them.
MARKS = (
    "re|ref|res|rif|r|aw|antw|antwort|sv|vs|vá|va|ynt|odp|atb|ats|bls|回复|回覆|答复|答覆|返信|답장|отв|ответ|ha|απ|σχετ|תגובה|رد|"
    "fw|fwd|wg|weitergeleitet|tr|rv|enc|i|inoltra|inoltro|doorst|vl|vb|fs|pd|továbbítás|ilt|転送|转发|轉寄|전달|пересл|προωθ|הועבר|إعادة توجيه"
)
MARK = re.compile(rf"^\s*(?:{MARKS})\s*(?:[\[(^]\s*\d{{1,3}}\s*[\])]?)?\s*[:：]\s*", re.IGNORECASE)
BANNER = re.compile(
    r"^\s*\[(?:extern\w*|ext|spam\??|caution|secure|sicher|(?:ticket|case|request|anfrage)?\s*#\s*\d+)\]\s*",
    re.IGNORECASE,
)


def without_marks(subject: str) -> str:
    """The subject a person wrote, without the reply and forward marks programs put before it."""
    text = unicodedata.normalize("NFKC", subject).strip()
    while True:
        shorter = BANNER.sub("", MARK.sub("", text))
        if shorter == text:
            return text
        text = shorter


def normalise(subject: str) -> str:
    """What two subjects have in common when they are the same; empty when nothing is left to compare.

    >>> normalise("AW: Re[2]:  Drucker raucht!!")
    'drucker raucht'
    """
    text = without_marks(subject).casefold()
    words = re.findall(r"[^\W_]+", text)
    return " ".join(words) or " ".join(text.split())
