from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from deskwell.core.actor import Actor
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.core.storage import FileStore
from deskwell.domains.accounts.access import SETTINGS_MANAGE, Anyone, SignedIn, Staff, requires
from deskwell.domains.files import queries as file_queries
from deskwell.domains.files import service as files
from deskwell.domains.files.access import UPLOAD_FORM, file_response, receiving

from . import queries, schemas, service
from .logic import look_of
from .models import Context

router = APIRouter(tags=["Contexts"])
Manager = Annotated[Actor, Depends(requires(SETTINGS_MANAGE))]
LARGEST_LOGO = 512 * 1024


@router.get("/contexts")
async def list_names(session: Session, _: SignedIn) -> schemas.ContextNames:
    """The contexts a ticket can be opened in, with their look."""
    found = await queries.list_contexts(session)
    return schemas.ContextNames(
        contexts=[
            schemas.ContextName(
                name=c.name,
                description=c.description,
                color=c.color,
                logo_url=queries.logo_url(c),
                look=schemas.LookRead.model_validate(look_of(c.color)),
            )
            for c in found
            if c.is_active
        ]
    )


@router.get("/contexts/{context_id}/logo/{file_id}", response_class=Response)
async def read_logo(context_id: UUID, file_id: UUID, request: Request, context: Ctx, _: Anyone) -> Response:
    """The logo of a context, for everybody. Another logo has another address."""
    async with context.transaction() as session:
        found = await session.get(Context, context_id)
        if found is None or found.logo_file_id != file_id:
            raise NotFound("There is no such logo.")
        file = await file_queries.get_file(session, file_id)
    response = await file_response(request, context.gateway(FileStore), file, inline=True)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@router.get("/admin/contexts")
async def list_contexts(session: Session, _: Staff) -> schemas.Contexts:
    return schemas.Contexts(contexts=[_read(context) for context in await queries.list_contexts(session)])


@router.post("/admin/contexts")
async def add_context(data: schemas.ContextWrite, session: Session, actor: Manager) -> schemas.ContextRead:
    return _read(await service.add_context(session, actor, **data.model_dump()))


@router.put("/admin/contexts/{context_id}")
async def change_context(
    context_id: UUID, data: schemas.ContextWrite, session: Session, actor: Manager
) -> schemas.ContextRead:
    context = await queries.get_context(session, context_id)
    return _read(await service.change_context(session, actor, context, **data.model_dump()))


@router.put(
    "/admin/contexts/{context_id}/logo", response_model=schemas.ContextRead, openapi_extra=UPLOAD_FORM
)
async def upload_logo(context_id: UUID, request: Request, context: Ctx, actor: Manager) -> Any:
    """Give a context a logo: a PNG, JPEG, GIF or WebP of at most 512 KB."""
    async with context.transaction() as session:
        await queries.get_context(session, context_id)
    store = context.gateway(FileStore)
    async with receiving(request, limit=LARGEST_LOGO) as received:
        stored = await files.store(store, received, prefix=f"contexts/{context_id}", images_only=True)
    try:
        async with context.transaction() as session:
            found = await queries.get_context(session, context_id)
            return _read(await service.set_logo(session, actor, found, stored))
    except BaseException:
        await files.discard(store, stored)
        raise


@router.delete("/admin/contexts/{context_id}/logo")
async def remove_logo(context_id: UUID, session: Session, actor: Manager) -> schemas.ContextRead:
    found = await queries.get_context(session, context_id)
    return _read(await service.set_logo(session, actor, found, None))


def _read(context: Context) -> schemas.ContextRead:
    names = schemas.ContextRead.model_fields.keys() - {"logo_url"}
    values = {name: getattr(context, name) for name in names}
    return schemas.ContextRead.model_validate({**values, "logo_url": queries.logo_url(context)})
