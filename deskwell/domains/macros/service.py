"""Keeps macros and canned responses, and counts their use."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import placeholders
from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Conflict, Forbidden, Invalid
from deskwell.core.events import publish
from deskwell.domains.actions import logic as actions
from deskwell.domains.actions import service as acting
from deskwell.domains.actions.schemas import Action
from deskwell.domains.teams import queries as teams

from .access import SHARE_MACROS
from .events import SnippetChanged
from .models import CannedResponse, Macro
from .queries import NOUNS
from .schemas import CannedWrite, MacroWrite

_ACTIONS: TypeAdapter[list[Action]] = TypeAdapter(list[Action])


def may_change(actor: Actor, snippet: Macro | CannedResponse) -> bool:
    """Own personal ones always; shared ones with the permission."""
    if snippet.visibility == "personal":
        return snippet.owner_id == actor.user_id
    return actor.can(SHARE_MACROS)


async def save_macro(
    session: AsyncSession, actor: Actor, data: MacroWrite, macro: Macro | None = None
) -> Macro:
    """Create or change a macro.

    Raises:
        Forbidden: shared ones need a permission.
        Invalid: an action makes no sense, or names what does not exist.

    """
    await _refuse_unless_allowed(session, actor, data, macro)
    await acting.refuse_faulty(session, data.actions)
    values = data.model_dump(exclude={"actions"})
    values["actions"] = [action.model_dump(mode="json") for action in data.actions]
    saved: Macro = await _save(session, actor, Macro, macro, values)
    return saved


async def save_canned(
    session: AsyncSession, actor: Actor, data: CannedWrite, canned: CannedResponse | None = None
) -> CannedResponse:
    """Create or change a canned response.

    Raises:
        Forbidden: shared ones need a permission.
        Invalid: the text holds a placeholder that does not exist.
        Conflict: the shortcut is taken among those that would see it.

    """
    await _refuse_unless_allowed(session, actor, data, canned)
    if unknown := placeholders.unknown(data.body, actions.PLACEHOLDERS):
        raise Invalid.field("body", actions.unknown_placeholders(unknown), code="placeholder_unknown")
    await _refuse_taken_shortcut(session, actor, data, canned)
    saved: CannedResponse = await _save(session, actor, CannedResponse, canned, data.model_dump())
    return saved


async def _refuse_unless_allowed(
    session: AsyncSession, actor: Actor, data: MacroWrite | CannedWrite, known: Any
) -> None:
    is_shared = data.visibility != "personal"
    if (known is not None and not may_change(actor, known)) or (is_shared and not actor.can(SHARE_MACROS)):
        raise Forbidden("Your role does not allow changing what is shared with others.")
    if data.visibility == "team":
        if data.team_id is None:
            raise Invalid.field("team_id", "Please choose the team that may use it.")
        await teams.get_team(session, data.team_id)


async def _refuse_taken_shortcut(
    session: AsyncSession, actor: Actor, data: CannedWrite, canned: CannedResponse | None
) -> None:
    if not data.shortcut:
        return
    query = select(CannedResponse.id).where(
        CannedResponse.shortcut == data.shortcut, CannedResponse.visibility == data.visibility
    )
    if data.visibility == "personal":
        query = query.where(CannedResponse.owner_id == actor.user_id)
    if data.visibility == "team":
        query = query.where(CannedResponse.team_id == data.team_id)
    taken = await session.scalar(query.limit(1))
    if taken is not None and (canned is None or taken != canned.id):
        message = f"The shortcut /{data.shortcut} is taken."
        raise Conflict(message, code="shortcut_taken", errors=[{"field": "shortcut", "message": message}])


async def _save(
    session: AsyncSession, actor: Actor, kind: type[Any], known: Any, values: dict[str, Any]
) -> Any:
    values["owner_id"] = actor.user_id if values["visibility"] == "personal" else None
    values["team_id"] = values["team_id"] if values["visibility"] == "team" else None
    snippet = known or kind()
    for name, value in values.items():
        setattr(snippet, name, value)
    session.add(snippet)
    await session.flush()
    if known is None:
        await session.refresh(snippet)
    await _announce(session, actor, snippet, "changed" if known else "created")
    return snippet


async def delete_snippet(session: AsyncSession, actor: Actor, snippet: Macro | CannedResponse) -> None:
    """Delete a macro or canned response.

    Raises:
        Forbidden: shared ones need a permission.

    """
    if not may_change(actor, snippet):
        raise Forbidden("Your role does not allow changing what is shared with others.")
    await session.delete(snippet)
    await session.flush()
    await _announce(session, actor, snippet, "deleted")


async def count_use(session: AsyncSession, kind: type[Macro] | type[CannedResponse], key: UUID) -> None:
    """Note that it was used just now."""
    await session.execute(update(kind).where(kind.id == key).values(uses=kind.uses + 1, last_used_at=now()))


async def order_macros(session: AsyncSession, actor: Actor, ids: list[UUID]) -> None:
    """Put the macros one may change into this order."""
    found = await session.scalars(select(Macro).where(Macro.id.in_(ids)))
    for macro in found:
        if may_change(actor, macro):
            macro.position = ids.index(macro.id) + 1
    await session.flush()


async def _announce(
    session: AsyncSession, actor: Actor, snippet: Macro | CannedResponse, change: str
) -> None:
    name = snippet.name if isinstance(snippet, Macro) else snippet.title
    event = SnippetChanged(
        actor=actor,
        what=NOUNS[type(snippet)],
        subject_id=snippet.id,
        change=change,
        name=name,
        visibility=snippet.visibility,
    )
    await publish(session, event)


def actions_of(macro: Macro) -> list[Action]:
    """The macro's actions as they are run."""
    return _ACTIONS.validate_python(macro.actions)
