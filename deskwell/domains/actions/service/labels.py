from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute
from deskwell.core.errors import Invalid
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields import service as field_service
from deskwell.domains.fields.models import Tag


async def merge_tags(session: AsyncSession, actor: Actor, tag_id: UUID, into_id: UUID) -> tuple[int, str]:
    """Put one tag in the place of another on all tickets and delete the other.

    Returns how many tickets it was on, and the name of the one that stays.
    """
    if tag_id == into_id:
        raise Invalid.field("into", "Please choose another tag to merge into.")
    tag = await fields.get_label(session, Tag, tag_id)
    into = await fields.get_label(session, Tag, into_id)
    await execute(
        session,
        """INSERT INTO ticket_tags (ticket_id, tag_id)
           SELECT ticket_id, %(into)s FROM ticket_tags WHERE tag_id = %(tag)s ON CONFLICT DO NOTHING""",
        tag=tag.id,
        into=into.id,
    )
    count = await execute(session, "DELETE FROM ticket_tags WHERE tag_id = %(tag)s", tag=tag.id)
    await field_service.delete_label(session, actor, tag, merged_into=into.name)
    return count, into.name
