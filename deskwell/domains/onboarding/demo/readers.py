"""What ninety days of readers leave in a knowledge base."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute
from deskwell.core.ids import new_id

from .stories import DAYS, SEED

SEARCHES = (
    "refund", "return label", "where is my order", "delivery time", "broken mug", "cancel order", "guarantee",
    "size chart", "invoice vat", "password reset", "vpn", "sync stuck", "api rate limit", "import csv", "webhook",
    "annual leave", "expenses", "meeting room", "badge", "notice period", "support hours", "release freeze",
)  # fmt: skip
MISSED = (
    ("tarn-and-thistle", "wholesale prices"), ("tarn-and-thistle", "gift wrapping"), ("tarn-and-thistle", "shop in london"),
    ("heronboard", "weather on the board"), ("heronboard", "zapier"), ("heronboard", "dark mode app"),
    ("kestrel-vane", "accessibility audit"), ("brackwater-staff-desk", "parental leave"),
    ("brackwater-staff-desk", "staff discount ferry"), ("brackwater-staff-desk", "pension"),
)  # fmt: skip
COMMENTS = {
    "tarn-and-thistle": (
        "What about things I got as a present?", "Does that count from the order or from delivery?",
        "I live on Skye and still do not know when it comes.", "A picture of the label would help.",
    ),
    "heronboard": (
        "The menu is called something else in my version.", "Does this work on the Solo plan?",
        "I need an example in JavaScript.", "It does not say who in my company can do this.",
    ),
    "kestrel-vane": (
        "I still do not know whom to call at the weekend.", "Are these working days in Germany or here?",
        "Our agreement says something else about this.",
    ),
    "brackwater-staff-desk": (
        "Does this hold for crew as well?", "The extension is engaged all morning.",
        "I am on board and cannot open that page.", "Where do I find my staff number?",
    ),
}  # fmt: skip


async def leave_traces(session: AsyncSession, articles: list[dict[str, Any]], now: datetime) -> None:
    """Views, searches, feedback and saved tickets, spread over the days."""
    chance = random.Random(SEED + 1)  # noqa: S311 - variety, no secret
    public = [article for article in articles if article["visibility"] == "public"]
    views, feedback = [], []
    for article in public:
        liking = chance.uniform(0.55, 0.97)
        popularity = chance.paretovariate(1.4) + (3 if article["is_featured"] else 0)
        for day in range(DAYS):
            count = int(chance.expovariate(1 / popularity))
            if count:
                views.append((article["id"], (now - timedelta(days=day)).date(), count))
        feedback += _said(chance, article, liking, int(popularity * 3), now)
    await _many(session, "INSERT INTO article_views (article_id, day, count)", "uuid[], date[], int[]", views)
    await _many(
        session,
        "INSERT INTO article_feedback (id, article_id, person, is_helpful, comment, version, created_at, updated_at)",
        "uuid[], uuid[], text[], bool[], text[], int[], timestamptz[], timestamptz[]",
        feedback,
    )
    await _many(
        session,
        "INSERT INTO article_searches (id, center, query, query_key, results, created_at)",
        "uuid[], text[], text[], text[], int[], timestamptz[]",
        _searches(chance, now),
    )
    await _deflections(session, chance, public, now)


def _said(
    chance: random.Random, article: dict[str, Any], liking: float, count: int, now: datetime
) -> list[tuple[Any, ...]]:
    said = []
    for number in range(count):
        is_helpful = chance.random() < liking
        comment = (
            chance.choice(COMMENTS[article["center"]]) if not is_helpful and chance.random() < 0.3 else ""
        )
        at = now - timedelta(days=chance.uniform(0, DAYS))
        said.append((new_id(), article["id"], f"example-{number}", is_helpful, comment, 1, at, at))
    return said


def _searches(chance: random.Random, now: datetime) -> list[tuple[Any, ...]]:
    rows = []
    for _ in range(420):
        at = now - timedelta(days=chance.uniform(0, DAYS))
        if chance.random() < 0.12:
            center, query = chance.choice(MISSED)
            rows.append((new_id(), center, query, query, 0, at))
        else:
            query = chance.choice(SEARCHES)
            rows.append((new_id(), "", query, query, chance.randrange(1, 7), at))
    return rows


async def _deflections(
    session: AsyncSession, chance: random.Random, public: list[dict[str, Any]], now: datetime
) -> None:
    for _ in range(130):
        shown = [article["id"] for article in chance.sample(public, 3)]
        opened = shown[:1] if chance.random() < 0.5 else []
        await execute(
            session,
            """INSERT INTO article_deflections (id, center, query, shown, opened, was_sent, created_at)
               VALUES (%(id)s, %(center)s, %(query)s, %(shown)s, %(opened)s, %(sent)s, %(at)s)""",
            id=new_id(),
            center=public[0]["center"],
            query=chance.choice(SEARCHES),
            shown=shown,
            opened=opened,
            sent=not opened or chance.random() < 0.35,
            at=now - timedelta(days=chance.uniform(0, DAYS)),
        )


async def _many(session: AsyncSession, insert: str, types: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows in one statement, column by column."""
    names = [f"c{i}" for i in range(len(types.split(", ")))]
    columns = ", ".join(f"%({name})s::{kind}" for name, kind in zip(names, types.split(", "), strict=True))
    values = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    await execute(session, f"{insert} SELECT * FROM unnest({columns})", **values)
