"""What can be said about a text without a model: a summary of its own sentences, mood, urgency, and what needs one."""

import re
from collections import Counter
from collections.abc import Sequence

from deskwell.domains.ai.logic.asking import essence
from deskwell.domains.ai.logic.prompts import Said
from deskwell.domains.ai.logic.sentences import sentences
from deskwell.domains.ai.logic.words import terms

_ANGRY = re.compile(
    r"\b(?:unacceptable|ridiculous|disgusting|worst|terrible|horrible|awful|useless|scam|fraud|lawyer|legal action|complain\w*|furious|angry|disappoint\w*|frustrat\w*|fed up|never again|refund now|waste of"
    r"|unverschämt|enttäuscht|frechheit|anwalt|schlecht|inacceptable|déçue?|scandaleux|nul|inaceptable|decepcionad[oa]|pésimo|estafa|vergogna|pessimo|truffa|péssimo|decepcionad[oa])\b|!{2,}|\b[A-Z]{4,}\s[A-Z]{3,}\b"
)
_GLAD = re.compile(
    r"\b(?:thank\w*|great|love|excellent|perfect|awesome|amazing|wonderful|happy|appreciate\w*|fantastic|danke|super|toll|merci|parfait|gracias|perfecto|genial|grazie|perfetto|obrigad[oa]|ótimo)\b",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:urgent\w*|asap|immediately|right away|emergency|critical|outage|down|cannot work|can't work|blocked|deadline|today|stolen|hacked|breach|data loss|security|double charged|charged twice"
    r"|dringend|sofort|notfall|ausfall|gesperrt|urgente|inmediatamente|caído|bloquead[oa]|immédiatement|panne|bloqué|urgentemente|subito)\b",
    re.IGNORECASE,
)
_CALM = re.compile(
    r"\b(?:no rush|no hurry|whenever|just wondering|curious|feature request|suggestion|idea|would be nice|feedback|keine eile)\b",
    re.IGNORECASE,
)
MAX_SENTENCES = 5


def sentiment(text: str) -> tuple[str, float]:
    """`negative`, `neutral` or `positive`, and how sure: word counts, so never very."""
    bad, good = len(_ANGRY.findall(text)) * 1.5, float(len(_GLAD.findall(text)))
    if bad == good == 0:
        return "neutral", 0.6
    total = bad + good + 1
    return (
        ("negative", round(0.5 + bad / total / 2, 2))
        if bad >= good
        else ("positive", round(0.5 + good / total / 2, 2))
    )


def priority(text: str) -> tuple[str, float]:
    """A guess from urgent and calm words; with its low probability, for a person to weigh."""
    urgent, calm = len(_URGENT.findall(text)), len(_CALM.findall(text))
    if urgent >= 3:
        return "urgent", 0.45
    if urgent > calm:
        return "high", 0.4
    return ("low", 0.4) if calm else ("medium", 0.5)


def summarise(subject: str, thread: Sequence[Said]) -> str:
    """The most telling sentences of a thread, word for word, in order: first question, middle, last state."""
    told = [
        (said.who, sentence)
        for said in thread
        for sentence in sentences(essence(said.text))
        if len(sentence) > 15
    ]
    if not told:
        return subject
    weights = Counter(term for _, sentence in told for term in set(terms(sentence)))
    topic = set(terms(subject))

    def worth(index: int) -> float:
        words = set(terms(told[index][1]))
        base = sum(weights[w] for w in words) / (len(words) + 3) + 2 * len(words & topic)
        return (
            base
            + (3 if index == 0 else 0)
            + (2 if index >= len(told) - 2 else 0)
            + (1 if "?" in told[index][1] else 0)
        )

    best = sorted(sorted(range(len(told)), key=lambda i: -worth(i))[:MAX_SENTENCES])
    names = {"customer": "Customer", "ai": "AI", "agent": "Agent"}
    return "\n".join(f"- **{names[told[i][0]]}:** {told[i][1]}" for i in best)
