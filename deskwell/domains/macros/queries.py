"""Reads of macros and canned responses: everybody's, those of one's own teams, and one's own."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import NotFound

from .access import SHARE_MACROS
from .models import CannedResponse, Macro

Snippet = TypeVar("Snippet", Macro, CannedResponse)
NOUNS: dict[type[Any], str] = {Macro: "macro", CannedResponse: "canned response"}


def visible_to(actor: Actor, kind: type[Snippet]) -> Select[Snippet]:
    """What this person may use; who manages shared ones also sees those of other teams, never others' personal ones."""
    return select(kind).where(_is_visible(actor, kind))


def _is_visible(actor: Actor, kind: type[Macro] | type[CannedResponse]) -> ColumnElement[bool]:
    team = (
        kind.visibility == "team"
        if actor.can(SHARE_MACROS)
        else and_(kind.visibility == "team", kind.team_id.in_(actor.team_ids))
    )
    own = and_(kind.visibility == "personal", kind.owner_id == actor.user_id)
    return or_(kind.visibility == "everyone", team, own)


async def get_visible(session: AsyncSession, actor: Actor, kind: type[Snippet], key: UUID) -> Snippet:
    """Return one that this person may use.

    Raises:
        NotFound: there is none, or it is another's.

    """
    found = await session.scalar(visible_to(actor, kind).where(kind.id == key))
    if found is None:
        raise NotFound(f"This {NOUNS[kind]} does not exist. It may have been deleted.")
    return found


async def list_macros(session: AsyncSession, actor: Actor) -> Sequence[Macro]:
    """Macros this person may use, in their order."""
    query = visible_to(actor, Macro).order_by(Macro.position, func.lower(Macro.name), Macro.id)
    return (await session.scalars(query)).all()


async def list_canned(
    session: AsyncSession, actor: Actor, *, search: str = "", folder: str | None = None
) -> Sequence[CannedResponse]:
    """Canned responses this person may use: with `search` by shortcut, title, then words; the most used first."""
    kind = CannedResponse
    query = visible_to(actor, kind)
    if folder is not None:
        query = query.where(kind.folder == folder)
    for word in search.lower().split()[:8]:
        places = (kind.shortcut, func.lower(kind.title), func.lower(kind.body), func.lower(kind.folder))
        query = query.where(or_(*(place.contains(word, autoescape=True) for place in places)))
    if search:
        start = search.strip().lower()
        query = query.order_by(
            kind.shortcut.startswith(start, autoescape=True).desc(),
            func.lower(kind.title).startswith(start, autoescape=True).desc(),
            func.lower(kind.title).contains(start, autoescape=True).desc(),
            kind.uses.desc(),
        )
    return (await session.scalars(query.order_by(kind.folder, func.lower(kind.title), kind.id))).all()


async def folders(session: AsyncSession, actor: Actor) -> list[str]:
    """The folders of the canned responses this person may use."""
    query = visible_to(actor, CannedResponse).with_only_columns(CannedResponse.folder).distinct()
    return sorted(name for name in await session.scalars(query) if name)
