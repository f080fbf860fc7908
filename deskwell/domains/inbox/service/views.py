from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Forbidden, Invalid
from deskwell.core.ids import new_id

from ..access import VIEWS_SHARE
from ..models import SavedView, Sharing
from ..queries.listing import listing
from ..schemas import ViewWrite


async def save_view(session: AsyncSession, actor: Actor, data: ViewWrite) -> SavedView:
    """Keep a list of filters under a name."""
    assert actor.user_id is not None
    view = SavedView(id=new_id(), owner_id=actor.user_id, created_at=now())
    _fill(actor, view, data)
    session.add(view)
    await session.flush()
    return view


async def change_view(session: AsyncSession, actor: Actor, view: SavedView, data: ViewWrite) -> SavedView:
    """Change a view of one's own, or any as an admin."""
    _must_own(actor, view)
    _fill(actor, view, data)
    await session.flush()
    return view


async def remove_view(session: AsyncSession, actor: Actor, view: SavedView) -> None:
    _must_own(actor, view)
    await session.delete(view)
    await session.flush()


def _must_own(actor: Actor, view: SavedView) -> None:
    if view.owner_id != actor.user_id and not actor.is_admin:
        raise Forbidden("Only its owner or an admin may change this view.")


def _fill(actor: Actor, view: SavedView, data: ViewWrite) -> None:
    if data.sharing is not Sharing.PERSONAL:
        actor.must(VIEWS_SHARE)
    if data.sharing is Sharing.TEAM and data.team_id is None:
        raise Invalid.field("team_id", "Please choose the team that shall see this view.")
    if data.sharing is Sharing.TEAM and data.team_id not in actor.team_ids and not actor.is_admin:
        raise Forbidden("You are not in this team.")
    listing(actor, data.filters)  # refuses what could not be shown later
    view.name, view.icon, view.sharing, view.position = data.name, data.icon, data.sharing, data.position
    view.team_id = data.team_id if data.sharing is Sharing.TEAM else None
    view.filters = data.filters.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    view.updated_at = now()
