from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from deskwell.core.actor import Actor
from deskwell.core.db import Session

from .. import queries, schemas, service
from ..access import USERS_MANAGE, requires

router = APIRouter(tags=["API keys"])
Owner = Annotated[Actor, Depends(requires(USERS_MANAGE))]


@router.get("/admin/api-keys")
async def list_keys(_: Owner, session: Session) -> schemas.Keys:
    """All keys with their last use; the keys themselves are never shown again."""
    return schemas.Keys(
        api_keys=[schemas.KeyRead.model_validate(row) for row in await queries.list_keys(session)]
    )


@router.post("/admin/api-keys")
async def make_key(data: schemas.KeyWrite, actor: Owner, session: Session) -> schemas.KeyMade:
    """Make a key that acts for me within its scopes. It is shown this once."""
    key, secret = await service.make_key(session, actor, data)
    (row,) = [row for row in await queries.list_keys(session) if row["id"] == key.id]
    return schemas.KeyMade(key=secret, api_key=schemas.KeyRead.model_validate(row))


@router.delete("/admin/api-keys/{key_id}")
async def revoke_key(key_id: UUID, actor: Owner, session: Session) -> schemas.Done:
    """Make a key stop working at once; it stays in the list."""
    key = await queries.get_key(session, key_id)
    await service.revoke_key(session, actor, key)
    return schemas.Done(message=f"The key “{key.name}” does not work any more.")
