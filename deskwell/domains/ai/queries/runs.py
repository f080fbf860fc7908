"""What the AI did: runs for the inspector, and what it has used today."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import one, rows
from deskwell.core.errors import NotFound
from deskwell.domains.tickets.access import visibility_sql

_RUN = """SELECT r.*, t.number AS ticket_number, t.subject AS ticket_subject, u.name AS asked_by
    FROM ai_runs r LEFT JOIN tickets t ON t.id = r.ticket_id LEFT JOIN users u ON u.id = r.user_id"""


async def list_runs(
    session: AsyncSession,
    actor: Actor,
    *,
    ticket_id: UUID | None = None,
    message_id: UUID | None = None,
    action: str | None = None,
    kind: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """Runs on tickets that the actor may see, and those without a ticket; newest first."""
    clauses, values = _visible(actor)
    for name, value in (
        ("ticket_id", ticket_id),
        ("message_id", message_id),
        ("action", action),
        ("kind", kind),
    ):
        if value is not None:
            clauses.append(f"r.{name} = %({name})s")
            values[name] = value
    if before:
        clauses.append("r.id < %(before)s")
        values["before"] = before
    where = " AND ".join(clauses)
    return await rows(
        session, f"{_RUN} WHERE {where} ORDER BY r.id DESC LIMIT %(limit)s", limit=limit, **values
    )


def _visible(actor: Actor) -> tuple[list[str], dict[str, Any]]:
    condition, values = visibility_sql(actor)
    return [f"(r.ticket_id IS NULL OR {condition})"], values


async def get_run(session: AsyncSession, actor: Actor, run_id: UUID) -> dict[str, Any]:
    (clause,), values = _visible(actor)
    found = await one(session, f"{_RUN} WHERE r.id = %(id)s AND {clause}", id=run_id, **values)
    if found is None:
        raise NotFound("There is no such run.")
    return found


async def usage_today(
    session: AsyncSession, since: datetime, *, customer_id: UUID | None = None
) -> dict[str, Any]:
    """Answers and cost since the day began, of all and of one customer."""
    found = await one(
        session,
        """SELECT count(*) FILTER (WHERE kind = 'answer' AND message_id IS NOT NULL) AS answers, coalesce(sum(cost), 0) AS cost,
                  count(*) FILTER (WHERE kind = 'answer' AND message_id IS NOT NULL AND customer_id = %(customer)s) AS of_customer
           FROM ai_runs WHERE created_at >= %(since)s""",
        since=since,
        customer=customer_id,
    )
    assert found is not None
    return found
