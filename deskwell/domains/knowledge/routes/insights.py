from typing import Annotated

from fastapi import APIRouter, Query

from deskwell.core.db import Session
from deskwell.domains.accounts.access import Staff

from .. import schemas
from ..queries import insights

router = APIRouter(prefix="/admin/knowledge", tags=["Knowledge base"])

Days = Annotated[int, Query(ge=1, le=365)]


@router.get("/insights")
async def read_insights(session: Session, _: Staff, days: Days = 30) -> schemas.Insights:
    """What readers searched for, what they found, and how many tickets the articles saved."""
    return schemas.Insights.model_validate(await insights.insights(session, days=days))


@router.get("/to-mend")
async def list_articles_to_mend(session: Session, _: Staff) -> schemas.MendList:
    """Articles that did not help, each with the reasons."""
    found = await insights.to_mend(session)
    return schemas.MendList(articles=[schemas.ToMend.model_validate(row) for row in found])


@router.get("/gaps")
async def list_gaps(session: Session, actor: Staff, days: Days = 90) -> schemas.Gaps:
    """Questions without an article: searches that found nothing and tickets the AI handed over."""
    found = await insights.gaps(session, actor, days=days)
    return schemas.Gaps(gaps=[schemas.Gap.model_validate(row) for row in found])
