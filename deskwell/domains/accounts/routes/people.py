from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from deskwell.core.actor import Actor, Role
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.pages import PageParams, pagination

from .. import queries, schemas, service
from ..access import USERS_MANAGE, Staff, requires

router = APIRouter(tags=["People"])
Owner = Annotated[Actor, Depends(requires(USERS_MANAGE))]


@router.get("/admin/users")
async def list_staff(
    _: Owner,
    session: Session,
    page: PageParams,
    *,
    search: Annotated[str, Query(max_length=200)] = "",
    role: Literal["agent", "admin"] | None = None,
    role_id: UUID | None = None,
    team_id: UUID | None = None,
    is_active: bool | None = None,
) -> schemas.People:
    """Agents and admins by name."""
    found, total = await queries.list_people(
        session,
        page,
        kind=role or "staff",
        search=search,
        role_id=role_id,
        team_id=team_id,
        is_active=is_active,
    )
    users = [schemas.PersonRead.model_validate(row) for row in found]
    return schemas.People(users=users, pagination=pagination(page, total))


@router.post("/admin/users")
async def invite(data: schemas.Invite, context: Ctx, session: Session, actor: Owner) -> schemas.Invited:
    """Invite an agent or admin; the link is mailed and can be copied."""
    user, url = await service.invite(
        session,
        context.settings,
        actor,
        email=data.email,
        name=data.name,
        role=Role(data.role),
        role_id=data.role_id,
    )
    return schemas.Invited(user=schemas.UserRead.model_validate(user), invitation_url=url)


@router.get("/admin/users/{user_id}")
async def read_person(user_id: UUID, _: Owner, session: Session) -> schemas.PersonSaved:
    return schemas.PersonSaved(
        user=schemas.PersonRead.model_validate(await queries.get_person(session, user_id))
    )


@router.put("/admin/users/{user_id}/role")
async def set_role(
    user_id: UUID, data: schemas.RoleChange, actor: Owner, session: Session
) -> schemas.PersonSaved:
    """Change what somebody may do; it holds from their next click on."""
    user = await queries.get_user(session, user_id)
    await service.set_role(session, actor, user, Role(data.role), data.role_id)
    return await read_person(user_id, actor, session)


@router.post("/admin/users/{user_id}/deactivate")
async def deactivate(user_id: UUID, actor: Owner, session: Session) -> schemas.PersonSaved:
    """Close an account; its sign-ins end at once."""
    await service.deactivate(session, actor, await queries.get_user(session, user_id))
    return await read_person(user_id, actor, session)


@router.post("/admin/users/{user_id}/activate")
async def activate(user_id: UUID, actor: Owner, session: Session) -> schemas.PersonSaved:
    """Open a closed account again."""
    await service.activate(session, actor, await queries.get_user(session, user_id))
    return await read_person(user_id, actor, session)


@router.post("/admin/users/{user_id}/invitation")
async def renew_invitation(user_id: UUID, actor: Owner, session: Session, context: Ctx) -> schemas.NewLink:
    """Send a new link to join; the old one stops working."""
    user = await queries.get_user(session, user_id)
    return schemas.NewLink(
        invitation_url=await service.renew_invitation(session, context.settings, actor, user)
    )


@router.get("/admin/roles")
async def list_roles(_: Staff, session: Session) -> schemas.Roles:
    """All roles with what each may do, and every permission there is."""
    return await queries.role_matrix(session)


@router.post("/admin/roles")
async def create_role(data: schemas.RoleWrite, actor: Owner, session: Session) -> schemas.RoleSaved:
    role = await service.save_role(session, actor, data)
    return schemas.RoleSaved(role=queries.role_read(role, 0))


@router.put("/admin/roles/{role_id}")
async def change_role(
    role_id: UUID, data: schemas.RoleWrite, actor: Owner, session: Session
) -> schemas.RoleSaved:
    """Change a role; whoever holds it may do the new things, and no longer the old, at once."""
    role = await service.save_role(session, actor, data, await queries.get_role(session, role_id))
    held = (await queries.count_by_role(session)).get(str(role.id), 0)
    return schemas.RoleSaved(role=queries.role_read(role, held))


@router.delete("/admin/roles/{role_id}")
async def delete_role(role_id: UUID, actor: Owner, session: Session) -> schemas.Done:
    role = await queries.get_role(session, role_id)
    await service.delete_role(session, actor, role)
    return schemas.Done(message=f"The role “{role.name}” was deleted.")
