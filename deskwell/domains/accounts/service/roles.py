from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import PERMISSIONS, Actor
from deskwell.core.errors import Conflict, Forbidden, Invalid
from deskwell.core.events import publish

from .. import queries
from ..events import RoleChanged
from ..models import CustomRole
from ..schemas import RoleWrite


async def save_role(
    session: AsyncSession, actor: Actor, data: RoleWrite, role: CustomRole | None = None
) -> CustomRole:
    """Create or change a role; whoever holds it may do the new things, and no longer the old, at once.

    Raises:
        Forbidden: a system role, or a permission that the actor does not hold.
        Conflict: another role has the name.
        Invalid: a permission does not exist.

    """
    if role is not None and role.is_system:
        raise Forbidden("This role is built in and stays as it is. Please copy it into one of your own.")
    refuse_more_than_own(actor, data.permissions)
    taken = await session.scalar(select(CustomRole).where(func.lower(CustomRole.name) == data.name.lower()))
    if (taken and taken is not role) or data.name.lower() in {"admin", "agent", "customer"}:
        message = f"There is already a role “{data.name}”."
        raise Conflict(message, code="name_taken", errors=[{"field": "name", "message": message}])
    before = set(role.permissions) if role else set[str]()
    saved = role or CustomRole()
    saved.name, saved.description = data.name, data.description
    saved.permissions = sorted(set(data.permissions))
    session.add(saved)
    await session.flush()
    await publish(
        session,
        RoleChanged(
            actor=actor,
            role_id=saved.id,
            change="changed" if role else "created",
            name=saved.name,
            given=tuple(sorted(set(saved.permissions) - before)),
            taken=tuple(sorted(before - set(saved.permissions))),
        ),
    )
    return saved


def refuse_more_than_own(actor: Actor, permissions: Iterable[str]) -> None:
    """Nobody gives away what they do not hold themselves.

    Raises:
        Invalid: a permission does not exist.
        Forbidden: the actor lacks one of them.

    """
    for key in permissions:
        if key not in PERMISSIONS:
            raise Invalid.field("permissions", f"There is no permission “{key}”.")
        if not actor.can(key):
            raise Forbidden(f"You cannot give a permission that you lack: {PERMISSIONS[key].label.lower()}.")


async def delete_role(session: AsyncSession, actor: Actor, role: CustomRole) -> None:
    """Delete a role that nobody holds.

    Raises:
        Forbidden: a system role.
        Conflict: somebody holds it.

    """
    if role.is_system:
        raise Forbidden("This role is built in and cannot be deleted.")
    held = (await queries.count_by_role(session)).get(str(role.id), 0)
    if held:
        raise Conflict(
            f"{held} people hold this role. Please give them another one first.", code="role_in_use"
        )
    key: UUID = role.id
    await session.delete(role)
    await session.flush()
    await publish(session, RoleChanged(actor=actor, role_id=key, change="deleted", name=role.name))
