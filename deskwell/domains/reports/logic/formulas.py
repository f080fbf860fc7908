"""How figures are computed from what is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .measures import Measure
from .samples import Sample

By = Mapping[Measure, Sample]
Compute = Callable[[By], float | None]


class Unit(StrEnum):
    COUNT = "count"
    SECONDS = "seconds"
    MINUTES = "minutes"
    PERCENT = "percent"
    STARS = "stars"


@dataclass(frozen=True)
class Figure:
    """A figure. `good` says whether more or less of it is better, or neither; `behind` what one sees on a click."""

    key: str
    group: str
    label: str
    unit: Unit
    definition: str
    compute: Compute
    needs: tuple[Measure, ...]
    good: str | None = None
    behind: tuple[Measure, ...] = ()

    @property
    def drill_down(self) -> tuple[Measure, ...]:
        return self.behind or self.needs


def count_of(*measures: Measure) -> Compute:
    return lambda by: float(sum(by[measure].count for measure in measures))


def sum_of(*measures: Measure) -> Compute:
    return lambda by: float(sum(by[measure].total for measure in measures))


def mean_of(measure: Measure) -> Compute:
    return lambda by: by[measure].mean


def percentile_of(measure: Measure, share: int) -> Compute:
    return lambda by: by[measure].spread.get(share)


def share_of(part: Sequence[Measure], whole: Sequence[Measure]) -> Compute:
    def compute(by: By) -> float | None:
        total = sum(by[measure].count for measure in whole)
        return 100 * sum(by[measure].count for measure in part) / total if total else None

    return compute


def durations(measure: Measure, key: str, group: str, what: str, definition: str) -> list[Figure]:
    kinds: list[tuple[str, str, Compute]] = [
        ("avg", "average", mean_of(measure)),
        ("median", "median", percentile_of(measure, 50)),
        ("p90", "90th percentile", percentile_of(measure, 90)),
    ]
    return [
        Figure(
            f"{key}_{short}",
            group,
            f"{what}, {long}",
            Unit.SECONDS,
            f"{definition} The {long} of all in the period.",
            compute,
            (measure,),
            "less",
        )
        for short, long, compute in kinds
    ]


def compliance(metric: str, in_time: Measure, violated: Measure) -> list[Figure]:
    return [
        Figure(
            f"{metric}_compliance",
            "sla",
            f"{metric.capitalize()} targets met",
            Unit.PERCENT,
            f"Of all {metric} targets that were met or missed in the period, the share that was met in time. "
            "A target counts when it is met, a missed one when it fell due.",
            share_of([in_time], [in_time, violated]),
            (in_time, violated),
            "more",
            (violated,),
        ),
        Figure(
            f"{metric}_violations",
            "sla",
            f"{metric.capitalize()} targets missed",
            Unit.COUNT,
            f"{metric.capitalize()} targets that fell due in the period without being met.",
            count_of(violated),
            (violated,),
            "less",
        ),
    ]
