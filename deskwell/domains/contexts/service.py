from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Conflict
from deskwell.core.events import publish
from deskwell.core.ids import new_id

from .events import ContextChanged
from .logic import context_key
from .models import Context


async def add_context(session: AsyncSession, actor: Actor, **values: Any) -> Context:
    """Configure a context.

    Raises:
        Conflict: there is one of this name.

    """
    statement = (
        insert(Context)
        .values(id=new_id(), key=context_key(values["name"]), **values)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Context)
    )
    context = (await session.scalars(statement)).one_or_none()
    if context is None:
        raise Conflict("There is a context of this name already.", code="name_taken")
    await publish(session, ContextChanged(actor=actor, context_id=context.id, fields=tuple(values)))
    return context


async def change_context(session: AsyncSession, actor: Actor, context: Context, **values: Any) -> Context:
    """Change a context; its tickets follow by its name."""
    changed = tuple(key for key, value in values.items() if getattr(context, key) != value)
    for key in changed:
        setattr(context, key, values[key])
    context.key = context_key(context.name)
    if changed:
        await publish(session, ContextChanged(actor=actor, context_id=context.id, fields=changed))
    return context
