"""Ninety days of conversations, written out from the scripts beside this file. Pure: the same seed, the same desk."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DAYS = 90
TICKETS = 240
SEED = 20261124
LATELY = 0.07
"""Share of tickets of the last ten hours: a desk is at work when one looks in."""
SCRIPTS = {
    "tarn-and-thistle": "shop",
    "heronboard": "saas",
    "kestrel-vane": "b2b",
    "brackwater-staff-desk": "internal",
}


@dataclass(frozen=True)
class Step:
    """One thing that happens in a story. `kind`: c customer, a AI, h agent, n note, x person wanted, r stars, t time, close."""

    kind: str
    at: datetime
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    context: str
    customer: int
    agent: int
    subject: str
    source: str
    priority: str
    category: str
    tags: tuple[str, ...]
    use_case: str
    steps: tuple[Step, ...]


@cache
def facts(name: str) -> Any:
    """One of the files of this folder."""
    text = (HERE / f"{name}.yaml").read_text()
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def stories(now: datetime) -> list[Story]:
    """All stories up to now, oldest first; those that have only begun are the desk's open tickets."""
    chance = random.Random(SEED)  # noqa: S311 - variety, no secret
    told = [
        _story(chance, context, script, now)
        for context, file in SCRIPTS.items()
        for script in _dealt(chance, facts(f"conversations/{file}"), TICKETS // len(SCRIPTS))
    ]
    return sorted(told, key=lambda story: story.steps[0].at)


def _dealt(chance: random.Random, scripts: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Each script at least once, the frequent ones more often."""
    weights = [script["weight"] for script in scripts]
    return [*scripts, *chance.choices(scripts, weights, k=count - len(scripts))]


def _story(chance: random.Random, context: str, script: dict[str, Any], now: datetime) -> Story:
    customer = chance.randrange(10)
    agents = [i for i, agent in enumerate(facts("people")["agents"]) if context in agent["contexts"]]
    agent = chance.choices(agents, [3] + [1] * (len(agents) - 1))[0]
    words = _slots(chance, context, customer, agent)
    opened = _moment(chance, now)
    variant = chance.randrange(12)
    pace = _PACE.get(script.get("priority", ""), 1.0)
    steps = _steps(chance, script["messages"], words, opened, variant, pace)
    shown = tuple(step for step in steps if step.at <= now)
    return Story(
        context=context,
        customer=customer,
        agent=agent,
        subject=_filled(_pick(script["subjects"], variant), words),
        source=script.get("source") or chance.choices(["web", "email", "api"], [6, 3, 1])[0],
        priority=script.get("priority", "medium"),
        category=script["category"],
        tags=tuple(script.get("tags", ())),
        use_case=script["use_case"],
        steps=shown,
    )


def _moment(chance: random.Random, now: datetime) -> datetime:
    """A likely time to write: more lately, rarely at night, less at the weekend."""
    if chance.random() < LATELY:
        return (now - timedelta(minutes=chance.uniform(6, 600))).astimezone(UTC)
    while True:
        days = DAYS * chance.random() ** 1.25
        day = (now - timedelta(days=days)).replace(minute=chance.randrange(60), second=chance.randrange(60))
        moment = day.replace(hour=min(23, max(0, round(chance.gauss(13, 3.6)))))
        if moment.weekday() >= 5 and chance.random() < 0.7:
            continue
        if now - timedelta(days=DAYS) < moment < now - timedelta(minutes=6):
            return moment.astimezone(UTC)


_GAPS = {
    "a": (0.08, 0.3),
    "c": (6, 400),
    "h": (14, 260),
    "n": (8, 120),
    "x": (1, 9),
    "r": (1, 20),
    "t": (1, 6),
}
"""Minutes until a step, least and most."""

_PACE = {"urgent": 0.05, "high": 0.25}
"""How much faster agents are when it matters."""


def _steps(
    chance: random.Random,
    messages: list[dict[str, Any]],
    words: dict[str, str],
    at: datetime,
    variant: int,
    pace: float,
) -> list[Step]:
    steps: list[Step] = []
    for index, message in enumerate(messages):
        kind = next(key for key in message if key in {"c", "a", "h", "n", "x", "r", "t", "close"})
        if index:
            low, high = _GAPS.get(kind, (10, 900))
            hurry = pace if kind in {"h", "n"} else 1.0
            at += timedelta(minutes=chance.uniform(low, high) * hurry)
            if kind in {"h", "n", "t"} and pace > _PACE["urgent"]:
                at = _at_work(at)
        if kind == "r" and chance.random() < 0.35:
            continue  # most people do not rate
        value = message[kind]
        text = _filled(_pick(value, variant), words) if kind in {"c", "a", "h", "n", "x"} else ""
        data = {key: item for key, item in message.items() if key != kind}
        if kind == "r":
            data["stars"] = max(1, value - (chance.random() < 0.25) - 2 * (chance.random() < 0.06))
        if kind == "t":
            data |= {"minutes": value[0], "type": value[1], "description": _filled(value[2], words)}
        steps.append(Step(kind, at, text, data))
    return steps


def _at_work(at: datetime) -> datetime:
    """Agents answer between eight and six, from Monday to Friday."""
    if at.hour >= 18:
        at = (at + timedelta(days=1)).replace(hour=8)
    elif at.hour < 8:
        at = at.replace(hour=8)
    while at.weekday() >= 5:
        at += timedelta(days=1)
    return at


def _pick(value: Any, variant: int) -> str:
    return str(value[variant % len(value)] if isinstance(value, list) else value)


def _slots(chance: random.Random, context: str, customer: int, agent: int) -> dict[str, str]:
    people = facts("people")
    name = people["customers"][context][customer]
    words = {key: chance.choice(values) for key, values in facts("slots").items()}
    number = chance.randrange
    return {
        **words,
        "first": name.removeprefix("Dr. ").split()[0],
        "agent": people["agents"][agent]["name"].split()[0],
        "order": f"TT-{number(41000, 68999)}",
        "rows": str(number(180, 9400)),
        "ticket_code": "HB-" + "".join(chance.choices("23456789ABCDEFGHKMNPQRSTVWXYZ", k=4)),
        "code": "".join(chance.choices("23456789ABCDEFGHKMNPQRSTVWXYZ", k=6)),
        "sinvoice": f"HB-2026-{number(1000, 9999)}",
        "kinvoice": f"RE-2026-{number(100, 999)}",
        "contract": f"KV-{number(100000, 999999)}",
        "asset": f"BW-{number(20000, 39999)}",
        "email": f"{name.split()[-1].lower()}.new@client.example",
    }


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _filled(text: str, words: dict[str, str]) -> str:
    return text.format_map(_Kept(words))


def customer_email(context: str, customer: int) -> str:
    """An address that no mail ever reaches."""
    people = facts("people")
    name = people["customers"][context][customer].removeprefix("Dr. ").lower()
    plain = name.translate(str.maketrans("üøåäöéá", "uoaaoea")).replace("'", "").split()
    domains = people["domains"][context]
    return f"{plain[0]}.{plain[-1]}@{domains[customer % len(domains)]}"
