from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import rows
from deskwell.core.pages import COUNT_CAP, Page

from ..access import visibility_sql
from ..logic.merging import Line, merged_order
from .threads import STAFF_TICKET_COLUMNS, STAFF_TICKET_JOINS


async def list_links(session: AsyncSession, actor: Actor, ticket_id: UUID) -> list[dict[str, Any]]:
    """Return the linked tickets this actor may see, each with how it stands to this one."""
    condition, params = visibility_sql(actor)
    return await rows(
        session,
        f"""SELECT l.id, CASE WHEN l.ticket_id = %(id)s THEN l.kind ELSE CASE l.kind
                WHEN 'duplicate_of' THEN 'duplicated_by' WHEN 'parent_of' THEN 'child_of'
                WHEN 'split_from' THEN 'split_into' ELSE l.kind END END AS kind,
                t.id AS ticket_id, t.number, t.subject, t.status, l.created_at
            FROM ticket_links l
            JOIN tickets t ON t.id = CASE WHEN l.ticket_id = %(id)s THEN l.other_id ELSE l.ticket_id END
            WHERE (l.ticket_id = %(id)s OR l.other_id = %(id)s) AND t.trashed_at IS NULL AND {condition}
            ORDER BY l.id""",
        id=ticket_id,
        **params,
    )


async def list_watchers(session: AsyncSession, ticket_id: UUID) -> list[dict[str, Any]]:
    return await rows(
        session,
        """SELECT u.id, u.name, u.email FROM ticket_watchers w JOIN users u ON u.id = w.user_id
           WHERE w.ticket_id = %(id)s ORDER BY u.name, u.id""",
        id=ticket_id,
    )


async def list_copies(session: AsyncSession, ticket_id: UUID) -> list[dict[str, Any]]:
    return await rows(
        session,
        "SELECT email, name FROM ticket_ccs WHERE ticket_id = %(id)s ORDER BY created_at, email",
        id=ticket_id,
    )


async def list_merged(session: AsyncSession, ticket_id: UUID) -> list[dict[str, Any]]:
    """Return the tickets that were merged into this one, newest first: the first one can be undone."""
    return await rows(
        session,
        """SELECT t.id AS ticket_id, t.number, t.subject, g.created_at, u.name AS merged_by
           FROM ticket_merges g JOIN tickets t ON t.id = g.merged_id LEFT JOIN users u ON u.id = g.merged_by_id
           WHERE g.survivor_id = %(id)s AND g.undone_at IS NULL ORDER BY g.id DESC""",
        id=ticket_id,
    )


async def preview_merge(session: AsyncSession, merged_id: UUID, survivor_id: UUID) -> list[dict[str, Any]]:
    """Return the messages of both threads as they would stand, shortened."""
    found = await rows(
        session,
        """SELECT m.id, m.ticket_id, m.position, m.created_at, m.is_internal, left(m.body, 200) AS message,
                  CASE m.author WHEN 'agent' THEN 'admin' ELSE m.author END AS sender, p.name AS author_name
           FROM messages m LEFT JOIN users p ON p.id = m.author_id WHERE m.ticket_id = ANY(%(ids)s)""",
        ids=[merged_id, survivor_id],
    )
    by_id = {row["id"]: row for row in found}
    lines = [Line(row["id"], row["ticket_id"], row["position"], row["created_at"]) for row in found]
    order = merged_order(survivor_id, lines)
    return [
        by_id[place.id] | {"position": place.position, "from_ticket_id": by_id[place.id]["ticket_id"]}
        for place in order
    ]


async def list_trash(session: AsyncSession, actor: Actor, page: Page) -> tuple[list[dict[str, Any]], int]:
    """Return a page of the trash, last thrown away first, and how many there are up to the cap."""
    condition, params = visibility_sql(actor)
    where = f"t.trashed_at IS NOT NULL AND {condition}"
    found = await rows(
        session,
        f"""SELECT {STAFF_TICKET_COLUMNS} FROM tickets t {STAFF_TICKET_JOINS} WHERE {where}
            ORDER BY t.trashed_at DESC, t.id DESC LIMIT {page.page_size} OFFSET {page.offset}""",
        **params,
    )
    counted = await rows(
        session,
        f"SELECT count(*) AS n FROM (SELECT FROM tickets t WHERE {where} LIMIT {COUNT_CAP + 1}) c",
        **params,
    )
    return found, int(counted[0]["n"])
