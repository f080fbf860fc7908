"""Is the confidence honest, and from where on may the AI answer?"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

SHIPPED_THRESHOLDS = ((0.80, 0.42), (0.85, 0.53), (0.90, 0.69), (0.95, 0.84), (0.98, 0.96), (0.99, 0.975))
MIN_OUTCOMES = 50
PROMISED = 100
BINS = 10


@dataclass(frozen=True)
class Bin:
    """Answers with a confidence between `low` and `high`: how many, what was promised, what came true."""

    low: float
    high: float
    count: int
    promised: float
    true: float


@dataclass(frozen=True)
class Point:
    """At this threshold: the share of questions answered, and how many of those rightly."""

    threshold: float
    coverage: float
    precision: float


def bins(confidences: Sequence[float], outcomes: Sequence[bool], count: int = BINS) -> list[Bin]:
    found = []
    for index in range(count):
        low, high = index / count, (index + 1) / count
        inside = [
            (p, y)
            for p, y in zip(confidences, outcomes, strict=True)
            if low <= p < high or (p == 1 and high == 1)
        ]
        size = len(inside)
        promised = sum(p for p, _ in inside) / size if size else 0.0
        found.append(Bin(low, high, size, promised, sum(y for _, y in inside) / size if size else 0.0))
    return found


def calibration_error(confidences: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Expected calibration error over ten equal bins: 0 is honest."""
    total = max(len(confidences), 1)
    return sum(abs(b.promised - b.true) * b.count for b in bins(confidences, outcomes)) / total


def curve(confidences: Sequence[float], outcomes: Sequence[bool]) -> list[Point]:
    """Coverage and precision at each threshold that occurs, from the highest down."""
    pairs = sorted(zip(confidences, outcomes, strict=True), key=lambda pair: -pair[0])
    points: list[Point] = []
    right = 0
    for index, (confidence, outcome) in enumerate(pairs, start=1):
        right += outcome
        if index == len(pairs) or pairs[index][0] < confidence:
            points.append(Point(confidence, index / len(pairs), right / index))
    return points


def lower_bound(right: float, total: float, z: float = 0.5) -> float:
    """Wilson's lower bound of a share; the default z leaves three chances in ten that it lies lower."""
    if total == 0:
        return 0.0
    share = right / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (centre - spread) / (1 + z * z / total)


def shipped_threshold(target: float) -> float:
    """The confidence from which answers reached the target precision on the public sets."""
    known = SHIPPED_THRESHOLDS
    if target <= known[0][0]:
        return known[0][1]
    for (low, at_low), (high, at_high) in itertools.pairwise(known):
        if target <= high:
            return at_low + (at_high - at_low) * (target - low) / (high - low)
    return known[-1][1]


def choose_threshold(confidences: Sequence[float], outcomes: Sequence[bool], target: float) -> float:
    """The lowest threshold whose precision, by its lower confidence bound, keeps the target.

    What the confidences promised counts beside what came true, as `PROMISED` outcomes at most: some hundred outcomes
    alone are too few to tell 94 from 96 %. A threshold aimed at the measured precision itself comes out two or three points short. Too few outcomes
    say nothing: then the shipped threshold holds. Where no threshold keeps the target, the honest answer is a person.
    """
    if len(outcomes) < MIN_OUTCOMES:
        return shipped_threshold(target)
    best = None
    pairs = sorted(zip(confidences, outcomes, strict=True), key=lambda pair: -pair[0])
    right = promised = 0.0
    for index, (confidence, outcome) in enumerate(pairs, start=1):
        right += outcome
        promised += confidence
        last_of_its_kind = index == len(pairs) or pairs[index][0] < confidence
        weight = min(index, PROMISED) / index
        if last_of_its_kind and lower_bound(right + weight * promised, (1 + weight) * index) >= target:
            best = confidence
    return best if best is not None else max(shipped_threshold(target), max(confidences, default=1.0))
