from deskwell.core.context import Context
from deskwell.core.db import execute

from .. import queries
from ..events import RefitConfidence
from ..service.embedding import model_id
from ..service.learning import contexts_with_outcomes, refit_context
from ..service.measuring import measure_backgrounds


async def refit_confidence(context: Context, _request: RefitConfidence) -> None:
    """Measure changed knowledge, refit each context that has new outcomes; sweep questions nobody came back for."""
    async with context.transaction() as session:
        await execute(
            session, "DELETE FROM ai_questions WHERE created_at < clock_timestamp() - interval '10 minutes'"
        )
        keys = await contexts_with_outcomes(session)
        rules = await queries.get_rules(session, context.settings, None)
    await measure_backgrounds(context, model_id(context, rules.embedding))
    for key in keys:
        async with context.transaction() as session:
            await refit_context(session, context.settings, key)
