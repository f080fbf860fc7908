import random
from datetime import UTC, date, datetime, timedelta

import pytest

from deskwell.domains.sla.logic import (
    Calendar,
    Fact,
    Kind,
    Metric,
    NeverOpenError,
    OwnHoliday,
    Period,
    Policy,
    State,
    StepKind,
    add_minutes,
    minutes_between,
    next_check,
    run,
)

from . import oracle

MINUTE = timedelta(minutes=1)
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Asia/Kathmandu",
    "Africa/Casablanca",  # winter time during Ramadan
    "Pacific/Apia",
    "America/St_Johns",
    "Asia/Tokyo",
    "Antarctica/Troll",  # two hours of daylight saving
    "UTC",
]
# Around these instants a zone above changes its offset or a holiday begins.
MOMENTS = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 2, 15, 2, tzinfo=UTC),
    datetime(2026, 3, 22, 2, tzinfo=UTC),
    datetime(2026, 12, 24, 23, tzinfo=UTC),
    datetime(2026, 12, 31, 23, tzinfo=UTC),
    datetime(2028, 2, 28, 23, tzinfo=UTC),
    datetime(2038, 1, 20, 3, tzinfo=UTC),
]
COUNTRIES = [(None, None), ("DE", "BY"), ("US", "CA"), ("BR", None), ("JP", None), ("AU", "NSW")]


def random_calendar(rng):
    periods = []
    for weekday in rng.sample(range(1, 8), rng.randint(1, 7)):
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            kind = rng.random()
            if kind < 0.3:
                start, end = rng.randrange(720, 1440), rng.randrange(0, 720)
            elif kind < 0.4:
                start, end = 0, 1440
            else:
                start = rng.randrange(0, 1400)
                end = rng.randrange(start + 1, 1441)
            periods.append(Period(weekday, start, end))
    country, subdivision = rng.choice(COUNTRIES)
    moment = rng.choice(MOMENTS).date()
    own = tuple(
        OwnHoliday(moment + timedelta(days=rng.randint(-2, 2)), "Closed", rng.random() < 0.5)
        for _ in range(rng.choice([0, 0, 1, 2]))
    )
    return Calendar(rng.choice(ZONES), tuple(periods), country, subdivision, own)


def random_start(rng, spread):
    return rng.choice(MOMENTS) + timedelta(minutes=rng.randint(-spread, spread))


def compare(rng, *, window):
    calendar, start = random_calendar(rng), random_start(rng, window)
    end = start + timedelta(minutes=rng.randint(0, window))
    counted = oracle.open_minutes(calendar, start, end)
    assert minutes_between(calendar, start, end) == counted, (calendar, start, end)
    if counted:
        minutes = rng.randint(1, counted)
        expected = oracle.due(calendar, start, minutes, window)
        assert add_minutes(calendar, start, minutes) == expected, (calendar, start, minutes)


def test_calendar_agrees_with_a_minute_by_minute_oracle():
    rng = random.Random(6)
    for _ in range(10_000):
        compare(rng, window=240)


@pytest.mark.slow
def test_calendar_agrees_with_the_oracle_over_weeks():
    rng = random.Random(7)
    for _ in range(1_000):
        compare(rng, window=21 * 1440)


def random_life(rng, start, length):
    kinds = [kind for kind in Kind if kind not in {Kind.OPENED, Kind.SLA_CHANGED}]
    moments = sorted(rng.randint(1, length) for _ in range(rng.randint(0, 9)))
    return [
        Fact(start, Kind.OPENED),
        *(Fact(start + moment * MINUTE, rng.choice(kinds)) for moment in moments),
    ]


def test_clocks_agree_with_a_minute_by_minute_oracle():
    rng = random.Random(8)
    for _ in range(1_500):
        start = random_start(rng, 600)
        policy = Policy(
            response=rng.randint(1, 120),
            resolution=rng.randint(1, 300),
            calendar=rng.choice([None, random_calendar(rng)]),
            pauses_while_waiting=rng.random() < 0.7,
            pauses_while_snoozed=rng.random() < 0.7,
            ai_answer_counts=rng.random() < 0.5,
        )
        facts, until = random_life(rng, start, 400), start + 420 * MINUTE
        for metric, clock in run(policy, facts, until=until).items():
            used, passed, met = oracle.clock(policy, facts, metric, until)
            reading = clock.read(until)
            assert (reading.used / MINUTE, clock.met_at) == (used, met), (policy, facts, metric)
            assert (reading.state is State.BREACHED) == (passed is not None), (policy, facts, metric)
            assert clock.breached_at == passed, (policy, facts, metric)


def at(hour, minute=0, day=2):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)  # 2 November 2026 is a Monday


OFFICE = Calendar("Europe/Berlin", tuple(Period(day, 9 * 60, 17 * 60) for day in range(1, 6)))
ONE_HOUR = Policy(response=60, resolution=240)


def test_clock_waits_for_the_customer_and_says_why():
    facts = [
        Fact(at(9), Kind.OPENED),
        Fact(at(9, 10), Kind.AI_ANSWERED),
        Fact(at(9, 40), Kind.CUSTOMER_WROTE),
        Fact(at(10), Kind.AGENT_ANSWERED),
    ]
    waiting = run(ONE_HOUR, facts[:2])[Metric.RESPONSE]
    assert waiting.read(at(15)).state is State.PAUSED
    assert waiting.due_at is None

    answered = run(ONE_HOUR, facts)[Metric.RESPONSE]
    assert answered.met_at == at(10)
    assert answered.used == timedelta(minutes=30)
    assert [(step.kind, step.cause, step.used / MINUTE) for step in answered.steps] == [
        (StepKind.STARTED, "opened", 0),
        (StepKind.PAUSED, "waiting_for_customer", 10),
        (StepKind.RESUMED, "customer_wrote", 10),
        (StepKind.MET, "agent_answered", 30),
    ]


def test_an_ai_answer_counts_only_where_the_sla_says_so():
    facts = [Fact(at(9), Kind.OPENED), Fact(at(9, 10), Kind.AI_ANSWERED)]
    assert run(ONE_HOUR, facts)[Metric.RESPONSE].met_at is None
    counting = Policy(response=60, resolution=240, ai_answer_counts=True)
    assert run(counting, facts)[Metric.RESPONSE].met_at == at(9, 10)


def test_a_changed_priority_counts_from_the_start_of_the_ticket():
    facts = [Fact(at(9), Kind.OPENED), Fact(at(12), Kind.SLA_CHANGED, "Urgent")]
    slow, fast = Policy(response=480, resolution=None), Policy(response=60, resolution=None)
    assert run(slow, facts)[Metric.RESPONSE].due_at == at(17)
    clock = run(fast, facts, until=at(12))[Metric.RESPONSE]
    assert clock.breached_at == at(10)
    assert clock.read(at(12)).late_minutes == 120


def test_reopening_restarts_the_resolution_and_an_answer_never_given():
    facts = [
        Fact(at(9), Kind.OPENED),
        Fact(at(9, 30), Kind.CLOSED),
        Fact(at(20), Kind.REOPENED),
    ]
    clocks = run(ONE_HOUR, facts)
    assert clocks[Metric.RESPONSE].due_at == at(21)
    assert clocks[Metric.RESOLUTION].due_at == at(20) + timedelta(hours=4)

    answered = [facts[0], Fact(at(9, 20), Kind.AGENT_ANSWERED), *facts[1:]]
    assert run(ONE_HOUR, answered)[Metric.RESPONSE].met_at == at(9, 20)


def test_an_answer_at_the_last_moment_is_in_time_and_a_second_later_is_not():
    def answered(moment):
        facts = [Fact(at(9), Kind.OPENED), Fact(moment, Kind.AGENT_ANSWERED)]
        return run(ONE_HOUR, facts)[Metric.RESPONSE].read(at(12))

    assert answered(at(10)).state is State.MET
    assert answered(at(10) + timedelta(seconds=1)).state is State.BREACHED


def test_due_at_closing_time_is_missed_by_an_answer_in_the_night():
    policy = Policy(response=120, resolution=None, calendar=OFFICE)
    facts = [Fact(at(14), Kind.OPENED), Fact(at(20), Kind.AGENT_ANSWERED)]  # 15:00 and 21:00 in Berlin
    clock = run(policy, facts)[Metric.RESPONSE]
    assert clock.breached_at == at(16)
    assert clock.read(at(20)).late_minutes == 0  # nothing of it was working time


def test_next_check_is_the_warning_then_the_due_time_then_nothing():
    facts = [Fact(at(9), Kind.OPENED)]
    policy = Policy(response=60, resolution=None)
    assert next_check(run(policy, facts).values()) == at(9, 45)
    assert next_check(run(policy, facts, until=at(9, 50)).values()) == at(10)
    assert next_check(run(policy, facts, until=at(10, 1)).values()) is None


def test_public_holidays_follow_country_and_part():
    bavaria, berlin = Calendar("Europe/Berlin", (), "DE", "BY"), Calendar("Europe/Berlin", (), "DE", "BE")
    epiphany = date(2026, 1, 6)
    assert bavaria.holiday(epiphany)
    assert berlin.holiday(epiphany) is None


def test_a_calendar_that_never_opens_says_so():
    closed = Calendar(
        "UTC",
        (Period(1, 0, 60),),
        own_holidays=tuple(
            OwnHoliday(date(2028, 1, 1) + timedelta(days=day), "Closed", True) for day in range(366)
        ),
    )
    with pytest.raises(NeverOpenError):
        add_minutes(closed, at(9), 1)
