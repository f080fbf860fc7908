"""The desk's own synonyms, and which of the built-in ones it uses."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import Actor
from deskwell.core.errors import Invalid, NotFound
from deskwell.core.events import publish

from ..events import SynonymsChanged
from ..logic.search import words
from ..logic.synonyms import GROUPS, LONGEST_PHRASE
from ..models import SynonymGroup

MOST_GROUPS = 500
MOST_WORDS = 20
LONGEST = 60


async def add_synonyms(session: AsyncSession, actor: Actor, phrases: Sequence[str]) -> SynonymGroup:
    """Let these words find each other's articles."""
    chosen = checked(phrases)
    if (await session.scalar(select(func.count()).select_from(SynonymGroup)) or 0) >= MOST_GROUPS:
        raise Invalid.field("words", f"There are {MOST_GROUPS} groups already. Please join some of them.")
    group = SynonymGroup(words=chosen)
    session.add(group)
    await session.flush()
    await publish(session, SynonymsChanged(actor=actor, change="added", words=tuple(chosen)))
    return group


async def change_synonyms(
    session: AsyncSession, actor: Actor, group_id: UUID, phrases: Sequence[str]
) -> SynonymGroup:
    """Replace the words of one of the desk's own groups."""
    group = await _own(session, group_id)
    group.words, group.updated_at = checked(phrases), clock.now()
    await publish(session, SynonymsChanged(actor=actor, change="changed", words=tuple(group.words)))
    return group


async def delete_synonyms(session: AsyncSession, actor: Actor, group_id: UUID) -> None:
    """Forget one of the desk's own groups."""
    group = await _own(session, group_id)
    await session.delete(group)
    await publish(session, SynonymsChanged(actor=actor, change="deleted", words=tuple(group.words)))


async def switch_built_in(
    session: AsyncSession, actor: Actor, phrases: Sequence[str], *, is_active: bool
) -> None:
    """Use a group that comes with the product, or leave it out."""
    group = tuple(phrases)
    if group not in GROUPS:
        raise NotFound("There is no such group among the built-in synonyms.")
    await session.execute(
        delete(SynonymGroup).where(SynonymGroup.is_built_in, SynonymGroup.words == list(group))
    )
    if not is_active:
        session.add(SynonymGroup(words=list(group), is_built_in=True))
    change = "switched_on" if is_active else "switched_off"
    await publish(session, SynonymsChanged(actor=actor, change=change, words=group))


def checked(phrases: Sequence[str]) -> list[str]:
    """Words and phrases as the search reads them, each once."""
    found = list(dict.fromkeys(" ".join(words(phrase)) for phrase in phrases))
    found = [phrase for phrase in found if phrase]
    if not 2 <= len(found) <= MOST_WORDS:
        raise Invalid.field("words", f"Please give between 2 and {MOST_WORDS} different words or phrases.")
    for phrase in found:
        if len(phrase) > LONGEST or len(phrase.split()) > LONGEST_PHRASE:
            raise Invalid.field(
                "words", f"“{phrase[:80]}” is too long: at most {LONGEST_PHRASE} words, {LONGEST} characters."
            )
    return found


async def _own(session: AsyncSession, group_id: UUID) -> SynonymGroup:
    group = await session.get(SynonymGroup, group_id, with_for_update=True)
    if group is None or group.is_built_in:
        raise NotFound("These synonyms do not exist any more.")
    return group
