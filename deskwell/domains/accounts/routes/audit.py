from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from deskwell.core import csvs, limits
from deskwell.core.actor import Actor
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.pages import Page, PageParams, pagination

from .. import queries, schemas
from ..access import AUDIT_READ, requires
from ..logic import audit_sentence

router = APIRouter(tags=["Audit log"])
Auditor = Annotated[Actor, Depends(requires(AUDIT_READ))]
EXPORTED = 10_000


class _Filters:
    """What the log is narrowed to; dates are inclusive, in UTC."""

    def __init__(
        self,
        kind: Annotated[str | None, Query(max_length=60)] = None,
        actor_id: UUID | None = None,
        date_from: Annotated[str | None, Query(max_length=40)] = None,
        date_to: Annotated[str | None, Query(max_length=40)] = None,
        *,
        with_tickets: bool = False,
    ) -> None:
        self.values: dict[str, Any] = {
            "kind": kind,
            "actor_id": actor_id,
            "date_from": _moment("date_from", date_from, is_end=False),
            "date_to": _moment("date_to", date_to, is_end=True),
            "with_tickets": with_tickets,
        }


def _moment(field: str, text: str | None, *, is_end: bool) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid.field(field, f"“{text}” is not a date, such as 2026-11-24.") from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    is_day = len(text) <= len("2026-11-24") and at.time() == time()
    return at + timedelta(days=1) if is_end and is_day else at


Filters = Annotated[_Filters, Depends()]


@router.get("/admin/audit")
async def list_audit(_: Auditor, session: Session, page: PageParams, filters: Filters) -> schemas.Audit:
    """The append-only log of administration and security, newest first."""
    found, total = await queries.list_events(session, page, **filters.values)
    return schemas.Audit(
        events=[_line(row) for row in found],
        kinds=await queries.list_kinds(session),
        pagination=pagination(page, total),
    )


def _line(row: Mapping[str, Any]) -> schemas.AuditLine:
    data = {**row["data"], **(row["details"] or {})}
    text = audit_sentence(row["kind"], data, row["subject_name"])
    return schemas.AuditLine.model_validate({**row, "data": data, "text": text})


@router.get("/admin/audit/export")
async def export_audit(actor: Auditor, session: Session, filters: Filters, context: Ctx) -> Response:
    """The same as CSV, the newest 10,000 lines."""
    await limits.hit(context, "export", str(actor.user_id))
    page = Page(page=1, page_size=EXPORTED)
    found, _ = await queries.list_events(session, page, **filters.values)
    lines = [_line(row) for row in found]
    text = csvs.write(
        ("at", "kind", "what", "by", "through"),
        [
            (line.at.isoformat(), line.kind, line.text, line.actor_name or line.actor_kind, line.through)
            for line in lines
        ],
    )
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
