from typing import Any
from uuid import UUID

from fastapi import APIRouter

from deskwell.core.db import Session
from deskwell.domains.accounts.access import Staff

from .. import schemas
from ..access import Writer
from ..queries.synonyms import list_synonyms
from ..service import synonyms as service

router = APIRouter(prefix="/admin/knowledge/synonyms", tags=["Knowledge base"])


@router.get("", response_model=schemas.SynonymList)
async def list_all(session: Session, _: Staff) -> dict[str, Any]:
    """Words that find each other's articles: the desk's own groups first, then those that come with Deskwell."""
    return {"groups": await list_synonyms(session)}


@router.post("", response_model=schemas.SynonymList)
async def add(data: schemas.SynonymWrite, session: Session, actor: Writer) -> dict[str, Any]:
    """Add a group; case and accents do not matter. It holds from the next search on."""
    await service.add_synonyms(session, actor, data.words)
    return {"groups": await list_synonyms(session)}


@router.put("/built-in", response_model=schemas.SynonymList)
async def switch(data: schemas.SynonymSwitch, session: Session, actor: Writer) -> dict[str, Any]:
    """Leave out a group that comes with Deskwell, or use it again."""
    await service.switch_built_in(session, actor, data.words, is_active=data.is_active)
    await session.flush()
    return {"groups": await list_synonyms(session)}


@router.put("/{group_id}", response_model=schemas.SynonymList)
async def change(
    group_id: UUID, data: schemas.SynonymWrite, session: Session, actor: Writer
) -> dict[str, Any]:
    """Replace the words of one of the desk's own groups."""
    await service.change_synonyms(session, actor, group_id, data.words)
    return {"groups": await list_synonyms(session)}


@router.delete("/{group_id}", response_model=schemas.SynonymList)
async def remove(group_id: UUID, session: Session, actor: Writer) -> dict[str, Any]:
    """Forget one of the desk's own groups."""
    await service.delete_synonyms(session, actor, group_id)
    return {"groups": await list_synonyms(session)}
