from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from deskwell.core.actor import Actor
from deskwell.core.db import Session
from deskwell.domains.accounts.access import SETTINGS_MANAGE, SignedIn, Staff, requires

from . import queries, schemas, service

router = APIRouter(tags=["Contexts"])
Manager = Annotated[Actor, Depends(requires(SETTINGS_MANAGE))]


@router.get("/contexts")
async def list_names(session: Session, _: SignedIn) -> schemas.ContextNames:
    """The contexts a ticket can be opened in."""
    found = await queries.list_contexts(session)
    return schemas.ContextNames(
        contexts=[
            schemas.ContextName(name=c.name, description=c.description, color=c.color)
            for c in found
            if c.is_active
        ]
    )


@router.get("/admin/contexts")
async def list_contexts(session: Session, _: Staff) -> schemas.Contexts:
    found = await queries.list_contexts(session)
    return schemas.Contexts(contexts=[schemas.ContextRead.model_validate(context) for context in found])


@router.post("/admin/contexts")
async def add_context(data: schemas.ContextWrite, session: Session, actor: Manager) -> schemas.ContextRead:
    return schemas.ContextRead.model_validate(await service.add_context(session, actor, **data.model_dump()))


@router.put("/admin/contexts/{context_id}")
async def change_context(
    context_id: UUID, data: schemas.ContextWrite, session: Session, actor: Manager
) -> schemas.ContextRead:
    context = await queries.get_context(session, context_id)
    return schemas.ContextRead.model_validate(
        await service.change_context(session, actor, context, **data.model_dump())
    )
