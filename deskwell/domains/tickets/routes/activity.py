from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from deskwell.core import csvs
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.limits import hit
from deskwell.domains.accounts.access import AUDIT_READ, Staff

from .. import queries, schemas

router = APIRouter(tags=["Activity"])
MOST_LINES = 20_000
HEADER = ("when", "ticket", "who", "e-mail", "through", "what", "field", "old", "new", "details")
Kinds = Annotated[list[str] | None, Query(description="Such as ticket.closed; repeated for several.")]


def _moment(name: str, text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        raise Invalid.field(name, f"{name} must be a date such as 2026-11-24.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@router.get("/ticket/{ticket_id}/activity", response_model=schemas.Activity)
async def list_ticket_activity(
    ticket_id: UUID,
    session: Session,
    actor: Staff,
    kind: Kinds = None,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Any:
    """Every change of one ticket, newest first."""
    await queries.get_ticket_row(session, actor, ticket_id, with_trash=True)
    wanted = queries.Wanted(ticket_id=ticket_id, kinds=tuple(kind or ()), before_id=before, limit=limit)
    return _page(await queries.list_activity(session, actor, wanted), limit)


@router.get("/admin/activity", response_model=schemas.Activity)
async def list_all_activity(
    session: Session,
    actor: Staff,
    kind: Kinds = None,
    actor_id: UUID | None = None,
    through: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Any:
    """Changes of all tickets the caller may see, newest first."""
    actor.must(AUDIT_READ)
    wanted = _wanted(kind, actor_id, through, date_from, date_to, before, limit)
    return _page(await queries.list_activity(session, actor, wanted), limit)


@router.get("/admin/activity/export", response_class=Response)
async def export_activity(
    context: Ctx,
    session: Session,
    actor: Staff,
    kind: Kinds = None,
    actor_id: UUID | None = None,
    through: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
) -> Response:
    """The same as CSV, the newest 20,000 lines."""
    actor.must(AUDIT_READ)
    await hit(context, "export", str(actor.user_id))
    wanted = _wanted(kind, actor_id, through, date_from, date_to, None, MOST_LINES)
    lines = (_cells(line) for line in await queries.list_activity(session, actor, wanted))
    headers = {"Content-Disposition": 'attachment; filename="activity.csv"'}
    return Response(csvs.write(HEADER, lines), media_type="text/csv; charset=utf-8", headers=headers)


def _wanted(
    kind: list[str] | None,
    actor_id: UUID | None,
    through: str | None,
    date_from: str | None,
    date_to: str | None,
    before: int | None,
    limit: int,
) -> queries.Wanted:
    return queries.Wanted(
        kinds=tuple(kind or ()),
        actor_id=actor_id,
        through=through,
        since=_moment("date_from", date_from),
        until=_moment("date_to", date_to),
        before_id=before,
        limit=limit,
    )


def _page(lines: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    return {"activity": lines, "next_before": lines[-1]["id"] if len(lines) == limit else None}


def _cells(line: dict[str, Any]) -> list[Any]:
    details = "; ".join(
        f"{key}: {value}" for key, value in line["details"].items() if value not in (None, [], "")
    )
    return [
        line["at"].isoformat(),
        f"#{line['ticket_number']}",
        line["actor_name"] or line["actor_kind"],
        line["actor_email"],
        line["through"],
        line["kind"],
        line["field"],
        line["old"],
        line["new"],
        details,
    ]
