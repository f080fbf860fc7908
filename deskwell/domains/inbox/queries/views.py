from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import NotFound

from ..logic.standard_views import STANDARD
from ..models import SavedView, Sharing
from ..schemas import Filters, ViewRead


async def list_views(session: AsyncSession, actor: Actor) -> list[ViewRead]:
    """The built-in views, then those this person has, shares or is shown."""
    return [*standard_views(), *(read_view(actor, view) for view in await _saved(session, actor))]


def standard_views() -> list[ViewRead]:
    return [
        ViewRead(id=key, name=name, icon=icon, filters=filters, is_built_in=True, position=n)
        for n, (key, name, icon, filters) in enumerate(STANDARD)
    ]


async def _saved(session: AsyncSession, actor: Actor) -> list[SavedView]:
    query = (
        select(SavedView)
        .where(
            or_(
                SavedView.owner_id == actor.user_id,
                SavedView.sharing == Sharing.EVERYONE,
                (SavedView.sharing == Sharing.TEAM) & SavedView.team_id.in_(actor.team_ids),
            )
        )
        .order_by(SavedView.position, SavedView.name)
        .limit(200)
    )
    return list(await session.scalars(query))


def read_view(actor: Actor, view: SavedView) -> ViewRead:
    return ViewRead(
        id=str(view.id),
        name=view.name,
        icon=view.icon,
        sharing=view.sharing,
        team_id=view.team_id,
        owner_id=view.owner_id,
        filters=view.filters,
        position=view.position,
        may_edit=view.owner_id == actor.user_id or actor.is_admin,
        updated_at=view.updated_at,
    )


async def get_view(session: AsyncSession, actor: Actor, view_id: UUID) -> SavedView:
    """A saved view this person sees.

    Raises:
        NotFound: unknown, or somebody else's.

    """
    for view in await _saved(session, actor):
        if view.id == view_id:
            return view
    raise NotFound("There is no such view.")


async def filters_by_view(session: AsyncSession, actor: Actor) -> dict[str, Filters]:
    """The filters of every view, for counting."""
    filters: dict[str, Any] = {view.id: view.filters for view in await list_views(session, actor)}
    return {key: Filters.model_validate(value) for key, value in filters.items()}
