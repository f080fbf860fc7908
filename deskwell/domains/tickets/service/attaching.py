from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute, rows
from deskwell.core.errors import Forbidden, Invalid
from deskwell.core.events import publish
from deskwell.domains.files import service as files
from deskwell.domains.files.models import File

from ..events import AttachmentAdded, AttachmentRemoved
from ..models import Attachment, Message, Ticket

MOST_FILES = 20


async def attach(
    session: AsyncSession,
    actor: Actor,
    ticket: Ticket,
    stored: files.Stored,
    *,
    message: Message | None = None,
    is_held: bool = False,
) -> tuple[Attachment, File]:
    """Make stored bytes a file of a locked ticket, or of one of its messages."""
    file = await files.add_file(session, actor, stored)
    attachment = Attachment(
        file_id=file.id,
        ticket_id=ticket.id,
        message_id=message.id if message else None,
        uploaded_by_id=actor.user_id,
        is_held=is_held,
        created_at=file.created_at,
    )
    session.add(attachment)
    await session.flush()
    if not is_held:
        await _announce(
            session,
            actor,
            ticket.id,
            [(file.id, file.name)],
            is_internal=bool(message and message.is_internal),
        )
    return attachment, file


async def link_files(
    session: AsyncSession, actor: Actor, ticket: Ticket, message: Message, file_ids: Sequence[UUID] | None
) -> None:
    """Give a message the files it names: the writer's own uploads, or files held on this ticket.

    Raises:
        Invalid: one of them is unknown, somebody else's, or part of another message.

    """
    wanted = list(dict.fromkeys(file_ids or ()))
    if not wanted:
        return
    if len(wanted) > MOST_FILES:
        raise Invalid.field("file_ids", f"A message may have at most {MOST_FILES} files.")
    await _adopt(session, actor, ticket, wanted)
    linked = await rows(
        session,
        """UPDATE attachments a SET message_id = %(message)s, is_held = false FROM files f
           WHERE f.id = a.file_id AND a.file_id = ANY(%(ids)s) AND a.ticket_id = %(ticket)s
             AND a.message_id IS NULL AND a.uploaded_by_id IS NOT DISTINCT FROM %(me)s
           RETURNING a.file_id, f.name""",
        message=message.id,
        ids=wanted,
        ticket=ticket.id,
        me=actor.user_id,
    )
    if len(linked) < len(wanted):
        raise Invalid.field(
            "file_ids", "One of the files is gone. Please attach it again.", code="file_unknown"
        )
    pairs = [(row["file_id"], row["name"]) for row in linked]
    await _announce(session, actor, ticket.id, pairs, is_internal=message.is_internal)


async def _adopt(session: AsyncSession, actor: Actor, ticket: Ticket, file_ids: list[UUID]) -> None:
    claimed = await files.claim_files(session, actor, file_ids)
    if claimed:
        await execute(
            session,
            """INSERT INTO attachments (file_id, ticket_id, uploaded_by_id, is_held)
               SELECT id, %(ticket)s, %(me)s, true FROM unnest(%(ids)s::uuid[]) AS claimed(id)""",
            ticket=ticket.id,
            me=actor.user_id,
            ids=claimed,
        )


async def _announce(
    session: AsyncSession, actor: Actor, ticket_id: UUID, named: list[tuple[UUID, str]], *, is_internal: bool
) -> None:
    await publish(
        session,
        AttachmentAdded(
            actor=actor,
            ticket_id=ticket_id,
            file_ids=tuple(file_id for file_id, _ in named),
            names=tuple(name for _, name in named),
            is_internal=is_internal,
        ),
    )


async def detach(session: AsyncSession, actor: Actor, attachment: dict[str, Any]) -> None:
    """Take a file away, for good. Customers only what they uploaded themselves.

    Raises:
        Forbidden: somebody else's.

    """
    if actor.is_customer and attachment["uploaded_by_id"] != actor.user_id:
        raise Forbidden("You can only remove files that you uploaded yourself.", code="not_your_file")
    await files.remove_files(session, [attachment["id"]])
    if not attachment["is_held"]:
        await publish(
            session,
            AttachmentRemoved(
                actor=actor,
                ticket_id=attachment["ticket_id"],
                file_ids=(attachment["id"],),
                names=(attachment["file_name"],),
            ),
        )
