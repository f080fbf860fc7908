"""The desk's own outcomes become its confidence: thirteen numbers and the threshold that keeps the target precision."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.core.settings import Settings

from .. import queries
from ..logic.calibration import MIN_OUTCOMES, calibration_error, choose_threshold
from ..logic.confidence import Features, Model, refit
from ..logic.weighing import Case, learn_share, read_case, seen_again
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
           SELECT %(id)s, r.id, r.context_key, r.features, r.confidence,
                  (SELECT a.id FROM articles a WHERE a.id = %(article)s), %(right)s, %(source)s
           FROM ai_runs r WHERE r.id = %(run)s AND r.features IS NOT NULL AND r.confidence IS NOT NULL
           ON CONFLICT (run_id) DO UPDATE SET is_right = excluded.is_right, source = excluded.source,
               article_id = coalesce(excluded.article_id, ai_outcomes.article_id)""",
        id=new_id(),
        run=run_id,
        article=article_id,
        right=is_right,
        source=source,
    )


async def note_solution(session: AsyncSession, ticket_id: UUID, article_id: UUID) -> None:
    """An agent answered with this article: it is the right one for the AI's last search on the ticket."""
    run = await one(
        session,
        """SELECT id, candidates FROM ai_runs
           WHERE ticket_id = %(id)s AND kind = 'answer' AND features IS NOT NULL ORDER BY id DESC LIMIT 1""",
        id=ticket_id,
    )
    if run and run["candidates"]:
        is_right = run["candidates"][0]["article_id"] == str(article_id)
        await note_outcome(session, run["id"], is_right=is_right, source="linked", article_id=article_id)


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
    learnt = await asyncio.to_thread(_fitted, key, outcomes, rules.target_precision, rules.prior)
    session.add(learnt)
    await session.flush()
    return learnt


def _fitted(key: str, outcomes: Sequence[dict[str, Any]], target: float, prior: Model) -> ConfidenceModel:
    """Some hundred milliseconds of arithmetic, for a thread of its own."""
    share = learn_share([case for o in outcomes if (case := _case(o))])
    facts, truth = examples(outcomes, share)
    unseen = held_out(facts, truth, prior)
    model = refit(facts, truth, prior)
    return ConfidenceModel(
        id=new_id(),
        context_key=key,
        weights=list(model.weights),
        intercept=model.intercept,
        word_share=share,
        outcomes=len(outcomes),
        calibration_error=calibration_error(unseen, truth),
        threshold=choose_threshold(unseen, truth, target),
        target_precision=target,
    )


async def read_outcomes(session: AsyncSession, key: str) -> list[dict[str, Any]]:
    return await rows(
        session,
        """SELECT o.features, o.confidence, o.is_right, o.source, o.article_id, o.created_at, r.signals
           FROM ai_outcomes o JOIN ai_runs r ON r.id = o.run_id
           WHERE %(key)s = '' OR o.context_key = %(key)s ORDER BY o.id DESC LIMIT %(limit)s""",
        key=key,
        limit=MAX_OUTCOMES,
    )


def examples(outcomes: Sequence[dict[str, Any]], share: float | None) -> tuple[list[Features], list[bool]]:
    """Facts and truth of the outcomes as they would be with this share of the words."""
    facts: list[Features] = []
    truth: list[bool] = []
    for outcome in outcomes:
        case = _case(outcome)
        if share is None or case is None or abs(case.share - share) < 1e-6:
            seen: tuple[Features, bool] | None = tuple(outcome["features"]), bool(outcome["is_right"])
        else:
            seen = seen_again(case, share)
        if seen:
            facts.append(seen[0])
            truth.append(seen[1])
    return facts, truth


def _case(outcome: dict[str, Any]) -> Case | None:
    if not outcome["signals"]:
        return None
    right = str(outcome["article_id"]) if outcome["article_id"] else None
    return read_case(outcome["signals"], right, was_right=bool(outcome["is_right"]))


def held_out(facts: list[Features], truth: list[bool], prior: Model) -> list[float]:
    """The confidence of each outcome by a model that was fitted without it."""
    probabilities = np.zeros(len(facts))
    folds = np.arange(len(facts)) % FOLDS
    for fold in range(FOLDS):
        seen = [i for i in range(len(facts)) if folds[i] != fold]
        model = refit([facts[i] for i in seen], [truth[i] for i in seen], prior)
        for i in np.where(folds == fold)[0]:
            probabilities[i] = model.probability(facts[i])
    return [float(p) for p in probabilities]
