import json
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import execute, rows
from deskwell.core.events import CHANNEL
from deskwell.core.ids import new_id

PRESENCE_SECONDS = 30


async def signal(
    session: AsyncSession, kind: str, ticket_id: UUID, data: dict[str, Any], *, staff_only: bool = False
) -> None:
    """Tell the browsers that look at a ticket something passing, such as `turn.progress`.

    `data` holds phases, names of articles and ids: never text that has not passed the gates.
    """
    await execute(
        session,
        """INSERT INTO signals (id, kind, ticket_id, data, staff_only)
           VALUES (%(id)s, %(kind)s, %(ticket)s, %(data)s, %(staff)s)""",
        id=new_id(),
        kind=kind,
        ticket=ticket_id,
        data=json.dumps(data),
        staff=staff_only,
    )
    await execute(session, f"NOTIFY {CHANNEL}")


async def set_presence(session: AsyncSession, ticket_id: UUID, user_id: UUID, state: str) -> None:
    """Note that somebody views or types; `away` removes them. Whoever looks at the ticket is told."""
    if state == "away":
        await execute(
            session,
            "DELETE FROM presence WHERE ticket_id = %(ticket)s AND user_id = %(user)s",
            ticket=ticket_id,
            user=user_id,
        )
    else:
        await execute(
            session,
            """INSERT INTO presence (ticket_id, user_id, state) VALUES (%(ticket)s, %(user)s, %(state)s)
               ON CONFLICT (ticket_id, user_id) DO UPDATE SET state = excluded.state, seen_at = clock_timestamp()""",
            ticket=ticket_id,
            user=user_id,
            state=state,
        )
    await signal(session, "presence", ticket_id, {"user_id": str(user_id), "state": state}, staff_only=True)


async def list_presence(session: AsyncSession, ticket_ids: list[UUID]) -> list[dict[str, Any]]:
    """Return who is at these tickets now."""
    return await rows(
        session,
        """SELECT p.ticket_id, p.user_id, u.name, p.state FROM presence p JOIN users u ON u.id = p.user_id
           WHERE p.ticket_id = ANY(%(ids)s) AND p.seen_at > clock_timestamp() - make_interval(secs => %(ttl)s)""",
        ids=ticket_ids,
        ttl=PRESENCE_SECONDS,
    )


async def sweep(session: AsyncSession) -> None:
    await execute(session, "DELETE FROM signals WHERE at < clock_timestamp() - interval '1 minute'")
    await execute(session, "DELETE FROM presence WHERE seen_at < clock_timestamp() - interval '5 minutes'")
