from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Conflict, Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.domains.files import service as files
from deskwell.domains.files.service import Stored

from .events import ContextChanged
from .logic import context_key
from .models import Context

_REFERENCES = {"email_account_id": "e-mail account", "calendar_id": "calendar"}


async def add_context(session: AsyncSession, actor: Actor, **values: Any) -> Context:
    """Configure a context.

    Raises:
        Conflict: there is one of this name.
        Invalid: it names an account or a calendar that does not exist.

    """
    await _refuse_taken_name(session, values["name"])
    context = Context(id=new_id(), key=context_key(values["name"]), **values)
    async with _refusing_ghosts(session):
        session.add(context)
    await session.refresh(context)
    await publish(
        session, ContextChanged(actor=actor, context_id=context.id, name=context.name, fields=tuple(values))
    )
    return context


async def change_context(session: AsyncSession, actor: Actor, context: Context, **values: Any) -> Context:
    """Change a context; its tickets follow by its name.

    Raises:
        Conflict: another one has this name.
        Invalid: it names an account or a calendar that does not exist.

    """
    await _refuse_taken_name(session, values["name"], context)
    changed = tuple(key for key, value in values.items() if getattr(context, key) != value)
    async with _refusing_ghosts(session):
        for key in changed:
            setattr(context, key, values[key])
        context.key = context_key(context.name)
    if changed:
        await publish(
            session, ContextChanged(actor=actor, context_id=context.id, name=context.name, fields=changed)
        )
    return context


async def _refuse_taken_name(session: AsyncSession, name: str, context: Context | None = None) -> None:
    taken = await session.scalar(select(Context).where(Context.key == context_key(name)))
    if taken is not None and taken is not context:
        message = f"There is a context “{taken.name}” already."
        raise Conflict(message, code="name_taken", errors=[{"field": "name", "message": message}])


@asynccontextmanager
async def _refusing_ghosts(session: AsyncSession) -> AsyncIterator[None]:
    """Write what is changed inside; a reference to what is gone becomes a sentence about it."""
    try:
        async with session.begin_nested():
            yield
            await session.flush()
    except (IntegrityError, psycopg.errors.IntegrityError) as error:
        constraint = str(error)
        for column, noun in _REFERENCES.items():
            if f"contexts_{column}_fkey" in constraint:
                message = f"This {noun} does not exist (any more). Please choose another one."
                raise Invalid.field(column, message) from error
        if "contexts_key_key" in constraint:  # two added it at the same moment
            raise Conflict("There is a context of this name already.", code="name_taken") from error
        raise


async def set_logo(session: AsyncSession, actor: Actor, context: Context, stored: Stored | None) -> Context:
    """Give a context a logo, or take it away; the one before is deleted."""
    before = context.logo_file_id
    if stored is not None:
        await files.add_file(session, actor, stored)
    context.logo_file_id = stored.id if stored else None
    await session.flush()
    if before:
        await files.remove_files(session, [before])
    if before != context.logo_file_id:
        await publish(
            session, ContextChanged(actor=actor, context_id=context.id, name=context.name, fields=("logo",))
        )
    return context
