"""The desk's own outcomes become its confidence: thirteen numbers and the threshold that keeps the target precision."""

from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.core.settings import Settings

from .. import queries
from ..logic.calibration import MIN_OUTCOMES, calibration_error, choose_threshold
from ..logic.confidence import refit, shipped
from ..logic.ranking import DEFAULT_WEIGHT
from ..models import ConfidenceModel

MAX_OUTCOMES = 2000
FOLDS = 5


async def note_outcome(
    session: AsyncSession, run_id: UUID, *, is_right: bool, source: str, article_id: UUID | None = None
) -> None:
    """Learn whether a run's first article was the right one; the latest word about a run counts."""
    await execute(
        session,
        """INSERT INTO ai_outcomes (id, run_id, context_key, features, confidence, article_id, is_right, source)
           SELECT %(id)s, r.id, r.context_key, r.features, r.confidence, %(article)s, %(right)s, %(source)s
           FROM ai_runs r WHERE r.id = %(run)s AND r.features IS NOT NULL AND r.confidence IS NOT NULL
           ON CONFLICT (run_id) DO UPDATE SET is_right = excluded.is_right, source = excluded.source,
               article_id = coalesce(excluded.article_id, ai_outcomes.article_id)""",
        id=new_id(),
        run=run_id,
        article=article_id,
        right=is_right,
        source=source,
    )


async def contexts_with_outcomes(session: AsyncSession) -> list[str]:
    """Contexts with enough outcomes, and more than when they were last fitted; all together is the empty key."""
    found = await rows(
        session,
        """SELECT context_key AS key, count(*) AS n FROM ai_outcomes GROUP BY 1 HAVING count(*) >= %(min)s
           UNION ALL SELECT '', count(*) FROM ai_outcomes HAVING count(*) >= %(min)s""",
        min=MIN_OUTCOMES,
    )
    stale = []
    for row in found:
        last = await one(
            session,
            "SELECT outcomes FROM ai_confidence_models WHERE context_key = %(key)s ORDER BY id DESC LIMIT 1",
            key=row["key"],
        )
        if last is None or last["outcomes"] != row["n"]:
            stale.append(row["key"])
    return list(dict.fromkeys(stale))


async def refit_context(session: AsyncSession, settings: Settings, key: str) -> ConfidenceModel | None:
    """Fit the numbers of a context anew; the threshold and the error are measured on outcomes the fit did not see."""
    outcomes = await read_outcomes(session, key)
    if len(outcomes) < MIN_OUTCOMES:
        return None
    rules = await queries.get_rules(session, settings, key or None)
    facts, truth = [tuple(o["features"]) for o in outcomes], [bool(o["is_right"]) for o in outcomes]
    unseen = held_out(facts, truth)
    model = refit(facts, truth, shipped())
    learnt = ConfidenceModel(
        id=new_id(),
        context_key=key,
        weights=list(model.weights),
        intercept=model.intercept,
        word_share=DEFAULT_WEIGHT,
        outcomes=len(outcomes),
        calibration_error=calibration_error(unseen, truth),
        threshold=choose_threshold(unseen, truth, rules.target_precision),
        target_precision=rules.target_precision,
    )
    session.add(learnt)
    await session.flush()
    return learnt


async def read_outcomes(session: AsyncSession, key: str) -> list[dict[str, Any]]:
    return await rows(
        session,
        """SELECT features, confidence, is_right, source, created_at FROM ai_outcomes
           WHERE %(key)s = '' OR context_key = %(key)s ORDER BY id DESC LIMIT %(limit)s""",
        key=key,
        limit=MAX_OUTCOMES,
    )


def held_out(facts: list[tuple[float, ...]], truth: list[bool]) -> list[float]:
    """The confidence of each outcome by a model that was fitted without it."""
    probabilities = np.zeros(len(facts))
    folds = np.arange(len(facts)) % FOLDS
    for fold in range(FOLDS):
        seen = [i for i in range(len(facts)) if folds[i] != fold]
        model = refit([facts[i] for i in seen], [truth[i] for i in seen], shipped())
        for i in np.where(folds == fold)[0]:
            probabilities[i] = model.probability(facts[i])
    return [float(p) for p in probabilities]
