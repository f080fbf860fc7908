"""The figures of the reports: what each means, and the one way it is computed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .columns import Columns
from .measures import VALUED, Measure

By = Mapping[Measure, Columns]
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


def _count(*measures: Measure) -> Compute:
    return lambda by: float(sum(len(by[measure].quarters) for measure in measures))


def _sum(*measures: Measure) -> Compute:
    return lambda by: float(sum(int(by[measure].vals.sum(dtype="i8")) for measure in measures))


def _mean(measure: Measure) -> Compute:
    return lambda by: float(by[measure].vals.mean()) if len(by[measure].vals) else None


def _percentile(measure: Measure, share: int) -> Compute:
    return lambda by: by[measure].spread.get(share)


def _share(part: Sequence[Measure], whole: Sequence[Measure]) -> Compute:
    def compute(by: By) -> float | None:
        total = sum(len(by[measure].quarters) for measure in whole)
        return 100 * sum(len(by[measure].quarters) for measure in part) / total if total else None

    return compute


def _durations(measure: Measure, key: str, group: str, what: str, definition: str) -> list[Figure]:
    kinds: list[tuple[str, str, Compute]] = [
        ("avg", "average", _mean(measure)),
        ("median", "median", _percentile(measure, 50)),
        ("p90", "90th percentile", _percentile(measure, 90)),
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


def _compliance(metric: str, in_time: Measure, violated: Measure) -> list[Figure]:
    return [
        Figure(
            f"{metric}_compliance",
            "sla",
            f"{metric.capitalize()} targets met",
            Unit.PERCENT,
            f"Of all {metric} targets that were met or missed in the period, the share that was met in time. "
            "A target counts when it is met, a missed one when it fell due.",
            _share([in_time], [in_time, violated]),
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
            _count(violated),
            (violated,),
            "less",
        ),
    ]


M = Measure
_TIME = (M.TIME_WORK, M.TIME_WAITING, M.TIME_RESEARCH, M.TIME_COMMUNICATION, M.TIME_OTHER)
_RESOLVED = (M.AI_RESOLVED_CONFIRMED, M.AI_RESOLVED_ASSUMED)
_FIRST = (
    "From the moment a ticket was opened to the first answer by a person, counted when that answer was given"
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "created",
        "volume",
        "New tickets",
        Unit.COUNT,
        "Tickets opened in the period, by every channel; those in the trash count until they are erased.",
        _count(M.CREATED),
        (M.CREATED,),
    ),
    Figure(
        "closed",
        "volume",
        "Closed",
        Unit.COUNT,
        "Closings in the period. A ticket that was reopened and closed again counts each time.",
        _count(M.CLOSED),
        (M.CLOSED,),
        "more",
    ),
    Figure(
        "reopened",
        "volume",
        "Reopened",
        Unit.COUNT,
        "Times a closed ticket was opened again in the period.",
        _count(M.REOPENED),
        (M.REOPENED,),
        "less",
    ),
    *_durations(M.FIRST_RESPONSE, "first_response", "response", "First response", f"{_FIRST}."),
    *_durations(
        M.FIRST_RESPONSE_BUSINESS,
        "first_response_business",
        "response",
        "First response in business time",
        f"{_FIRST}; only time inside the desk's business calendar counts.",
    ),
    *_durations(
        M.FIRST_REPLY,
        "first_reply",
        "response",
        "First reply by anyone",
        "From the moment a ticket was opened to its first public answer, by the AI or a person, "
        "counted when it was given.",
    ),
    *_durations(
        M.RESOLUTION,
        "resolution",
        "resolution",
        "Resolution",
        "From the moment a ticket was opened to its latest closing, for tickets that are closed now, "
        "counted when they were closed.",
    ),
    *_durations(
        M.RESOLUTION_BUSINESS,
        "resolution_business",
        "resolution",
        "Resolution in business time",
        "As resolution; only time inside the desk's business calendar counts.",
    ),
    *_compliance("response", M.RESPONSE_IN_TIME, M.RESPONSE_VIOLATED),
    *_compliance("resolution", M.RESOLUTION_IN_TIME, M.RESOLUTION_VIOLATED),
    Figure(
        "rating_average",
        "ratings",
        "Rating of AI answers",
        Unit.STARS,
        "Average of the stars customers gave to AI answers in the period; a changed rating counts once, as it stands.",
        _mean(M.RATING),
        (M.RATING,),
        "more",
    ),
    Figure(
        "rating_count",
        "ratings",
        "Ratings",
        Unit.COUNT,
        "AI answers that customers rated in the period.",
        _count(M.RATING),
        (M.RATING,),
    ),
    Figure(
        "ai_answered",
        "ai",
        "Answered by the AI",
        Unit.COUNT,
        "Customer messages that the AI answered in the period; a question back is not an answer.",
        _count(M.AI_ANSWERED),
        (M.AI_ANSWERED,),
    ),
    Figure(
        "ai_handed_over",
        "ai",
        "Handed over to a person",
        Unit.COUNT,
        "Customer messages that the AI passed on to a person in the period, for whatever reason.",
        _count(M.AI_HANDED_OVER),
        (M.AI_HANDED_OVER,),
    ),
    Figure(
        "ai_answer_rate",
        "ai",
        "Share answered by the AI",
        Unit.PERCENT,
        "Of the customer messages that the AI answered or handed over, the share it answered.",
        _share([M.AI_ANSWERED], [M.AI_ANSWERED, M.AI_HANDED_OVER]),
        (M.AI_ANSWERED, M.AI_HANDED_OVER),
        "more",
        (M.AI_HANDED_OVER,),
    ),
    Figure(
        "ai_resolved_confirmed",
        "ai",
        "Resolved by the AI, confirmed",
        Unit.COUNT,
        "Tickets closed by their customer after an AI answer, without any person having answered, and not reopened.",
        _count(M.AI_RESOLVED_CONFIRMED),
        (M.AI_RESOLVED_CONFIRMED,),
        "more",
    ),
    Figure(
        "ai_resolved_assumed",
        "ai",
        "Resolved by the AI, assumed",
        Unit.COUNT,
        "Tickets closed otherwise after an AI answer, without any person having answered, and not reopened.",
        _count(M.AI_RESOLVED_ASSUMED),
        (M.AI_RESOLVED_ASSUMED,),
    ),
    Figure(
        "ai_reopened",
        "ai",
        "Resolved by the AI, then reopened",
        Unit.COUNT,
        "Tickets that were closed after an AI answer alone and were reopened in the period; "
        "they do not count as resolved.",
        _count(M.AI_REOPENED),
        (M.AI_REOPENED,),
        "less",
    ),
    Figure(
        "ai_resolution_rate",
        "ai",
        "Closed without a person",
        Unit.PERCENT,
        "Tickets resolved by the AI, confirmed or assumed, as a share of all closings in the period.",
        _share(_RESOLVED, [M.CLOSED]),
        (*_RESOLVED, M.CLOSED),
        "more",
        _RESOLVED,
    ),
    Figure(
        "replies",
        "agents",
        "Replies by agents",
        Unit.COUNT,
        "Public answers that agents wrote in the period.",
        _count(M.AGENT_REPLY),
        (M.AGENT_REPLY,),
    ),
    Figure(
        "time_total",
        "time",
        "Time logged",
        Unit.MINUTES,
        "Minutes of all time entries made in the period.",
        _sum(*_TIME),
        _TIME,
    ),
    Figure(
        "time_billable",
        "time",
        "Billable time",
        Unit.MINUTES,
        "Minutes of the time entries made in the period that are marked billable.",
        _sum(M.TIME_BILLABLE),
        (M.TIME_BILLABLE,),
    ),
    *(
        Figure(
            measure.name.lower(),
            "time",
            f"Time: {measure.name.removeprefix('TIME_').lower()}",
            Unit.MINUTES,
            f"Minutes of the time entries of the kind “{measure.name.removeprefix('TIME_').lower()}” "
            "made in the period.",
            _sum(measure),
            (measure,),
        )
        for measure in _TIME
    ),
)
BY_KEY = {figure.key: figure for figure in FIGURES}

BACKLOG = Figure(
    "backlog",
    "volume",
    "Backlog",
    Unit.COUNT,
    "Tickets that were open at the end of the period: all openings and reopenings until then, less all closings.",
    lambda by: float(len(by[M.CREATED].quarters) + len(by[M.REOPENED].quarters) - len(by[M.CLOSED].quarters)),
    (M.CREATED, M.REOPENED, M.CLOSED),
    "less",
)

BREAKDOWN_KEYS = (
    "created",
    "closed",
    "replies",
    "first_response_median",
    "resolution_median",
    "response_compliance",
    "resolution_compliance",
    "time_total",
)


def needed(figures: Sequence[Figure]) -> frozenset[Measure]:
    """The measures that these figures are made of."""
    return frozenset(measure for figure in figures for measure in figure.needs)


def values_wanted(figures: Sequence[Figure]) -> frozenset[Measure]:
    """Those of which the values are looked at, not only the number."""
    return frozenset(
        measure
        for figure in figures
        if figure.unit in {Unit.SECONDS, Unit.MINUTES, Unit.STARS}
        for measure in figure.needs
        if measure in VALUED
    )


def cut(by: By, edges: Sequence[int]) -> list[By]:
    """The entries of each piece between two edges, which are numbers of quarters of an hour."""
    places = {measure: entries.places(edges) for measure, entries in by.items()}
    return [
        {measure: entries.part(*places[measure][at : at + 2]) for measure, entries in by.items()}
        for at in range(len(edges) - 1)
    ]


def series(figure: Figure, by: By, edges: Sequence[int], pieces: Sequence[By]) -> list[float | None]:
    """The figure for each piece of a period."""
    if figure.unit is Unit.COUNT:
        whole = np.zeros(len(edges) - 1, "i8")
        for measure in figure.needs:
            whole += np.diff(by[measure].places(edges))
        return [float(count) for count in whole]
    return [figure.compute(piece) for piece in pieces]
