from fastapi import APIRouter

from deskwell.core.db import Session
from deskwell.domains.accounts.access import Admin

from . import queries, schemas, service
from .logic import checklist

router = APIRouter(prefix="/admin/onboarding", tags=["Set-up"])


@router.get("")
async def read_checklist(session: Session, _: Admin) -> schemas.Checklist:
    """The way to the first answered ticket, and how far this desk has come."""
    return await _checklist(session)


@router.post("/skip")
async def skip_step(data: schemas.Skip, session: Session, actor: Admin) -> schemas.Checklist:
    """Put a step or everything aside, or take it up again."""
    if data.is_skipped:
        await service.skip(session, actor, data.key)
    else:
        await service.take_up(session, data.key)
    return await _checklist(session)


async def _checklist(session: Session) -> schemas.Checklist:
    facts, skipped = await queries.facts(session), await queries.skipped(session)
    return schemas.Checklist.model_validate(checklist(facts, skipped))
