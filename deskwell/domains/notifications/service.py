"""Tells people what concerns them, and keeps how they want to hear of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.jobs import enqueue

from . import queries
from .events import MailNotification, Notified
from .models import Notification, NotificationPreference
from .schemas import MarkRead, PreferenceWrite


async def notify(
    session: AsyncSession,
    actor: Actor,
    kind: str,
    user_ids: Iterable[UUID],
    *,
    ticket_id: UUID | None = None,
    message_id: UUID | None = None,
    data: dict[str, Any] | None = None,
) -> int:
    """Tell these people, each as they wish; nobody is told of what they did themselves or may not see.

    Returns how many were told.
    """
    people = {user_id for user_id in user_ids if user_id != actor.user_id}
    if not people:
        return 0
    told = await queries.wishes(session, kind, people, ticket_id)
    notifications = [
        Notification(
            id=new_id(),
            user_id=wish["user_id"],
            kind=kind,
            ticket_id=ticket_id,
            message_id=message_id,
            actor_id=actor.user_id,
            actor_kind=actor.kind.value,
            data=data or {},
            in_app=wish["in_app"],
        )
        for wish in told
    ]
    session.add_all(notifications)
    await session.flush()
    by_mail = {wish["user_id"] for wish in told if wish["by_mail"]}
    await enqueue(session, *(MailNotification(n.id) for n in notifications if n.user_id in by_mail))
    if notifications:
        users = tuple(n.user_id for n in notifications)
        await publish(session, Notified(actor=actor, ticket_id=ticket_id, about=kind, user_ids=users))
    return len(notifications)


async def mark_read(session: AsyncSession, actor: Actor, data: MarkRead) -> int:
    """Mark some, those of one ticket, or all of one's notifications; returns how many changed."""
    return await execute(
        session,
        """UPDATE notifications SET read_at = CASE WHEN %(read)s THEN clock_timestamp() END
           WHERE user_id = %(user)s AND (read_at IS NULL) = %(read)s
             AND (%(all)s OR id = ANY(%(ids)s) OR ticket_id = %(ticket)s)""",
        user=actor.user_id,
        read=data.is_read,
        all=data.all,
        ids=data.ids,
        ticket=data.ticket_id,
    )


async def set_preferences(session: AsyncSession, actor: Actor, wishes: Iterable[PreferenceWrite]) -> None:
    """Keep how somebody wants to hear of things."""
    for wish in wishes:
        values = {"in_app": wish.in_app, "by_mail": wish.by_mail}
        statement = insert(NotificationPreference).values(user_id=actor.user_id, kind=wish.kind, **values)
        await session.execute(
            statement.on_conflict_do_update(index_elements=["user_id", "kind"], set_=values)
        )
