"""A first, careful spam score: what another filter said, and what hardly any customer writes."""

import re
from dataclasses import dataclass, field

from .headers import Headers

THRESHOLD = 5.0
_WORDS: tuple[tuple[float, str], ...] = (
    (3.0, r"\b(?:viagra|cialis|levitra|penis enlargement|xanax|phentermine)\b"),
    (
        3.0,
        r"\b(?:you(?:'ve| have) won|winning (?:number|notification)|lottery (?:winner|winning|prize)|claim your (?:prize|reward|winnings))\b",
    ),
    (
        3.0,
        r"\b(?:next of kin|inheritance fund|transfer of (?:us\$|\$|usd|the sum)|barrister|unclaimed (?:fund|inheritance|deposit)|late client)\b",
    ),
    (2.5, r"\b(?:million (?:us )?(?:dollars|usd|euros|pounds)|\$\s?\d+(?:\.\d+)?\s?million)\b"),
    (2.5, r"\b(?:hot|sexy|horny|single) (?:girls|women|singles|milfs)\b"),
    (2.5, r"\b(?:online casino|casino bonus|free spins|100% free|risk[- ]free|no obligation)\b"),
    (
        2.0,
        r"\b(?:act now|limited time offer|click here now|order now|buy now|while supplies last|this is not spam)\b",
    ),
    (
        2.0,
        r"\b(?:make money (?:fast|online)|work from home|earn \$?\d+ (?:per|a) (?:day|week)|double your (?:income|bitcoin|money)|get rich)\b",
    ),
    (
        2.0,
        r"\b(?:cheap (?:meds|pills|rolex|watches|viagra)|replica watches|weight loss (?:pill|miracle)|lose \d+ (?:pounds|kg))\b",
    ),
    (
        2.0,
        r"\b(?:seo services|first page of google|rank(?:ing)? (?:#1|number one|first) (?:on|in) google|guest post(?:ing)?|backlinks?|web design services)\b",
    ),
    (
        2.5,
        r"\b(?:your (?:mailbox|account) (?:is|has been) (?:almost full|suspended|limited|deactivated)|verify your (?:account|mailbox|password) (?:now|immediately|within))\b",
    ),
    (1.5, r"\b(?:dear (?:friend|beneficiary|winner|sir/madam|account (?:owner|user))|congratulations!*)"),
    (1.5, r"\b(?:bitcoin|crypto(?:currency)?|forex) (?:investment|trading|profits?|wallet)\b"),
    (1.5, r"\b(?:unsubscribe|opt[- ]out)\b"),
)
_COMPILED = tuple((points, re.compile(pattern, re.IGNORECASE)) for points, pattern in _WORDS)


@dataclass
class SpamScore:
    """Points and what they were given for."""

    points: float = 0.0
    reasons: list[str] = field(default_factory=list)

    @property
    def is_spam(self) -> bool:
        return self.points >= THRESHOLD

    def add(self, points: float, reason: str) -> None:
        self.points += points
        self.reasons.append(reason)


def score(headers: Headers, subject: str, text: str, html: str) -> SpamScore:
    """The score of a mail from an unknown sender; an answer in a known thread is never judged by it."""
    result = SpamScore()
    _by_other_filters(headers, result)
    words = f"{subject}\n{text[:20_000]}"
    for points, pattern in _COMPILED:
        match = pattern.search(words)
        if match:
            result.add(points, f"“{match.group()[:40]}”")
    letters = [c for c in subject if c.isalpha()]
    if len(letters) > 12 and sum(c.isupper() for c in letters) > 0.9 * len(letters) and "!" in subject:
        result.add(1.5, "subject in capitals")
    if re.search(r"[$€£]{3,}|!{3,}", subject):
        result.add(1.0, "signs in the subject")
    links = len(re.findall(r"https?://", text + html))
    if links > 15 and len(text) < 40 * links:
        result.add(1.5, "little but links")
    if re.search(r"https?://(?:\d{1,3}\.){3}\d{1,3}[/:]", text + html):
        result.add(2.0, "link to a bare address")
    return result


def _by_other_filters(headers: Headers, result: SpamScore) -> None:
    if headers.text("x-spam-flag").lower().startswith(("yes", "true")) or headers.text(
        "x-spam-status"
    ).lower().startswith("yes"):
        result.add(THRESHOLD, "marked as spam by the mail server")
    confidence = re.match(
        r"\s*(-?\d+)",
        headers.text("x-ms-exchange-organization-scl") or headers.text("x-microsoft-antispam-scl"),
    )
    if confidence and int(confidence[1]) >= 6:
        result.add(THRESHOLD, "marked as spam by Exchange")
    if re.search(r"\bSFV:SPM\b", headers.text("x-forefront-antispam-report")):
        result.add(THRESHOLD, "marked as spam by Microsoft 365")
    if re.search(r"\bdmarc=fail\b", headers.text("authentication-results"), re.IGNORECASE):
        result.add(1.5, "the sender's domain disowns it")
