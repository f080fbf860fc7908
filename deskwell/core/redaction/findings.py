"""What was found in a text, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    IBAN = "iban"
    PROFANITY = "profanity"


@dataclass(frozen=True)
class Finding:
    """One hit: `start` and `end` are code-point offsets, end exclusive."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    text: str
    findings: tuple[Finding, ...]


def disjoint(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in text order; of two that overlap the one given first stays."""
    kept: list[Finding] = []
    for finding in findings:
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)
