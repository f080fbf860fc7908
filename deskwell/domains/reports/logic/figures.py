"""The figures of the reports: what each means, and the one way it is computed."""

from collections.abc import Sequence

from .formulas import Figure, Unit, compliance, count_of, durations, mean_of, share_of, sum_of
from .measures import VALUED, Measure

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
        count_of(M.CREATED),
        (M.CREATED,),
    ),
    Figure(
        "closed",
        "volume",
        "Closed",
        Unit.COUNT,
        "Closings in the period. A ticket that was reopened and closed again counts each time.",
        count_of(M.CLOSED),
        (M.CLOSED,),
        "more",
    ),
    Figure(
        "reopened",
        "volume",
        "Reopened",
        Unit.COUNT,
        "Times a closed ticket was opened again in the period.",
        count_of(M.REOPENED),
        (M.REOPENED,),
        "less",
    ),
    *durations(M.FIRST_RESPONSE, "first_response", "response", "First response", f"{_FIRST}."),
    *durations(
        M.FIRST_RESPONSE_BUSINESS,
        "first_response_business",
        "response",
        "First response in business time",
        f"{_FIRST}; only time inside the desk's business calendar counts.",
    ),
    *durations(
        M.FIRST_REPLY,
        "first_reply",
        "response",
        "First reply by anyone",
        "From the moment a ticket was opened to its first public answer, by the AI or a person, "
        "counted when it was given.",
    ),
    *durations(
        M.RESOLUTION,
        "resolution",
        "resolution",
        "Resolution",
        "From the moment a ticket was opened to its latest closing, for tickets that are closed now, "
        "counted when they were closed.",
    ),
    *durations(
        M.RESOLUTION_BUSINESS,
        "resolution_business",
        "resolution",
        "Resolution in business time",
        "As resolution; only time inside the desk's business calendar counts.",
    ),
    *compliance("response", M.RESPONSE_IN_TIME, M.RESPONSE_VIOLATED),
    *compliance("resolution", M.RESOLUTION_IN_TIME, M.RESOLUTION_VIOLATED),
    Figure(
        "rating_average",
        "ratings",
        "Rating of AI answers",
        Unit.STARS,
        "Average of the stars customers gave to AI answers in the period; a changed rating counts once, as it stands.",
        mean_of(M.RATING),
        (M.RATING,),
        "more",
    ),
    Figure(
        "rating_count",
        "ratings",
        "Ratings",
        Unit.COUNT,
        "AI answers that customers rated in the period.",
        count_of(M.RATING),
        (M.RATING,),
    ),
    Figure(
        "ai_answered",
        "ai",
        "Answered by the AI",
        Unit.COUNT,
        "Customer messages that the AI answered in the period; a question back is not an answer.",
        count_of(M.AI_ANSWERED),
        (M.AI_ANSWERED,),
    ),
    Figure(
        "ai_handed_over",
        "ai",
        "Handed over to a person",
        Unit.COUNT,
        "Customer messages that the AI passed on to a person in the period, for whatever reason.",
        count_of(M.AI_HANDED_OVER),
        (M.AI_HANDED_OVER,),
    ),
    Figure(
        "ai_answer_rate",
        "ai",
        "Share answered by the AI",
        Unit.PERCENT,
        "Of the customer messages that the AI answered or handed over, the share it answered.",
        share_of([M.AI_ANSWERED], [M.AI_ANSWERED, M.AI_HANDED_OVER]),
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
        count_of(M.AI_RESOLVED_CONFIRMED),
        (M.AI_RESOLVED_CONFIRMED,),
        "more",
    ),
    Figure(
        "ai_resolved_assumed",
        "ai",
        "Resolved by the AI, assumed",
        Unit.COUNT,
        "Tickets closed otherwise after an AI answer, without any person having answered, and not reopened.",
        count_of(M.AI_RESOLVED_ASSUMED),
        (M.AI_RESOLVED_ASSUMED,),
    ),
    Figure(
        "ai_reopened",
        "ai",
        "Resolved by the AI, then reopened",
        Unit.COUNT,
        "Tickets that were closed after an AI answer alone and were reopened in the period; "
        "they do not count as resolved.",
        count_of(M.AI_REOPENED),
        (M.AI_REOPENED,),
        "less",
    ),
    Figure(
        "ai_resolution_rate",
        "ai",
        "Closed without a person",
        Unit.PERCENT,
        "Tickets resolved by the AI, confirmed or assumed, as a share of all closings in the period.",
        share_of(_RESOLVED, [M.CLOSED]),
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
        count_of(M.AGENT_REPLY),
        (M.AGENT_REPLY,),
    ),
    Figure(
        "time_total",
        "time",
        "Time logged",
        Unit.MINUTES,
        "Minutes of all time entries made in the period.",
        sum_of(*_TIME),
        _TIME,
    ),
    Figure(
        "time_billable",
        "time",
        "Billable time",
        Unit.MINUTES,
        "Minutes of the time entries made in the period that are marked billable.",
        sum_of(M.TIME_BILLABLE),
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
            sum_of(measure),
            (measure,),
        )
        for measure in _TIME
    ),
)

BACKLOG = Figure(
    "backlog",
    "volume",
    "Backlog",
    Unit.COUNT,
    "Tickets that were open at the end of the period: all openings and reopenings until then, less all closings.",
    lambda by: float(by[M.CREATED].count + by[M.REOPENED].count - by[M.CLOSED].count),
    (M.CREATED, M.REOPENED, M.CLOSED),
    "less",
)

BY_KEY = {figure.key: figure for figure in (BACKLOG, *FIGURES)}

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


TAG_KEYS = ("created", "closed", "resolution_median")


def needed(figures: Sequence[Figure]) -> frozenset[Measure]:
    """The measures that these figures are made of."""
    return frozenset(measure for figure in figures for measure in figure.needs)


def values_wanted(figures: Sequence[Figure]) -> frozenset[Measure]:
    """Those of which the values are looked at, not only the number."""
    return _needed_in({Unit.SECONDS, Unit.MINUTES, Unit.STARS}, figures)


def spread_wanted(figures: Sequence[Figure]) -> frozenset[Measure]:
    """Those of which each value is looked at, not only the sum."""
    return _needed_in({Unit.SECONDS}, figures)


def _needed_in(units: set[Unit], figures: Sequence[Figure]) -> frozenset[Measure]:
    return frozenset(
        measure for figure in figures if figure.unit in units for measure in figure.needs if measure in VALUED
    )
