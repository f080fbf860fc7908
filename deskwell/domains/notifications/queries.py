"""Reads of notifications: everybody's own, and only while they may still see the ticket."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.configuration import Kept
from deskwell.core.db import one, rows
from deskwell.core.pages import Page

from .logic import KINDS

_SEEN = """
(n.ticket_id IS NULL OR t.trashed_at IS NULL AND (
    %(is_admin)s OR tm.id IS NULL OR NOT tm.is_restricted OR t.team_id = ANY(%(teams)s)
))
"""
_FROM = """
FROM notifications n
LEFT JOIN tickets t ON t.id = n.ticket_id
LEFT JOIN teams tm ON tm.id = t.team_id
LEFT JOIN users a ON a.id = n.actor_id
"""


def _mine(actor: Actor) -> dict[str, Any]:
    return {"user": actor.user_id, "is_admin": actor.is_admin, "teams": list(actor.team_ids)}


async def list_notifications(
    session: AsyncSession, actor: Actor, page: Page, *, unread_only: bool
) -> tuple[list[dict[str, Any]], int]:
    """One page of a person's notifications, newest first, and how many there are."""
    where = f"WHERE n.user_id = %(user)s AND n.in_app AND {_SEEN}"
    if unread_only:
        where += " AND n.read_at IS NULL"
    found = await rows(
        session,
        f"""SELECT n.id, n.kind, n.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject,
                   n.message_id, a.name AS actor_name, n.actor_kind, n.data, n.read_at IS NOT NULL AS is_read,
                   n.created_at
            {_FROM} {where} ORDER BY n.id DESC LIMIT %(limit)s OFFSET %(offset)s""",
        **_mine(actor),
        limit=page.page_size,
        offset=page.offset,
    )
    total = await one(
        session,
        f"SELECT count(*) AS n FROM (SELECT 1 {_FROM} {where} LIMIT 10001) AS few",
        **_mine(actor),
    )
    return found, total["n"] if total else 0


async def count_unread(session: AsyncSession, actor: Actor) -> int:
    """How many notifications wait in a person's centre; counted up to 100."""
    found = await one(
        session,
        f"""SELECT count(*) AS n FROM (
                SELECT 1 {_FROM} WHERE n.user_id = %(user)s AND n.in_app AND n.read_at IS NULL AND {_SEEN}
                LIMIT 100
            ) AS few""",
        **_mine(actor),
    )
    return found["n"] if found else 0


async def preferences(session: AsyncSession, user_id: UUID) -> dict[str, dict[str, Any]]:
    """How a person wants to hear of each kind, with the defaults where they said nothing."""
    own = await rows(
        session,
        "SELECT kind, in_app, by_mail FROM notification_preferences WHERE user_id = %(user)s",
        user=user_id,
    )
    chosen = {row["kind"]: row for row in own}
    return {
        key: chosen.get(key, {"kind": key, "in_app": kind.in_app, "by_mail": kind.by_mail})
        for key, kind in KINDS.items()
    }


async def _read_chosen(session: AsyncSession) -> frozenset[str]:
    found = await rows(session, "SELECT DISTINCT kind FROM notification_preferences WHERE in_app OR by_mail")
    return frozenset(row["kind"] for row in found)


_chosen = Kept("notifications", read=_read_chosen)


async def is_wanted(session: AsyncSession, kind: str) -> bool:
    """Whether anybody may want to hear of this kind: by its defaults, or by a choice of their own."""
    default = KINDS[kind]
    return default.in_app or default.by_mail or kind in await _chosen.get(session)


async def wishes(
    session: AsyncSession, kind: str, user_ids: Iterable[UUID], ticket_id: UUID | None
) -> list[dict[str, Any]]:
    """Of these people, the active staff who may see the ticket and want to hear of this kind, and how."""
    default = KINDS[kind]
    return await rows(
        session,
        """SELECT u.id AS user_id, coalesce(p.in_app, %(in_app)s) AS in_app, coalesce(p.by_mail, %(by_mail)s) AS by_mail
           FROM users u
           LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.kind = %(kind)s
           LEFT JOIN tickets t ON t.id = %(ticket)s
           LEFT JOIN teams tm ON tm.id = t.team_id
           WHERE u.id = ANY(%(users)s) AND u.is_active AND u.role <> 'customer'
             AND (coalesce(p.in_app, %(in_app)s) OR coalesce(p.by_mail, %(by_mail)s))
             AND (u.role = 'admin' OR tm.id IS NULL OR NOT tm.is_restricted OR tm.id = ANY(u.team_ids))""",
        kind=kind,
        users=list(user_ids),
        ticket=ticket_id,
        in_app=default.in_app,
        by_mail=default.by_mail,
    )


async def concerned(session: AsyncSession, ticket_id: UUID) -> set[UUID]:
    """Whose ticket it is: its assignee and those who watch it."""
    found = await rows(
        session,
        """SELECT assignee_id AS user_id FROM tickets WHERE id = %(ticket)s AND assignee_id IS NOT NULL
           UNION SELECT user_id FROM ticket_watchers WHERE ticket_id = %(ticket)s""",
        ticket=ticket_id,
    )
    return {row["user_id"] for row in found}


async def all_staff(session: AsyncSession) -> dict[UUID, tuple[str, str]]:
    """Name and address of all active staff."""
    found = await rows(session, "SELECT id, name, email FROM users WHERE role <> 'customer' AND is_active")
    return {row["id"]: (row["name"], row["email"]) for row in found}
