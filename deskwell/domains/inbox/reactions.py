"""Keeps the search row in step with its ticket."""

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import at_hand, guarded
from deskwell.domains.tickets import queries as tickets
from deskwell.domains.tickets.events import (
    AttachmentAdded,
    FieldChanged,
    MessageAdded,
    TicketsMerged,
    TicketSplit,
    TicketsUnmerged,
)
from deskwell.domains.tickets.models import Message

from . import service

TRASH, SUBJECT = "trash", "subject"


async def index_added_message(session: AsyncSession, event: MessageAdded) -> None:
    """A new message is found at once; the first one brings the row with it."""
    if event.author == "system":
        return
    message = at_hand(session, Message, event.message_id) or await tickets.get_message(
        session, event.message_id
    )
    if event.is_first:
        await guarded(session, service.first_words(event.ticket_id, message.body))
    else:
        await guarded(
            session, service.more_words(event.ticket_id, message.body, is_internal=event.is_internal)
        )


async def follow_changed_field(session: AsyncSession, event: FieldChanged) -> None:
    """Another subject, or into the trash and back."""
    if event.field == SUBJECT or (event.field == TRASH and event.before):
        await service.reindex(session, event.ticket_id)
    elif event.field == TRASH:
        await service.unindex(session, [event.ticket_id])


async def index_attached_files(session: AsyncSession, event: AttachmentAdded) -> None:
    """Files are found by their names."""
    await service.index_names(session, event.ticket_id, event.names, is_internal=event.is_internal)


async def index_merged(session: AsyncSession, event: TicketsMerged | TicketsUnmerged) -> None:
    """Words go where their messages went."""
    for ticket_id in (event.ticket_id, event.merged_id):
        await service.reindex(session, ticket_id)


async def index_split(session: AsyncSession, event: TicketSplit) -> None:
    for ticket_id in (event.ticket_id, event.new_id):
        await service.reindex(session, ticket_id)
