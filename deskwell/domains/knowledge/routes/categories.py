from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.domains.accounts.access import Staff

from .. import queries, schemas, service
from ..access import Writer
from ..logic.places import center_of

router = APIRouter(prefix="/admin/article-categories", tags=["Knowledge base"])


@router.get("")
async def list_categories(
    session: Session, _: Staff, context: Annotated[str | None, Query(max_length=120)] = None
) -> schemas.Topics:
    """The topics of all help centers, or of one context; `parent_id` makes the tree."""
    found = await queries.list_categories(session, center=None if context is None else center_of(context))
    return schemas.Topics(categories=[schemas.TopicRead.model_validate(row) for row in found])


@router.post("")
async def add_category(data: schemas.TopicWrite, session: Session, actor: Writer) -> schemas.TopicAnswer:
    category = await service.add_category(session, actor, **data.model_dump())
    return await _answer(session, category.id)


@router.put("/order")
async def arrange_categories(data: schemas.TopicOrder, session: Session, actor: Writer) -> schemas.Topics:
    """Move topics in the tree, all at once."""
    await service.arrange_categories(session, actor, [place.model_dump() for place in data.places])
    found = await queries.list_categories(session)
    return schemas.Topics(categories=[schemas.TopicRead.model_validate(row) for row in found])


@router.put("/{category_id}")
async def change_category(
    category_id: UUID, data: schemas.TopicWrite, session: Session, actor: Writer
) -> schemas.TopicAnswer:
    category = await queries.get_category(session, category_id)
    await service.change_category(session, actor, category, **data.model_dump())
    return await _answer(session, category_id)


@router.delete("/{category_id}")
async def delete_category(category_id: UUID, session: Session, actor: Writer) -> schemas.Done:
    """Delete a topic; what is in it moves one level up."""
    category = await queries.get_category(session, category_id)
    await service.delete_category(session, actor, category)
    return schemas.Done(message=f"The topic “{category.name}” was deleted; its articles moved one level up.")


async def _answer(session: Session, category_id: UUID) -> schemas.TopicAnswer:
    for row in await queries.list_categories(session):
        if row["id"] == category_id:
            return schemas.TopicAnswer(category=schemas.TopicRead.model_validate(row))
    raise NotFound("There is no such topic.")
