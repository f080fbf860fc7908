from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one, rows
from deskwell.domains.files.errors import FileNotFound

from ..access import visibility_sql

_ATTACHMENT = """SELECT f.id, a.ticket_id, a.message_id, f.name AS file_name, f.size AS file_size, f.mime_type,
        coalesce(u.name, u.email) AS uploaded_by, a.uploaded_by_id, a.created_at, a.is_held,
        coalesce(m.is_internal, false) AS is_internal
    FROM attachments a JOIN files f ON f.id = a.file_id JOIN tickets t ON t.id = a.ticket_id
    LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN users u ON u.id = a.uploaded_by_id"""


def _visible(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Files of visible tickets; held ones are their uploader's, those of notes are the staff's."""
    condition, params = visibility_sql(actor)
    params["uploader"] = actor.user_id
    held = "(NOT a.is_held OR a.uploaded_by_id = %(uploader)s)"
    public = " AND m.is_internal IS NOT TRUE" if actor.is_customer else ""
    trash = " AND t.trashed_at IS NULL" if actor.is_customer else ""
    return f"{condition} AND {held}{public}{trash}", params


async def list_attachments(
    session: AsyncSession, actor: Actor, ticket_id: UUID, *, message_id: UUID | None = None
) -> list[dict[str, Any]]:
    """Return the files of a ticket, or of one of its messages, oldest first."""
    visible, params = _visible(actor)
    if message_id:
        visible += " AND a.message_id = %(message)s"
        params["message"] = message_id
    return await rows(
        session,
        f"{_ATTACHMENT} WHERE a.ticket_id = %(ticket)s AND {visible} ORDER BY a.created_at, f.id",
        ticket=ticket_id,
        **params,
    )


async def find_attachment(session: AsyncSession, actor: Actor, file_id: UUID) -> dict[str, Any] | None:
    """Return a file the actor may see, or None."""
    visible, params = _visible(actor)
    return await one(
        session, f"{_ATTACHMENT} WHERE a.file_id = %(file)s AND {visible}", file=file_id, **params
    )


async def get_attachment(session: AsyncSession, actor: Actor, file_id: UUID) -> dict[str, Any]:
    """Return a file the actor may see.

    Raises:
        FileNotFound: unknown, or not theirs to see.

    """
    found = await find_attachment(session, actor, file_id)
    if found is None:
        raise FileNotFound
    return found
